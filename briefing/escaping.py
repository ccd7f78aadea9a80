"""Makes text safe for XML and for spreadsheets: forbidden characters are removed, no cell becomes a formula."""

import re
import unicodedata

# https://www.w3.org/TR/xml/#charsets, without lone surrogates, which no encoding can represent
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")  # full-width signs count in East Asian Excel
MAX_CELL_LENGTH = 32_000  # characters; Excel holds 32,767
CUT = " […]"


def xml_text(text: str) -> str:
    r"""The text without characters that XML forbids; line ends are `\n`.

    >>> xml_text("a\x00b\ud800\r\nc")
    'ab\nc'
    """
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    r"""The same on a single line.

    >>> one_line("a\n\n  b\x01 c")
    'a b c'
    """
    return " ".join(xml_text(text).split())


def cell_text(text: str) -> str:
    """The text cut to the length of a cell; a cut is marked at the end."""
    clean = xml_text(text)
    return clean if len(clean) <= MAX_CELL_LENGTH else clean[: MAX_CELL_LENGTH - len(CUT)] + CUT


def is_formula(text: str) -> bool:
    r"""Whether a spreadsheet program might read the text as a formula.

    >>> [is_formula(text) for text in ("=1+1", "\t@SUM(A1)", "\r-2", "6. Calls upon States")]
    [True, True, True, False]
    """
    return FORMULA.match(text) is not None


def csv_cell(text: str) -> str:
    """A CSV cell; an apostrophe is put before a possible formula.

    >>> csv_cell("=HYPERLINK(1)"), csv_cell("a = b")
    ("'=HYPERLINK(1)", 'a = b')
    """
    clean = cell_text(text)
    return f"'{clean}" if is_formula(text) or is_formula(clean) else clean


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left.

    >>> is_right_to_left("1. ما هي"), is_right_to_left("What is ما")
    (True, False)
    """
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((found in {"R", "AL"} for found in directions if found in {"L", "R", "AL"}), False)
