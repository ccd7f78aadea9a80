"""Reading order of a page of a PDF: columns one after the other, between full-width lines that part the page.

Where nothing shows columns, the order of the text layer stands: it is right more often than any guess. Lone numbers,
bullets and the cells of a table are too narrow to be columns. Knows nothing about paragraphs.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import inf
from statistics import median

from pincite.ingest.readers.pdf.lines import Line, line_of, pieces_of

FEWEST_LINES = 4  # on either side of a gutter
NARROWEST = 9.0  # times the type size: the width of a column's lines, at least, in the middle of them
FULL = 0.7  # of the width of the longest lines; as wide are
SHARE_FULL = 0.4  # of the lines of a column at least
LONGEST = 0.9  # of the lines are at most as wide as the longest ones are taken to be
TOLERANCE = 3.0  # points
CANDIDATES = 4
BY_ROW = 0.6  # of all lines: a text layer that changes sides that often goes row by row
LABEL = 3.0  # times the type size: what is narrower may be a number or a bullet
LABEL_GAP = 6.0  # times the type size, at most, between these and their text
OVERHANG = 4.0  # times the type size that a line across a gutter stretches to either side
SHARE_NARROW = 0.1  # of a page's lines, at most, that stretch less
PITCH = 1.6  # of the type size: as close are lines of a paragraph


def regions(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of a page in reading order, as runs of lines that stand in one column (or across all of them)."""
    for gutter in gutters(lines):
        sides = [side for line in lines if (side := side_of(line, gutter))]
        left = [line_of(units) for units, _ in sides if units]
        right = [line_of(units) for _, units in sides if units]
        if is_clear(lines, gutter) and is_column(left) and holds_columns(right) and not is_by_cell(lines, gutter):
            return cut(lines, gutter)
    return [list(lines)] if lines else []


def units_of(line: Line) -> list[Line]:
    """Pieces of a line that may stand in columns of their own: a number or a bullet stands with the text behind it."""
    units: list[Line] = []
    for piece in pieces_of(line):
        if units and is_label(units[-1]) and piece.left - units[-1].right < LABEL_GAP * piece.size:
            units[-1] = line_of([*pieces_of(units[-1]), piece])
        else:
            units.append(piece)
    return units


def is_label(piece: Line) -> bool:
    """Whether a piece is as short as a number or a bullet in front of a text."""
    return not piece.pieces and not piece.table and piece.right - piece.left < LABEL * piece.size


def gutters(lines: Sequence[Line]) -> list[float]:
    """Left edges at which a second column may begin, from the left."""
    units = [unit for line in lines for unit in units_of(line) if is_wide(unit)]
    if not units:
        return []
    edges = Counter(round(unit.left / TOLERANCE) for unit in units)
    counts = {edge: edges[edge] + edges[edge + 1] for edge in edges}
    rights = sorted(unit.right for unit in units)
    first = rights[FEWEST_LINES - 1] if len(rights) >= FEWEST_LINES else inf
    found = [edge for edge, count in counts.items() if count >= FEWEST_LINES and edge * TOLERANCE >= first]
    most = sorted(found, key=lambda edge: -counts[edge])[:CANDIDATES]
    return [edge * TOLERANCE - TOLERANCE for edge in sorted(most)]


def is_wide(unit: Line) -> bool:
    """Whether a unit is as wide as a line of a column is."""
    return unit.right - unit.left >= NARROWEST * unit.size


def side_of(line: Line, gutter: float) -> tuple[list[Line], list[Line]] | None:
    """What of a line stands left and right of a gutter, None for a line that runs across it."""
    units = units_of(line)
    left = [unit for unit in units if unit.right <= gutter + TOLERANCE]
    right = [unit for unit in units if unit.left >= gutter - TOLERANCE and unit not in left]
    return (left, right) if len(left) + len(right) == len(units) else None


def is_clear(lines: Sequence[Line], gutter: float) -> bool:
    """Whether what runs across a gutter does so widely, as a title does, not with the mere ends of its lines."""
    across = [line for line in lines if side_of(line, gutter) is None]
    narrow = [line for line in across if min(gutter - line.left, line.right - gutter) < OVERHANG * line.size]
    return len(narrow) <= SHARE_NARROW * len(lines)


def is_column(pieces: Sequence[Line]) -> bool:
    """Whether pieces are lines of running text: enough of them, wide enough, most as wide as the column."""
    text = [piece for piece in pieces if not piece.table]
    if len(text) < FEWEST_LINES:
        return False
    widths = sorted(piece.right - piece.left for piece in text)
    longest = widths[int((len(widths) - 1) * LONGEST)]
    full = sum(width >= FULL * longest for width in widths)
    return median(widths) >= NARROWEST * median(piece.size for piece in text) and full >= SHARE_FULL * len(text)


def holds_columns(pieces: Sequence[Line]) -> bool:
    """Whether pieces are one column, or several."""
    return is_column(pieces) or len(regions(pieces)) > 1


def is_by_cell(lines: Sequence[Line], gutter: float) -> bool:
    """Whether the text layer goes on by cells of several lines: left, right, and below both left and right again."""
    chunks = chunks_of(lines, gutter)
    sides = [is_right for is_right, chunk in chunks for _ in chunk]
    if len(chunks) > BY_ROW * 2 * min(sides.count(False), sides.count(True)):
        return False
    rows = [(left, right) for (second, left), (_, right) in pairwise(chunks) if not second]
    return any(is_row(upper) and is_row(lower) and is_below(lower, upper) for upper, lower in pairwise(rows))


def is_row(cells: tuple[list[Line], list[Line]]) -> bool:
    """Whether two cells, left and right, hold more than the one line each that a running header has."""
    return len(cells[0]) + len(cells[1]) > len(cells)


def chunks_of(lines: Sequence[Line], gutter: float) -> list[tuple[bool, list[Line]]]:
    """Runs of the text layer left (False) and right (True) of a gutter, without what runs across it."""
    placed: list[tuple[bool, Line]] = []
    for line in lines:
        if side := side_of(line, gutter):
            placed += [(bool(number), line_of(units)) for number, units in enumerate(side) if units]
    grouped = groupby(placed, key=lambda item: item[0])
    return [(is_right, [line for _, line in run]) for is_right, run in grouped]


def is_below(lower: tuple[list[Line], list[Line]], upper: tuple[list[Line], list[Line]]) -> bool:
    """Whether both cells of a row stand below those of another."""
    return max(line.middle for cell in lower for line in cell) < min(line.bottom for cell in upper for line in cell)


def cut(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    """Lines of a page with a gutter, from the top: what stands across it, and between that left, then right of it."""
    found: list[list[Line]] = []
    from_top = sorted(range(len(lines)), key=lambda number: -lines[number].middle)
    for across, numbers in groupby(from_top, key=lambda number: is_across(lines[number], gutter)):
        band = [lines[number] for number in sorted(numbers)]
        if across:
            found.append(band)
        else:
            found += columns(band, gutter, found[-1] if found else [])
    return [run for run in found if run]


def is_across(line: Line, gutter: float) -> bool:
    """Whether a line runs across a gutter."""
    return side_of(line, gutter) is None


def columns(band: Sequence[Line], gutter: float, above: list[Line]) -> Iterator[list[Line]]:
    """The columns of a band; lines with nothing beside them that go on right below the text `above` are put there."""
    sides = [side for line in band if (side := side_of(line, gutter))]
    left = [line_of(pieces) for pieces, _ in sides if pieces]
    right = [line_of(pieces) for _, pieces in sides if pieces]
    top = max((line.top for line in right), default=-inf)
    while above and left and left[0].bottom >= top and follows(above[-1], left[0]):
        above.append(left.pop(0))
    yield from regions(left)
    yield from regions(right)


def follows(above: Line, line: Line) -> bool:
    """Whether a line stands right below another, as the next of its paragraph does."""
    return 0 < above.bottom - line.bottom < PITCH * line.size
