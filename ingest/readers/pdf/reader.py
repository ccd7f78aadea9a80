"""PDF through PDFium: without running headers and footers, columns in reading order, tables as rows, lines joined into
paragraphs, footnotes separate from the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf.columns import banded_regions
from pincite.ingest.readers.pdf.footnotes import note_lines, page_context, split_column
from pincite.ingest.readers.pdf.lines import PdfLine
from pincite.ingest.readers.pdf.margins.line_numbers import without_line_numbers
from pincite.ingest.readers.pdf.margins.running_headers import without_running_lines
from pincite.ingest.readers.pdf.margins.side_notes import split_side_notes, with_side_notes
from pincite.ingest.readers.pdf.margins.watermarks import split_watermarks, watermark_warnings
from pincite.ingest.readers.pdf.pages import pdf_pages
from pincite.ingest.readers.pdf.paragraphs import (
    NEW_PARAGRAPH,
    font_sizes,
    is_labelled,
    join_pieces,
    line_part,
    note_part,
    paragraph_lines,
)
from pincite.ingest.readers.pdf.reading_order import in_printed_order
from pincite.ingest.readers.pdf.rules import RuledLine
from pincite.ingest.readers.pdf.scans import read_scans
from pincite.ingest.readers.pdf.split_words import with_split_words_repaired
from pincite.ingest.readers.pdf.tables import with_tables
from pincite.ingest.readers.text.dehyphenation import Spelling, join_words, spelling_of

SHORTEST_HALF = 40  # characters of a paragraph that continues on the next page: a shorter one is complete


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
    split = [split_watermarks(scans.lines_of(number, content)) for number, content in enumerate(contents, 1)]
    pages = without_line_numbers([join_pieces(lines) for lines, _ in split])
    if not any(pages):
        raise RejectedFile(scans.rejection())
    damaged = [number for number, content in enumerate(contents, 1) if content is None]
    rules = [content.drawings.rules if content else () for content in contents]
    bare = with_split_words_repaired(without_running_lines(pages, rules))
    spelling = spelling_of([line.text for lines in bare for line in lines])
    warnings = (*scans.warnings(damaged), *watermark_warnings([marks for _, marks in split]))
    return Reading(parts_of(split_pages(bare, rules, spelling), spelling), properties, warnings)


def split_pages(
    pages: Sequence[list[PdfLine]], rules: Sequence[Sequence[RuledLine]], spelling: Spelling
) -> list[PageLayout]:
    """Pages in reading order, with tables as rows, headings beside the text in it, and footnotes separate."""
    found: list[PageLayout] = []
    for number, (lines, own) in enumerate(zip(pages, rules, strict=True), 1):
        text, beside = split_side_notes(with_tables(lines, own, spelling), spelling)
        runs = banded_regions(in_printed_order(text), own)
        layout = split_notes(number, runs, own, [page.notes for page in found])
        found.append(replace(layout, body=with_side_notes(layout.body, beside)))
    return found


def split_notes(
    number: int, runs: Sequence[list[PdfLine]], rules: Sequence[RuledLine], earlier: Sequence[Sequence[PdfLine]]
) -> PageLayout:
    """A page with the footnotes of each of its columns separate; `earlier`: those of earlier pages."""
    context = page_context([line for run in runs for line in run], rules, earlier)
    body: list[list[PdfLine]] = []
    notes: list[PdfLine] = []
    for run in runs:
        text, below = split_column(run, [line for column in body for line in column], context)
        body += [text] if text else []
        notes += below
    return PageLayout(number, body, notes)


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
