"""The result of drafting: sentences, each with the spans that support it."""

from dataclasses import dataclass

from pincite.answer.citation.citation import Span


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of an answer before verification.

    `missing` are numbers of passages that it cites and that the model was not given: it invented them, so the
    sentence is unsupported whatever its `spans`. `left_out`: items of its list which did not fit.
    """

    text: str
    spans: tuple[Span, ...]
    missing: tuple[int, ...] = ()
    left_out: int = 0
