"""Whether a statement denies, limits or excepts what its cited text does, and nothing else."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pincite.answer.verification.language.alignment import agreement, surroundings
from pincite.answer.verification.language.parsed_text import Word, Worded

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
NEAR = 2  # words before an exception that it takes something from


@dataclass(frozen=True, slots=True)
class Governed:
    """A word by its number that `marker` stands in front of; `head`: it is the first of those that it governs."""

    marker: str
    head: bool


def differing(statement: Worded, cited: Worded) -> Iterator[str]:
    """Where the two do not agree on what is denied, limited or excepted, a sentence each."""
    for kind in KINDS:
        ours, theirs = governed(statement, kind), governed(cited, kind)
        if not ours and not theirs:
            continue
        yield from added(statement, cited, ours, theirs)
        yield from dropped(statement, cited, ours, theirs)


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


def added(
    statement: Worded, cited: Worded, ours: Mapping[int, Governed], theirs: Mapping[int, Governed]
) -> Iterator[str]:
    """What the statement denies, limits or excepts and its cited text does not."""
    for number, found in ours.items():
        if not found.head:
            continue
        held = counterparts(statement, number, cited)
        if not held and not theirs:
            yield f"“{found.marker}” does not stand in the cited text"
        elif held and not any(one in theirs for one in held):
            yield f"the cited text has no “{found.marker}” before “{statement.words[number].text}”"


def dropped(
    statement: Worded, cited: Worded, ours: Mapping[int, Governed], theirs: Mapping[int, Governed]
) -> Iterator[str]:
    """What the cited text denies, limits or excepts and the statement does not."""
    kept = {statement.words[number].stem for number in ours}
    heads = {
        cited.words[n].stem: found for n, found in theirs.items() if found.head and cited.words[n].stem not in kept
    }
    for number, word in enumerate(statement.words):
        if word.stem not in heads:
            continue
        held = counterparts(statement, number, cited)
        if held and all(one in theirs and theirs[one].head for one in held):
            yield f"the cited text has “{heads[word.stem].marker}” before “{word.text}”"


def counterparts(statement: Worded, number: int, cited: Worded) -> list[int]:
    """The places of a statement's word in the cited text, by number: those with the most of the words around it."""
    word = statement.words[number]
    same = [n for n, other in enumerate(cited.words) if other.stem == word.stem]
    if len(same) <= 1:
        return same
    around = surroundings(statement, word.start, word.end)
    fits = [agreement(around, surroundings(cited, cited.words[n].start, cited.words[n].end)) for n in same]
    return [n for n, fit in zip(same, fits, strict=True) if fit == max(fits)]


def left_out(statement: Worded, cited: Worded) -> Iterator[str]:
    """Exceptions that follow in the cited text on what the statement says, and that it leaves out."""
    said = statement.stems()
    for match in EXCEPTIONS.finditer(cited.text):
        around = surroundings(cited, match.start(), match.end())
        before, behind = around.before[:NEAR], around.behind[:NEAR]
        if before and said.issuperset(before) and not said & set(behind) and not EXCEPTIONS.search(statement.text):
            yield f"the cited text goes on with “{match[0]}”"
