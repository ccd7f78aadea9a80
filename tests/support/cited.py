"""Statements verified against quotes that stand in a test."""

from pincite.answer.citation.citation import Citation
from pincite.answer.verification.entailment import Entailment
from pincite.answer.verification.verify import Statement, Support, verify
from pincite.ingest.document import Metadata

UNKNOWN = Metadata()


def check(
    text: str,
    *quotes: str,
    known: Metadata = UNKNOWN,
    pinpoint: str | None = None,
    places: tuple[str, ...] = (),
    entailment: Entailment | None = None,
) -> Statement:
    """What the quotes, all of one document and place, make of a statement."""
    citations = [Citation(n, "a.md", known, quote, 0, len(quote), 3, pinpoint) for n, quote in enumerate(quotes, 1)]
    return verify(text, citations, lambda _: places, entailment)


def passes(text: str, *quotes: str) -> bool:
    """Whether a statement is supported."""
    return check(text, *quotes).support is Support.SUPPORTED
