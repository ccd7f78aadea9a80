"""Numbers of list items in the formats that word processors and browsers use."""

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
ALPHABET = 26


def format_number(number: int, style: str) -> str:
    """A number in a format named as in WordprocessingML (ECMA-376, part 1, 17.18.59).

    >>> [format_number(4, style) for style in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['4', 'd', 'IV', '04']
    """
    if style in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (number - 1) % ALPHABET) * ((number - 1) // ALPHABET + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in {"lowerRoman", "upperRoman"}:
        return roman_numeral(number).upper() if style == "upperRoman" else roman_numeral(number)
    return f"{number:02}" if style == "decimalZero" else str(number)


def roman_numeral(number: int) -> str:
    """A number as a lower-case Roman numeral.

    >>> roman_numeral(14), roman_numeral(0)
    ('xiv', '')
    """
    numeral = ""
    for value, digits in ROMAN:
        numeral += digits * (number // value)
        number %= value
    return numeral
