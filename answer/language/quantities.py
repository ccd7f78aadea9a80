"""Figures in a text: numbers, shares, money, durations and ordinals, in digits or words, normalised with their units.

Dates are not figures (`pincite.answer.language.dates`).
"""

import re
from decimal import Decimal
from functools import lru_cache

from pincite.answer.language.alignment import TextMark
from pincite.answer.language.word_lists import word_lists
from pincite.ingest.data.number_words import number_words

WORDS, UNITS = number_words(), word_lists()["units"]
CARDINAL = {word: n for n, word in enumerate(WORDS.ones)} | {word: 10 * n for n, word in enumerate(WORDS.tens, 2)}
ORDINAL = {word: n for n, word in enumerate(WORDS.ordinal_ones)} | {
    word: 10 * n for n, word in enumerate(WORDS.ordinal_tens, 2)
}
SCALES = {**WORDS.powers, **WORDS.power_abbreviations}
NUMBER_WORD = "|".join([*CARDINAL, *WORDS.powers])
NUMBER_WORDS = rf"(?:{NUMBER_WORD})(?:[\s-]+(?:and\s+)?(?:{NUMBER_WORD}))*"
ORDINAL_WORDS = rf"(?:(?:{'|'.join(WORDS.tens)})[\s-])?(?:{'|'.join(sorted(ORDINAL, key=len, reverse=True))})"
DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3}(?!\d))+(?:\.\d+)?|[1-9]\d{0,2}(?:\.000)+(?!\d)|\d+(?:[.,]\d+)?"
UNIT = (
    r"%|per\s?cent|percentage points?|minutes?|hours?|days?|weeks?|months?|quarters?|years?"
    r"|(?:US |United States )?dollars?|USD|euros?|EUR|€|pounds?|GBP"
)
FIGURE = re.compile(
    r"(?P<currency>US\$|\$|€|£|(?:USD|EUR|GBP)(?=\s?\d))?\s?"
    r"(?:(?<![^\W\d_])(?<![^\W\d_][-.])(?<!\d[.,])"  # not in `GPT-4`, `B12`
    rf"(?P<digits>{DIGITS})(?P<st>st|nd|rd|th)?(?![^\W_]|/\d)"  # nor in `37signals`
    rf"|\b(?P<ordinal>{ORDINAL_WORDS})\b|\b(?P<words>{NUMBER_WORDS})\b)"
    rf"(?:[\s-]?(?P<scale>{'|'.join(SCALES)})\b)?"
    rf"(?:[\s-]*(?:(?:calendar|working|consecutive) )?(?P<unit>{UNIT})(?![^\W_]))?",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def find_figures(text: str) -> tuple[TextMark, ...]:
    """The figures of a text; a value is a number with its unit.

    >>> [mark.value for mark in find_figures("4,000 chips, four thousand users, 15 per cent and 15% of $5 million")]
    ['4000', '4000', '15 %', '15 %', '5000000 dollar']
    >>> [mark.value for mark in find_figures("a six-month term until the twenty-fifth session, GPT-4, 7,5 or 0.50")]
    ['6 month', '25th', '7.5', '0.5']
    """
    return tuple(mark(match) for match in FIGURE.finditer(text))


def mark(match: re.Match[str]) -> TextMark:
    """A match as a figure."""
    value = f"{number_of(match)} {unit_of(match['unit'] or match['currency'] or '')}".strip()
    return TextMark(value, match[0].strip(), match.end() - len(match[0].lstrip()), match.end())


def unit_of(written: str) -> str:
    """The name of a unit.

    >>> unit_of("per cent"), unit_of("US dollars"), unit_of("Months"), unit_of("")
    ('%', 'dollar', 'month', '')
    """
    name = re.sub(r"per\s?cent$", "percent", written.lower()).removesuffix("s")
    return str(UNITS.get(name, name))


def number_of(match: re.Match[str]) -> str:
    """The number of a figure in plain digits, an ordinal with `th`."""
    if match["ordinal"]:
        return f"{ordinal_from_words(match['ordinal'])}th"
    number = Decimal(number_from_words(match["words"])) if match["words"] else number_from_digits(match["digits"])
    scale = SCALES.get((match["scale"] or "").lower(), 1)
    return plain_digits(number * scale) + ("th" if match["st"] else "")


def same_figure(cited: str, stated: str) -> bool:
    """Whether two figures are the same; units are compared only where both have one.

    >>> same_figure("6 month", "6 month"), same_figure("6 year", "6 month"), same_figure("6 month", "6")
    (True, False, True)
    """
    (one, unit), (other, other_unit) = (value.partition(" ")[::2] for value in (cited, stated))
    return one == other and (unit == other_unit or not unit or not other_unit)


def number_from_words(words: str) -> int:
    """The value of a cardinal number in words.

    >>> number_from_words("four thousand"), number_from_words("two hundred and twenty-five")
    (4000, 225)
    >>> number_from_words("one million two hundred thousand")
    1200000
    """
    whole = part = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            part = max(part, 1) * WORDS.powers[word]
        elif word in WORDS.powers:
            whole, part = whole + max(part, 1) * WORDS.powers[word], 0
        else:
            part += CARDINAL.get(word, 0)
    return whole + part


def ordinal_from_words(words: str) -> int:
    """The value of an ordinal number in words.

    >>> ordinal_from_words("seventy-eighth"), ordinal_from_words("Third")
    (78, 3)
    """
    return sum(ORDINAL.get(word, CARDINAL.get(word, 0)) for word in re.split(r"[\s-]+", words.lower()))


def number_from_digits(digits: str) -> Decimal:
    """The value of a number in digits. A comma before three digits separates thousands, any other is a decimal mark.

    So does a full stop before three zeros, as European texts write: nobody writes 2 as 2.000.

    >>> [str(number_from_digits(digits)) for digits in ("4,000", "4 000.5", "7,5", "2.000")]
    ['4000', '4000.5', '7.5', '2000']
    """
    plain = re.sub(r"[\u00a0\u202f ]|,(?=\d{3}(?:\D|$))|(?<=\d)\.(?=000(?:\D|$))(?!000\d)", "", digits)
    return Decimal(plain.replace(",", "."))


def plain_digits(number: Decimal) -> str:
    """A number in digits, without thousands separators and trailing zeros.

    >>> plain_digits(Decimal("4000.0")), plain_digits(Decimal("0.50"))
    ('4000', '0.5')
    """
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
