"""Renders a statement as HTML: a paragraph for each line, points with their mark in the margin, rows as a table."""

from collections.abc import Sequence

from pincite.answer.citation.point_marks import mark_length
from pincite.answer.citation.table_rows import split_rows
from pincite.ui.escaping import as_html


def statement_html(text: str) -> str:
    """A statement as a paragraph; with table rows, the text before, the table and the text after.

    >>> statement_html("Three sites serve.")
    '<p class="pincite-statement" dir="auto">Three sites serve.</p>'
    >>> statement_html("(a) Kigali;")
    '<p class="pincite-statement pincite-point" style="--mark: 4" dir="auto">(a) Kigali;</p>'
    >>> print(statement_html("R/1: Year | Sites; 2025 | 3").replace("><", ">\\n<"))
    <p class="pincite-statement" dir="auto">R/1</p>
    <div class="pincite-table" tabindex="0" role="group" aria-label="Table">
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
    """
    parts = split_rows(text)
    return prose(parts.before) + (table_html(parts.rows) if parts.rows else "") + prose(parts.after)


def table_html(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table with the first as header, in a frame that can be scrolled by keyboard."""
    head = "".join(f'<th scope="col">{as_html(cell)}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{as_html(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    frame = '<div class="pincite-table" tabindex="0" role="group" aria-label="Table">'
    return f"{frame}<table><tr>{head}</tr>{body}</table></div>"


def prose(text: str) -> str:
    """The lines of a statement as paragraphs, empty for no text."""
    return "".join(map(line_html, filter(None, text.split("\n"))))


def line_html(line: str) -> str:
    """A line as a paragraph; a point is indented as far as its mark is long, in characters."""
    mark = mark_length(line)
    point = f' pincite-point" style="--mark: {mark}' if mark else ""
    return f'<p class="pincite-statement{point}" dir="auto">{as_html(line)}</p>'
