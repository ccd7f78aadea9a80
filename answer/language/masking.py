"""Masks document symbols, pinpoints and dates, which have checks of their own; words, names and figures remain."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pincite.answer.language.alignment import TextMark
from pincite.answer.language.dates import find_dates
from pincite.answer.language.references import find_pinpoints, find_symbols

ENUMERATOR = re.compile(r"(?m)^[^\w\n]{0,3}\d{1,4}(?:\.\d{1,3})*[.)\]](?=\D|$)|(?<=\s)\(\d{1,2}\)")


@lru_cache(maxsize=256)
def mask_references(text: str) -> str:
    """A text with blanks in place of symbols, pinpoints and dates, so that all other words keep their offsets.

    >>> " ".join(mask_references("Article 5 of A/RES/78/265, adopted on 21 March 2024").split())
    'of , adopted on'
    """
    for find in (find_symbols, find_pinpoints, find_dates):
        text = blank_out(text, find(text))
    return text


def blank_out(text: str, marks: Iterable[TextMark]) -> str:
    """A text of the same length with blanks in place of marks."""
    for mark in marks:
        text = f"{text[: mark.start]}{' ' * (mark.end - mark.start)}{text[mark.end :]}"
    return text


@lru_cache(maxsize=256)
def mask_enumerators(text: str) -> str:
    """A text with blanks in place of the numbers that open its paragraphs and points.

    >>> mask_enumerators("5. Importers shall, for 10 years, keep (2) copies").split()
    ['Importers', 'shall,', 'for', '10', 'years,', 'keep', 'copies']
    """
    return ENUMERATOR.sub(lambda match: " " * len(match[0]), text)
