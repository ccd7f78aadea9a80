"""Running headers, footers and page numbers of a PDF, by likeness and by place.

Likeness: a line recurs in the outermost rows of many pages, also with other numbers, or repeats words of the first.
Place: rows of many pages are at the same height in the same size, apart from the text; what is printed at such a place
is running even where it differs from page to page. Weak evidence, such as two pages alike, needs a clear distance from
the text or another size, as lines of the text may happen to be alike. A number at the edge of a page is a page number
only if it rises with the pages; that in the last row of a table or in an `Article 7` at the head of a page does not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from pincite.ingest.data.page_words import page_words
from pincite.ingest.readers.pdf.lines import PdfLine, baselines, pieces_of
from pincite.ingest.readers.pdf.margins.sheets import (
    Row,
    Sheet,
    groups_of,
    letters_of,
    margins_of,
    mask_numbers,
    whole_numbers,
)
from pincite.ingest.readers.pdf.rules import RuledLine

GROUP_ROWS = 3  # most rows of a running header
MARGIN_ROWS = 5  # rows at the top and at the bottom of a page that may be a running header or footer
EDGE_ROWS = 2  # of these, rows that may contain page numbers
SHARE = 0.2  # of all pages on which a running line recurs, at least
FEWEST_PAGES = 3
FEW_PAGES = 5  # of a document in which two pages alike are evidence
SMALLER = 0.95  # of the font size of the text, at most: another size
LARGEST = 1.3  # times the font size of the text, at most, of a running line
SAME_PLACE = 4.0  # points
SAME_SIZE = 0.6  # points
SHARE_OF_PLACE = 0.5  # of the rows at a place that are evidently running, for all of them to be
LONGEST = 14  # words of a running line known only by its place
SHORTEST_COPY = 4  # letters of a line that repeats words of the first page
FEWEST_NUMBERS = 2
PAGE, OF = ("|".join(map(re.escape, sorted(page_words(use)))) for use in ("page", "of"))
PAGE_NUMBER = re.compile(
    rf"(?:(?i:{PAGE})\s*)?[-–—|]?\s*(\d{{1,4}}|[ivxlc]{{1,6}})\s*[-–—|]?(?:\s*(?:/|{OF})\s*\d{{1,4}})?"
)
OF_TOTAL = re.compile(rf"(\d{{1,4}})\s*(?:/|{OF})\s*(\d{{1,4}})")
MARKER = re.compile(r"\[(\d{1,3})\]")
ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s")
SENTENCE_END = re.compile(r"[.;:!?]$")


@dataclass(frozen=True, slots=True)
class RunningLines:
    """What the pages of a document show about its running lines.

    `repeated`: lines that recur on many pages, and `pieces` of lines, `twice`: on two; `offsets`: between printed and
    actual page numbers; `first`: letters and figures of the first page; `size`: of the text; `count`: of the pages.
    """

    repeated: frozenset[str]
    pieces: frozenset[str]
    twice: frozenset[str]
    offsets: frozenset[int]
    first: str
    size: float
    count: int

    def is_page_number(self, text: str, number: int) -> bool:
        """Whether a text is the printed number of page `number`."""
        found = PAGE_NUMBER.fullmatch(text)
        if found is None:
            return False
        return not found[1].isdigit() or self.counts(text, number)

    def counts(self, text: str, number: int) -> bool:
        """Whether a text contains a number that rises with the pages, or is `3/5` on the third page of five."""
        total = OF_TOTAL.search(text)
        if total and (int(total[1]), int(total[2])) == (number, self.count):
            return True
        return any(value - number in self.offsets for value in whole_numbers(text))

    def is_smaller(self, row: Row) -> bool:
        """Whether a row is in smaller print than the text."""
        return all(line.size <= SMALLER * self.size for line in row)


def without_running_lines(
    pages: Sequence[list[PdfLine]], rules: Sequence[Sequence[RuledLine]] = ()
) -> list[list[PdfLine]]:
    """Pages without running headers, footers and page numbers; lines keep their order. `rules`: of each page."""
    margins = margins_of(pages)
    sheets = [
        Sheet(number, baselines(lines), tuple(rule for rule in own if rule.is_horizontal), margins)
        for number, (lines, own) in enumerate(zip(pages, rules or [()] * len(pages), strict=True), 1)
    ]
    evidence = evidence_of(sheets)
    places = running_places(sheets, evidence)
    bare: list[list[PdfLine]] = []
    for lines, sheet in zip(pages, sheets, strict=True):
        found = [*running_rows(sheet, evidence), *rows_at_places(sheet, places, evidence)]
        running = {line for row in found for line in row}
        if running and len(running) >= len(lines) and len(sheet.rows) > EDGE_ROWS:
            # identical pages, as of forms: their text is not running
            groups = groups_of(sheet.rows)
            running = {line for group in (groups[0], groups[-1]) for row in group for line in row}
            running = running if len(groups) > 1 else set()
        bare.append([line for line in lines if line not in running])
    return bare if any(bare) else list(pages)


def evidence_of(sheets: Sequence[Sheet]) -> RunningLines:
    """What the outer rows of all pages have in common."""
    fewest = max(FEWEST_PAGES, len(sheets) * SHARE)
    counts = repetitions(sheets, pieces=True)
    few = len(sheets) <= FEW_PAGES
    sizes = [line.size for sheet in sheets for row in sheet.rows for line in row]
    first = " ".join(line.text for row in sheets[0].rows for line in row) if sheets else ""
    return RunningLines(
        frozenset(text for text, count in repetitions(sheets, pieces=False).items() if count >= fewest),
        frozenset(text for text, count in counts.items() if count >= fewest),
        frozenset(text for text, count in counts.items() if count >= FEWEST_NUMBERS and few),
        page_number_offsets([sheet.rows for sheet in sheets]),
        letters_of(first),
        median(sizes or [0]),
        len(sheets),
    )


def repetitions(sheets: Sequence[Sheet], *, pieces: bool) -> Counter[str]:
    """On how many pages each line, or also each piece, recurs in the outer rows, verbatim and with numbers masked."""
    counts: Counter[str] = Counter()
    for sheet in sheets:
        rows = (*sheet.rows[:MARGIN_ROWS], *sheet.rows[-MARGIN_ROWS:])
        outer = {
            text
            for row in rows
            for line in row
            for text in (line.text, *(piece.text for piece in line.pieces if pieces))
        }
        counts.update({*outer, *map(mask_numbers, outer)})
    return counts


def running_rows(sheet: Sheet, evidence: RunningLines) -> Iterator[Row]:
    """Running rows of a page by likeness, from its top and from its bottom inwards to the first that is not one.

    They form groups of a few rows with a gap to the text; only a page number may be close to it.
    """
    for from_top in (True, False):
        groups = groups_of(sheet.inwards(from_top=from_top))
        for group, inner in zip(groups, [*groups[1:], []], strict=True):
            if len(group) > GROUP_ROWS or not all(is_running(row, sheet, evidence, inner) for row in group):
                numbers = takewhile(lambda row: all(PAGE_NUMBER.fullmatch(line.text) for line in row), group)
                yield from (row for row in numbers if is_running(row, sheet, evidence, []))
                break
            yield from group


def is_running(row: Row, sheet: Sheet, evidence: RunningLines, inner: list[Row]) -> bool:
    """Whether an outer row of a page consists of running lines and page numbers; `inner`: the rows inside of it."""
    if row[0].size > LARGEST * evidence.size or not sheet.in_margin(row) or ENUMERATOR.match(row[0].text):
        return False
    if is_footnote(row, sheet):
        return False
    if all(is_running_text(line, sheet, evidence) for line in row):
        return evidence.is_smaller(row) or not inner or is_strong(row, sheet, evidence, inner)
    weak = sheet.number > 1 or any(piece.text in evidence.twice for line in row for piece in pieces_of(line))
    if not weak or not inner or not sheet.is_apart(row, inner[0]) or is_sentence(row):
        return False
    return all(is_weakly_running(piece, sheet, evidence) for line in row for piece in pieces_of(line))


def is_strong(row: Row, sheet: Sheet, evidence: RunningLines, inner: list[Row]) -> bool:
    """Whether a row of the size of the text that recurs is more than a line of the text that happens to be alike."""
    numbers = any(evidence.is_page_number(piece.text, sheet.number) for line in row for piece in pieces_of(line))
    return numbers or sheet.is_apart(row, inner[0])


def is_sentence(row: Row) -> bool:
    """Whether a row is more likely a sentence, or a numbered heading, than a running header."""
    text = " ".join(line.text for line in row)
    return len(text.split()) > LONGEST or SENTENCE_END.search(text) is not None or ENUMERATOR.match(text) is not None


def is_footnote(row: Row, sheet: Sheet) -> bool:
    """Whether a row is a footnote: it begins with a superscript number, or with one whose marker is on the page."""
    if any(line.raised for line in row):
        return True
    found = re.match(r"(\d{1,3})\.?\s", row[0].text)
    return found is not None and any(
        found[1] == marker
        for other in sheet.rows
        if other is not row
        for line in other
        for marker in MARKER.findall(line.text)
    )


def is_running_text(line: PdfLine, sheet: Sheet, evidence: RunningLines) -> bool:
    """Whether a line in an outer row recurs, or consists of pieces that recur and page numbers."""
    if is_recurring(line.text, sheet, evidence, evidence.repeated):
        return True
    return bool(line.pieces) and all(is_recurring(p.text, sheet, evidence, evidence.pieces) for p in line.pieces)


def is_recurring(text: str, sheet: Sheet, evidence: RunningLines, known: frozenset[str]) -> bool:
    """Whether a text in an outer row of a page is known to recur, verbatim or with its page number, or is that."""
    masked = mask_numbers(text) in known and evidence.counts(text, sheet.number)
    return text in known or masked or evidence.is_page_number(text, sheet.number)


def is_weakly_running(piece: PdfLine, sheet: Sheet, evidence: RunningLines) -> bool:
    """Whether a piece of an outer row clearly apart from the text is running: it repeats the first page in small print.

    In a document of few pages it may also recur on two of them.
    """
    if is_recurring(piece.text, sheet, evidence, evidence.pieces):
        return True
    masked = mask_numbers(piece.text) in evidence.twice and evidence.counts(piece.text, sheet.number)
    if piece.text in evidence.twice or masked:
        return True
    letters = letters_of(piece.text)
    copied = len(letters) >= SHORTEST_COPY and letters in evidence.first
    return copied and sheet.number > 1 and evidence.is_smaller([piece])


def running_places(sheets: Sequence[Sheet], evidence: RunningLines) -> list[tuple[bool, float, float]]:
    """Places of running rows: whether at the top, their height and font size; most rows there are evidently running."""
    rows: dict[tuple[bool, int, int], list[tuple[Sheet, Row, bool]]] = defaultdict(list)
    for sheet in sheets:
        for from_top in (True, False):
            inwards = sheet.inwards(from_top=from_top)
            for row, inner in pairwise(inwards[: GROUP_ROWS + 1]):
                key = from_top, round(row[0].bottom / SAME_PLACE), round(row[0].size / SAME_SIZE)
                rows[key].append((sheet, row, sheet.is_apart(row, inner)))
    places: list[tuple[bool, float, float]] = []
    for (from_top, _, _), found in rows.items():
        evident = [row for sheet, row, apart in found if apart and is_evident(row, sheet, evidence)]
        named = [row for sheet, row, apart in found if apart and is_name(row, sheet, evidence)]
        fewest = max(FEWEST_NUMBERS, SHARE_OF_PLACE * len(found))
        if len(evident) >= fewest or (len(named) >= fewest and len(named) >= SHARE_OF_PLACE * (len(sheets) - 1)):
            places.append((from_top, median(row[0].bottom for _, row, _ in found), found[0][1][0].size))
    return places


def is_evident(row: Row, sheet: Sheet, evidence: RunningLines) -> bool:
    """Whether a row is evidently running: it recurs, or has the page number as a piece at one of its ends."""
    if is_footnote(row, sheet):
        return False
    if all(is_running_text(line, sheet, evidence) for line in row):
        return True
    pieces = sorted((piece for line in row for piece in pieces_of(line)), key=lambda piece: piece.left)
    return len(pieces) > 1 and any(evidence.is_page_number(end.text, sheet.number) for end in (pieces[0], pieces[-1]))


def is_name(row: Row, sheet: Sheet, evidence: RunningLines) -> bool:
    """Whether a row may be the name of a section as a running header: short and in small print."""
    return not is_sentence(row) and evidence.is_smaller(row) and not is_footnote(row, sheet)


def rows_at_places(sheet: Sheet, places: Sequence[tuple[bool, float, float]], evidence: RunningLines) -> Iterator[Row]:
    """Rows of a page at places of running rows, as far as they may be running."""
    for from_top in (True, False):
        inwards = sheet.inwards(from_top=from_top)
        for row, inner in pairwise(inwards[: GROUP_ROWS + 1]):
            at_place = any(
                top == from_top and abs(row[0].bottom - height) <= SAME_PLACE and abs(row[0].size - size) <= SAME_SIZE
                for top, height, size in places
            )
            apart = is_evident(row, sheet, evidence) or sheet.is_apart(row, inner)
            brief = sum(len(line.text.split()) for line in row) <= LONGEST
            if not (at_place and apart and brief) or is_footnote(row, sheet):
                break
            yield row


def page_number_offsets(pages: Sequence[list[Row]]) -> frozenset[int]:
    """Offsets between printed and actual page numbers; 0 is accepted without evidence."""
    counts: Counter[int] = Counter()
    for number, rows in enumerate(pages, 1):
        outer = [line.text for row in (*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]) for line in row]
        counts.update({value - number for text in outer for value in whole_numbers(text)})
    fewest = max(FEWEST_NUMBERS, len(pages) * SHARE)
    return frozenset({0, *(offset for offset, count in counts.items() if count >= fewest)})
