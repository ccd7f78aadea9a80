"""When a text takes effect: questions for that date use other words than the clauses that set it."""

import re

from pincite.ingest.chunking.passages import Passage

ASKS = re.compile(
    r"\b(?:appl(?:y|ies|ied)|applicable|binding|effective|operative)\b"
    r"|\b(?:into|in|takes?|took|taken|of) (?:force|effect)\b",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"\b(?:(?:shall|should|will|must)(?: already| also| then)? (?:apply|be applied|take effect)|(?:takes?|took) effect"
    r"|effective (?:date|on|from|as of)|(?:enters?|entered|comes?|came|entry) into (?:force|effect))\b"
    r"[^.;]{0,150}?\b(?:(?:19|20)\d\d|(?:days?|months?|years?)\b.{1,30}\b(?:after|following|from|of))\b",
    re.IGNORECASE,
)
CLAUSES = "shall enter into force, shall apply from, take effect, effective date"  # how such clauses read


def asks_when(question: str, wants: str) -> bool:
    """Whether a question asks from which date a text, or a part of it, applies.

    >>> asks_when("When do the bans start to apply?", "date"), asks_when("When was it adopted?", "date")
    (True, False)
    """
    return wants == "date" and ASKS.search(question) is not None


def says_when(passage: Passage) -> bool:
    """Whether a passage sets such a date; a recital only explains it."""
    return not (passage.pinpoint or "").startswith("Recital") and sets_date(passage.text)


def sets_date(text: str) -> bool:
    """Whether a text says from when something applies.

    >>> sets_date("It shall apply from 2 May 2027."), sets_date("It shall apply to all.")
    (True, False)
    """
    return SAYS.search(text) is not None
