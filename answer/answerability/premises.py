"""What a question takes for granted, and what was found to answer it does not bear out.

A question after "what level the framework prescribes" is not answered by the sentence that it prescribes none: the
premise is refused, with that sentence.
"""

import re
from collections.abc import Sequence
from itertools import chain

from pincite.answer.answerability.countries import countries
from pincite.answer.language.masking import plainly
from pincite.answer.language.negation import DENIALS
from pincite.answer.language.parsed_text import worded
from pincite.answer.language.proper_names import names
from pincite.answer.query.answer_types import MONTH
from pincite.answer.query.question import Question

WH = re.compile(r"\b(?:what|which|who|whom|whose|when|where|how)\b", re.IGNORECASE)
DENIED = re.compile(
    r"\b(?:(?:(?:do|does|did|shall|may|must|can|should|will|would|has|have|had) not|cannot|never"
    r"|(?:discouraged|prohibited|barred|refrains?) from)(?: yet| to| be| been)? (?P<verb>[^\W\d_]+)"
    r"|(?:is|are|was|were) not(?: yet)? (?P<state>[^\W\d_]+(?:ed|ing|[ai]ble))"
    r"|without (?P<lack>\w+ing(?: \w+){0,4}))\b",
    re.IGNORECASE,
)
FORCED = re.compile(
    r"\b(?:compulsory|mandatory|obligatory|oblig(?:es?|ed|ation)|binding|licen[cs]e|permit|sanctions?)\b", re.IGNORECASE
)
VOLUNTARY = re.compile(r"\b(?:voluntar(?:y|ily)|non-?binding)\b", re.IGNORECASE)
STATES = r"(?:states|countries|governments|nations)"
NAMED = (
    r"(?:compan(?:y|ies)|firms?|manufacturers?|vendors?|suppliers?|contractors?|employers?|developers?|partners?"
    r"|universit(?:y|ies)|schools?|teams?|foundations?|cit(?:y|ies)|towns?|officials?|ministers?|delegates?|judges?)"
)
NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
COUNT = rf"(?:(?P<count>{'|'.join(NUMBERS)}|\w+teen|\w+ty) )?"
PAST = r"\w+ed|voted|made|took|gave|won|led|held|said|wrote|brought|built|bought|left|stood|came|went"
DID = rf" (?:(?:have|has|had|did|were|was) |(?:{PAST})\b)"
BETWEEN = r"(?:(?!(?:are|were|did|have|has|had|is|was|for|of|by|to|in|on|do|does)\b)\w+ ){0,2}?"
WHO = re.compile(
    rf"\b(?:which|what) {COUNT}{BETWEEN}(?:(?P<states>{STATES})|{NAMED}){DID}"
    rf"|\b(?:which|name the) (?P<many>{'|'.join(NUMBERS)}|\w+teen|\w+ty) {BETWEEN}"
    rf"(?:(?P<all_states>{STATES})|{NAMED})\b"
    rf"|\bname of the (?:\w+ )??{NAMED}\b",
    re.IGNORECASE,
)
# Capitalised in policy texts, and nobody's name.
NOBODY = re.compile(
    rf"(?:{MONTH}|States?|Governments?|Part(?:y|ies)|Members?|Articles?|Annex|Sections?|AI|USD|EUR|[A-Z])",
    re.IGNORECASE,
)
OPERATIVE = re.compile(r"\boperative (?:paragraph|clause|part)\b", re.IGNORECASE)
UNSAID = frozenset("includ appli appear provid make".split())  # stems of verbs that deny little


def denial(question: Question, quote: str) -> str | None:
    """The clause of a quote that denies what a question takes for granted; None where none does.

    A question whether something is so takes nothing for granted, nor does one that denies something itself.
    """
    if question.wants == "yes/no" or not WH.search(question.text) or DENIALS.search(question.text):
        return None
    asked = worded(question.text).stems() - UNSAID
    denied = (one for one in DENIED.finditer(quote) if worded(one[one.lastgroup or 0]).stems() & asked)
    free = VOLUNTARY.finditer(quote) if FORCED.search(question.text) else iter(())
    match = next(chain(denied, free), None)
    return match and clause(quote, match.start())


def clause(quote: str, place: int) -> str:
    """The part of a quote between stops that holds a place."""
    start = max(quote.rfind(stop, 0, place) for stop in ".;\n") + 1
    end = re.compile(r"[.;\n]|$").search(quote, place)
    return quote[start : end.start() if end else None].strip()


def unnamed(question: Question, quotes: Sequence[str]) -> str | None:
    """Who is asked for by name, and less than half of them named in the quotes: `the countries` or `the names`."""
    match = WHO.search(question.text)
    if match is None:
        return None
    states = bool(match["states"] or match["all_states"])
    count = (match["count"] or match["many"] or "").lower()
    needed = number_of(count) / 2 if count else 1 + states  # `which countries` are two or more
    given = countries_given(question, quotes) if states else names_given(question, quotes)
    return None if len(given) >= needed else "the countries" if states else "the names"


def number_of(word: str) -> int:
    """The number that a word stands for, roughly from thirteen on.

    >>> [number_of(word) for word in ("two", "twelve", "eighteen", "sixty")]
    [2, 12, 13, 20]
    """
    return NUMBERS.index(word) + 2 if word in NUMBERS else 13 if word.endswith("teen") else 20


def countries_given(question: Question, quotes: Sequence[str]) -> set[str]:
    """The countries that quotes name and the question does not."""
    return set().union(*map(countries, quotes)) - countries(question.text)


def names_given(question: Question, quotes: Sequence[str]) -> set[str]:
    """The names that quotes give and the question does not."""
    asked = worded(question.text).stems()
    written = (name for quote in quotes for name in names(worded(plainly(quote))))
    return {
        name.value
        for name in written
        if not NOBODY.fullmatch(name.written) and not asked.issuperset(name.value.split())
    }


def only_preamble(question: Question, pinpoints: Sequence[str | None]) -> bool:
    """Whether a question asks for an operative paragraph, and only preambular ones were found."""
    asked = OPERATIVE.search(question.text) is not None
    return asked and bool(pinpoints) and all((one or "").startswith("preamble") for one in pinpoints)
