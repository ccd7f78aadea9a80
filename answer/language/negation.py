"""Words that negate, limit or except, and the words in their scope."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pincite.answer.language.parsed_text import ParsedText, ParsedWord

NEGATIONS = re.compile(
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
# `without consent` is `unless they consent`.
EXCEPTIONS_OR_WITHOUT = re.compile(rf"{EXCEPTIONS.pattern}|\b(?:without|без)\b", re.IGNORECASE)
OPERATORS = {"negates": NEGATIONS, "limits": LIMITS, "excepts": EXCEPTIONS_OR_WITHOUT}
SCOPE = {"negates": 3, "limits": 3, "excepts": 8}  # content words in the scope of an operator
# Where a scope ends, besides the end of the clause.
NEW_PHRASE = frozenset(
    "shall must should may can will would could might and but that which who whom whose because while if when where "
    "to for by in on from with at".split()
)


@dataclass(frozen=True, slots=True)
class Scoped:
    """A word in the scope of an `operator`; `first` for the word right after it."""

    operator: str
    first: bool


@lru_cache(maxsize=512)
def words_in_scope(text: ParsedText, kind: str) -> Mapping[int, Scoped]:
    """The words in the scope of operators of a kind, by their numbers in the text."""
    found: dict[int, Scoped] = {}
    for match in OPERATORS[kind].finditer(text.text):
        begin = bisect_left(text.words, match.end(), key=lambda word: word.start)
        for position, number in enumerate(scope(text.words, begin, kind)):
            found.setdefault(number, Scoped(match[0], position == 0))
    return found


def scope(words: Sequence[ParsedWord], begin: int, kind: str) -> Iterator[int]:
    """The numbers of the words that follow an operator, up to the end of the clause or a new phrase."""
    reached, clause = 0, 0
    for number, word in enumerate(words[begin:], begin):
        new = kind != "excepts" and word.text.lower() in NEW_PHRASE
        if reached and (word.clause != clause or new or reached == SCOPE[kind]):
            return
        if word.stem and not is_operator(word.text):
            reached, clause = reached + 1, word.clause
            yield number


def is_operator(word: str) -> bool:
    """Whether a word negates, limits or excepts."""
    return any(form.fullmatch(word) for form in OPERATORS.values())
