"""Lines of a PDF's text layer with their place, size and weight, through PDFium. Knows nothing about paragraphs."""

import ctypes
import math
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import RejectedFile
from ingest.metadata import SYMBOL
from ingest.readers.raised import raised_text

HYPHEN_AT_LINE_END = "\x02"  # PDFium's sign for a hyphen and the line end behind it
LINE_ENDS = f"\n{HYPHEN_AT_LINE_END}"
UNPRINTED = " \t\r\n\xa0" + HYPHEN_AT_LINE_END  # most of these are PDFium's own: they have neither size nor box
SOFT_HYPHEN = "\xad"  # what many fonts call the hyphen that they print
BOLD_WEIGHT = 600
BOLD_NAMES = ("bold", "black", "heavy")
NAME_LENGTH = 128
# Letters of a line, spread over it, at which its type is looked up: small capitals make no line smaller, and a name or
# a first sentence in bold makes no line bold.
SAMPLES = 5
RAISED_SIZE = 0.9  # of the line's size, at most
RAISED_BY = 0.2  # of the line's size, at least
FIGURES = re.compile(r"[-−]?\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of printed line; the place in points from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool

    @property
    def height(self) -> float:
        """Height of its first letter's box in points."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half way up its first letter's box."""
        return (self.top + self.bottom) / 2

    def shares_baseline(self, other: "Line") -> bool:
        """Whether both stand on one printed line."""
        return abs(self.bottom - other.bottom) < max(self.height, other.height) * 0.5


def pdf_pages(path: Path) -> tuple[list[list[Line] | None], dict[str, str]]:
    """Lines of each page (None: damaged), and stated properties. Raises RejectedFile for what PDFium cannot open."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise RejectedFile(open_problem(str(error))) from error
    try:
        if len(document) == 0:
            raise RejectedFile("the PDF has no pages; export it again")
        return [page_lines(document, number) for number in range(len(document))], properties(document)
    finally:
        document.close()


def open_problem(message: str) -> str:
    """Why PDFium did not open a file, in the user's words."""
    if "password" in message.lower():
        return "it is protected by a password; save a copy without one"
    return "it is damaged or not a PDF; export it again or repair it (for example with qpdf)"


def properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """The title; with a symbol as its subject also issuer and date, which elsewhere tell who typed it and when."""
    stated = document.get_metadata_dict(skip_empty=True)
    found: dict[str, str] = {}
    title = stated.get("Title", "").strip()
    if len(title.split()) > 1 and not title.lower().endswith((".doc", ".docx", ".pdf", ".indd")):
        found["title"] = title
    subject = stated.get("Subject", "").strip()
    if symbol := SYMBOL.fullmatch(subject):
        found |= {"symbol": symbol.group(), "issuer": stated.get("Author", "")}
        if made := re.match(r"D:(\d{4})(\d{2})(\d{2})", stated.get("CreationDate", "")):
            found["date"] = "-".join(made.groups())
    return found


def page_lines(document: pypdfium2.PdfDocument, number: int) -> list[Line] | None:
    """Lines of a page, counted from 0, in the order of its text layer; None when the page is damaged."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    count = pdfium.FPDFText_CountChars(text_page)
    letters = "".join(chr(pdfium.FPDFText_GetUnicode(text_page, index) or 0xFFFD) for index in range(count))
    ends = [index + 1 for index, letter in enumerate(letters) if letter in LINE_ENDS]
    spans = pairwise([0, *ends, count])
    box = page.get_bbox()
    lines = [line for start, end in spans if (line := make_line(text_page, letters, start, end)) and is_on(box, line)]
    text_page.close()
    page.close()
    return lines


def is_on(box: tuple[float, float, float, float], line: Line) -> bool:
    """Whether a line is on the page that a reader sees: some programs leave signs far beside it."""
    left, bottom, right, top = box
    return line.left < right and line.right > left and line.bottom < top and line.top > bottom


def make_line(text_page: Any, letters: str, start: int, end: int) -> Line | None:
    """The line of the letters from `start` to `end`, None when there is nothing to read in it."""
    printed = [index for index in range(start, end) if letters[index] not in UNPRINTED]
    if not printed:
        return None
    sampled = [printed[len(printed) * number // (SAMPLES + 1)] for number in range(1, SAMPLES + 1)]
    size, largest = max((font_size(text_page, index), index) for index in sampled)
    end = printed[-1] + (2 if letters[printed[-1] + 1 : end].startswith(HYPHEN_AT_LINE_END) else 1)
    text = readable(marked_figures(text_page, letters, printed[0], end, origin_height(text_page, largest), size))
    left, bottom, _, top = char_box(text_page, printed[0])
    _, _, right, _ = char_box(text_page, printed[-1])
    return Line(text, left, bottom, right, top, size, all(is_bold(text_page, index) for index in sampled))


def readable(letters: str) -> str:
    """Letters as PDFium gives them (UTF-16 units, its own sign for a hyphen) as text.

    >>> readable("a \\ud835\\udc49 and \\ud800 co\\x02")
    'a 𝑉 and \ufffd co-'
    """
    text = letters.replace(HYPHEN_AT_LINE_END, "-").replace(SOFT_HYPHEN, "-")
    whole = text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
    return "".join(letter for letter in whole if letter >= " ")


def marked_figures(text_page: Any, letters: str, start: int, end: int, baseline: float, size: float) -> str:
    """The letters of a line, with raised figures written as exponents or as the marks of footnotes."""
    text, done = "", start
    for figures in FIGURES.finditer(letters, start, end):
        for index in range(*figures.span()):
            if is_small(text_page, index, size) and origin_height(text_page, index) - baseline >= size * RAISED_BY:
                text = (text + letters[done:index]).rstrip(UNPRINTED)
                text += raised_text(text, letters[index : figures.end()])
                done = figures.end()
                break
    return text + letters[done:end]


def is_small(text_page: Any, index: int, size: float) -> bool:
    """Whether a letter is set smaller than its line."""
    return font_size(text_page, index) <= size * RAISED_SIZE


def font_size(text_page: Any, index: int) -> float:
    """Size of a letter in points as printed: many programs write size 1 and scale it by the text matrix."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text_page, index)
    return float(size) * (math.hypot(matrix.c, matrix.d) or 1.0)


def is_bold(text_page: Any, index: int) -> bool:
    """Whether a letter is bold, by the weight of its font or, where the file states none, by the font's name."""
    weight = pdfium.FPDFText_GetFontWeight(text_page, index)
    if weight > 0:
        return bool(weight >= BOLD_WEIGHT)
    name = ctypes.create_string_buffer(NAME_LENGTH)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, NAME_LENGTH, ctypes.byref(ctypes.c_int()))
    return any(sign in name.value.decode("utf-8", errors="replace").lower() for sign in BOLD_NAMES)


def origin_height(text_page: Any, index: int) -> float:
    """Height of a letter's baseline on the page in points."""
    left, height = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, ctypes.byref(left), ctypes.byref(height))
    return height.value


def char_box(text_page: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a letter in points, without the space above and below the ink removed."""
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rectangle))
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
