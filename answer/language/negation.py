"""Words that deny, limit or except, and the words that they govern."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pincite.answer.language.parsed_text import Word, Worded

DENIALS = re.compile(
    r"\b(?:not(?! only\b)(?! (?:later|more|less|fewer|earlier) than)"
    r"|no(?! (?:later|more|less|fewer|earlier) than)(?![.])|never|neither|nor|none|nobody|cannot|non(?=-)|не|ні)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
LIMITS = re.compile(r"\b(?<!not )(?:only|solely|exclusively|merely|лише|тільки)\b", re.IGNORECASE)
EXCEPTIONS = re.compile(
    r"\b(?:except|unless|excluding|other than|apart from|save (?:for|where|as|in)|but not|with the exception|крім)\b",
    re.IGNORECASE,
)
WITHOUT = re.compile(
    rf"{EXCEPTIONS.pattern}|\b(?:without|без)\b", re.IGNORECASE
)  # `without consent`, `unless they consent`
KINDS = {"denies": DENIALS, "limits": LIMITS, "excepts": WITHOUT}
# Where what a word governs ends, besides the end of the clause.
NEW_PHRASE = frozenset(
    "shall must should may can will would could might and but that which who whom whose because while if when where "
    "to for by in on from with at".split()
)
REACH = {"denies": 3, "limits": 3, "excepts": 8}  # words with a meaning of their own that a marker governs


@dataclass(frozen=True, slots=True)
class Governed:
    """A word by its number that `marker` stands in front of; `head`: it is the first of those that it governs."""

    marker: str
    head: bool


@lru_cache(maxsize=512)
def governed(text: Worded, kind: str) -> Mapping[int, Governed]:
    """The words that markers of a kind govern, by their numbers."""
    found: dict[int, Governed] = {}
    for match in KINDS[kind].finditer(text.text):
        first = bisect_left(text.words, match.end(), key=lambda word: word.start)
        for position, number in enumerate(scope(text.words, first, kind)):
            found.setdefault(number, Governed(match[0], position == 0))
    return found


def scope(words: Sequence[Word], first: int, kind: str) -> Iterator[int]:
    """The words from the first on that a marker before them governs: up to the end of the clause or a new phrase."""
    reached, clause = 0, 0
    for number, word in enumerate(words[first:], first):
        new = kind != "excepts" and word.text.lower() in NEW_PHRASE
        if reached and (word.clause != clause or new or reached == REACH[kind]):
            return
        if word.stem and not is_marker(word.text):
            reached, clause = reached + 1, word.clause
            yield number


def is_marker(word: str) -> bool:
    """Whether a word denies, limits or excepts."""
    return any(form.fullmatch(word) for form in KINDS.values())
