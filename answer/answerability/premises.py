"""Premises of a question that the evidence denies or does not meet.

A question about "what level the framework prescribes" is not answered by the sentence that it prescribes none: that
sentence is quoted as the reason for abstaining.
"""

import re
from collections.abc import Sequence
from itertools import chain

from pincite.answer.language.masking import mask_references
from pincite.answer.language.parsed_text import parse_text
from pincite.answer.language.proper_names import find_names
from pincite.answer.query.answer_types import MONTH
from pincite.answer.query.countries import find_countries
from pincite.answer.query.question import Question

DENIAL = re.compile(
    r"\b(?:(?:(?:do|does|did|shall|may|must|can|should|will|would|has|have|had) not|cannot|never"
    r"|(?:discouraged|prohibited|barred|refrains?) from)(?: yet| to| be| been)? (?P<verb>[^\W\d_]+)"
    r"|(?:is|are|was|were) not(?: yet)? (?P<state>[^\W\d_]+(?:ed|ing|[ai]ble))"
    r"|without (?P<lack>\w+ing(?: \w+){0,4}))\b",
    re.IGNORECASE,
)
VOLUNTARY = re.compile(r"\b(?:voluntar(?:y|ily)|non-?binding)\b", re.IGNORECASE)
# Capitalised in policy texts, but not names of parties.
NOT_A_NAME = re.compile(
    rf"(?:{MONTH}|States?|Governments?|Part(?:y|ies)|Members?|Articles?|Annex|Sections?|AI|USD|EUR|[A-Z])",
    re.IGNORECASE,
)
WEAK_VERBS = frozenset("includ appli appear provid make".split())  # stems of verbs whose negation denies little


def denial(question: Question, quote: str) -> str | None:
    """The clause of a quote that denies a premise of the question; None if there is none.

    Yes/no questions presuppose nothing, nor do questions that are negated themselves.
    """
    if not question.aspects.premise:
        return None
    asked = question.stems - WEAK_VERBS
    denied = (one for one in DENIAL.finditer(quote) if parse_text(one[one.lastgroup or 0]).stems() & asked)
    free = VOLUNTARY.finditer(quote) if question.aspects.obligation else iter(())
    match = next(chain(denied, free), None)
    return match and clause_at(quote, match.start())


def clause_at(quote: str, place: int) -> str:
    """The clause around a position."""
    start = max(quote.rfind(stop, 0, place) for stop in ".;\n") + 1
    end = re.compile(r"[.;\n]|$").search(quote, place)
    return quote[start : end.start() if end else None].strip()


def missing_parties(question: Question, quotes: Sequence[str]) -> str | None:
    """`the countries` or `the names` if the question asks for them and the quotes give too few; None otherwise."""
    asked = question.parties
    if asked is None:
        return None
    given = countries_given(question, quotes) if asked.countries else names_given(question, quotes)
    return None if len(given) >= asked.minimum else "the countries" if asked.countries else "the names"


def countries_given(question: Question, quotes: Sequence[str]) -> set[str]:
    """Countries in the quotes but not in the question."""
    return set().union(*map(find_countries, quotes)) - question.countries


def names_given(question: Question, quotes: Sequence[str]) -> set[str]:
    """Names in the quotes but not in the question."""
    written = (name for quote in quotes for name in find_names(parse_text(mask_references(quote))))
    return {
        name.value
        for name in written
        if not NOT_A_NAME.fullmatch(name.written) and not question.stems.issuperset(name.value.split())
    }


def only_preamble(question: Question, pinpoints: Sequence[str | None]) -> bool:
    """Whether a question asks for an operative paragraph and only preambular ones were found."""
    return (
        question.aspects.operative_paragraph
        and bool(pinpoints)
        and all((one or "").startswith("preamble") for one in pinpoints)
    )
