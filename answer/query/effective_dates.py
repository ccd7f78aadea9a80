"""Clauses that set the date from which a text applies; questions for that date use other words."""

import re

from pincite.ingest.chunking.passages import Passage

SETS_DATE = re.compile(
    r"\b(?:(?:shall|should|will|must)(?: already| also| then)? (?:apply|be applied|take effect)|(?:takes?|took) effect"
    r"|effective (?:date|on|from|as of)|(?:enters?|entered|comes?|came|entry) into (?:force|effect))\b"
    r"[^.;]{0,150}?\b(?:(?:19|20)\d\d|(?:days?|months?|years?)\b.{1,30}\b(?:after|following|from|of))\b",
    re.IGNORECASE,
)
CLAUSE_TERMS = "shall enter into force, shall apply from, take effect, effective date"  # search terms for such clauses


def is_effective_clause(passage: Passage) -> bool:
    """Whether a passage sets the date from which a text applies; recitals only explain it."""
    return not (passage.pinpoint or "").startswith("Recital") and sets_effective_date(passage.text)


def sets_effective_date(text: str) -> bool:
    """Whether a text sets a date from which something applies.

    >>> sets_effective_date("It shall apply from 2 May 2027."), sets_effective_date("It shall apply to all.")
    (True, False)
    """
    return SETS_DATE.search(text) is not None
