"""Tables in a document as rows under heads, each cell with its range of text."""

from collections.abc import Iterator
from dataclasses import dataclass

from pincite.ingest.document import BETWEEN_CELLS, Block, BlockKind, Document


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: `document.text[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table: `heads` are the cells of its first row, `rows` those below."""

    start: int
    end: int
    pinpoint: str | None
    heads: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]


def tables_of(document: Document) -> list[PlacedTable]:
    """The tables of a document that have at least two columns and a row below the heads."""
    found = (table_of_block(document, block) for block in document.blocks if block.kind is BlockKind.TABLE)
    return [table for table in found if table.rows and len(table.heads) > 1]


def table_of_block(document: Document, block: Block) -> PlacedTable:
    """A block of rows as a table."""
    rows = [tuple(cells_of(line, start)) for line, start in lines_of(document.text, block)]
    first, *others = rows or [()]
    return PlacedTable(block.start, block.end, block.pinpoint, first, tuple(others))


def lines_of(text: str, block: Block) -> Iterator[tuple[str, int]]:
    """The lines of a block with their offsets; lines of one cell, such as a caption, are passed over."""
    start = block.start
    for line in text[block.start : block.end].split("\n"):
        if BETWEEN_CELLS.strip() in line:
            yield line, start
        start += len(line) + 1


def cells_of(line: str, start: int) -> Iterator[TableCell]:
    """The cells of a row.

    >>> [(cell.text, cell.start) for cell in cells_of("Year | Sites", 10)]
    [('Year', 10), ('Sites', 17)]
    """
    for cell in line.split("|"):
        left = start + len(cell) - len(cell.lstrip())
        yield TableCell(cell.strip(), left, left + len(cell.strip()))
        start += len(cell) + 1
