"""A text without its symbols, places and dates, which are checked as such: what is left is words, names and figures."""

from functools import lru_cache

from pincite.answer.verification.dates import dates, without
from pincite.answer.verification.pinpoints import places
from pincite.answer.verification.symbols import symbols


@lru_cache(maxsize=256)
def plainly(text: str) -> str:
    """A text with blanks in place of symbols, places and dates, so that the other words keep their offsets.

    >>> " ".join(plainly("Article 5 of A/RES/78/265, adopted on 21 March 2024").split())
    'of , adopted on'
    """
    for marks in (symbols, places, dates):
        text = without(text, marks(text))
    return text
