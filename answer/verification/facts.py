"""Symbols, dates and figures of a statement must stand in its cited text, in the same place."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pincite.answer.language.alignment import Mark, in_its_place
from pincite.answer.language.dates import dates, same_date
from pincite.answer.language.masking import plainly
from pincite.answer.language.parsed_text import Worded
from pincite.answer.language.quantities import figures, same_figure
from pincite.answer.language.references import same_symbol, symbols

LOOSE = frozenset({"one", "first", "second"})  # in words they often count nothing: `one must`, `first, …`


def wrong_symbols(statement: str, held: str) -> Iterator[str]:
    """Symbols of a statement that neither its cited text nor what is known of it holds, a sentence each."""
    stated = symbols(statement)
    known = [mark.value for mark in symbols(held)] if stated else []
    for mark in stated:
        if (
            not any(same_symbol(one, mark.value) for one in known)
            and mark.value not in re.sub(r"\s", "", held).casefold()
        ):
            yield f"{mark.written} stands neither in the cited text nor among what is known of its document"


def wrong_dates(statement: Worded, cited: Worded, known: str) -> Iterator[str]:
    """What is wrong with the dates of a statement, a sentence each; `known`: what is known of the cited document."""
    days = dates(statement.text)
    held = dates(cited.text) if days else ()
    for stated in days:
        if other := in_its_place(statement, stated, cited, held, same_date):
            yield f"the cited text has {other.written} where this has {stated.written}"
        elif not any(same_date(mark.value, stated.value) for mark in (*held, *dates(known))):
            yield f"the date {stated.written} does not stand in the cited text"


def wrong_figures(statement: Worded, cited: Worded, besides: frozenset[str] = frozenset()) -> Iterator[str]:
    """What is wrong with the figures of a statement, a sentence each.

    `besides`: further numbers that a statement may give, such as the years of the cited text's dates.
    """
    numbers = figures(plainly(statement.text))
    held = figures(plainly(cited.text)) if numbers else ()
    for stated in numbers:
        if stated.written.lower() in LOOSE:
            continue
        if other := in_its_place(statement, stated, cited, held, same_figure) or miscounted(
            statement, stated, cited, held
        ):
            yield f"the cited text has {other.written} where this has {stated.written}"
        elif stated.value not in besides and not any(same_figure(mark.value, stated.value) for mark in held):
            yield f"{stated.written} does not stand in the cited text"


def miscounted(statement: Worded, stated: Mark, cited: Worded, held: Sequence[Mark]) -> Mark | None:
    """The figure by which the cited text counts what a statement counts by one that it holds for other things."""
    thing = counted(statement, stated)
    same = [mark for mark in held if same_figure(mark.value, stated.value)]
    if not thing or not same or any(counted(cited, mark) in {thing, ""} for mark in same):
        return None
    return next((mark for mark in held if counted(cited, mark) == thing), None)


def counted(text: Worded, mark: Mark) -> str:
    """The stem of the word right behind a figure, empty where another sign or a word without meaning stands there.

    >>> from pincite.answer.language.parsed_text import worded
    >>> [counted(text, figures(text.text)[0]) for text in (worded("39 members"), worded("39 of them"))]
    ['member', '']
    """
    number = bisect_left(text.words, mark.end, key=lambda word: word.start)
    following = text.words[number : number + 1]
    return following[0].stem if following and not text.text[mark.end : following[0].start].strip() else ""
