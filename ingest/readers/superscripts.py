"""How a raised number reads in plain text. Knows nothing about formats."""

import re

BASE = re.compile(r"(?<![\w/.,:])(?:10|2)$")
UNIT = re.compile(r"(?<![^\W_])[ckm]?m$")
POWERS_OF_UNITS = {"2": "²", "3": "³"}


def raised_text(before: str, text: str) -> str:
    """What stands for a raised piece of text behind `before`: an exponent, a power of a unit, the mark of a footnote.

    Ten to the 25th must read neither 1025 nor as a footnote; a mark must not become part of a word or of a year.

    >>> [before + raised_text(before, raised) for before, raised in (("10", "25"), ("40 km", "2"), ("in 2024", "7"))]
    ['10^25', '40 km²', 'in 2024[7]']
    >>> "21" + raised_text("21", "st")
    '21st'
    """
    number = text.strip().replace("−", "-")
    if not re.fullmatch(r"-?\d{1,3}", number) or before.endswith(("(", "[")):
        return text
    if number.startswith("-") or BASE.search(before):
        return f"^{number}"
    if number in POWERS_OF_UNITS and UNIT.search(before):
        return POWERS_OF_UNITS[number]
    return f"[{number}]" if before.strip() else number
