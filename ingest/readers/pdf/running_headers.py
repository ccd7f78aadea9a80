"""Running headers, footers and page numbers of a PDF: what stands in the outermost rows of many pages.

Knows nothing about paragraphs. A figure at a page's edge is a page number only when it counts with the pages: the last
row of a table and an `Article 7` at the head of a page do not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from pincite.ingest.readers.pdf.lines import Line, baselines

GROUP_ROWS = 3  # rows that stand together in a running header, at most
MARGIN_ROWS = 5  # rows at the top and at the bottom of a page that may be a running header or footer
EDGE_ROWS = 2  # of these, rows in which page numbers are looked for
SHARE = 0.2  # of all pages on which a line must stand to be a running one
FEWEST_PAGES = 3
GAP = 1.6  # of the type size; lines of a paragraph stand 1.2 to 1.4 apart
FEWEST_NUMBERS = 2
PAGE_NUMBER = re.compile(r"(?:(?i:page)\s*)?[-–—]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?")

Row = list[Line]


def without_margins(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Pages without running headers, footers and page numbers, their lines in the order they had."""
    rows = [baselines(lines) for lines in pages]
    repeated = repeated_texts(rows)
    shifts = number_shifts(rows)
    bare: list[list[Line]] = []
    for number, (lines, page_rows) in enumerate(zip(pages, rows, strict=True), 1):
        found = list(running_rows(page_rows, number, repeated, shifts))
        if len(found) >= len(page_rows) > EDGE_ROWS:  # a page like others, as in forms: its text is no running line
            groups = groups_of(page_rows)
            found = groups[0] + groups[-1] if len(groups) > 1 else []
        running = {line for row in found for line in row}
        bare.append([line for line in lines if line not in running])
    return bare if any(bare) else list(pages)


def running_rows(rows: list[Row], number: int, repeated: frozenset[str], shifts: frozenset[int]) -> Iterator[Row]:
    """Rows of page `number` that are running ones, from its top and from its foot up to the first that is not.

    They come in groups of a few rows with a gap to the text; only a page number may stand close to it.
    """
    for inwards in (rows, rows[::-1]):
        for group in groups_of(inwards):
            if len(group) > GROUP_ROWS or not all(is_running(row, number, repeated, shifts) for row in group):
                numbers = takewhile(lambda row: all(PAGE_NUMBER.fullmatch(line.text) for line in row), group)
                yield from (row for row in numbers if is_running(row, number, repeated, shifts))
                break
            yield from group


def groups_of(rows: list[Row]) -> list[list[Row]]:
    """Rows in groups between which there is a gap."""
    groups = [rows[:1]]
    for row, inner in pairwise(rows):
        if is_gap(row, inner):
            groups.append([])
        groups[-1].append(inner)
    return groups


def is_gap(row: Row, inner: Row) -> bool:
    """Whether two rows stand further apart than lines of a paragraph do."""
    return abs(row[0].bottom - inner[0].bottom) > GAP * max(line.size for line in (*row, *inner))


def is_running(row: Row, number: int, repeated: frozenset[str], shifts: frozenset[int]) -> bool:
    """Whether all of an outer row of page `number` runs through the pages or is the page's number."""
    return all(is_running_text(line.text, number, repeated, shifts) for line in row)


def is_running_text(text: str, number: int, repeated: frozenset[str], shifts: frozenset[int]) -> bool:
    """Whether a text in an outer row of page `number` is a running one or the page's number."""
    found = PAGE_NUMBER.fullmatch(text)
    counts = any(figure - number in shifts for figure in figures(text))
    return (
        text in repeated
        or (fold(text) in repeated and counts)
        or (found is not None and (counts or not found[1].isdigit()))
    )


def repeated_texts(pages: Sequence[list[Row]]) -> frozenset[str]:
    """Lines that stand in the outer rows of many pages, as they are and with digits folded."""
    counts: Counter[str] = Counter()
    for rows in pages:
        outer = [line.text for row in (*rows[:MARGIN_ROWS], *rows[-MARGIN_ROWS:]) for line in row]
        counts.update({*outer, *map(fold, outer)})
    return frozenset(text for text, count in counts.items() if count >= max(FEWEST_PAGES, len(pages) * SHARE))


def number_shifts(pages: Sequence[list[Row]]) -> frozenset[int]:
    """By how much printed page numbers are ahead of the count of pages; 0 needs no second page to prove it."""
    counts: Counter[int] = Counter()
    for number, rows in enumerate(pages, 1):
        outer = [line.text for row in (*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]) for line in row]
        counts.update({figure - number for text in outer for figure in figures(text)})
    fewest = max(FEWEST_NUMBERS, len(pages) * SHARE)
    return frozenset({0, *(shift for shift, count in counts.items() if count >= fewest)})


def figures(text: str) -> list[int]:
    """Whole numbers of up to four digits in a line.

    >>> figures("24-05969 7/8")
    [24, 7, 8]
    """
    return [int(figure) for figure in re.findall(r"(?<!\d)\d{1,4}(?!\d)", text)]


def fold(text: str) -> str:
    """A line with its numbers alike, so that `Page 2 of 9` equals `Page 3 of 9`."""
    return re.sub(r"\d+", "#", " ".join(text.split()))
