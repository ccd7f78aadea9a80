"""The result of drafting: sentences, each with the spans that support it."""

from dataclasses import dataclass

from pincite.answer.citation.citation import Span


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of an answer before verification.

    `missing` are numbers of passages that it cites and that the model was not given: it invented them, so the
    sentence is unsupported whatever its `spans`. `from_catalog`: the library itself says it, of a document that it
    cites or of how many there are, so that there is nothing to verify. `left_out`: how many items of its list, or parts
    of its provision, did not fit.
    """

    text: str
    spans: tuple[Span, ...]
    missing: tuple[int, ...] = ()
    from_catalog: bool = False
    left_out: int = 0
