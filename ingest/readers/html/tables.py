"""HTML tables: data tables as rows; tables that only lay out numbered points, as on EUR-Lex, as those points.

The function that reads the parts of a cell is passed in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import html

from pincite.ingest.document import BETWEEN_CELLS, BlockKind, Part
from pincite.ingest.readers.points import Row, cell_text, lays_out_points, point_parts, without_empty

GRID_PARTS = 6  # most paragraphs in a cell of a data table

CellParts = Callable[[html.HtmlElement], Iterable[Part]]


def table_parts(table: html.HtmlElement, cell_parts: CellParts) -> Iterator[Part]:
    """The caption, then a data table as one part with a line for each row, or the points that a table lays out."""
    for caption in table.findall("caption"):
        yield from cell_parts(caption)
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in own_rows(table)]
    parts = {cell: list(cell_parts(cell)) for row in cells for cell in row}
    rows = without_empty([[parts[cell] for cell in row] for row in cells])
    if lays_out_points(rows) or not is_data_table(rows):
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


def is_data_table(rows: Sequence[Row]) -> bool:
    """Whether rows form a data table: no cell contains a table or many paragraphs."""
    return all(
        len(cell) <= GRID_PARTS and all(part.kind is not BlockKind.TABLE for part in cell)
        for row in rows
        for cell in row
    )
