"""Plain text -> parts: paragraphs, list items, and tables that text extraction has flattened."""

import re

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.text.broken_paragraphs import with_rejoined_paragraphs
from pincite.ingest.readers.text.dehyphenation import Spelling, spelling_of
from pincite.ingest.readers.text.headings import may_be_heading, with_headings
from pincite.ingest.readers.text.marks import is_marked, part_of
from pincite.ingest.readers.text.printed import prepared, without_printed_marks
from pincite.ingest.readers.text.tables import (
    cells_below,
    is_caption_alone,
    is_flattened_table,
    split_captions,
    table_lines,
)
from pincite.ingest.readers.text.unwrap import is_contents_line, paragraphs_of

ENDLESS = re.compile(r"\S{400}")
BULLET = re.compile(r"[-–*•▪◦●¡]\s")


def plain_parts(text: str) -> list[Part]:
    """Parts of plain text inside another document, without pages."""
    text = prepared(text)
    spelling = text_spelling(text)
    parts = without_printed_marks(page_parts(text, None, spelling))
    return with_headings(with_rejoined_paragraphs(parts, spelling))


def text_spelling(text: str) -> Spelling:
    """The spelling of a text, without lines of endless unbroken characters."""
    return spelling_of([line.strip() for line in text.split("\n") if not ENDLESS.search(line)])


def page_parts(text: str, page: int | None, spelling: Spelling) -> list[Part]:
    """Parts of one page of text."""
    paragraphs = [piece for paragraph in paragraphs_of(text, spelling) for piece in split_captions(paragraph)]
    parts: list[Part] = []
    index = 0
    while index < len(paragraphs):
        paragraph, cells = paragraphs[index], list[str]()
        if is_marked(paragraph):
            parts.append(part_of(paragraph, page))
            index += 1
            continue
        if is_caption_alone(paragraph):
            cells = table_cells(paragraphs, index + 1)
        parts.append(Part(*kind_and_text(paragraph, cells), page=page))
        index += 1 + len(cells)
    return parts


def table_cells(paragraphs: list[str], start: int) -> list[str]:
    """Lines that are the cells of a table below its caption, without a heading directly above prose."""
    cells = cells_below(iter(paragraphs[start:]))
    following = paragraphs[start + len(cells) : start + len(cells) + 1]
    return cells[:-1] if cells and following and may_be_heading(cells[-1]) else cells


def kind_and_text(paragraph: str, cells: list[str]) -> tuple[BlockKind, str]:
    """Kind and text of a paragraph."""
    if cells:
        return BlockKind.TABLE, "\n".join([paragraph, *cells])
    if is_flattened_table(paragraph):
        return BlockKind.TABLE, table_lines(paragraph)
    if is_contents_line(paragraph):
        return BlockKind.BOILERPLATE, paragraph
    return BlockKind.ITEM if BULLET.match(paragraph) else BlockKind.PARAGRAPH, paragraph
