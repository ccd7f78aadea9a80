"""Tables of WordprocessingML as rows of texts, merged cells given in every row they stand in.

Knows nothing about what stands in a cell: the reader of its text is handed in.
"""

from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml.ns import qn

Element = Any


def table_rows(table: Element, cell_text: Callable[[Element], str]) -> list[list[str]]:
    """Texts of a table's cells by row; a cell merged over rows stands in each, one merged over columns once."""
    above: dict[int, str] = {}  # by column, what stands there in the row above
    rows: list[list[str]] = []
    for row in own_rows(table):
        column, texts, here = first_column(row), [], dict[int, str]()
        for cell in own_cells(row):
            texts.append(above.get(column, "") if goes_on(cell) else cell_text(cell))
            here[column] = texts[-1]
            column += number(cell, "w:tcPr/w:gridSpan", 1)
        above = here
        rows.append(texts)
    return rows


def own_rows(table: Element) -> list[Element]:
    """Rows of the table itself that no tracked change has struck, also those in content controls."""
    rows = table.xpath("./w:tr | ./w:sdt/w:sdtContent/w:tr | ./w:ins/w:tr")
    return [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]


def own_cells(row: Element) -> Iterator[Element]:
    """Cells of a row, also those in content controls."""
    yield from row.xpath("./w:tc | ./w:sdt/w:sdtContent/w:tc")


def first_column(row: Element) -> int:
    """How many columns of the grid a row leaves out at its start."""
    return number(row, "w:trPr/w:gridBefore", 0)


def goes_on(cell: Element) -> bool:
    """Whether a cell goes on with the one above it."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def number(element: Element, path: str, otherwise: int) -> int:
    """The number that a property of a row or a cell states."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return otherwise if found is None else int(found.get(qn("w:val"), otherwise))
