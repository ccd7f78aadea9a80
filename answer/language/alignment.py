"""Where a part of a statement stands in the cited text: at the place with the same words around it.

A figure that the cited text holds in another place is as wrong as one that it does not hold at all.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pincite.answer.language.parsed_text import Word, Worded

REACH = 4  # words with a meaning of their own, on either side
WINDOW = 12  # words among which these are looked for
OTHER_SIDE = 0.5  # what a word counts that stands before in one text and behind in the other
MARGIN = 0.6  # by which another place must fit better: less than the word next to it


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text that must agree: `value` is what it means, `text[start:end]` how it is written."""

    value: str
    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The stems before and behind a place, nearest first."""

    before: tuple[str, ...]
    behind: tuple[str, ...]


Same = Callable[[str, str], bool]


def same_value(cited: str, stated: str) -> bool:
    """Whether two values are one."""
    return cited == stated


def surroundings(text: Worded, start: int, end: int) -> Surroundings:
    """The words around a stretch of a text, in its sentence."""
    words = text.words
    first = bisect_left(words, start, key=lambda word: word.start)
    after = bisect_left(words, end, key=lambda word: word.start)
    sentence = words[min(first, len(words) - 1)].sentence if words else 0
    return Surroundings(
        nearest(words[max(first - WINDOW, 0) : first][::-1], sentence), nearest(words[after : after + WINDOW], sentence)
    )


def nearest(words: Sequence[Word], sentence: int) -> tuple[str, ...]:
    """The first stems of words of a sentence that have a meaning of their own."""
    return tuple([word.stem for word in words if word.stem and word.sentence == sentence][:REACH])


def agreement(one: Surroundings, other: Surroundings) -> float:
    """How far the words around two places are the same; the nearer a word, the more it counts.

    >>> agreement(Surroundings(("facil", "offer"), ("chip",)), Surroundings(("facil",), ("chip", "offer")))
    2.25
    """
    same = shared(one.before, other.before) + shared(one.behind, other.behind)
    return same + OTHER_SIDE * (shared(one.before, other.behind) + shared(one.behind, other.before))


def shared(one: Sequence[str], other: Sequence[str]) -> float:
    """The words that stand in both, each by its greater distance."""
    return sum(1 / (1 + max(n, other.index(stem))) for n, stem in enumerate(one) if stem in other)


def in_its_place(
    statement: Worded,
    stated: Mark,
    cited: Worded,
    held: Sequence[Mark],
    same: Same = same_value,
    *,
    strict: bool = False,
) -> Mark | None:
    """What stands in the cited text in place of a mark, None where the mark itself does or nothing does.

    Where the cited text holds the mark, too, another counts only between the very words that the mark stands between;
    so it does always when `strict`.
    """
    around = surroundings(statement, stated.start, stated.end)
    there = [(surroundings(cited, mark.start, mark.end), mark) for mark in held]
    own = [agreement(around, place) for place, mark in there if same(mark.value, stated.value)]
    others = [
        (agreement(around, place), mark)
        for place, mark in there
        if not same(mark.value, stated.value) and (not (own or strict) or framed(around, place))
    ]
    fit, found = max(others, key=lambda pair: pair[0], default=(0.0, None))
    return found if fit > max(own, default=0.0) + MARGIN else None


def framed(stated: Surroundings, cited: Surroundings) -> bool:
    """Whether the words next to a place of a statement are next to one of the cited text, or none are in either."""
    return stated.before[:1] == cited.before[:1] and stated.behind[:1] == cited.behind[:1]
