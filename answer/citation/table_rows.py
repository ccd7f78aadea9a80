"""The rows of a table as a statement tells them on one line, told apart again."""

from dataclasses import dataclass

from pincite.ingest.document import BETWEEN_CELLS

BETWEEN_ROWS = "; "
AFTER_SOURCE = ": "  # who states it and where, in front of the first row


@dataclass(frozen=True, slots=True)
class Told:
    """A statement: what stands before its rows, their cells, as many in each, and what stands after; mostly no rows."""

    before: str
    rows: tuple[tuple[str, ...], ...] = ()
    after: str = ""


def told(text: str) -> Told:
    """A statement with its rows, none where there are not at least a head and one more.

    >>> told("R/1, Table 1: Sites; Year | Sites; 2025 | 3; More follow.")
    Told(before='R/1, Table 1: Sites', rows=(('Year', 'Sites'), ('2025', '3')), after='More follow.')
    >>> told("R/1: Act | Notice; A | 15 days (2; 10 at most); B |").rows
    (('Act', 'Notice'), ('A', '15 days (2; 10 at most)'), ('B', ''))
    >>> told("Three sites serve.")
    Told(before='Three sites serve.', rows=(), after='')
    """
    pieces = text.split(BETWEEN_ROWS)
    barred = [at for at, piece in enumerate(pieces) if BETWEEN_CELLS.rstrip() in piece]
    if len(barred) < 2:  # noqa: PLR2004  a head and a row
        return Told(text)
    first, last = barred[0], barred[-1]
    before = BETWEEN_ROWS.join(pieces[:first])
    if not before and AFTER_SOURCE in pieces[first].partition(BETWEEN_CELLS)[0]:
        before, _, pieces[first] = pieces[first].partition(AFTER_SOURCE)
    ends = [*barred[1:], last + 1]  # what has no bar is the end of a cell
    rows = [cells_of(BETWEEN_ROWS.join(pieces[at:end])) for at, end in zip(barred, ends, strict=True)]
    most = max(map(len, rows))
    padded = tuple((*row, *[""] * (most - len(row))) for row in rows)
    return Told(before, padded, BETWEEN_ROWS.join(pieces[last + 1 :]))


def cells_of(row: str) -> list[str]:
    """The cells of a row, empty ones too."""
    return [cell.strip() for cell in row.split(BETWEEN_CELLS.strip())]
