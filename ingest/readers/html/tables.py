"""HTML tables: data tables as rows; tables that only lay out numbered points, as on EUR-Lex, as those points.

The function that reads the parts of a cell is passed in.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import html

from pincite.ingest.document import BETWEEN_CELLS, BlockKind, Part

ENUMERATOR = re.compile(
    r"[‘“\"'«]?(?:[(\[]?[\divxlcdm]{1,5}[a-z]?[)\].]{0,2}|\d{1,3}(?:\.\d{1,3})+\.?|\(?[a-z]{1,2}\)|[—–•\-])",
    re.IGNORECASE,
)
POINT_CELLS = 2  # an enumerator and its text
GRID_PARTS = 6  # most paragraphs in a cell of a data table

CellParts = Callable[[html.HtmlElement], Iterable[Part]]
Row = list[list[Part]]


def table_parts(table: html.HtmlElement, cell_parts: CellParts) -> Iterator[Part]:
    """The caption, then a data table as one part with a line for each row, or the points that a table lays out."""
    for caption in table.findall("caption"):
        yield from cell_parts(caption)
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in own_rows(table)]
    parts = {cell: list(cell_parts(cell)) for row in cells for cell in row}
    rows = without_empty([[parts[cell] for cell in row] for row in cells])
    if all(len(row) == POINT_CELLS and is_enumerator(row[0]) for row in rows) or not is_data_table(rows):
        for row in rows:
            yield from point_parts(row)
    else:
        repeated = without_empty([[parts[cell] for cell in row] for row in with_spans_repeated(cells)])
        boilerplate = all(part.kind is BlockKind.BOILERPLATE for row in repeated for cell in row for part in cell)
        kind = BlockKind.BOILERPLATE if boilerplate else BlockKind.TABLE
        yield Part(kind, "\n".join(BETWEEN_CELLS.join(map(cell_text, row)) for row in repeated))


def own_rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    """Rows of the table itself, not of tables nested in it."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def without_empty(rows: Sequence[Row]) -> list[Row]:
    """Non-empty rows, without leading columns that are empty in all of them: these only indent points."""
    full = [row for row in rows if any(row)]
    while full and all(len(row) > 1 and not row[0] for row in full):
        full = [row[1:] for row in full]
    return full


def with_spans_repeated(rows: Sequence[Sequence[html.HtmlElement]]) -> Iterator[list[html.HtmlElement]]:
    """Rows with a cell that spans several repeated in each, so that every row can be read alone."""
    above: dict[int, tuple[html.HtmlElement, int]] = {}  # by column: a cell, and the rows that it still spans
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
    """Rows or columns that a cell spans; 1 if its attribute is missing or invalid."""
    stated = str(cell.get(name) or 1)
    return min(max(int(stated), 1), max(most, 1)) if stated.isdecimal() else 1


def is_enumerator(cell: list[Part]) -> bool:
    """Whether a cell contains only an enumerator, or nothing."""
    return not cell or (len(cell) == 1 and ENUMERATOR.fullmatch(cell[0].text) is not None)


def is_data_table(rows: Sequence[Row]) -> bool:
    """Whether rows form a data table: no cell contains a table or many paragraphs."""
    return all(
        len(cell) <= GRID_PARTS and all(part.kind is not BlockKind.TABLE for part in cell)
        for row in rows
        for cell in row
    )


def point_parts(row: Row) -> Iterator[Part]:
    """Parts of a layout row; the enumerator in its first cell is joined to the first part of the point."""
    parts = [part for cell in row for part in cell]
    if len(row) > 1 and len(parts) > 1 and is_enumerator(row[0]) and row[0]:
        yield Part(BlockKind.ITEM, f"{parts[0].text} {parts[1].text}")
        parts = parts[2:]
    yield from parts


def cell_text(cell: list[Part]) -> str:
    """A cell as one line."""
    return " ".join(" ".join(part.text.split()) for part in cell)
