"""Verifies statements against quotes given in a test."""

from pincite.answer.citation.citation import Citation
from pincite.answer.verification.entailment import Entailment
from pincite.answer.verification.verify import Statement, Support, verify
from pincite.ingest.document import Metadata

UNKNOWN = Metadata()


def cited(*quotes: str, known: Metadata = UNKNOWN, pinpoint: str | None = None) -> list[Citation]:
    """Citations of quotes that are all at one place of one document."""
    return [Citation(n, "a.md", known, quote, 0, len(quote), 3, pinpoint) for n, quote in enumerate(quotes, 1)]


def check(
    text: str,
    *quotes: str,
    known: Metadata = UNKNOWN,
    pinpoint: str | None = None,
    places: tuple[str, ...] = (),
    entailment: Entailment | None = None,
) -> Statement:
    """Verify a statement against quotes that are all at one place of one document."""
    return verify(text, cited(*quotes, known=known, pinpoint=pinpoint), lambda _: places, entailment)


def passes(text: str, *quotes: str) -> bool:
    """Whether a statement is supported."""
    return check(text, *quotes).support is Support.SUPPORTED
