"""Tables of WordprocessingML as rows of cells, with merged cells repeated in every row.

The function that reads the parts of a cell is passed in.
"""

from collections.abc import Callable, Iterator

from docx.oxml.ns import qn

from pincite.ingest.document import Part
from pincite.ingest.readers.points import Row
from pincite.ingest.readers.zip_xml import Element


def table_rows(table: Element, cell_parts: Callable[[Element], list[Part]]) -> list[Row]:
    """Parts of cells by row; a cell merged across rows is repeated in each, one merged across columns is not."""
    above: dict[int, list[Part]] = {}  # by column, the cell in the row above
    rows: list[Row] = []
    for row in own_rows(table):
        column, cells, here = first_column(row), [], dict[int, list[Part]]()
        for cell in own_cells(row):
            cells.append(above.get(column, []) if is_merged_with_above(cell) else cell_parts(cell))
            here[column] = cells[-1]
            column += property_number(cell, "w:tcPr/w:gridSpan", 1)
        above = here
        rows.append(cells)
    return rows


def own_rows(table: Element) -> list[Element]:
    """Rows of the table itself, including those in content controls, without rows deleted by tracked changes."""
    rows = table.xpath("./w:tr | ./w:sdt/w:sdtContent/w:tr | ./w:ins/w:tr")
    return [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]


def own_cells(row: Element) -> Iterator[Element]:
    """Cells of a row, including those in content controls."""
    yield from row.xpath("./w:tc | ./w:sdt/w:sdtContent/w:tc")


def first_column(row: Element) -> int:
    """Number of grid columns skipped at the start of a row."""
    return property_number(row, "w:trPr/w:gridBefore", 0)


def is_merged_with_above(cell: Element) -> bool:
    """Whether a cell is merged with the one above it."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def property_number(element: Element, path: str, otherwise: int) -> int:
    """The number in a property of a row or cell, `otherwise` if it has none."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return otherwise if found is None else int(found.get(qn("w:val"), otherwise))
