"""Compares the surroundings of two places, so as to find what the cited text says in place of a part of a statement.

A figure that the cited text gives elsewhere, for something else, is as wrong as one that it does not give at all.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pincite.answer.language.parsed_text import ParsedText, ParsedWord

REACH = 4  # content words compared on either side
WINDOW = 12  # words searched for them
OTHER_SIDE = 0.5  # weight of a word that precedes in one text and follows in the other
MARGIN = 0.6  # by which another place must match better: less than the weight of the adjacent word


@dataclass(frozen=True, slots=True)
class TextMark:
    """Part of a text that two texts must agree on: `value` is its meaning, `text[start:end]` its written form."""

    value: str
    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The stems before and after a place, nearest first."""

    before: tuple[str, ...]
    after: tuple[str, ...]


SameValue = Callable[[str, str], bool]


def equal(cited: str, stated: str) -> bool:
    """The strictest `SameValue`."""
    return cited == stated


def surroundings(text: ParsedText, start: int, end: int) -> Surroundings:
    """The content words around `text[start:end]`, within its sentence."""
    words = text.words
    first = bisect_left(words, start, key=lambda word: word.start)
    after = bisect_left(words, end, key=lambda word: word.start)
    sentence = words[min(first, len(words) - 1)].sentence if words else 0
    return Surroundings(
        nearest(words[max(first - WINDOW, 0) : first][::-1], sentence), nearest(words[after : after + WINDOW], sentence)
    )


def nearest(words: Sequence[ParsedWord], sentence: int) -> tuple[str, ...]:
    """The first `REACH` stems of content words that belong to a sentence."""
    return tuple([word.stem for word in words if word.stem and word.sentence == sentence][:REACH])


def similarity(one: Surroundings, other: Surroundings) -> float:
    """How many surrounding words two places share; the nearer a word, the more it counts.

    >>> similarity(Surroundings(("facil", "offer"), ("chip",)), Surroundings(("facil",), ("chip", "offer")))
    2.25
    """
    same = overlap(one.before, other.before) + overlap(one.after, other.after)
    return same + OTHER_SIDE * (overlap(one.before, other.after) + overlap(one.after, other.before))


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """The words that both have, each weighted by the greater of its two distances."""
    return sum(1 / (1 + max(n, other.index(stem))) for n, stem in enumerate(one) if stem in other)


def replacement_of(
    stated: TextMark,
    statement: ParsedText,
    cited: ParsedText,
    cited_marks: Sequence[TextMark],
    same: SameValue = equal,
    *,
    strict: bool = False,
) -> TextMark | None:
    """What the cited text says in place of a mark; None where it says the same there, or nothing comparable.

    Where the cited text has the mark as well, or with `strict`, another mark counts only if it stands between the very
    words that surround the stated one.
    """
    around = surroundings(statement, stated.start, stated.end)
    places = [(surroundings(cited, mark.start, mark.end), mark) for mark in cited_marks]
    own = [similarity(around, place) for place, mark in places if same(mark.value, stated.value)]
    others = [
        (similarity(around, place), mark)
        for place, mark in places
        if not same(mark.value, stated.value) and (not (own or strict) or same_neighbours(around, place))
    ]
    best, found = max(others, key=lambda pair: pair[0], default=(0.0, None))
    return found if best > max(own, default=0.0) + MARGIN else None


def same_neighbours(one: Surroundings, other: Surroundings) -> bool:
    """Whether two places have the same adjacent words, or none."""
    return one.before[:1] == other.before[:1] and one.after[:1] == other.after[:1]
