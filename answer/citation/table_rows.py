"""Splits a statement that gives table rows on one line into its text and its rows."""

from dataclasses import dataclass

from pincite.ingest.document import BETWEEN_CELLS

BETWEEN_ROWS = "; "
AFTER_SOURCE = ": "  # ends the source prefix before the first row


@dataclass(frozen=True, slots=True)
class SplitStatement:
    """The text before the rows, the cells of each row (equally many), and the text after; mostly there are no rows."""

    before: str
    rows: tuple[tuple[str, ...], ...] = ()
    after: str = ""


def split_rows(text: str) -> SplitStatement:
    """Split a statement; it has rows only if there are at least a header and one more.

    >>> split_rows("R/1, Table 1: Sites; Year | Sites; 2025 | 3; More follow.")
    SplitStatement(before='R/1, Table 1: Sites', rows=(('Year', 'Sites'), ('2025', '3')), after='More follow.')
    >>> split_rows("R/1: Act | Notice; A | 15 days (2; 10 at most); B |").rows
    (('Act', 'Notice'), ('A', '15 days (2; 10 at most)'), ('B', ''))
    >>> split_rows("Three sites serve.")
    SplitStatement(before='Three sites serve.', rows=(), after='')
    """
    pieces = text.split(BETWEEN_ROWS)
    barred = [at for at, piece in enumerate(pieces) if BETWEEN_CELLS.rstrip() in piece]
    if len(barred) < 2:  # noqa: PLR2004  a head and a row
        return SplitStatement(text)
    first, last = barred[0], barred[-1]
    before = BETWEEN_ROWS.join(pieces[:first])
    if not before and AFTER_SOURCE in pieces[first].partition(BETWEEN_CELLS)[0]:
        before, _, pieces[first] = pieces[first].partition(AFTER_SOURCE)
    ends = [*barred[1:], last + 1]  # a piece without a bar continues a cell
    rows = [cells_of(BETWEEN_ROWS.join(pieces[at:end])) for at, end in zip(barred, ends, strict=True)]
    most = max(map(len, rows))
    padded = tuple((*row, *[""] * (most - len(row))) for row in rows)
    return SplitStatement(before, padded, BETWEEN_ROWS.join(pieces[last + 1 :]))


def rows_on_lines(text: str) -> str:
    """A statement with each table row on a line of its own, for where there are no tables.

    >>> rows_on_lines("R/1, Table 1: Sites; Year | Sites; 2025 | 3; More follow.").split("\\n")
    ['R/1, Table 1: Sites', 'Year | Sites', '2025 | 3', 'More follow.']
    """
    parts = split_rows(text)
    return "\n".join(filter(None, (parts.before, *map(BETWEEN_CELLS.join, parts.rows), parts.after)))


def cells_of(row: str) -> list[str]:
    """The cells of a row, including empty ones."""
    return [cell.strip() for cell in row.split(BETWEEN_CELLS.strip())]
