"""Tables of HTML: data as rows, and the tables that only lay out numbered points, as EUR-Lex does, as these points.

Knows nothing about what stands in a cell: the reader of its parts is handed in.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import html

from pincite.ingest.document import BETWEEN_CELLS, BlockKind, Part

MARKER = re.compile(
    r"[‘“\"'«]?(?:[(\[]?[\divxlcdm]{1,5}[a-z]?[)\].]{0,2}|\d{1,3}(?:\.\d{1,3})+\.?|\(?[a-z]{1,2}\)|[—–•\-])",
    re.IGNORECASE,
)
POINT_CELLS = 2  # a number and its text
GRID_PARTS = 6  # paragraphs in a cell that can still be read as part of a row

CellParts = Callable[[html.HtmlElement], Iterable[Part]]
Row = list[list[Part]]


def table_parts(table: html.HtmlElement, cell_parts: CellParts) -> Iterator[Part]:
    """A caption, then a data table as one part, a row a line, or the points that a table lays out."""
    for caption in table.findall("caption"):
        yield from cell_parts(caption)
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in own_rows(table)]
    parts = {cell: list(cell_parts(cell)) for row in cells for cell in row}
    rows = without_empty([[parts[cell] for cell in row] for row in cells])
    if all(len(row) == POINT_CELLS and is_marker(row[0]) for row in rows) or not is_grid(rows):
        for row in rows:
            yield from point_parts(row)
    else:
        whole = without_empty([[parts[cell] for cell in row] for row in spread(cells)])
        margin = all(part.kind is BlockKind.BOILERPLATE for row in whole for cell in row for part in cell)
        kind = BlockKind.BOILERPLATE if margin else BlockKind.TABLE
        yield Part(kind, "\n".join(BETWEEN_CELLS.join(map(cell_text, row)) for row in whole))


def own_rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    """Rows of the table itself, not those of tables inside it."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def without_empty(rows: Sequence[Row]) -> list[Row]:
    """Rows that hold something, without first columns that are empty in all of them: these only set points in."""
    kept = [row for row in rows if any(row)]
    while kept and all(len(row) > 1 and not row[0] for row in kept):
        kept = [row[1:] for row in kept]
    return kept


def spread(rows: Sequence[Sequence[html.HtmlElement]]) -> Iterator[list[html.HtmlElement]]:
    """Rows in which a cell that spans several stands in each of them, so that every row says what it is about."""
    above: dict[int, tuple[html.HtmlElement, int]] = {}  # by column: a cell, and in how many further rows it stands
    for row in rows:
        cells, line, column = list(row), [], 0
        while cells or above.get(column, (None, 0))[1]:
            cell, rest = above.get(column, (None, 0))
            if not rest:
                cell, rest = cells.pop(0), 0
                rest = span(cell, "rowspan", len(rows))
            above[column] = (cell, rest - 1)
            line.append(cell)
            column += span(cell, "colspan", len(rows) + len(row))
        yield line


def span(cell: html.HtmlElement, name: str, most: int) -> int:
    """Over how many rows or columns a cell goes; 1 where it says nothing that makes sense."""
    stated = str(cell.get(name) or 1)
    return min(max(int(stated), 1), max(most, 1)) if stated.isdecimal() else 1


def is_marker(cell: list[Part]) -> bool:
    """Whether a cell holds just the number of a point."""
    return not cell or (len(cell) == 1 and MARKER.fullmatch(cell[0].text) is not None)


def is_grid(rows: Sequence[Row]) -> bool:
    """Whether cells are short enough to be read as a row: no cell holds a table, none many paragraphs."""
    return all(
        len(cell) <= GRID_PARTS and all(part.kind is not BlockKind.TABLE for part in cell)
        for row in rows
        for cell in row
    )


def point_parts(row: Row) -> Iterator[Part]:
    """The parts of a laid-out row; the number in its first cell goes in front of the point's first part."""
    parts = [part for cell in row for part in cell]
    if len(row) > 1 and len(parts) > 1 and is_marker(row[0]) and row[0]:
        yield Part(BlockKind.ITEM, f"{parts[0].text} {parts[1].text}")
        parts = parts[2:]
    yield from parts


def cell_text(cell: list[Part]) -> str:
    """A cell as one line."""
    return " ".join(" ".join(part.text.split()) for part in cell)
