"""Parties that a question asks for by name: countries, companies, officials."""

import re
from dataclasses import dataclass

from pincite.ingest.data.number_words import number_words

STATES = r"(?:states|countries|governments|nations)"
NAMED = (
    r"(?:compan(?:y|ies)|firms?|manufacturers?|vendors?|suppliers?|contractors?|employers?|developers?|partners?"
    r"|universit(?:y|ies)|schools?|teams?|foundations?|cit(?:y|ies)|towns?|officials?|ministers?|delegates?|judges?)"
)
NUMBERS = number_words().ones[2:13]  # two to twelve
COUNT = rf"(?:(?P<count>{'|'.join(NUMBERS)}|\w+teen|\w+ty) )?"
PAST = r"\w+ed|voted|made|took|gave|won|led|held|said|wrote|brought|built|bought|left|stood|came|went"
DID = rf" (?:(?:have|has|had|did|were|was) |(?:{PAST})\b)"
BETWEEN = r"(?:(?!(?:are|were|did|have|has|had|is|was|for|of|by|to|in|on|do|does)\b)\w+ ){0,2}?"
PARTIES = re.compile(
    rf"\b(?:which|what) {COUNT}{BETWEEN}(?:(?P<states>{STATES})|{NAMED}){DID}"
    rf"|\b(?:which|name the) (?P<many>{'|'.join(NUMBERS)}|\w+teen|\w+ty) {BETWEEN}"
    rf"(?:(?P<all_states>{STATES})|{NAMED})\b"
    rf"|\bname of the (?:\w+ )??{NAMED}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedParties:
    """Names that a question asks for: of `countries` or of others, and at least how many an answer must give."""

    countries: bool
    least: float


def asked_parties(text: str) -> AskedParties | None:
    """The parties that a question asks for by name; None where it asks for none.

    Half of a stated number is enough; `which countries` are two or more.

    >>> asked_parties("Which seven companies signed?"), asked_parties("Which countries have joined?")
    (AskedParties(countries=False, least=3.5), AskedParties(countries=True, least=2))
    """
    match = PARTIES.search(text)
    if match is None:
        return None
    states = bool(match["states"] or match["all_states"])
    count = (match["count"] or match["many"] or "").lower()
    return AskedParties(states, number_of(count) / 2 if count else 1 + states)


def number_of(word: str) -> int:
    """The number that a word stands for, roughly from thirteen on.

    >>> [number_of(word) for word in ("two", "twelve", "eighteen", "sixty")]
    [2, 12, 13, 20]
    """
    return NUMBERS.index(word) + 2 if word in NUMBERS else 13 if word.endswith("teen") else 20
