"""Moves lines that the text layer stores out of order to where they are printed.

Scanning and typesetting programs often write the column of numbers before the texts beside it, and the head of a table
after its rows.
"""

import re
from collections.abc import Sequence

from pincite.ingest.readers.pdf.lines import PdfLine, join_lines_in_row, pieces_of

LABEL = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6}|[IVXLC]{1,6})[.)]|\d{1,3}|[•▪●■◦‣◆❖➢✓✗–—‒*·-]")
STRAY_LINES = 2  # most lines moved together: more may be a column
MOST_LABELS = 200  # on a page: more are a column of numbers
GAP = 6.0  # times the font size, at most, between a number and its text
PITCH = 2.2  # times the font size, at most, between lines of a text
INDENT = 1.0  # times the font size, at most, between the left edges of lines of a text


def in_printed_order(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Lines of a page in the order of the text layer, with stray ones moved to where they are printed."""
    return with_strays_moved(with_labels_joined(lines))


def with_strays_moved(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Lines of a page, with lines moved up that are alone in their row and printed above those before them."""
    found = list(lines)
    for number in range(1, len(found)):
        if jumps_up(found, number):
            end = end_of_run(found, number)
            target = target_of(found, number, end)
            if target is not None and end - number <= STRAY_LINES:
                found = [*found[:target], *found[number:end], *found[target:number], *found[end:]]
    return found


def end_of_run(lines: Sequence[PdfLine], first: int) -> int:
    """Index after the last of the lines from `first` that are directly below one another."""
    end = first + 1
    while end < len(lines) and 0 < lines[end - 1].bottom - lines[end].bottom < PITCH * lines[end].size:
        end += 1
    return end


def target_of(lines: Sequence[PdfLine], number: int, end: int) -> int | None:
    """Index at which lines belong, None if the first is not alone in its row or no index fits."""
    line = lines[number]
    if any(other.bottom < line.top and line.bottom < other.top for other in (*lines[:number], *lines[end:])):
        return None
    target = next(n for n, other in enumerate(lines) if other.middle <= line.middle)
    return target if all(other.middle < line.middle for other in lines[target:number]) else None


def with_labels_joined(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Lines of a page, with each text moved after the lone number beside it."""
    found = list(lines)
    labels = [line for line in lines if LABEL.fullmatch(pieces_of(line)[-1].text)]
    for label in labels if len(labels) <= MOST_LABELS else []:
        at = found.index(label)
        first = next((n for n in range(at + 1, len(found)) if is_text_of(found[n], label)), None)
        if first is not None and jumps_up(found, first):
            last = end_of_text(found, first)
            text = [join_lines_in_row(label, found[first], " ", found[first]), *found[first + 1 : last]]
            found = [*found[:at], *text, *found[at + 1 : first], *found[last:]]
    return found


def is_text_of(line: PdfLine, label: PdfLine) -> bool:
    """Whether a line is directly to the right of a number."""
    return label.shares_baseline(line) and 0 < line.left - label.right < GAP * line.size


def jumps_up(lines: Sequence[PdfLine], first: int) -> bool:
    """Whether the text layer jumps back up the page to a line."""
    return lines[first - 1].bottom < lines[first].bottom - lines[first].size


def end_of_text(lines: Sequence[PdfLine], first: int) -> int:
    """Index after the last line of the text from `first`: lines directly below, with the same left edge."""
    end = first + 1
    while end < len(lines):
        drop = lines[end - 1].bottom - lines[end].bottom
        aligned = abs(lines[end].left - lines[first].left) < INDENT * lines[first].size
        if not (0 < drop < PITCH * lines[first].size and aligned):
            break
        end += 1
    return end
