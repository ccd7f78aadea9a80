"""Numbers as people write them, in digits and in English words, as one value."""

import re
from decimal import Decimal

from pincite.ingest.data.number_words import number_words

WORDS = number_words()
SMALL = {word: n for n, word in enumerate(WORDS.ones)} | {word: 10 * n for n, word in enumerate(WORDS.tens, 2)}
ORDINAL = {word: n for n, word in enumerate(WORDS.ordinal_ones)} | {
    word: 10 * n for n, word in enumerate(WORDS.ordinal_tens, 2)
}
LARGE, SHORT = WORDS.powers, WORDS.power_abbreviations
CARDINAL = "|".join([*SMALL, *LARGE])
IN_WORDS = rf"(?:{CARDINAL})(?:[\s-]+(?:and\s+)?(?:{CARDINAL}))*"
ORDINAL_IN_WORDS = rf"(?:(?:{'|'.join(WORDS.tens)})[\s-])?(?:{'|'.join(sorted(ORDINAL, key=len, reverse=True))})"
IN_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3}(?!\d))+(?:\.\d+)?|\d+(?:[.,]\d+)?"


def in_words(words: str) -> int:
    """A number in words.

    >>> in_words("four thousand"), in_words("two hundred and twenty-five"), in_words("one million two hundred thousand")
    (4000, 225, 1200000)
    """
    whole = part = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            part = max(part, 1) * LARGE[word]
        elif word in LARGE:
            whole, part = whole + max(part, 1) * LARGE[word], 0
        else:
            part += SMALL.get(word, 0)
    return whole + part


def ordinal(words: str) -> int:
    """An ordinal in words.

    >>> ordinal("seventy-eighth"), ordinal("Third")
    (78, 3)
    """
    return sum(ORDINAL.get(word, SMALL.get(word, 0)) for word in re.split(r"[\s-]+", words.lower()))


def in_digits(digits: str) -> Decimal:
    """A number in digits; a comma before three digits parts thousands, before others it is the decimal mark.

    >>> in_digits("4,000"), in_digits("4 000.5"), in_digits("7,5")
    (Decimal('4000'), Decimal('4000.5'), Decimal('7.5'))
    """
    plain = re.sub(r"[\u00a0\u202f ]|,(?=\d{3}(?:\D|$))", "", digits)
    return Decimal(plain.replace(",", "."))


def plain(number: Decimal) -> str:
    """A number in digits without thousands marks and trailing zeros.

    >>> plain(Decimal("4000.0")), plain(Decimal("0.50"))
    ('4000', '0.5')
    """
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
