"""A text without its symbols, places and dates, which are checked as such: what is left is words, names and figures."""

from functools import lru_cache

from pincite.answer.language.alignment import Mark
from pincite.answer.language.dates import dates
from pincite.answer.language.references import places, symbols


@lru_cache(maxsize=256)
def plainly(text: str) -> str:
    """A text with blanks in place of symbols, places and dates, so that the other words keep their offsets.

    >>> " ".join(plainly("Article 5 of A/RES/78/265, adopted on 21 March 2024").split())
    'of , adopted on'
    """
    for marks in (symbols, places, dates):
        text = without(text, marks(text))
    return text


def without(text: str, marks: tuple[Mark, ...]) -> str:
    """A text with blanks in place of marks, so that offsets stay."""
    for mark in marks:
        text = f"{text[: mark.start]}{' ' * (mark.end - mark.start)}{text[mark.end :]}"
    return text
