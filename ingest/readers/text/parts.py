"""Plain text -> parts: paragraphs, list items, tables that an extraction has flattened. Knows nothing about files."""

import re

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.text.broken_paragraphs import with_whole_paragraphs
from pincite.ingest.readers.text.dehyphenation import Spelling, spelling_of
from pincite.ingest.readers.text.headings import may_head, with_headings
from pincite.ingest.readers.text.tables import apart, caption_only, cells_below, is_flat_table, table_lines
from pincite.ingest.readers.text.unwrap import is_contents_line, paragraphs_of

ENDLESS = re.compile(r"\S{400}")
BULLET = re.compile(r"[-–*•▪◦●]\s")


def plain_parts(text: str) -> list[Part]:
    """Parts of a piece of plain text inside another document, without pages."""
    spelling = words_of(text)
    return with_headings(with_whole_paragraphs(page_parts(text, None, spelling), spelling))


def words_of(text: str) -> Spelling:
    """How a text writes its words; lines that hold none, but endless runs of letters, are left out."""
    return spelling_of([line.strip() for line in text.split("\n") if not ENDLESS.search(line)])


def page_parts(text: str, page: int | None, spelling: Spelling) -> list[Part]:
    """Parts of one page of text."""
    paragraphs = [piece for paragraph in paragraphs_of(text, spelling) for piece in apart(paragraph)]
    parts: list[Part] = []
    place = 0
    while place < len(paragraphs):
        paragraph, cells = paragraphs[place], list[str]()
        if caption_only(paragraph):
            cells = table_cells(paragraphs, place + 1)
        parts.append(Part(*kind_and_text(paragraph, cells), page=page))
        place += 1 + len(cells)
    return parts


def table_cells(paragraphs: list[str], place: int) -> list[str]:
    """The cells of a table whose caption stands alone; a heading right above prose is none of them."""
    cells = cells_below(iter(paragraphs[place:]))
    following = paragraphs[place + len(cells) : place + len(cells) + 1]
    return cells[:-1] if cells and following and may_head(cells[-1]) else cells


def kind_and_text(paragraph: str, cells: list[str]) -> tuple[BlockKind, str]:
    """What a paragraph is, and how it reads."""
    if cells:
        return BlockKind.TABLE, "\n".join([paragraph, *cells])
    if is_flat_table(paragraph):
        return BlockKind.TABLE, table_lines(paragraph)
    if is_contents_line(paragraph):
        return BlockKind.BOILERPLATE, paragraph
    return BlockKind.ITEM if BULLET.match(paragraph) else BlockKind.PARAGRAPH, paragraph
