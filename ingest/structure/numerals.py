"""Values of letters and numerals, as they number the units of a text."""

import re

ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ROMAN = re.compile(r"(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
CHINESE_DIGITS = "零一二三四五六七八九"
CHINESE_UNITS = {"十": 10, "百": 100}
ALPHABET = 26
CYRILLIC = "абвгґдеєёжзиіїйклмнопрстуфхцчшщьюя"  # of lists, which leave some letters out


def letter_value(letters: str) -> int | None:
    """The value of letters: `b` 2, `z` 26, `aa` 27, `bb` 28; None for two different letters.

    >>> letter_value("e"), letter_value("bb"), letter_value("by"), letter_value("в")
    (5, 28, None, 3)
    """
    if letters in CYRILLIC:
        return CYRILLIC.index(letters) + 1
    if len(set(letters)) != 1:
        return None
    return ord(letters[0]) - ord("a") + 1 + ALPHABET * (len(letters) - 1)


def roman_value(numeral: str) -> int | None:
    """The value of a lower-case Roman numeral up to 99.

    >>> roman_value("xiv"), roman_value("iix")
    (14, None)
    """
    if not ROMAN.fullmatch(numeral):
        return None
    values = [ROMAN_DIGITS[digit] for digit in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def chinese_number(numeral: str) -> int:
    """A Chinese numeral up to 999, or figures, as a number.

    >>> [chinese_number(numeral) for numeral in ("四", "十一", "二十", "一百零五", "17")]
    [4, 11, 20, 105, 17]
    """
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for sign in numeral:
        if sign in CHINESE_UNITS:
            total += (digit or 1) * CHINESE_UNITS[sign]
            digit = 0
        else:
            digit = max(CHINESE_DIGITS.find(sign), 0)
    return total + digit
