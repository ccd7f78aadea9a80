"""Which characters may stand in a document or a cell: what XML forbids is taken out, and no cell becomes a formula."""

import re
import unicodedata

# https://www.w3.org/TR/xml/#charsets, without half pairs, which no encoding can write
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")  # full-width signs count in East Asian Excel
LONGEST_CELL = 32_000  # characters; Excel holds 32,767
CUT = " […]"


def allowed(text: str) -> str:
    r"""A text without the characters that XML does not allow; its line ends are `\n`.

    >>> allowed("a\x00b\ud800\r\nc")
    'ab\nc'
    """
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    r"""The same on one line.

    >>> one_line("a\n\n  b\x01 c")
    'a b c'
    """
    return " ".join(allowed(text).split())


def cell(text: str) -> str:
    """A text that fits into a cell; where it does not, its end says so."""
    clean = allowed(text)
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - len(CUT)] + CUT


def is_formula(text: str) -> bool:
    r"""Whether a program that opens a table might take a text for a formula.

    >>> [is_formula(text) for text in ("=1+1", "\t@SUM(A1)", "\r-2", "6. Calls upon States")]
    [True, True, True, False]
    """
    return FORMULA.match(text) is not None


def inert(text: str) -> str:
    """A cell of a text file: an apostrophe stands before what might be a formula.

    >>> inert("=HYPERLINK(1)"), inert("a = b")
    ("'=HYPERLINK(1)", 'a = b')
    """
    fitting = cell(text)
    return f"'{fitting}" if is_formula(text) or is_formula(fitting) else fitting


def runs_leftwards(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left.

    >>> runs_leftwards("1. ما هي"), runs_leftwards("What is ما")
    (True, False)
    """
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((found in {"R", "AL"} for found in directions if found in {"L", "R", "AL"}), False)
