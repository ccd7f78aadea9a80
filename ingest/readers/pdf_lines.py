"""Lines of a PDF's text layer with their place, size and weight, through PDFium. Knows nothing about paragraphs."""

import ctypes
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import RejectedFile
from ingest.metadata import SYMBOL

HYPHEN_AT_LINE_END = "\x02"  # PDFium's sign for a hyphen and the line end behind it
LINE_ENDS = f"\n{HYPHEN_AT_LINE_END}"
BOLD_WEIGHT = 600


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

    def followed_by(self, other: "Line") -> "Line":
        """Both pieces as one line."""
        return Line(f"{self.text} {other.text}", self.left, self.bottom, other.right, self.top, self.size, self.bold)


def pdf_pages(path: Path) -> tuple[list[list[Line]], dict[str, str]]:
    """Lines of each page, and the properties the file states. Raises RejectedFile for what PDFium cannot open."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise RejectedFile(open_problem(str(error))) from error
    try:
        if len(document) == 0:
            raise RejectedFile("the PDF has no pages; export it again")
        return [page_lines(document[number]) for number in range(len(document))], properties(document)
    except pypdfium2.PdfiumError as error:
        raise RejectedFile(f"the PDF is damaged ({error}); export or repair it") from error
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


def page_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Lines of a page in the order of its text layer."""
    text_page = page.get_textpage()
    count = pdfium.FPDFText_CountChars(text_page)
    letters = "".join(chr(pdfium.FPDFText_GetUnicode(text_page, index) or 0xFFFD) for index in range(count))
    ends = [index + 1 for index, letter in enumerate(letters) if letter in LINE_ENDS]
    spans = pairwise([0, *ends, count])
    lines = [line for start, end in spans if (line := make_line(text_page, letters, start, end))]
    text_page.close()
    return lines


def make_line(text_page: Any, letters: str, start: int, end: int) -> Line | None:
    """The line of the letters from `start` to `end`, None when there is nothing to read in it."""
    while start < end and letters[start].isspace():
        start += 1
    while start < end and letters[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    text = "".join(letter for letter in letters[start:end].replace(HYPHEN_AT_LINE_END, "-") if letter >= " ")
    left, bottom, _, top = char_box(text_page, start)
    _, _, right, _ = char_box(text_page, last_printed(letters, start, end))
    middle = (start + end - 1) // 2  # a number or a mark at either end may be set in another type
    size = pdfium.FPDFText_GetFontSize(text_page, middle)
    return Line(text, left, bottom, right, top, size, pdfium.FPDFText_GetFontWeight(text_page, middle) >= BOLD_WEIGHT)


def last_printed(letters: str, start: int, end: int) -> int:
    """Index of the last letter of a line that has a box; PDFium's hyphen sign has none."""
    last = end - 1
    return last - 1 if letters[last] == HYPHEN_AT_LINE_END and last > start else last


def char_box(text_page: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a letter in points, without the space above and below the ink removed."""
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rectangle))
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
