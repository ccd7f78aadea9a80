"""Running headers, footers and page numbers of a PDF: lines that recur in the outermost rows of many pages.

A number at the edge of a page is a page number only if it rises with the pages; that in the last row of a table or in
an `Article 7` at the head of a page does not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from pincite.ingest.readers.pdf.lines import PdfLine, baselines

GROUP_ROWS = 3  # most rows of a running header
MARGIN_ROWS = 5  # rows at the top and at the bottom of a page that may be a running header or footer
EDGE_ROWS = 2  # of these, rows that may contain page numbers
SHARE = 0.2  # of all pages on which a running line recurs, at least
FEWEST_PAGES = 3
GAP = 1.6  # of the font size; lines of a paragraph are 1.2 to 1.4 apart
FEWEST_NUMBERS = 2
PAGE_NUMBER = re.compile(r"(?:(?i:page)\s*)?[-–—]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?")

Row = list[PdfLine]


def without_running_lines(pages: Sequence[list[PdfLine]]) -> list[list[PdfLine]]:
    """Pages without running headers, footers and page numbers; lines keep their order."""
    rows = [baselines(lines) for lines in pages]
    repeated = repeated_texts(rows)
    offsets = page_number_offsets(rows)
    bare: list[list[PdfLine]] = []
    for number, (lines, page_rows) in enumerate(zip(pages, rows, strict=True), 1):
        found = list(running_rows(page_rows, number, repeated, offsets))
        if len(found) >= len(page_rows) > EDGE_ROWS:  # identical pages, as of forms: their text is not running
            groups = groups_of(page_rows)
            found = groups[0] + groups[-1] if len(groups) > 1 else []
        running = {line for row in found for line in row}
        bare.append([line for line in lines if line not in running])
    return bare if any(bare) else list(pages)


def running_rows(rows: list[Row], number: int, repeated: frozenset[str], offsets: frozenset[int]) -> Iterator[Row]:
    """Running rows of page `number`, from its top and from its bottom inwards to the first that is not one.

    They form groups of a few rows with a gap to the text; only a page number may be close to it.
    """
    for inwards in (rows, rows[::-1]):
        for group in groups_of(inwards):
            if len(group) > GROUP_ROWS or not all(is_running(row, number, repeated, offsets) for row in group):
                numbers = takewhile(lambda row: all(PAGE_NUMBER.fullmatch(line.text) for line in row), group)
                yield from (row for row in numbers if is_running(row, number, repeated, offsets))
                break
            yield from group


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


def is_running(row: Row, number: int, repeated: frozenset[str], offsets: frozenset[int]) -> bool:
    """Whether an outer row of page `number` consists of running lines and page numbers."""
    return all(is_running_text(line.text, number, repeated, offsets) for line in row)


def is_running_text(text: str, number: int, repeated: frozenset[str], offsets: frozenset[int]) -> bool:
    """Whether a text in an outer row of page `number` is a running line or a page number."""
    found = PAGE_NUMBER.fullmatch(text)
    counts = any(value - number in offsets for value in whole_numbers(text))
    return (
        text in repeated
        or (mask_numbers(text) in repeated and counts)
        or (found is not None and (counts or not found[1].isdigit()))
    )


def repeated_texts(pages: Sequence[list[Row]]) -> frozenset[str]:
    """Lines in the outer rows of many pages, verbatim and with numbers masked."""
    counts: Counter[str] = Counter()
    for rows in pages:
        outer = [line.text for row in (*rows[:MARGIN_ROWS], *rows[-MARGIN_ROWS:]) for line in row]
        counts.update({*outer, *map(mask_numbers, outer)})
    return frozenset(text for text, count in counts.items() if count >= max(FEWEST_PAGES, len(pages) * SHARE))


def page_number_offsets(pages: Sequence[list[Row]]) -> frozenset[int]:
    """Offsets between printed and actual page numbers; 0 is accepted without evidence."""
    counts: Counter[int] = Counter()
    for number, rows in enumerate(pages, 1):
        outer = [line.text for row in (*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]) for line in row]
        counts.update({value - number for text in outer for value in whole_numbers(text)})
    fewest = max(FEWEST_NUMBERS, len(pages) * SHARE)
    return frozenset({0, *(offset for offset, count in counts.items() if count >= fewest)})


def whole_numbers(text: str) -> list[int]:
    """Whole numbers of up to four digits in a line.

    >>> whole_numbers("24-05969 7/8")
    [24, 7, 8]
    """
    return [int(value) for value in re.findall(r"(?<!\d)\d{1,4}(?!\d)", text)]


def mask_numbers(text: str) -> str:
    """A line with its numbers masked, so that `Page 2 of 9` equals `Page 3 of 9`."""
    return re.sub(r"\d+", "#", " ".join(text.split()))
