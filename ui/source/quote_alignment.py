"""Where a quote stands among the characters of a page, told by letters and digits alone.

Canonical text mends what a page prints: words broken at line ends, ligatures, spaces, marks of footnotes. What both
have in common are the letters in their order.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SEED = 12  # letters that are looked for anywhere on a page; fewer are looked for only where the quote broke off
NEARBY = 40  # letters from there
LEAST = 0.6  # share of a quote's letters that must be found


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters and digits, folded; the i-th comes from the character at `places[i]`."""

    folded: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of a page that agree with a quote: `length` of them from `start`."""

    start: int
    length: int


def quote_spans(text: str, quote: str, share: float) -> list[tuple[int, int]]:
    """Stretches of a page's text, start and end, that hold a quote, in its order; none where it is not on the page.

    `share`: how far down the page, from 0 to 1, it is expected; among several places the nearest is taken.

    >>> text = "the struc\\x02ture of the ﬁrst facility"
    >>> [text[start:end] for start, end in quote_spans(text, "structure of the first", 0.0)]
    ['struc\\x02ture of the ﬁrst']
    """
    page, wanted = letters_alone(text), letters_alone(quote).folded
    runs = runs_of(page.folded, wanted, round(share * len(page.folded)))
    if not runs or sum(run.length for run in runs) < LEAST * len(wanted):
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


def letters_alone(text: str) -> Letters:
    """The letters and digits of a text.

    >>> letters_alone("A/RES 2²").folded
    'ares22'
    """
    found = [(letter, place) for place, sign in enumerate(text) for letter in folded(sign)]
    return Letters("".join(letter for letter, _ in found), tuple(place for _, place in found))


@lru_cache(maxsize=4096)
def folded(sign: str) -> str:
    """A character without case, accent and ligature; nothing for what is no letter or what a page holds in halves."""
    plain = unicodedata.normalize("NFKD", sign).casefold() if sign <= "\uffff" else ""
    return "".join(filter(str.isalnum, plain))


def runs_of(page: str, wanted: str, near: int) -> list[Run]:
    """The quote's letters as they stand on the page; letters that are not there are passed over."""
    runs: list[Run] = []
    at = 0
    while at < len(wanted):
        run = next_run(page, wanted, at, near)
        if run:
            runs.append(run)
            near = run.start + run.length
        at += run.length if run else 1
    return runs


def next_run(page: str, wanted: str, at: int, near: int) -> Run | None:
    """Where the quote goes on from its letter `at`: the longest agreement, of equal ones the nearest."""
    seed = wanted[at : at + SEED]
    anywhere = len(seed) == SEED or at == 0
    first, last = (0, len(page)) if anywhere else (near, near + NEARBY)
    found = [Run(start, agreement(page, start, wanted, at)) for start in occurrences(page, seed, first, last)]
    return max(found, key=lambda run: (run.length, -abs(run.start - near)), default=None)


def occurrences(page: str, seed: str, first: int, last: int) -> Iterator[int]:
    """Where a seed stands between two places."""
    start = page.find(seed, first, last)
    while start >= 0:
        yield start
        start = page.find(seed, start + 1, last)


def agreement(page: str, start: int, wanted: str, at: int) -> int:
    """How many letters agree from both places on."""
    length = 0
    while start + length < len(page) and at + length < len(wanted) and page[start + length] == wanted[at + length]:
        length += 1
    return length
