"""What every way of drafting hands on: sentences, each with the spans that it points at."""

from dataclasses import dataclass

from pincite.answer.citation.citation import Span


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of an answer before it is checked.

    `missing` are the numbers of passages that it points at and that its writer was not given: it invented them, so that
    it is unsupported whatever `spans` hold.
    """

    text: str
    spans: tuple[Span, ...]
    missing: tuple[int, ...] = ()
