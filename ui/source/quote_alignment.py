"""Aligns a quote with the characters of a page by letters and digits alone.

Canonical text repairs what a page prints: words broken at line ends, ligatures, spaces, footnote marks. What both have
in common is the sequence of letters.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SEED_LENGTH = 12  # letters searched for anywhere on a page; shorter seeds only near the last match
NEARBY = 40  # letters after the last match
MIN_SHARE = 0.6  # share of a quote's letters that must match


@dataclass(frozen=True, slots=True)
class FoldedLetters:
    """Folded letters and digits; the i-th comes from the character at `places[i]`."""

    folded: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MatchingRun:
    """`length` letters of a page from `start` that match a quote."""

    start: int
    length: int


def quote_spans(text: str, quote: str, share: float) -> list[tuple[int, int]]:
    """Spans of a page's text (start, end) that contain a quote, in order; none if it is not on the page.

    `share`: expected position of the quote, from 0 to 1; among several matches the nearest is taken.

    >>> text = "the struc\\x02ture of the ﬁrst facility"
    >>> [text[start:end] for start, end in quote_spans(text, "structure of the first", 0.0)]
    ['struc\\x02ture of the ﬁrst']
    """
    page, wanted = letters_alone(text), letters_alone(quote).folded
    runs = runs_of(page.folded, wanted, round(share * len(page.folded)))
    if not runs or sum(run.length for run in runs) < MIN_SHARE * len(wanted):
        return []
    *spans, (start, end) = [(page.places[run.start], page.places[run.start + run.length - 1] + 1) for run in runs]
    return [*spans, (start, end + len(closing(quote)) * text.startswith(closing(quote), end))]


def closing(quote: str) -> str:
    """The punctuation at the end of a quote.

    >>> closing("it is “late”. ")
    '”.'
    """
    stripped = quote.rstrip()
    letters = len(stripped)
    while letters and not stripped[letters - 1].isalnum():
        letters -= 1
    return stripped[letters:]


def letters_alone(text: str) -> FoldedLetters:
    """The letters and digits of a text.

    >>> letters_alone("A/RES 2²").folded
    'ares22'
    """
    found = [(letter, place) for place, sign in enumerate(text) for letter in folded(sign)]
    return FoldedLetters("".join(letter for letter, _ in found), tuple(place for _, place in found))


@lru_cache(maxsize=4096)
def folded(sign: str) -> str:
    """A character without case, accent or ligature; empty for non-letters and for surrogate pairs."""
    plain = unicodedata.normalize("NFKD", sign).casefold() if sign <= "\uffff" else ""
    return "".join(filter(str.isalnum, plain))


def runs_of(page: str, wanted: str, near: int) -> list[MatchingRun]:
    """Matching runs of a quote's letters on the page; letters that do not match are skipped."""
    runs: list[MatchingRun] = []
    at = 0
    while at < len(wanted):
        run = next_run(page, wanted, at, near)
        if run:
            runs.append(run)
            near = run.start + run.length
        at += run.length if run else 1
    return runs


def next_run(page: str, wanted: str, at: int, near: int) -> MatchingRun | None:
    """The longest match for the quote from letter `at`; of equal ones the nearest."""
    seed = wanted[at : at + SEED_LENGTH]
    anywhere = len(seed) == SEED_LENGTH or at == 0
    first, last = (0, len(page)) if anywhere else (near, near + NEARBY)
    found = [MatchingRun(start, agreement(page, start, wanted, at)) for start in occurrences(page, seed, first, last)]
    return max(found, key=lambda run: (run.length, -abs(run.start - near)), default=None)


def occurrences(page: str, seed: str, first: int, last: int) -> Iterator[int]:
    """Offsets of a seed between two offsets."""
    start = page.find(seed, first, last)
    while start >= 0:
        yield start
        start = page.find(seed, start + 1, last)


def agreement(page: str, start: int, wanted: str, at: int) -> int:
    """Number of matching letters from both offsets."""
    length = 0
    while start + length < len(page) and at + length < len(wanted) and page[start + length] == wanted[at + length]:
        length += 1
    return length
