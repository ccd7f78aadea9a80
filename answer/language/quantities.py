"""The figures of a statement: numbers, shares, money and spans of time, compared by what they mean.

Ordinals are figures, too (`third session`); dates are not (`pincite.answer.language.dates`).
"""

import re
from decimal import Decimal
from functools import lru_cache

from pincite.answer.language.alignment import Mark
from pincite.answer.language.numerals import (
    IN_DIGITS,
    IN_WORDS,
    LARGE,
    ORDINAL_IN_WORDS,
    SHORT,
    in_digits,
    in_words,
    ordinal,
    plain,
)

UNITS = {
    "percent": "%",
    "percentage point": "%",
    "us dollar": "dollar",
    "united states dollar": "dollar",
    "usd": "dollar",
    "us$": "dollar",
    "$": "dollar",
    "eur": "euro",
    "€": "euro",
    "gbp": "pound",
    "£": "pound",
}  # every other unit is called by its own name, without the s of a plural
UNIT = (
    r"%|per\s?cent|percentage points?|minutes?|hours?|days?|weeks?|months?|quarters?|years?"
    r"|(?:US |United States )?dollars?|USD|euros?|EUR|€|pounds?|GBP"
)
FIGURE = re.compile(
    r"(?P<currency>US\$|\$|€|£|(?:USD|EUR|GBP)(?=\s?\d))?\s?"
    r"(?:(?<![^\W\d_])(?<![^\W\d_][-.])(?<!\d[.,])"  # not in `GPT-4`, `B12`
    rf"(?P<digits>{IN_DIGITS})(?P<st>st|nd|rd|th)?(?![^\W\d_]|/\d)"
    rf"|\b(?P<ordinal>{ORDINAL_IN_WORDS})\b|\b(?P<words>{IN_WORDS})\b)"
    rf"(?:[\s-]?(?P<large>{'|'.join([*LARGE, *SHORT])})\b)?"
    rf"(?:[\s-]*(?:(?:calendar|working|consecutive) )?(?P<unit>{UNIT})(?![^\W_]))?",
    re.IGNORECASE,
)
LOOSE = frozenset({"one", "first", "second"})  # in words they often count nothing: `one must`, `first, …`


@lru_cache(maxsize=256)
def figures(text: str) -> tuple[Mark, ...]:
    """The figures of a text; a value is a number with its unit.

    >>> [mark.value for mark in figures("4,000 chips, four thousand users, 15 per cent and 15% of $5 million")]
    ['4000', '4000', '15 %', '15 %', '5000000 dollar']
    >>> [mark.value for mark in figures("a six-month term until the twenty-fifth session, GPT-4, 7,5 or 0.50")]
    ['6 month', '25th', '7.5', '0.5']
    """
    return tuple(mark(match) for match in FIGURE.finditer(text))


def mark(match: re.Match[str]) -> Mark:
    """A figure where it stands."""
    unit = unit_of(match["unit"] or match["currency"] or "")
    return Mark(
        f"{number_of(match)} {unit}".strip(), match[0].strip(), match.end() - len(match[0].lstrip()), match.end()
    )


def unit_of(written: str) -> str:
    """The name of a unit.

    >>> unit_of("per cent"), unit_of("US dollars"), unit_of("Months"), unit_of("")
    ('%', 'dollar', 'month', '')
    """
    name = re.sub(r"per\s?cent$", "percent", written.lower()).removesuffix("s")
    return UNITS.get(name, name)


def number_of(match: re.Match[str]) -> str:
    """A number in plain digits, an ordinal with `th`."""
    if match["ordinal"]:
        return f"{ordinal(match['ordinal'])}th"
    number = Decimal(in_words(match["words"])) if match["words"] else in_digits(match["digits"])
    return plain(number * {**LARGE, **SHORT}.get((match["large"] or "").lower(), 1)) + ("th" if match["st"] else "")


def same_figure(cited: str, stated: str) -> bool:
    """Whether two figures are one; where either has no unit the number decides.

    >>> same_figure("6 month", "6 month"), same_figure("6 year", "6 month"), same_figure("6 month", "6")
    (True, False, True)
    """
    (one, unit), (other, other_unit) = (value.partition(" ")[::2] for value in (cited, stated))
    return one == other and (unit == other_unit or not unit or not other_unit)
