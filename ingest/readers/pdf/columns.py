"""Reading order of a page of a PDF: columns one after the other, between full-width lines that divide the page.

Without evidence of columns the order of the text layer is kept: it is right more often than a guess. Lone numbers,
bullets and table cells are too narrow to be columns.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import inf
from statistics import median

from pincite.ingest.readers.pdf.lines import PdfLine, line_of, pieces_of
from pincite.ingest.readers.pdf.rules import RuledLine

FEWEST_LINES = 4  # on either side of a gutter
NARROWEST = 9.0  # times the font size: least median width of the lines of a column
SPANS = 0.9  # of the width of the text, at least, of a rule that divides a page
MASTHEAD = 0.2  # of the height of the text of a page, at most
FULL = 0.7  # of the width of the longest lines: a full line is at least so wide
SHARE_FULL = 0.4  # of the lines of a column, at least, are full
LONGEST = 0.9  # quantile of the widths taken as that of the longest lines
TOLERANCE = 3.0  # points
CANDIDATES = 4
BY_ROW = 0.6  # of all lines: a text layer that changes sides so often is ordered by row
LABEL = 3.0  # times the font size: a narrower piece may be a number or a bullet
LABEL_GAP = 6.0  # times the font size, at most, between these and their text
OVERHANG = 4.0  # times the font size: least extent of a line across a gutter to either side
SHARE_NARROW = 0.1  # of the lines of a page, at most, extend less
PITCH = 1.6  # times the font size, at most, between lines of a paragraph


def regions(lines: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Lines of a page in reading order, as runs of lines in one column or across all columns."""
    for gutter in gutters(lines):
        sides = [side for line in lines if (side := side_of(line, gutter))]
        left = [line_of(units) for units, _ in sides if units]
        right = [line_of(units) for _, units in sides if units]
        if is_clear(lines, gutter) and is_column(left) and has_columns(right) and not is_by_cell(lines, gutter):
            return split_at_gutter(lines, gutter)
    return [list(lines)] if lines else []


def banded_regions(lines: Sequence[PdfLine], rules: Sequence[RuledLine]) -> list[list[PdfLine]]:
    """Regions of a page; where it has columns, they begin below a masthead with a rule across the page under it."""
    whole = regions(lines)
    if len(whole) <= 1:
        return whole
    width = max(line.right for line in lines) - min(line.left for line in lines)
    top, bottom = max(line.top for line in lines), min(line.bottom for line in lines)
    across = (rule.bottom for rule in rules if rule.is_horizontal and rule.right - rule.left >= SPANS * width)
    edge = min((height for height in across if height > top - MASTHEAD * (top - bottom)), default=inf)
    return regions([line for line in lines if line.middle > edge]) + regions(
        [line for line in lines if line.middle <= edge]
    )


def units_of(line: PdfLine) -> list[PdfLine]:
    """Pieces of a line that may be in different columns; a number or bullet is combined with its text."""
    units: list[PdfLine] = []
    for piece in pieces_of(line):
        if units and is_label(units[-1]) and piece.left - units[-1].right < LABEL_GAP * piece.size:
            units[-1] = line_of([*pieces_of(units[-1]), piece])
        else:
            units.append(piece)
    return units


def is_label(piece: PdfLine) -> bool:
    """Whether a piece is short enough to be a number or a bullet."""
    return not piece.pieces and not piece.table and piece.right - piece.left < LABEL * piece.size


def gutters(lines: Sequence[PdfLine]) -> list[float]:
    """Positions where a second column may begin, from the left."""
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


def is_wide(unit: PdfLine) -> bool:
    """Whether a unit is wide enough to be a line of a column."""
    return unit.right - unit.left >= NARROWEST * unit.size


def side_of(line: PdfLine, gutter: float) -> tuple[list[PdfLine], list[PdfLine]] | None:
    """Units of a line left and right of a gutter, None for a line across it."""
    units = units_of(line)
    left = [unit for unit in units if unit.right <= gutter + TOLERANCE]
    right = [unit for unit in units if unit.left >= gutter - TOLERANCE and unit not in left]
    return (left, right) if len(left) + len(right) == len(units) else None


def is_clear(lines: Sequence[PdfLine], gutter: float) -> bool:
    """Whether lines across a gutter extend far to both sides, as titles do, and not just with their ends."""
    across = [line for line in lines if side_of(line, gutter) is None]
    narrow = [line for line in across if min(gutter - line.left, line.right - gutter) < OVERHANG * line.size]
    return len(narrow) <= SHARE_NARROW * len(lines)


def is_column(pieces: Sequence[PdfLine]) -> bool:
    """Whether pieces are a column of running text: enough of them, wide enough, and many of full width."""
    text = [piece for piece in pieces if not piece.table]
    if len(text) < FEWEST_LINES:
        return False
    widths = sorted(piece.right - piece.left for piece in text)
    longest = widths[int((len(widths) - 1) * LONGEST)]
    full = sum(width >= FULL * longest for width in widths)
    return median(widths) >= NARROWEST * median(piece.size for piece in text) and full >= SHARE_FULL * len(text)


def has_columns(pieces: Sequence[PdfLine]) -> bool:
    """Whether pieces form one column or several."""
    return is_column(pieces) or len(regions(pieces)) > 1


def is_by_cell(lines: Sequence[PdfLine], gutter: float) -> bool:
    """Whether the text layer is ordered by cells of several lines: left, right, and below both left and right again."""
    runs = runs_by_side(lines, gutter)
    sides = [is_right for is_right, run in runs for _ in run]
    if len(runs) > BY_ROW * 2 * min(sides.count(False), sides.count(True)):
        return False
    rows = [(left, right) for (second, left), (_, right) in pairwise(runs) if not second]
    return any(is_row(upper) and is_row(lower) and is_below(lower, upper) for upper, lower in pairwise(rows))


def is_row(cells: tuple[list[PdfLine], list[PdfLine]]) -> bool:
    """Whether two cells, left and right, have more than the one line each of a running header."""
    return len(cells[0]) + len(cells[1]) > len(cells)


def runs_by_side(lines: Sequence[PdfLine], gutter: float) -> list[tuple[bool, list[PdfLine]]]:
    """Runs of the text layer left (False) and right (True) of a gutter, without lines across it."""
    placed: list[tuple[bool, PdfLine]] = []
    for line in lines:
        if side := side_of(line, gutter):
            placed += [(bool(number), line_of(units)) for number, units in enumerate(side) if units]
    grouped = groupby(placed, key=lambda item: item[0])
    return [(is_right, [line for _, line in run]) for is_right, run in grouped]


def is_below(lower: tuple[list[PdfLine], list[PdfLine]], upper: tuple[list[PdfLine], list[PdfLine]]) -> bool:
    """Whether both cells of a row are below those of another."""
    return max(line.middle for cell in lower for line in cell) < min(line.bottom for cell in upper for line in cell)


def split_at_gutter(lines: Sequence[PdfLine], gutter: float) -> list[list[PdfLine]]:
    """Lines of a page from the top: those across the gutter, and between them the left, then the right column."""
    found: list[list[PdfLine]] = []
    from_top = sorted(range(len(lines)), key=lambda number: -lines[number].middle)
    for across, numbers in groupby(from_top, key=lambda number: is_across(lines[number], gutter)):
        band = [lines[number] for number in sorted(numbers)]
        if across:
            found.append(band)
        else:
            found += band_columns(band, gutter, found[-1] if found else [])
    return [run for run in found if run]


def is_across(line: PdfLine, gutter: float) -> bool:
    """Whether a line runs across a gutter."""
    return side_of(line, gutter) is None


def band_columns(band: Sequence[PdfLine], gutter: float, above: list[PdfLine]) -> Iterator[list[PdfLine]]:
    """The columns of a band; lines with nothing beside them that continue the text `above` are appended to it."""
    sides = [side for line in band if (side := side_of(line, gutter))]
    left = [line_of(pieces) for pieces, _ in sides if pieces]
    right = [line_of(pieces) for _, pieces in sides if pieces]
    top = max((line.top for line in right), default=-inf)
    while above and left and left[0].bottom >= top and follows(above[-1], left[0]):
        above.append(left.pop(0))
    yield from regions(left)
    yield from regions(right)


def follows(above: PdfLine, line: PdfLine) -> bool:
    """Whether a line is directly below another, like the next of its paragraph."""
    return 0 < above.bottom - line.bottom < PITCH * line.size
