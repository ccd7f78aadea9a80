"""A page as rows from its edges inwards, where running headers are sought, and texts made comparable."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pincite.ingest.readers.pdf.lines import PdfLine
from pincite.ingest.readers.pdf.rules import RuledLine

GAP = 1.6  # of the font size; lines of a paragraph are 1.2 to 1.4 apart
WIDER = 1.35  # times the usual distance between rows, at least, of a row apart from the text
USUAL = 0.5  # quantile of the distances between rows of a page
ACROSS = 0.5  # of the width of the text that a rule under a running header spans, at least
MARGIN = 0.2  # of the height of the text of all pages, from its upper and lower edges, that may contain them

Row = list[PdfLine]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number, its rows from the top, its horizontal rules, and the margins that may have running rows."""

    number: int
    rows: list[Row]
    rules: tuple[RuledLine, ...]
    margins: tuple[float, float]

    @property
    def pitch(self) -> float:
        """The usual distance between rows."""
        drops = sorted(drop for row, inner in pairwise(self.rows) if (drop := row[0].bottom - inner[0].bottom) > 0)
        return drops[int(USUAL * (len(drops) - 1))] if drops else 0.0

    def inwards(self, *, from_top: bool) -> list[Row]:
        """Rows from an edge of the page inwards."""
        return self.rows if from_top else self.rows[::-1]

    def in_margin(self, row: Row) -> bool:
        """Whether a row is near the upper or the lower edge of the pages."""
        return not self.margins[0] < row[0].middle < self.margins[1]

    def is_apart(self, row: Row, inner: Row) -> bool:
        """Whether a row is clearly apart from the next one inwards: by a wide gap, or by a rule."""
        high, low = (row, inner) if row[0].middle > inner[0].middle else (inner, row)
        left, right = min(line.left for r in self.rows for line in r), max(line.right for r in self.rows for line in r)
        within = [rule for rule in self.rules if low[0].middle < rule.bottom < high[0].middle]
        if sum(rule.right - rule.left for rule in within) >= ACROSS * (right - left):
            return True
        return is_gap(row, inner) and abs(row[0].bottom - inner[0].bottom) > WIDER * self.pitch


def margins_of(pages: Sequence[list[PdfLine]]) -> tuple[float, float]:
    """Heights below and above which rows may be running, from the text of all pages."""
    bottom = min((line.bottom for lines in pages for line in lines), default=0.0)
    top = max((line.top for lines in pages for line in lines), default=0.0)
    return bottom + MARGIN * (top - bottom), top - MARGIN * (top - bottom)


def groups_of(rows: list[Row]) -> list[list[Row]]:
    """Rows grouped by the gaps between them."""
    groups = [rows[:1]]
    for row, inner in pairwise(rows):
        if is_gap(row, inner):
            groups.append([])
        groups[-1].append(inner)
    return groups


def is_gap(row: Row, inner: Row) -> bool:
    """Whether two rows are further apart than lines of a paragraph."""
    return abs(row[0].bottom - inner[0].bottom) > GAP * max(line.size for line in (*row, *inner))


def whole_numbers(text: str) -> list[int]:
    """Whole numbers of up to four digits in a line.

    >>> whole_numbers("24-05969 7/8")
    [24, 7, 8]
    """
    return [int(value) for value in re.findall(r"(?<!\d)\d{1,4}(?!\d)", text)]


def mask_numbers(text: str) -> str:
    """A line with its numbers masked, so that `Page 2 of 9` equals `Page 3 of 9`."""
    return re.sub(r"\d+", "#", " ".join(text.split()))


def letters_of(text: str) -> str:
    """Letters and figures of a text in lower case.

    >>> letters_of("A/RES/73/8 – Fees")
    'ares738fees'
    """
    return "".join(re.findall(r"[^\W_]+", text)).lower()
