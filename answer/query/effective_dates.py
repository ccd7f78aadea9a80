"""Clauses that set from when a text applies, which use other words than questions for that date."""

import re

from pincite.ingest.chunking.passages import Passage

SETS_DATE = re.compile(
    r"\b(?:(?:shall|should|will|must)(?: already| also| then)? (?:apply|be applied|take effect)|(?:takes?|took) effect"
    r"|effective (?:date|on|from|as of)|(?:enters?|entered|comes?|came|entry) into (?:force|effect))\b"
    r"[^.;]{0,150}?\b(?:(?:19|20)\d\d|(?:days?|months?|years?)\b.{1,30}\b(?:after|following|from|of))\b",
    re.IGNORECASE,
)
CLAUSE_TERMS = "shall enter into force, shall apply from, take effect, effective date"  # how such clauses read


def is_effective_clause(passage: Passage) -> bool:
    """Whether a passage sets from when a text applies; a recital only explains it."""
    return not (passage.pinpoint or "").startswith("Recital") and sets_effective_date(passage.text)


def sets_effective_date(text: str) -> bool:
    """Whether a text says from when something applies.

    >>> sets_effective_date("It shall apply from 2 May 2027."), sets_effective_date("It shall apply to all.")
    (True, False)
    """
    return SETS_DATE.search(text) is not None
