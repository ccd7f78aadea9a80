"""What every way of drafting hands on: sentences, each with the spans that it points at."""

from dataclasses import dataclass

from answer.cite import Span


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of an answer before it is checked."""

    text: str
    spans: tuple[Span, ...]
