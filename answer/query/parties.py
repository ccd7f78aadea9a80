"""Parties that a question asks for by name: countries, companies, officials."""

import re
from dataclasses import dataclass

from pincite.ingest.data.number_words import number_words

STATES = r"(?:states|countries|governments|nations)"
NAMED_PARTY = (
    r"(?:compan(?:y|ies)|firms?|manufacturers?|vendors?|suppliers?|contractors?|employers?|developers?|partners?"
    r"|universit(?:y|ies)|schools?|teams?|foundations?|cit(?:y|ies)|towns?|officials?|ministers?|delegates?|judges?)"
)
SMALL_NUMBERS = number_words().ones[2:13]  # two to twelve
COUNT = rf"(?:(?P<count>{'|'.join(SMALL_NUMBERS)}|\w+teen|\w+ty) )?"
PAST = r"\w+ed|voted|made|took|gave|won|led|held|said|wrote|brought|built|bought|left|stood|came|went"
DID_SOMETHING = rf" (?:(?:have|has|had|did|were|was) |(?:{PAST})\b)"
WORDS_BETWEEN = r"(?:(?!(?:are|were|did|have|has|had|is|was|for|of|by|to|in|on|do|does)\b)\w+ ){0,2}?"
PARTIES = re.compile(
    rf"\b(?:which|what) {COUNT}{WORDS_BETWEEN}(?:(?P<states>{STATES})|{NAMED_PARTY}){DID_SOMETHING}"
    rf"|\b(?:which|name the) (?P<many>{'|'.join(SMALL_NUMBERS)}|\w+teen|\w+ty) {WORDS_BETWEEN}"
    rf"(?:(?P<all_states>{STATES})|{NAMED_PARTY})\b"
    rf"|\bname of the (?:\w+ )??{NAMED_PARTY}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedParties:
    """Names that a question asks for: of `countries` or others, and the minimum that an answer must give."""

    countries: bool
    minimum: float


def asked_parties(text: str) -> AskedParties | None:
    """The parties that a question asks for by name; None if it does not.

    Half of a stated number is enough; `which countries` means at least two.

    >>> asked_parties("Which seven companies signed?"), asked_parties("Which countries have joined?")
    (AskedParties(countries=False, minimum=3.5), AskedParties(countries=True, minimum=2))
    """
    match = PARTIES.search(text)
    if match is None:
        return None
    states = bool(match["states"] or match["all_states"])
    count = (match["count"] or match["many"] or "").lower()
    return AskedParties(states, number_of(count) / 2 if count else 1 + states)


def number_of(word: str) -> int:
    """The number that a word means, approximate from thirteen on.

    >>> [number_of(word) for word in ("two", "twelve", "eighteen", "sixty")]
    [2, 12, 13, 20]
    """
    return SMALL_NUMBERS.index(word) + 2 if word in SMALL_NUMBERS else 13 if word.endswith("teen") else 20
