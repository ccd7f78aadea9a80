"""Footnotes at the foot of a column: where they begin, and which lines form each of them.

No single sign is enough: a superscript number, its marker in the text, a rule, smaller print, a number in sequence and
a place in the lower half of the page are added up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pincite.ingest.readers.pdf.lines import PdfLine
from pincite.ingest.readers.pdf.rules import RuledLine

NOTE_NUMBER = re.compile(r"\(?([1-9]\d{0,2})[.)]?\s+(?:http|[^\sa-z])")
NOTE_SYMBOL = re.compile(r"[*†‡]{1,3}\s?(?=\S)")
SYMBOL_IN_TEXT = re.compile(r"(?<=[^\W_])[*†‡]|[*†‡](?=\w)")
MARKER = re.compile(r"\[(\d{1,3})\]|(?<=\w)\^(\d{1,3})|([²³])")
POWERS = {"²": 2, "³": 3}
UNDERSCORES = re.compile(r"_{6,}")  # a rule in the text layer, without words
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
ENOUGH = 3  # points of evidence
STRONG, WEAK = 2, 1
SMALLER = 0.96  # of the font size of the text above, at most: footnotes
MUCH_SMALLER = 0.9
TOLERANCE = 1.0  # points by which lines of one row may differ in height
LEVEL = 0.6  # points by which lines of footnotes may exceed the first in size
RULE_GAP = 2.5  # times the font size, at most, between a rule and the footnotes under it
RULE_SHARE = 0.75  # of the width of a column, at most, that a rule above footnotes spans
RULE_INDENT = 20.0  # points, at most, between the left edges of that rule and of the column
SHORTEST_RULE = 20.0  # points
LEFTMOST = 0.2  # quantile of the left edges of lines taken as that of their column
MOST_FOOT_LINES = 3
LOWER_HALF = 0.5  # of the height of the text of a page


@dataclass(frozen=True, slots=True)
class PageContext:
    """What the whole page shows about its footnotes: markers in its text, its rules, and the heights of its text.

    `expected`: the number after that of the last footnote of earlier pages; `is_open`: whether the last footnote of the
    page before ended without a full stop.
    """

    markers: frozenset[int]
    rules: tuple[RuledLine, ...]
    top: float
    bottom: float
    expected: int
    is_open: bool

    def is_low(self, line: PdfLine) -> bool:
        """Whether a line is in the lower half of the page."""
        return line.middle < self.bottom + LOWER_HALF * (self.top - self.bottom)


def page_context(
    lines: Sequence[PdfLine], rules: Sequence[RuledLine], earlier: Sequence[Sequence[PdfLine]]
) -> PageContext:
    """The context of a page from its lines, its ruled lines, and the lines of the footnotes of each earlier page."""
    top, bottom = max((line.top for line in lines), default=0), min((line.bottom for line in lines), default=0)
    numbers = [int(found[1]) for notes in earlier for line in notes if (found := NOTE_NUMBER.match(line.text))]
    before = earlier[-1] if earlier else []
    is_open = bool(before) and not SENTENCE_END.search(before[-1].text)
    across = tuple(rule for rule in rules if rule.is_horizontal)
    return PageContext(markers_in(lines), across, top, bottom, max(numbers, default=0) + 1, is_open)


def markers_in(lines: Iterable[PdfLine]) -> frozenset[int]:
    """Numbers of the footnote markers in lines."""
    found = [match for line in lines for match in MARKER.finditer(line.text) if match.start()]
    return frozenset(POWERS[match[3]] if match[3] else int(match[1] or match[2]) for match in found)


def split_column(
    lines: list[PdfLine], above: Sequence[PdfLine], page: PageContext
) -> tuple[list[PdfLine], list[PdfLine]]:
    """The running text and the footnotes of a column; `above`: lines of earlier columns of the page.

    Footnotes are told by their place: some text layers have them before the text above them.
    """
    for line in sorted(lines, key=lambda line: -line.middle):
        if UNDERSCORES.fullmatch(line.text.strip()) or opens_note(line) or page.rules or page.is_open:
            notes = notes_from(line, lines)
            text = [other for other in without_underscores(lines) if other not in notes]
            if UNDERSCORES.fullmatch(line.text.strip()):
                is_boundary = is_above_notes(line, text, notes, page)
            else:
                is_boundary = bool(text or above) and is_first_note(line, notes, text or above, page)
            if is_boundary:
                return text, notes
    return without_underscores(lines), []


def without_underscores(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Lines without those that are merely a rule."""
    return [line for line in lines if not UNDERSCORES.fullmatch(line.text.strip())]


def notes_from(first: PdfLine, lines: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines of a column from `first` to its end, without larger print under them, such as a number of the printer.

    None if more than a few lines are larger.
    """
    below = [line for line in lines if line.middle <= first.middle + TOLERANCE]
    if UNDERSCORES.fullmatch(first.text.strip()):
        below.remove(first)
    size = max(below, key=lambda line: line.middle).size if below else 0.0
    notes = [line for line in below if line.size <= size + LEVEL]
    larger = [line for line in below if line.size > size + LEVEL]
    lowest = min((line.middle for line in notes), default=0)
    is_foot = len(larger) <= MOST_FOOT_LINES and all(line.middle < lowest for line in larger)
    return notes if is_foot and not any(line.table for line in notes) else []


def left_edge(lines: Sequence[PdfLine]) -> float:
    """The left edge of the column of lines, without a few that are further left, such as those of a masthead."""
    return sorted(line.left for line in lines)[int(LEFTMOST * len(lines))]


def is_above_notes(line: PdfLine, text: Sequence[PdfLine], notes: Sequence[PdfLine], page: PageContext) -> bool:
    """Whether a row of underscores separates footnotes: it begins at the left, with small print or a number below."""
    if not notes or line.left - left_edge([*text, *notes]) > RULE_INDENT:
        return False
    smaller = bool(text) and max(other.size for other in notes) <= median(other.size for other in text) * SMALLER
    return smaller or opens_note(max(notes, key=lambda other: other.middle)) or page.is_open


def opens_note(line: PdfLine) -> bool:
    """Whether a line begins like a footnote, with a number or a symbol; a number in parentheses may be a point."""
    found = NOTE_NUMBER.match(line.text)
    return bool(found and (line.raised or found[0][0] != "(")) or NOTE_SYMBOL.match(line.text) is not None


def is_first_note(first: PdfLine, notes: Sequence[PdfLine], text: Sequence[PdfLine], page: PageContext) -> bool:
    """Whether lines are footnotes, by the evidence for the first of them."""
    usual = median(line.size for line in text)
    if not notes or first.size > usual + LEVEL:
        return False
    points = STRONG * has_rule_above(first, [*text, *notes], page) + WEAK * (first.size <= usual * SMALLER)
    much_smaller = first.size <= usual * MUCH_SMALLER
    if not opens_note(first):
        is_rest = page.expected > 1 and (
            points >= ENOUGH or (page.is_open and much_smaller and first.text[0].islower())
        )
        return is_rest and page.is_low(first)
    number = int(found[1]) if (found := NOTE_NUMBER.match(first.text)) else None
    if number is None and not any(SYMBOL_IN_TEXT.search(line.text) for line in text):
        return False
    points += STRONG * (first.raised or number is None) + STRONG * (number in page.markers)
    points += much_smaller * (WEAK * (number == page.expected) + WEAK * page.is_low(first))
    return points >= ENOUGH


def has_rule_above(line: PdfLine, column: Sequence[PdfLine], page: PageContext) -> bool:
    """Whether a short rule from the left edge of the column is directly above a line, with no text between."""
    left, right = left_edge(column), max(other.right for other in column)
    for rule in page.rules:
        width = rule.right - rule.left
        if not SHORTEST_RULE <= width <= RULE_SHARE * (right - left) or abs(rule.left - left) > RULE_INDENT:
            continue
        between = any(line.top < other.middle < rule.bottom for other in column)
        if not between and line.middle < rule.bottom <= line.bottom + (1 + RULE_GAP) * line.size:
            return True
    return False


def note_lines(lines: list[PdfLine]) -> Iterator[list[PdfLine]]:
    """Lines grouped into footnotes; a line that begins with a number out of sequence continues its footnote."""
    note: list[PdfLine] = []
    number = 0
    for line in lines:
        found = NOTE_NUMBER.match(line.text)
        if (
            (line.raised and found)
            or (found and (not number or int(found[1]) == number + 1))
            or opens_symbol_note(line, note)
        ):
            number = int(found[1]) if found else number
            if note:
                yield note
            note = []
        note.append(line)
    if note:
        yield note


def opens_symbol_note(line: PdfLine, note: Sequence[PdfLine]) -> bool:
    """Whether a line begins with the symbol of a footnote, and the footnote before it has ended."""
    ended = not note or SENTENCE_END.search(note[-1].text) is not None
    return ended and NOTE_SYMBOL.match(line.text) is not None
