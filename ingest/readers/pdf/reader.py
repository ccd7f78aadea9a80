"""PDF by PDFium: running headers and footers removed, columns read one after the other, tables kept as rows, lines
joined to paragraphs, footnotes apart from the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf.columns import regions
from pincite.ingest.readers.pdf.lines import Line, Sheet, pdf_pages
from pincite.ingest.readers.pdf.paragraphs import (
    NEW_PARAGRAPH,
    NOTE_NUMBER,
    is_labelled,
    join_pieces,
    line_part,
    note_lines,
    note_part,
    paragraph_lines,
    type_of,
)
from pincite.ingest.readers.pdf.reading_order import in_place
from pincite.ingest.readers.pdf.running_headers import without_margins
from pincite.ingest.readers.pdf.scans import read_scans
from pincite.ingest.readers.pdf.split_words import mended
from pincite.ingest.readers.pdf.tables import with_tables
from pincite.ingest.readers.text.dehyphenation import Spelling, join_words, spelling_of

SHORTEST_HALF = 40  # characters of a paragraph that goes on over the page: what is shorter is a line of its own
FOOTNOTE_RULE = re.compile(r"_{6,}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page in reading order: runs of lines that stand in one column, and the lines of its footnotes."""

    number: int
    body: list[list[Line]]
    notes: list[Line]


def read_pdf(path: Path) -> Reading:
    """Parts of a PDF with their pages.

    Raises RejectedFile for what PDFium cannot open, for a password, and when no page has text that can be read.
    """
    sheets, properties = pdf_pages(path)
    scans = read_scans(path, sheets)
    pages = [join_pieces(scans.lines_of(number, sheet)) for number, sheet in enumerate(sheets, 1)]
    if not any(pages):
        raise RejectedFile(scans.rejection())
    damaged = [number for number, sheet in enumerate(sheets, 1) if sheet is None]
    bare = mended(without_margins(pages))
    spelling = spelling_of([line.text for lines in bare for line in lines])
    return Reading(parts_of(split_pages(bare, sheets, spelling), spelling), properties, scans.warnings(damaged))


def split_pages(pages: Sequence[list[Line]], sheets: Sequence[Sheet | None], spelling: Spelling) -> list[Page]:
    """Pages in reading order, their tables as rows and their footnotes apart."""
    size = median([line.size for lines in pages for line in lines] or [0])
    found: list[Page] = []
    for number, (lines, sheet) in enumerate(zip(pages, sheets, strict=True), 1):
        tabled = with_tables(lines, sheet.drawings.rules if sheet else (), spelling)
        found.append(split_notes(number, regions(in_place(tabled)), size))
    return found


def split_notes(number: int, runs: Sequence[list[Line]], body_size: float) -> Page:
    """A page with the footnotes of each of its runs apart."""
    halves = [split_run(run, body_size, alone=not position) for position, run in enumerate(runs)]
    return Page(number, [body for body, _ in halves if body], [line for _, notes in halves for line in notes])


def split_run(lines: list[Line], body_size: float, *, alone: bool) -> tuple[list[Line], list[Line]]:
    """Running text and footnotes: what follows a rule of underscores, or small print at the foot of a page.

    `alone`: nothing stands before these lines, so that not all of them can be footnotes.
    """
    for position, line in enumerate(lines):
        if FOOTNOTE_RULE.match(line.text.strip()):
            return lines[:position], lines[position + 1 :]
    first = len(lines)
    while first and lines[first - 1].size <= body_size * 0.9 and not lines[first - 1].table:
        first -= 1
    opens = next((n for n in range(first, len(lines)) if NOTE_NUMBER.match(lines[n].text)), len(lines))
    return (lines[:opens], lines[opens:]) if first > 0 or not alone else (lines, [])


def parts_of(pages: list[Page], spelling: Spelling) -> list[Part]:
    """Paragraphs of all pages, those that run over a column's or page's end made whole, footnotes after their page."""
    lines = [line for page in pages for run in page.body for line in run]
    type_ = type_of(lines)
    parts: list[Part] = []
    notes: list[Part] = []
    for page in pages:
        here = type_.on_page([line for run in page.body for line in run])
        for run in page.body:
            paragraphs = [line_part(lines, page.number, here, spelling) for lines in paragraph_lines(run)]
            over = bool(parts and not is_labelled(run[0]) and runs_on(parts[-1], paragraphs[0]))
            parts += among(over_end(parts.pop(), paragraphs.pop(0), spelling), notes) if over else notes
            parts += paragraphs
            notes = []
        notes += [note_part(lines, page.number, spelling) for lines in note_lines(page.notes)]
    return parts + notes


def among(part: Part, notes: list[Part]) -> list[Part]:
    """A paragraph that runs over a page's end, and footnotes in an order that leaves them on their own page."""
    before = [note for note in notes if note.page == part.page]
    return [*before, part, *notes[len(before) :]]


def runs_on(part: Part, following: Part) -> bool:
    """Whether a paragraph at the foot of a column or page goes on at the head of the next."""
    if part.kind is not BlockKind.PARAGRAPH or following.kind is not BlockKind.PARAGRAPH:
        return False
    unfinished = not re.search(r"[.!?:;][\"'”’)\]]*(?:\[\d{1,3}\])*$", part.text)
    whole = len(part.text) < SHORTEST_HALF or NEW_PARAGRAPH.match(following.text) is not None
    return unfinished and (following.text[:1].islower() or not whole)


def over_end(part: Part, following: Part, spelling: Spelling) -> Part:
    """Two halves of a paragraph as one, with the offsets at which pages turn between them."""
    text = join_words(part.text, following.text, spelling)
    last = (part.page or 0) + len(part.turns)
    return replace(
        part, text=text, turns=part.turns + (len(text) - len(following.text),) * ((following.page or 0) - last)
    )
