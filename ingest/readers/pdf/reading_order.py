"""Lines that the text layer holds elsewhere than they are printed, put in their place.

Scanning and typesetting programs often write the column of numbers first and the texts after it, and the head of a
table after its rows.
"""

import re
from collections.abc import Sequence

from pincite.ingest.readers.pdf.lines import Line, joined, pieces_of

LABEL = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6}|[IVXLC]{1,6})[.)]|\d{1,3}|[•▪●■◦‣–—‒*·-]")
STRAY_LINES = 2  # that are printed elsewhere, at most: more may be a column
MOST = 200  # numbers on a page: more are a listing of figures
GAP = 6.0  # times the type size between a number and its text, at most
PITCH = 2.2  # times the type size between lines of a text, at most
INDENT = 1.0  # times the type size by which lines of a text may begin further to the left or right


def in_place(lines: Sequence[Line]) -> list[Line]:
    """Lines of a page in the order of the text layer, stray ones where they are printed."""
    return with_strays(with_labels(lines))


def with_strays(lines: Sequence[Line]) -> list[Line]:
    """Lines of a page, each that stands alone in its row, further up than those before it, moved up to there."""
    found = list(lines)
    for number in range(1, len(found)):
        if is_torn(found, number):
            end = end_of_run(found, number)
            place = place_of(found, number, end)
            if place is not None and end - number <= STRAY_LINES:
                found = [*found[:place], *found[number:end], *found[place:number], *found[end:]]
    return found


def end_of_run(lines: Sequence[Line], first: int) -> int:
    """Where the lines end that stand right below one another from line `first` on."""
    end = first + 1
    while end < len(lines) and 0 < lines[end - 1].bottom - lines[end].bottom < PITCH * lines[end].size:
        end += 1
    return end


def place_of(lines: Sequence[Line], number: int, end: int) -> int | None:
    """Where lines belong of which the first stands alone in its row: below all before that place, above all behind."""
    line = lines[number]
    if any(other.bottom < line.top and line.bottom < other.top for other in (*lines[:number], *lines[end:])):
        return None
    place = next(n for n, other in enumerate(lines) if other.middle <= line.middle)
    return place if all(other.middle < line.middle for other in lines[place:number]) else None


def with_labels(lines: Sequence[Line]) -> list[Line]:
    """Lines of a page, each text that stands beside a lone number moved behind it."""
    found = list(lines)
    labels = [line for line in lines if LABEL.fullmatch(pieces_of(line)[-1].text)]
    for label in labels if len(labels) <= MOST else []:
        at = found.index(label)
        first = next((n for n in range(at + 1, len(found)) if is_text_of(found[n], label)), None)
        if first is not None and is_torn(found, first):
            last = end_of_text(found, first)
            text = [joined(label, found[first], " ", found[first]), *found[first + 1 : last]]
            found = [*found[:at], *text, *found[at + 1 : first], *found[last:]]
    return found


def is_text_of(line: Line, label: Line) -> bool:
    """Whether a line stands beside a number, to the right."""
    return label.shares_baseline(line) and 0 < line.left - label.right < GAP * line.size


def is_torn(lines: Sequence[Line], first: int) -> bool:
    """Whether the text layer jumps back up the page to a line."""
    return lines[first - 1].bottom < lines[first].bottom - lines[first].size


def end_of_text(lines: Sequence[Line], first: int) -> int:
    """Where the text ends that begins with line `first`: at what does not stand right below, as far to the left."""
    end = first + 1
    while end < len(lines):
        drop = lines[end - 1].bottom - lines[end].bottom
        aligned = abs(lines[end].left - lines[first].left) < INDENT * lines[first].size
        if not (0 < drop < PITCH * lines[first].size and aligned):
            break
        end += 1
    return end
