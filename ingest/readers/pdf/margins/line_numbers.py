"""Line numbers in the margin of bills and drafts: a column of numerals at a fixed place that counts lines by 1 or 5.

The numbers of paragraphs or of the rows of a list differ: they do not count every printed line, or each line they count
begins anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pincite.ingest.readers.pdf.lines import PdfLine, baselines, line_of, pieces_of

NUMERAL = re.compile(r"\d{1,4}")
ALIGNED = 3.0  # points
STEPS = (1, 5)
FEWEST = {1: 5, 5: 2}  # numerals of a column on a page, by step
FEWEST_ALONE = {1: 8, 5: 4}  # on the only page that has any
SHARE_COUNTED = 0.8  # of the printed lines, at least, have a number of their own if it counts by one
ROWS_OF_FIVE = (4, 6)  # fewest and most printed lines from one number to the next if it counts by five
SHARE_RUNNING_ON = 0.1  # of the counted lines, at least, go on within a sentence


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numerals on a page: its pieces from the top, and the step by which it counts."""

    pieces: tuple[PdfLine, ...]
    step: int

    @property
    def values(self) -> tuple[int, int]:
        """The first and the last number."""
        return int(self.pieces[0].text), int(self.pieces[-1].text)


def without_line_numbers(pages: Sequence[list[PdfLine]]) -> list[list[PdfLine]]:
    """Pages without the numerals of line numbers."""
    columns = [max(number_columns(lines), key=lambda column: len(column.pieces), default=None) for lines in pages]
    found = [column for column in columns if column]
    if not found or not are_line_numbers(found, pages):
        return list(pages)
    return [
        lines if column is None else list(without_pieces(lines, column.pieces))
        for lines, column in zip(pages, columns, strict=True)
    ]


def are_line_numbers(columns: Sequence[NumberColumn], pages: Sequence[list[PdfLine]]) -> bool:
    """Whether columns of numerals are line numbers: they start anew on each page, or go on, and lines run on."""
    if len(columns) == 1 and len(columns[0].pieces) < FEWEST_ALONE[columns[0].step]:
        return False
    anew = sum(column.values[0] <= column.step for column in columns)
    goes_on = sum(below.values[0] == above.values[1] + above.step for above, below in pairwise(columns))
    if max(anew, goes_on + 1) < len(columns) / 2:
        return False
    texts = [piece.text for lines in pages for line in lines for piece in pieces_of(line)]
    texts = [text for text in texts if not NUMERAL.fullmatch(text)]
    return sum(text[:1].islower() for text in texts) >= SHARE_RUNNING_ON * len(texts)


def number_columns(lines: Sequence[PdfLine]) -> Iterator[NumberColumn]:
    """Columns of numerals on a page that may be line numbers."""
    numerals = [piece for line in lines for piece in outer_pieces(line) if NUMERAL.fullmatch(piece.text)]
    texts = [piece for line in lines for piece in pieces_of(line) if not NUMERAL.fullmatch(piece.text)]
    for edge in ("right", "left"):
        for place in {round(getattr(piece, edge) / ALIGNED) * ALIGNED for piece in numerals}:
            column = [piece for piece in numerals if abs(getattr(piece, edge) - place) <= ALIGNED]
            column.sort(key=lambda piece: -piece.middle)
            for step in STEPS:
                run = counted(column, step)
                if len(run) >= FEWEST[step] and is_beside(run, texts) and counts_lines(run, step, texts):
                    yield NumberColumn(tuple(run), step)


def outer_pieces(line: PdfLine) -> tuple[PdfLine, ...]:
    """The first and the last piece of a line."""
    pieces = pieces_of(line)
    return (pieces[0], pieces[-1]) if len(pieces) > 1 else pieces


def counted(column: Sequence[PdfLine], step: int) -> list[PdfLine]:
    """The longest run of numerals in a column, from the top, that count by a step."""
    best: list[PdfLine] = []
    run: list[PdfLine] = []
    for piece in column:
        if run and int(piece.text) != int(run[-1].text) + step:
            run = []
        if run or int(piece.text) % step == 0:
            run.append(piece)
        best = max(best, run, key=len)
    return list(best)


def is_beside(run: Sequence[PdfLine], texts: Sequence[PdfLine]) -> bool:
    """Whether a column of numerals is beside the text: nothing else is printed in its width between its ends."""
    left, right = min(piece.left for piece in run), max(piece.right for piece in run)
    inside = [text for text in texts if run[-1].bottom <= text.middle <= run[0].top]
    return bool(inside) and not any(text.left < right and text.right > left for text in inside)


def counts_lines(run: Sequence[PdfLine], step: int, texts: Sequence[PdfLine]) -> bool:
    """Whether numerals count the printed lines beside them."""
    inside = [text for text in texts if run[-1].bottom <= text.middle <= run[0].top]
    rows = [row[0].middle for row in baselines(inside)]
    if step == 1:
        return len(run) >= SHARE_COUNTED * len(rows)
    few, many = ROWS_OF_FIVE
    between = [sum(lower.middle < row <= upper.middle + ALIGNED for row in rows) for upper, lower in pairwise(run)]
    return sum(few <= count <= many for count in between) >= SHARE_COUNTED * len(between)


def without_pieces(lines: Sequence[PdfLine], numerals: Sequence[PdfLine]) -> Iterator[PdfLine]:
    """Lines without some of their pieces."""
    for line in lines:
        kept = [piece for piece in pieces_of(line) if piece not in numerals]
        if len(kept) == len(pieces_of(line)):
            yield line
        elif kept:
            yield line_of(kept)
