"""A statement as HTML: the rows of a table, which an answer tells on one line, as a table again."""

from collections.abc import Sequence

from ingest.document import BETWEEN_CELLS
from ui.inert import as_html

BETWEEN_ROWS = "; "
AFTER_SOURCE = ": "  # who states it and where, in front of the first row


def statement_html(text: str) -> str:
    """A statement as a paragraph; where it tells rows, what stands before them, the table, and what stands after.

    >>> statement_html("Three sites serve.")
    '<p class="pincite-statement" dir="auto">Three sites serve.</p>'
    >>> print(statement_html("R/1, Table 1: Sites; Year | Sites; 2025 | 3; More follow.").replace("><", ">\\n<"))
    <p class="pincite-statement" dir="auto">R/1, Table 1: Sites</p>
    <div class="pincite-told" tabindex="0" role="group" aria-label="Table">
    <table>
    <tr>
    <th scope="col">Year</th>
    <th scope="col">Sites</th>
    </tr>
    <tr>
    <td>2025</td>
    <td>3</td>
    </tr>
    </table>
    </div>
    <p class="pincite-statement" dir="auto">More follow.</p>
    """
    before, rows, after = told(text)
    return prose(before) + (table_html(rows) if rows else "") + prose(after)


def told(text: str) -> tuple[str, list[list[str]], str]:
    """What stands before the rows of a statement, their cells, and what stands after; no rows where there is but one.

    >>> told("R/1: Act | Notice; A | 15 days (2; 10 at most); B | none")
    ('R/1', [['Act', 'Notice'], ['A', '15 days (2; 10 at most)'], ['B', 'none']], '')
    """
    pieces = text.split(BETWEEN_ROWS)
    barred = [at for at, piece in enumerate(pieces) if BETWEEN_CELLS.rstrip() in piece]
    if len(barred) < 2:  # noqa: PLR2004  a head and a row
        return text, [], ""
    first, last = barred[0], barred[-1]
    before = BETWEEN_ROWS.join(pieces[:first])
    source, found, head = pieces[first].partition(AFTER_SOURCE) if not before else ("", "", "")
    if found and BETWEEN_CELLS not in source:
        before, pieces[first] = source, head
    ends = [*barred[1:], last + 1]
    rows = [BETWEEN_ROWS.join(pieces[at:end]) for at, end in zip(barred, ends, strict=True)]
    return before, [cells_of(row) for row in rows], BETWEEN_ROWS.join(pieces[last + 1 :])


def cells_of(row: str) -> list[str]:
    """The cells of a row, empty ones too."""
    return [cell.strip() for cell in row.split(BETWEEN_CELLS.strip())]


def table_html(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table, the first as its head, in a frame that the keyboard can scroll."""
    head = "".join(f'<th scope="col">{as_html(cell)}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{as_html(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    frame = '<div class="pincite-told" tabindex="0" role="group" aria-label="Table">'
    return f"{frame}<table><tr>{head}</tr>{body}</table></div>"


def prose(text: str) -> str:
    """A text that is no table."""
    return f'<p class="pincite-statement" dir="auto">{as_html(text)}</p>' if text else ""
