"""Tables on a page of a PDF: found by their ruled lines or by cells set in columns, and written a row a line.

What cannot be trusted to be a table stays running text. Knows nothing about pages.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pincite.ingest.document import BETWEEN_CELLS
from pincite.ingest.readers.pdf.lines import Line, baselines, line_of, pieces_of
from pincite.ingest.readers.pdf.rules import Rule
from pincite.ingest.readers.text.dehyphenation import Spelling, join_lines

SHARE_RULED = 0.5  # of a grid's width or height that its lines run through
NEAR = 3.0  # points within which ruled lines touch, and edges are one
FEWEST = 2  # rows, and columns, of a table
FEWEST_UNRULED = 3  # rows, and columns, of a table without ruled lines
LONGEST_CELL = 120  # words: in a longer one stands running text, and the lines only lay out the page
SHARE_FULL = 0.6  # of the lines printed in a ruled row have all cells, where they are rows of their own
MOST_ROWS = 150  # of a table on a page
SHORT_CELL = 4  # words: as short are the cells of a table without ruled lines, in their middle
ROW_PITCH = 2.6  # of the type size: rows of an unruled table stand no further apart
SHARE_OF_FIGURES = 0.25  # of the cells of an unruled table hold a figure at least


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the places of its edges, columns from the left, rows from the top."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]

    def cell_of(self, piece: Line) -> tuple[int, int] | None:
        """Row and column of a piece of text, None when it stands outside."""
        row = place_in([-edge for edge in self.rows], -piece.middle)
        column = place_in(self.columns, min(piece.left + piece.size, (piece.left + piece.right) / 2))
        return None if row is None or column is None else (row, column)


def place_in(edges: Sequence[float], value: float) -> int | None:
    """The interval between rising edges that holds a value.

    >>> place_in([0, 10, 20], 12), place_in([0, 10, 20], 25)
    (1, None)
    """
    return next((number for number, (low, high) in enumerate(pairwise(edges)) if low <= value < high), None)


def with_tables(lines: Sequence[Line], rules: Sequence[Rule], spelling: Spelling) -> list[Line]:
    """Lines of a page, the lines of each table replaced by one that stands for it, where its first one stood."""
    found = list(lines)
    for grid in grids_of(rules):
        found = put_grid(found, grid, spelling)
    return list(put_unruled(found, spelling))


def grids_of(rules: Sequence[Rule]) -> Iterator[Grid]:
    """Grids of ruled lines with two rows and two columns at least; the largest first."""
    for group in sorted(touching(rules), key=len, reverse=True):
        level, upright = [rule for rule in group if rule.level], [rule for rule in group if not rule.level]
        if not upright or not level:
            continue
        sides = [side for rule in level for side in (rule.left, rule.right)]
        ends = [end for rule in upright for end in (rule.bottom, rule.top)]
        columns = edges_of([*(rule.left for rule in upright), min(sides), max(sides)])
        rows = edges_of([*(rule.bottom for rule in level), min(ends), max(ends)])
        if len(columns) > FEWEST and len(rows) > FEWEST and is_regular(level, upright):
            yield Grid(tuple(columns), tuple(reversed(rows)))


def is_regular(level: Sequence[Rule], upright: Sequence[Rule]) -> bool:
    """Whether most ruled lines run through the grid, as in a table; the boxes of a drawing stand here and there."""
    width = max(rule.right for rule in level) - min(rule.left for rule in level)
    height = max(rule.top for rule in upright) - min(rule.bottom for rule in upright)
    across, up = Counter[int](), Counter[int]()
    for rule in level:
        across[round(rule.bottom / NEAR)] += round(rule.right - rule.left)
    for rule in upright:
        up[round(rule.left / NEAR)] += round(rule.top - rule.bottom)
    through = [length >= SHARE_RULED * width for length in across.values()]
    through += [length >= SHARE_RULED * height for length in up.values()]
    return sum(through) > len(through) / 2


def touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Ruled lines in groups that hang together."""
    groups: list[list[Rule]] = []
    for rule in rules:
        own = [group for group in groups if any(touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in own]
        groups.append([rule, *(other for group in own for other in group)])
    return groups


def touch(rule: Rule, other: Rule) -> bool:
    """Whether two ruled lines meet."""
    beside = rule.left <= other.right + NEAR and other.left <= rule.right + NEAR
    return beside and rule.bottom <= other.top + NEAR and other.bottom <= rule.top + NEAR


def edges_of(places: Sequence[float]) -> list[float]:
    """Places in rising order, those that nearly agree as one.

    >>> edges_of([72, 200, 73.5, 199.5])
    [72, 199.5]
    """
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > NEAR:
            edges.append(place)
    return edges


def put_grid(lines: list[Line], grid: Grid, spelling: Spelling) -> list[Line]:
    """Lines with those inside of a grid replaced by its table, unless it is none."""
    cells: dict[tuple[int, int], list[Line]] = {}
    outside: list[tuple[int, list[Line]]] = []
    first = len(lines)
    for number, line in enumerate(lines):
        placed = [(grid.cell_of(piece), piece) for piece in pieces_of(line)]
        for cell, piece in placed:
            if cell:
                first = min(first, number)
                cells.setdefault(cell, []).append(piece)
        if rest := [piece for cell, piece in placed if not cell]:
            outside.append((number, rest))
    rows = rows_of(cells, spelling)
    if not is_table(rows):
        return lines
    table = table_line(rows, [piece for pieces in cells.values() for piece in pieces])
    kept = [
        (number, lines[number] if len(rest) == len(pieces_of(lines[number])) else line_of(rest))
        for number, rest in outside
    ]
    return [line for _, line in sorted([*kept, (first, table)], key=lambda item: item[0])]


def rows_of(cells: dict[tuple[int, int], list[Line]], spelling: Spelling) -> list[list[str]]:
    """Texts of a grid's cells by row, from the top."""
    last = max((column for _, column in cells), default=0)
    rows: list[list[str]] = []
    for row in sorted({row for row, _ in cells}):
        own = [cells.get((row, column), []) for column in range(last + 1)]
        rows += [[cell_text(cell, spelling) for cell in printed] for printed in printed_rows(own)]
    return rows


def cell_text(pieces: Sequence[Line], spelling: Spelling) -> str:
    """The text of a cell from its pieces."""
    in_order = [piece for row in baselines(pieces) for piece in sorted(row, key=lambda piece: piece.left)]
    return join_lines([piece.text for piece in in_order], spelling)


def printed_rows(cells: list[list[Line]]) -> list[list[list[Line]]]:
    """A ruled row as the rows printed in it: several where most lines of it have all cells, and short ones."""
    pieces = [piece for cell in cells for piece in cell]
    lines = baselines(pieces)
    full = [line for line in lines if len(line) == len(cells)]
    if len(full) < max(FEWEST_UNRULED, SHARE_FULL * len(lines)) or is_prose(pieces):
        return [cells]
    rows: list[list[Line]] = []
    for line in lines:
        if rows and len(line) < len(cells):
            rows[-1] += line
        else:
            rows.append(list(line))
    return [[[piece for piece in cell if piece in row] for cell in cells] for row in rows]


def is_prose(pieces: Sequence[Line]) -> bool:
    """Whether pieces are too long for the cells of a table."""
    return median(len(piece.text.split()) for piece in pieces) > SHORT_CELL


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether texts are the rows of a table: two and more, with two cells and more, none of them running text."""
    full = [row for row in rows if sum(bool(cell) for cell in row) >= FEWEST]
    longest = LONGEST_CELL if len(full) > FEWEST else LONGEST_CELL / 2
    return len(full) >= FEWEST and max(len(cell.split()) for row in rows for cell in row) <= longest


def table_line(rows: Sequence[Sequence[str]], pieces: Sequence[Line]) -> Line:
    """A line that stands for a table; empty cells are left out where a row has but one that is not."""
    texts = [BETWEEN_CELLS.join(row) if sum(map(bool, row)) > 1 else "".join(row) for row in rows]
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    bottom, top = min(piece.bottom for piece in pieces), max(piece.top for piece in pieces)
    size = median(piece.size for piece in pieces)
    return Line(
        "\n".join(text.strip() for text in texts if text.strip()),
        left,
        bottom,
        right,
        top,
        size,
        bold=False,
        table=True,
    )


def put_unruled(lines: Sequence[Line], spelling: Spelling) -> Iterator[Line]:
    """Lines with runs of rows that are set in columns as tables."""
    run: list[Line] = []
    for line in lines:
        if run and not goes_on(run, line):
            yield from closed(run, spelling)
            run = []
        if run or len(line.pieces) >= FEWEST_UNRULED:
            run.append(line)
        else:
            yield line
    yield from closed(run, spelling)


def goes_on(run: Sequence[Line], line: Line) -> bool:
    """Whether a line is a further row of an unruled table: below it, in pieces that leave its columns apart."""
    drop = run[-1].bottom - line.bottom
    if len(run) >= MOST_ROWS or not 0 < drop < ROW_PITCH * line.size or len(line.pieces) < FEWEST or line.table:
        return False
    return len(columns_of([*run, line])) >= max(FEWEST_UNRULED, len(columns_of(run)))


def columns_of(rows: Sequence[Line]) -> list[float]:
    """Left edges of the columns that rows leave apart, and the right edge of the last."""
    spans: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows for piece in pieces_of(row)), key=lambda piece: piece.left):
        if spans and piece.left < spans[-1][1] + NEAR:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.right))
        else:
            spans.append((piece.left, piece.right))
    return [left for left, _ in spans]


def closed(run: list[Line], spelling: Spelling) -> list[Line]:
    """A run of rows as a table, as it is when it is none."""
    edges = columns_of(run)
    pieces = [piece for row in run for piece in pieces_of(row)]
    if len(run) < FEWEST_UNRULED or len(edges) < FEWEST_UNRULED:
        return run
    figures = sum(any(letter.isdigit() for letter in piece.text) for piece in pieces)
    if is_prose(pieces) or figures < SHARE_OF_FIGURES * len(pieces) or is_contents(run):
        return run
    cells = [
        [[piece for piece in pieces_of(row) if column_in(edges, piece) == n] for n in range(len(edges))] for row in run
    ]
    rows = [[cell_text(cell, spelling) for cell in row] for row in cells]
    return [table_line(rows, pieces)]


def is_contents(run: Sequence[Line]) -> bool:
    """Whether rows are a table of contents: they end in whole numbers that only rise."""
    ends = [row.pieces[-1].text for row in run]
    return all(end.isdigit() for end in ends) and all(int(a) <= int(b) for a, b in pairwise(ends))


def column_in(edges: Sequence[float], piece: Line) -> int:
    """The column of a piece, by the left edges of the columns."""
    return max(number for number, edge in enumerate(edges) if edge <= piece.left + NEAR)
