"""PDF by PDFium: running headers and footers removed, lines joined to paragraphs, footnotes apart from the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from ingest.document import BlockKind, Part, Reading
from ingest.errors import RejectedFile
from ingest.readers.hyphens import Spelling, join_words, spelling_of
from ingest.readers.pdf_lines import Line, pdf_pages
from ingest.readers.pdf_margins import without_margins
from ingest.readers.pdf_paragraphs import (
    NEW_PARAGRAPH,
    NOTE_NUMBER,
    join_pieces,
    line_part,
    note_lines,
    note_part,
    paragraph_lines,
)

SHORTEST_HALF = 40  # characters of a paragraph that goes on over the page: what is shorter is a line of its own
FOOTNOTE_RULE = re.compile(r"_{6,}")


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of a page in reading order, running text and footnotes apart."""

    number: int
    body: list[Line]
    notes: list[Line]


def read_pdf(path: Path) -> Reading:
    """Parts of a PDF with their pages.

    Raises RejectedFile for what PDFium cannot open, for a password, and when no page has a text layer.
    """
    pieces, properties = pdf_pages(path)
    pages = [join_pieces(lines or []) for lines in pieces]
    if not any(pages):
        raise RejectedFile("no page has a text layer; run OCR on it first (for example with ocrmypdf)")
    return Reading(parts_of(list(split_pages(pages))), properties, tuple(page_warnings(pieces)))


def page_warnings(pages: Sequence[Sequence[Line] | None]) -> Iterator[str]:
    """What could not be read, by page."""
    if bare := [number for number, lines in enumerate(pages, 1) if lines is not None and not lines]:
        yield f"no text layer on pages {ranges(bare)}"
    if damaged := [number for number, lines in enumerate(pages, 1) if lines is None]:
        yield f"damaged and left out: pages {ranges(damaged)}"


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers as a reader writes them.

    >>> ranges([2, 3, 4, 7])
    '2-4, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def split_pages(pages: Sequence[list[Line]]) -> Iterator[Page]:
    """Pages without running headers, footers and page numbers, their footnotes apart."""
    size = median([line.size for lines in pages for line in lines] or [0])
    for number, lines in enumerate(without_margins(pages), 1):
        yield Page(number, *split_notes(lines, size))


def split_notes(lines: list[Line], body_size: float) -> tuple[list[Line], list[Line]]:
    """Running text and footnotes: what follows a rule of underscores, or small print at the foot of a page."""
    for position, line in enumerate(lines):
        if FOOTNOTE_RULE.match(line.text.strip()):
            return lines[:position], lines[position + 1 :]
    first = len(lines)
    while first and lines[first - 1].size <= body_size * 0.9:
        first -= 1
    opens = next((n for n in range(first, len(lines)) if NOTE_NUMBER.match(lines[n].text)), len(lines))
    return (lines[:opens], lines[opens:]) if first > 0 else (lines, [])


def parts_of(pages: list[Page]) -> list[Part]:
    """Paragraphs of all pages, those that run over a page's end made whole, each page's footnotes after its text."""
    body_size = median([line.size for page in pages for line in page.body] or [0])
    spelling = spelling_of([line.text for page in pages for line in page.body])
    parts: list[Part] = []
    notes: list[Part] = []
    for page in pages:
        paragraphs = [line_part(lines, page.number, body_size, spelling) for lines in paragraph_lines(page.body)]
        over = bool(parts and paragraphs and runs_on(parts[-1], paragraphs[0]))
        parts += among(over_page(parts.pop(), paragraphs.pop(0), spelling), notes) if over else notes
        parts += paragraphs
        notes = [note_part(lines, page.number, spelling) for lines in note_lines(page.notes)]
    return parts + notes


def among(part: Part, notes: list[Part]) -> list[Part]:
    """A paragraph that runs over a page's end, and footnotes in an order that leaves them on their own page."""
    before = [note for note in notes if note.page == part.page]
    return [*before, part, *notes[len(before) :]]


def runs_on(part: Part, following: Part) -> bool:
    """Whether a paragraph at the foot of a page goes on at the head of the next."""
    if part.kind is not BlockKind.PARAGRAPH or following.kind is not BlockKind.PARAGRAPH:
        return False
    unfinished = not re.search(r"[.!?:;][\"'”’)\]]*(?:\[\d{1,3}\])*$", part.text)
    whole = len(part.text) < SHORTEST_HALF or NEW_PARAGRAPH.match(following.text) is not None
    return unfinished and (following.text[:1].islower() or not whole)


def over_page(part: Part, following: Part, spelling: Spelling) -> Part:
    """Two halves of a paragraph as one, with the offset at which the page turns."""
    text = join_words(part.text, following.text, spelling)
    return replace(part, text=text, turns=(*part.turns, len(text) - len(following.text)))
