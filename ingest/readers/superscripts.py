"""Superscript numbers in plain text: exponents, powers of units, footnote markers."""

import re

BASE_OF_POWER = re.compile(r"(?<![\w/.,:])(?:10|2)$")
UNIT = re.compile(r"(?<![^\W_])[ckm]?m$")
# In Ukrainian and Russian law a raised number is part of the number of a provision: `стаття 163-1`.
NUMBER_OF_PROVISION = re.compile(
    r"(?:стат(?:т|ь)\w*|частин\w*|част[ьи]\w*|пункт\w*|глав\w*|розділ\w*|раздел\w*|ст\.|ч\.|п\.)\s*\d+$", re.IGNORECASE
)
POWERS_OF_UNITS = {"2": "²", "3": "³"}


def superscript_text(before: str, text: str) -> str:
    """Plain text for a superscript after `before`: an exponent, a power of a unit, or a footnote marker.

    Ten to the 25th must read neither as 1025 nor as a footnote; a marker must not merge with a word or a year.

    >>> [superscript_text(*pair) for pair in (("10", "25"), ("40 km", "2"), ("in 2024", "7"), ("21", "st"))]
    ['^25', '²', '[7]', 'st']
    >>> superscript_text("Стаття 163", "-1"), superscript_text("статті 2", "1")
    ('-1', '-1')
    """
    number = text.strip().replace("−", "-")
    if not re.fullmatch(r"-?\d{1,3}", number) or before.endswith(("(", "[")):
        return text
    if NUMBER_OF_PROVISION.search(before):
        return f"-{number.removeprefix('-')}"
    if number.startswith("-") or BASE_OF_POWER.search(before):
        return f"^{number}"
    if number in POWERS_OF_UNITS and UNIT.search(before):
        return POWERS_OF_UNITS[number]
    return f"[{number}]" if before.strip() else number
