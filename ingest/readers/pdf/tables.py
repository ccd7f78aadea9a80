"""Tables on a page of a PDF, detected by ruled lines or by aligned columns, and written with a line for each row.

Anything doubtful stays running text.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pincite.ingest.document import BETWEEN_CELLS
from pincite.ingest.readers.pdf.lines import PdfLine, baselines, line_of, pieces_of
from pincite.ingest.readers.pdf.rules import RuledLine
from pincite.ingest.readers.text.dehyphenation import Spelling, join_lines

SHARE_RULED = 0.5  # of the width or height of a grid that its lines span
NEAR = 3.0  # points within which ruled lines touch and edges coincide
FEWEST = 2  # rows, and columns, of a table
FEWEST_UNRULED = 3  # rows, and columns, of a table without ruled lines
LONGEST_CELL = 120  # words: a longer one is running text, and the ruled lines are mere layout
SHARE_FULL = 0.6  # of the printed lines in a ruled row have all cells if each is a row of its own
CENTRED = 0.35  # of the height of a row, at most, between the middles of a cell of several rows and of its text
LONGEST_IN_ROWS, LONGEST_IN_COLUMNS = 8, 3  # words of such a cell, and of one of several columns, that are repeated
MOST_ROWS = 150  # of a table on a page
SHORT_CELL = 4  # words: most of the median cell in a table without ruled lines
ROW_PITCH = 2.6  # times the font size, at most, between rows of an unruled table
SHARE_OF_NUMBERS = 0.25  # of the cells of an unruled table, at least, contain a digit


Cell = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: positions of its edges, columns from the left, rows from the top, and its ruled lines."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    rules: tuple[RuledLine, ...] = ()

    def cell_of(self, piece: PdfLine) -> tuple[int, int] | None:
        """Row and column of a piece of text, None if it is outside."""
        row = interval_of([-edge for edge in self.rows], -piece.middle)
        column = interval_of(self.columns, min(piece.left + piece.size, (piece.left + piece.right) / 2))
        return None if row is None or column is None else (row, column)

    def columns_of(self, cell: Cell) -> range:
        """The columns of a cell, several if no ruled line separates them in its row."""
        row, first = cell
        last = first
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        while first and not self.is_ruled(self.columns[first], middle, is_horizontal=False):
            first -= 1
        while last + 2 < len(self.columns) and not self.is_ruled(self.columns[last + 1], middle, is_horizontal=False):
            last += 1
        return range(first, last + 1)

    def rows_of(self, cell: Cell) -> range:
        """The rows of a cell, several if no ruled line separates them in its column."""
        first, column = cell
        last = first
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        while first and not self.is_ruled(middle, self.rows[first], is_horizontal=True):
            first -= 1
        while last + 2 < len(self.rows) and not self.is_ruled(middle, self.rows[last + 1], is_horizontal=True):
            last += 1
        return range(first, last + 1)

    def is_ruled(self, x: float, y: float, *, is_horizontal: bool) -> bool:
        """Whether a ruled line of a direction passes a point."""
        return any(
            rule.is_horizontal == is_horizontal
            and rule.left - NEAR <= x <= rule.right + NEAR
            and rule.bottom - NEAR <= y <= rule.top + NEAR
            for rule in self.rules
        )

    def is_centred(self, pieces: Sequence[PdfLine], rows: range) -> bool:
        """Whether pieces are in the middle of several rows, as the text of one cell, and not in one of them."""
        top, bottom = self.rows[rows.start], self.rows[rows.stop]
        middle = (max(piece.top for piece in pieces) + min(piece.bottom for piece in pieces)) / 2
        return abs(middle - (top + bottom) / 2) <= CENTRED * (top - bottom) / len(rows)


def interval_of(edges: Sequence[float], value: float) -> int | None:
    """Index of the interval between ascending edges that contains a value.

    >>> interval_of([0, 10, 20], 12), interval_of([0, 10, 20], 25)
    (1, None)
    """
    return next((number for number, (low, high) in enumerate(pairwise(edges)) if low <= value < high), None)


def with_tables(lines: Sequence[PdfLine], rules: Sequence[RuledLine], spelling: Spelling) -> list[PdfLine]:
    """Lines of a page, with those of each table replaced by one line for the whole table."""
    found = list(lines)
    for grid in grids_of(rules):
        found = with_ruled_table(found, grid, spelling)
    return list(with_unruled_tables(found, spelling))


def grids_of(rules: Sequence[RuledLine]) -> Iterator[Grid]:
    """Grids of ruled lines with at least two rows and two columns, largest first."""
    for group in sorted(groups_in_contact(rules), key=len, reverse=True):
        horizontal = [rule for rule in group if rule.is_horizontal]
        vertical = [rule for rule in group if not rule.is_horizontal]
        if not vertical or not horizontal:
            continue
        sides = [side for rule in horizontal for side in (rule.left, rule.right)]
        ends = [end for rule in vertical for end in (rule.bottom, rule.top)]
        columns = edges_of([*(rule.left for rule in vertical), min(sides), max(sides)])
        rows = edges_of([*(rule.bottom for rule in horizontal), min(ends), max(ends)])
        if len(columns) > FEWEST and len(rows) > FEWEST and is_regular(horizontal, vertical):
            yield Grid(tuple(columns), tuple(reversed(rows)), tuple(group))


def is_regular(horizontal: Sequence[RuledLine], vertical: Sequence[RuledLine]) -> bool:
    """Whether most ruled lines span the grid, as in a table and unlike the boxes of a drawing."""
    width = max(rule.right for rule in horizontal) - min(rule.left for rule in horizontal)
    height = max(rule.top for rule in vertical) - min(rule.bottom for rule in vertical)
    across, up = Counter[int](), Counter[int]()
    for rule in horizontal:
        across[round(rule.bottom / NEAR)] += round(rule.right - rule.left)
    for rule in vertical:
        up[round(rule.left / NEAR)] += round(rule.top - rule.bottom)
    through = [length >= SHARE_RULED * width for length in across.values()]
    through += [length >= SHARE_RULED * height for length in up.values()]
    return sum(through) > len(through) / 2


def groups_in_contact(rules: Sequence[RuledLine]) -> list[list[RuledLine]]:
    """Ruled lines grouped by contact."""
    groups: list[list[RuledLine]] = []
    for rule in rules:
        touched = [group for group in groups if any(touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touched]
        groups.append([rule, *(other for group in touched for other in group)])
    return groups


def touch(rule: RuledLine, other: RuledLine) -> bool:
    """Whether two ruled lines touch."""
    beside = rule.left <= other.right + NEAR and other.left <= rule.right + NEAR
    return beside and rule.bottom <= other.top + NEAR and other.bottom <= rule.top + NEAR


def edges_of(places: Sequence[float]) -> list[float]:
    """Positions in ascending order, merged where they nearly coincide.

    >>> edges_of([72, 200, 73.5, 199.5])
    [72, 199.5]
    """
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > NEAR:
            edges.append(place)
    return edges


def with_ruled_table(lines: list[PdfLine], grid: Grid, spelling: Spelling) -> list[PdfLine]:
    """Lines with those inside a grid replaced by its table, if it is one."""
    cells: dict[Cell, list[PdfLine]] = {}
    outside: list[tuple[int, list[PdfLine]]] = []
    first = len(lines)
    for number, line in enumerate(lines):
        placed = [(grid.cell_of(piece), piece) for piece in pieces_of(line)]
        for cell, piece in placed:
            if cell:
                first = min(first, number)
                cells.setdefault((cell[0], grid.columns_of(cell).start), []).append(piece)
        if rest := [piece for cell, piece in placed if not cell]:
            outside.append((number, rest))
    rows = rows_of(with_spanning_cells(cells, grid), spelling)
    if not is_table(rows):
        return lines
    table = table_line(rows, [piece for pieces in cells.values() for piece in pieces])
    remaining = [
        (number, lines[number] if len(rest) == len(pieces_of(lines[number])) else line_of(rest))
        for number, rest in outside
    ]
    return [line for _, line in sorted([*remaining, (first, table)], key=lambda item: item[0])]


def with_spanning_cells(cells: dict[Cell, list[PdfLine]], grid: Grid) -> dict[Cell, list[PdfLine]]:
    """Cells with the brief text of one that spans several rows, or several columns, in all of them."""
    found = dict(cells)
    for (row, column), pieces in cells.items():
        rows, columns = grid.rows_of((row, column)), grid.columns_of((row, column))
        words = sum(len(piece.text.split()) for piece in pieces)
        alone = not any((other, column) in cells for other in rows if other != row)
        if len(rows) > 1 and alone and words <= LONGEST_IN_ROWS and grid.is_centred(pieces, rows):
            beside = {other for other, place in cells if other in rows and place != column}
            found |= {(other, column): pieces for other in rows if other in beside}
        if 1 < len(columns) < len(grid.columns) - 1 and words <= LONGEST_IN_COLUMNS:
            found |= {(row, other): pieces for other in columns if (row, other) not in cells}
    return found


def rows_of(cells: dict[Cell, list[PdfLine]], spelling: Spelling) -> list[list[str]]:
    """Texts of the cells of a grid by row, from the top."""
    last = max((column for _, column in cells), default=0)
    rows: list[list[str]] = []
    for row in sorted({row for row, _ in cells}):
        row_cells = [cells.get((row, column), []) for column in range(last + 1)]
        rows += [[cell_text(cell, spelling) for cell in printed] for printed in printed_rows(row_cells)]
    return rows


def cell_text(pieces: Sequence[PdfLine], spelling: Spelling) -> str:
    """The text of a cell from its pieces."""
    in_order = [piece for row in baselines(pieces) for piece in sorted(row, key=lambda piece: piece.left)]
    return join_lines([piece.text for piece in in_order], spelling)


def printed_rows(cells: list[list[PdfLine]]) -> list[list[list[PdfLine]]]:
    """A ruled row as one or several printed rows: several if most of its lines have all cells, and short ones."""
    pieces = [piece for cell in cells for piece in cell]
    lines = baselines(pieces)
    full = [line for line in lines if len(line) == len(cells)]
    if len(full) < max(FEWEST_UNRULED, SHARE_FULL * len(lines)) or is_prose(pieces):
        return [cells]
    rows: list[list[PdfLine]] = []
    for line in lines:
        if rows and len(line) < len(cells):
            rows[-1] += line
        else:
            rows.append(list(line))
    return [[[piece for piece in cell if piece in row] for cell in cells] for row in rows]


def is_prose(pieces: Sequence[PdfLine]) -> bool:
    """Whether pieces are too long for table cells."""
    return median(len(piece.text.split()) for piece in pieces) > SHORT_CELL


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether texts are the rows of a table: at least two, of at least two cells, none of them running text."""
    full = [row for row in rows if sum(bool(cell) for cell in row) >= FEWEST]
    longest = LONGEST_CELL if len(full) > FEWEST else LONGEST_CELL / 2
    return len(full) >= FEWEST and max(len(cell.split()) for row in rows for cell in row) <= longest


def table_line(rows: Sequence[Sequence[str]], pieces: Sequence[PdfLine]) -> PdfLine:
    """A line for a whole table; a row with only one non-empty cell is written without the empty ones."""
    texts = [BETWEEN_CELLS.join(row) if sum(map(bool, row)) > 1 else "".join(row) for row in rows]
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    bottom, top = min(piece.bottom for piece in pieces), max(piece.top for piece in pieces)
    size = median(piece.size for piece in pieces)
    return PdfLine(
        "\n".join(text.strip() for text in texts if text.strip()),
        left,
        bottom,
        right,
        top,
        size,
        bold=False,
        table=True,
    )


def with_unruled_tables(lines: Sequence[PdfLine], spelling: Spelling) -> Iterator[PdfLine]:
    """Lines with runs of rows aligned in columns replaced by tables."""
    run: list[PdfLine] = []
    for line in lines:
        if run and not continues_table(run, line):
            yield from as_table(run, spelling)
            run = []
        if run or len(line.pieces) >= FEWEST_UNRULED:
            run.append(line)
        else:
            yield line
    yield from as_table(run, spelling)


def continues_table(run: Sequence[PdfLine], line: PdfLine) -> bool:
    """Whether a line is another row of an unruled table: below it, in pieces that keep its columns separate."""
    drop = run[-1].bottom - line.bottom
    if len(run) >= MOST_ROWS or not 0 < drop < ROW_PITCH * line.size or len(line.pieces) < FEWEST or line.table:
        return False
    return len(columns_of([*run, line])) >= max(FEWEST_UNRULED, len(columns_of(run)))


def columns_of(rows: Sequence[PdfLine]) -> list[float]:
    """Left edges of the columns that rows keep separate."""
    spans: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows for piece in pieces_of(row)), key=lambda piece: piece.left):
        if spans and piece.left < spans[-1][1] + NEAR:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.right))
        else:
            spans.append((piece.left, piece.right))
    return [left for left, _ in spans]


def as_table(run: list[PdfLine], spelling: Spelling) -> list[PdfLine]:
    """A run of rows as a table, or unchanged if it is not one."""
    edges = columns_of(run)
    pieces = [piece for row in run for piece in pieces_of(row)]
    if len(run) < FEWEST_UNRULED or len(edges) < FEWEST_UNRULED:
        return run
    with_digits = sum(any(character.isdigit() for character in piece.text) for piece in pieces)
    if is_prose(pieces) or with_digits < SHARE_OF_NUMBERS * len(pieces) or is_contents(run):
        return run
    cells = [
        [[piece for piece in pieces_of(row) if column_in(edges, piece) == n] for n in range(len(edges))] for row in run
    ]
    rows = [[cell_text(cell, spelling) for cell in row] for row in cells]
    return [table_line(rows, pieces)]


def is_contents(run: Sequence[PdfLine]) -> bool:
    """Whether rows are a table of contents: they end in ascending whole numbers."""
    ends = [row.pieces[-1].text for row in run]
    return all(end.isdigit() for end in ends) and all(int(a) <= int(b) for a, b in pairwise(ends))


def column_in(edges: Sequence[float], piece: PdfLine) -> int:
    """Index of the column of a piece, from the left edges of the columns."""
    return max(number for number, edge in enumerate(edges) if edge <= piece.left + NEAR)
