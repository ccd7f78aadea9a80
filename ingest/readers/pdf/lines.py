"""Lines of a PDF's text layer with their place, size and weight, through PDFium. Knows nothing about paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2

from pincite.ingest.errors import RejectedFile
from pincite.ingest.metadata.symbols import SYMBOL
from pincite.ingest.readers.pdf.characters import char_box, font_size, is_bold, letters_of, origin_height
from pincite.ingest.readers.pdf.rules import Drawings, drawings_of
from pincite.ingest.readers.pdf.spaces import Space, false_spaces, spaces_of, wide_spaces
from pincite.ingest.readers.superscripts import raised_text

HYPHEN_AT_LINE_END = "\x02"  # PDFium's sign for a hyphen and the line end behind it
NO_SPACE = "\x01"  # in place of a space that is none: it is no printed letter
LINE_ENDS = f"\n{HYPHEN_AT_LINE_END}"
UNPRINTED = " \t\r\n\xa0" + HYPHEN_AT_LINE_END  # most of these are PDFium's own: they have neither size nor box
SOFT_HYPHEN = "\xad"  # what many fonts call the hyphen that they print
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
READABLE = str.maketrans(LIGATURES | dict.fromkeys(map(chr, range(ord(" "))), ""))
# Letters of a line, spread over it, at which its type is looked up: small capitals make no line smaller, and a name or
# a first sentence in bold makes no line bold.
SAMPLES = 5
SAMPLES_OF_A_PIECE = 3
RAISED_SIZE = 0.9  # of the line's size, at most
RAISED_BY = 0.2  # of the line's size, at least
FIGURES = re.compile(r"[-−]?\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a piece of one; the place in points from the lower left corner of the page.

    `pieces`: what stands between its wide spaces, where it has any; a column or a cell may end there. `table`: it
    stands for a whole table, its text a row a line.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    pieces: tuple["Line", ...] = ()
    table: bool = False

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


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page holds: its lines in the order of the text layer, and what is drawn."""

    lines: list[Line]
    drawings: Drawings


def baselines(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines by the printed row they stand in, from the top down; in a row in the order they have their height in."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if rows and rows[-1][0].shares_baseline(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def pieces_of(line: Line) -> tuple[Line, ...]:
    """A line's pieces, itself where it has no wide space."""
    return line.pieces or (line,)


def line_of(pieces: Sequence[Line]) -> Line:
    """Pieces of one printed line as a line."""
    if len(pieces) == 1:
        return pieces[0]
    size, bold = max(piece.size for piece in pieces), all(piece.bold for piece in pieces)
    text = " ".join(piece.text for piece in pieces)
    return replace(pieces[0], text=text, right=pieces[-1].right, size=size, bold=bold, pieces=tuple(pieces))


def joined(before: Line, line: Line, between: str, like: Line) -> Line:
    """Two lines between which there is no wide space as one, its height and size those of `like`."""
    whole = replace(like, text=f"{before.text}{between}{line.text}", left=before.left, right=line.right, pieces=())
    if not before.pieces and not line.pieces:
        return whole
    (*first, inner), (outer, *rest) = pieces_of(before), pieces_of(line)
    return replace(whole, pieces=(*first, joined(inner, outer, between, outer if like is line else inner), *rest))


def pdf_pages(path: Path) -> tuple[list[Sheet | None], dict[str, str]]:
    """What each page holds (None: damaged), and stated properties. Raises RejectedFile for what PDFium cannot open."""
    document = open_pdf(path)
    try:
        if len(document) == 0:
            raise RejectedFile("the PDF has no pages; export it again")
        return [read_page(document, number) for number in range(len(document))], properties(document)
    finally:
        document.close()


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """An open PDF, to be closed. Raises RejectedFile for what PDFium cannot open."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise RejectedFile(open_problem(str(error))) from error


def open_problem(message: str) -> str:
    """Why PDFium did not open a file, in the user's words."""
    if "password" in message.lower():
        return "it is protected by a password; save a copy without one"
    return "it is damaged or not a PDF; export it again or repair it (for example with qpdf)"


def properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """The title; with a symbol as its subject also issuer and date, which elsewhere tell who typed it and when."""
    try:
        stated = document.get_metadata_dict(skip_empty=True)
    except UnicodeDecodeError:  # a damaged file's properties are no text; its pages may well be
        return {}
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


def read_page(document: pypdfium2.PdfDocument, number: int) -> Sheet | None:
    """What a page, counted from 0, holds; None when the page is damaged."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    letters = letters_of(text_page)
    ends = [index + 1 for index, letter in enumerate(letters) if letter in LINE_ENDS]
    spans = pairwise([0, *ends, len(letters)])
    box = page.get_bbox()
    lines = [line for start, end in spans if (line := make_line(text_page, letters, start, end)) and is_on(box, line)]
    drawings = drawings_of(page, box)
    text_page.close()
    page.close()
    return Sheet(lines, drawings)


def is_on(box: tuple[float, float, float, float], line: Line) -> bool:
    """Whether a line is on the page that a reader sees: some programs leave signs far beside it."""
    left, bottom, right, top = box
    return line.left < right and line.right > left and line.bottom < top and line.top > bottom


def make_line(text_page: Any, letters: str, start: int, end: int) -> Line | None:
    """The line of the letters from `start` to `end`, None when there is nothing to read in it."""
    printed = [index for index in range(start, end) if letters[index] not in UNPRINTED]
    if not printed:
        return None
    spaces = spaces_of(text_page, printed)
    size = font_size(text_page, printed[len(printed) // 2])
    for index in false_spaces(text_page, letters, spaces, size):
        letters = f"{letters[:index]}{NO_SPACE}{letters[index + 1 :]}"
    parts = parts_between(printed, wide_spaces(spaces, size))
    samples = SAMPLES if len(parts) == 1 else SAMPLES_OF_A_PIECE
    return line_of([make_piece(text_page, letters, part, end, samples) for part in parts])


def parts_between(printed: list[int], spaces: list[Space]) -> list[list[int]]:
    """Indexes of printed letters in the parts of a line that wide spaces leave."""
    ends = [printed.index(space.after) for space in spaces]
    return [printed[first:last] for first, last in pairwise([0, *ends, len(printed)])]


def make_piece(text_page: Any, letters: str, printed: list[int], end: int, samples: int) -> Line:
    """The line of the letters with the indexes `printed`, its type looked up at `samples`; its line ends at `end`."""
    sampled = {printed[len(printed) * number // (samples + 1)] for number in range(1, samples + 1)}
    size, largest = max((font_size(text_page, index), index) for index in sampled)
    end = printed[-1] + (2 if letters[printed[-1] + 1 : end].startswith(HYPHEN_AT_LINE_END) else 1)
    text = readable(marked_figures(text_page, letters, printed[0], end, origin_height(text_page, largest), size))
    left, bottom, _, top = char_box(text_page, printed[0])
    _, _, right, _ = char_box(text_page, printed[-1])
    return Line(text, left, bottom, right, top, size, all(is_bold(text_page, index) for index in sampled))


def readable(letters: str) -> str:
    """Letters as PDFium gives them (UTF-16 units, its own sign for a hyphen, ligatures) as text.

    >>> readable("a \\ud835\\udc49 and \\ud800 co\\x02")
    'a 𝑉 and \ufffd co-'
    >>> readable("e\ufb03cient")
    'efficient'
    """
    text = letters.replace(HYPHEN_AT_LINE_END, "-").replace(SOFT_HYPHEN, "-")
    whole = text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
    return whole.translate(READABLE)


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
