"""Clauses that set the date from which a text applies; questions for that date use other words."""

import re
from functools import cache

from pincite.ingest.chunking.passages import Passage
from pincite.ingest.data.question_forms import form_words, pattern_of

LONGEST = 150  # characters between the words that set a date and that date
YEAR = r"\b(?:19|20)\d\d\b"
CLAUSE_TERMS = "shall enter into force, shall apply from, take effect, effective date"  # search terms for such clauses
# Words of a question that say nothing of its topic, besides those of `dating` and `effect` in the question forms.
AROUND = re.compile(
    r"\b(?:from|as of|since|by|on|when|date|day|year|month|do|does|did|is|are|was|will|shall|the|rules?|provisions?"
    r"|start(?:s|ed)?|begins?|enter(?:s|ed)?|comes?|came|go(?:es)?|went|to)\b",
    re.IGNORECASE,
)


def is_effective_clause(passage: Passage) -> bool:
    """Whether a passage sets the date from which a text applies; recitals only explain it."""
    return not (passage.pinpoint or "").startswith("Recital") and sets_effective_date(passage.text)


def sets_effective_date(text: str) -> bool:
    """Whether a text sets a date from which something applies.

    >>> sets_effective_date("It shall apply from 2 May 2027."), sets_effective_date("It shall apply to all.")
    (True, False)
    >>> sets_effective_date("Dieses Gesetz tritt am 1. Juli 2019 in Kraft.")
    True
    """
    return sets_date().search(text) is not None


@cache
def sets_date() -> re.Pattern[str]:
    """The words that set such a date, and the date behind them."""
    sets, moments = "|".join(form_words("takes_effect")), "|".join(form_words("moment"))
    return re.compile(rf"\b(?:{sets})\b[^;]{{0,{LONGEST}}}?(?:{YEAR}|\b(?:{moments}))", re.IGNORECASE)


def without_effect_words(text: str) -> str:
    """A question for such a date without the words that ask for it.

    >>> " ".join(without_effect_words("From which day do the rules on permits apply?").split())
    'permits ?'
    """
    for pattern in (pattern_of("dating"), pattern_of("effect"), AROUND):
        text = pattern.sub(" ", text)
    return text
