"""PDF through PDFium: without running headers and footers, columns in reading order, tables as rows, lines joined into
paragraphs, footnotes separate from the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf.columns import regions
from pincite.ingest.readers.pdf.lines import PageContent, PdfLine, pdf_pages
from pincite.ingest.readers.pdf.paragraphs import (
    NEW_PARAGRAPH,
    NOTE_NUMBER,
    font_sizes,
    is_labelled,
    join_pieces,
    line_part,
    note_lines,
    note_part,
    paragraph_lines,
)
from pincite.ingest.readers.pdf.reading_order import in_printed_order
from pincite.ingest.readers.pdf.running_headers import without_running_lines
from pincite.ingest.readers.pdf.scans import read_scans
from pincite.ingest.readers.pdf.split_words import with_split_words_repaired
from pincite.ingest.readers.pdf.tables import with_tables
from pincite.ingest.readers.text.dehyphenation import Spelling, join_words, spelling_of

SHORTEST_HALF = 40  # characters of a paragraph that continues on the next page: a shorter one is complete
FOOTNOTE_RULE = re.compile(r"_{6,}")


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page in reading order: runs of lines in one column, and the lines of its footnotes."""

    number: int
    body: list[list[PdfLine]]
    notes: list[PdfLine]


def read_pdf(path: Path) -> Reading:
    """Parts of a PDF with their pages.

    Raises RejectedFile if PDFium cannot open it, if it has a password, and if no page has readable text.
    """
    contents, properties = pdf_pages(path)
    scans = read_scans(path, contents)
    pages = [join_pieces(scans.lines_of(number, content)) for number, content in enumerate(contents, 1)]
    if not any(pages):
        raise RejectedFile(scans.rejection())
    damaged = [number for number, content in enumerate(contents, 1) if content is None]
    bare = with_split_words_repaired(without_running_lines(pages))
    spelling = spelling_of([line.text for lines in bare for line in lines])
    return Reading(parts_of(split_pages(bare, contents, spelling), spelling), properties, scans.warnings(damaged))


def split_pages(
    pages: Sequence[list[PdfLine]], contents: Sequence[PageContent | None], spelling: Spelling
) -> list[PageLayout]:
    """Pages in reading order, with tables as rows and footnotes separate."""
    size = median([line.size for lines in pages for line in lines] or [0])
    found: list[PageLayout] = []
    for number, (lines, content) in enumerate(zip(pages, contents, strict=True), 1):
        tabled = with_tables(lines, content.drawings.rules if content else (), spelling)
        found.append(split_notes(number, regions(in_printed_order(tabled)), size))
    return found


def split_notes(number: int, runs: Sequence[list[PdfLine]], body_size: float) -> PageLayout:
    """A page with the footnotes of each of its runs separate."""
    halves = [split_run(run, body_size, alone=not position) for position, run in enumerate(runs)]
    return PageLayout(number, [body for body, _ in halves if body], [line for _, notes in halves for line in notes])


def split_run(lines: list[PdfLine], body_size: float, *, alone: bool) -> tuple[list[PdfLine], list[PdfLine]]:
    """Running text and footnotes: lines after a row of underscores, or small print at the foot of a page.

    `alone`: whether these are the first lines of the page, so that not all of them can be footnotes.
    """
    for position, line in enumerate(lines):
        if FOOTNOTE_RULE.match(line.text.strip()):
            return lines[:position], lines[position + 1 :]
    first = len(lines)
    while first and lines[first - 1].size <= body_size * 0.9 and not lines[first - 1].table:
        first -= 1
    opens = next((n for n in range(first, len(lines)) if NOTE_NUMBER.match(lines[n].text)), len(lines))
    return (lines[:opens], lines[opens:]) if first > 0 or not alone else (lines, [])


def parts_of(pages: list[PageLayout], spelling: Spelling) -> list[Part]:
    """Paragraphs of all pages, rejoined across columns and pages, with footnotes after their page."""
    lines = [line for page in pages for run in page.body for line in run]
    sizes = font_sizes(lines)
    parts: list[Part] = []
    notes: list[Part] = []
    for page in pages:
        page_sizes = sizes.on_page([line for run in page.body for line in run])
        for run in page.body:
            paragraphs = [line_part(lines, page.number, page_sizes, spelling) for lines in paragraph_lines(run)]
            over = bool(parts and not is_labelled(run[0]) and runs_on(parts[-1], paragraphs[0]))
            parts += (
                with_pending_notes(join_across_pages(parts.pop(), paragraphs.pop(0), spelling), notes)
                if over
                else notes
            )
            parts += paragraphs
            notes = []
        notes += [note_part(lines, page.number, spelling) for lines in note_lines(page.notes)]
    return parts + notes


def with_pending_notes(part: Part, notes: list[Part]) -> list[Part]:
    """A paragraph across a page break and pending footnotes, ordered so that footnotes stay on their page."""
    before = [note for note in notes if note.page == part.page]
    return [*before, part, *notes[len(before) :]]


def runs_on(part: Part, following: Part) -> bool:
    """Whether a paragraph at the foot of a column or page continues at the head of the next."""
    if part.kind is not BlockKind.PARAGRAPH or following.kind is not BlockKind.PARAGRAPH:
        return False
    unfinished = not re.search(r"[.!?:;][\"'”’)\]]*(?:\[\d{1,3}\])*$", part.text)
    complete = len(part.text) < SHORTEST_HALF or NEW_PARAGRAPH.match(following.text) is not None
    return unfinished and (following.text[:1].islower() or not complete)


def join_across_pages(part: Part, following: Part, spelling: Spelling) -> Part:
    """Two halves of a paragraph as one, with the offsets of the page breaks between them."""
    text = join_words(part.text, following.text, spelling)
    last = (part.page or 0) + len(part.turns)
    return replace(
        part, text=text, turns=part.turns + (len(text) - len(following.text),) * ((following.page or 0) - last)
    )
