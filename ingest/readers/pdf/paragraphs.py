"""Lines of a PDF -> paragraphs, headings and footnotes. Knows nothing about PDFium, nor of pages but their number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.pdf.lines import Line, joined, line_of, pieces_of
from pincite.ingest.readers.pdf.spaces import WIDE
from pincite.ingest.readers.superscripts import raised_text
from pincite.ingest.readers.text.dehyphenation import Spelling, join_lines

HEADING_WORDS = 25
LARGEST, LARGER, AS_LARGE = 1.4, 1.12, 0.95  # times the size of the running text, of headings
FEWEST_LARGER = 2  # lines a little larger that make a grade of headings of their own
NEW_PARAGRAPH = re.compile(
    r"(?:\(?[a-zA-Z]\)|[a-z]\.|\(?[ivxlc]+[.)]|\(?\d{1,3}[.)]|[IVXLC]+\.|[•▪●■–—‒*-])\s"
    r"|\d{1,2}(?:\.\d{1,3})+\.?\s(?=[^\W\da-z])"
    r"|[A-Z]{2,}[ -]\d{1,2}(?:\.\d{1,3})*:\s"  # `GOVERN 1.7: `
)
LABEL = re.compile(
    r"\(?(?:\d{1,3}|[a-zA-Z]{1,2}|[ivxlc]{1,6}|[IVXLC]{1,6})[.)]?|\d{1,2}(?:\.\d{1,3})+\.?|[•▪●■◦‣–—‒*·-]"
)
PAGE_OF_CONTENTS = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6})")
LEADER = re.compile(r"(?:\.\s?){4,}\s*\S{1,6}$")
NUMBER = re.compile(r"\d{1,3}")
MARK = re.compile(r"(?:\[\d{1,3}\]|\^\d{1,3}|[²³])$")
NOTE_NUMBER = re.compile(r"(\d{1,3})[.)]?\s+(?:http|[^\sa-z])")
BULLET = re.compile(r"[•▪●■◦‣]\s")
ENDED = re.compile(r"[.!?:;,][\"'”’)\]]*(?:\[\d{1,3}\])*(?:\s(?:and|or))?$")
LABEL_AND_TEXT = 2  # pieces of a line
OVERLAP = -2  # points by which pieces of one line may overlap
NUMBER_GAP = 12  # points between a footnote's number and its text, at most
CONTENTS_GAP = 2.0  # times the type size between a title and its page, at least: justified words stand closer
MARK_GAP = 6  # points between a word and the mark of a footnote behind it, at most


def join_pieces(lines: list[Line]) -> list[Line]:
    """Pieces of one printed line as one: PDFium begins a new line at every raised number.

    A number behind a word becomes the mark of a footnote, and what follows it goes on in the line; a number in front
    of a text, as footnotes have it, becomes its first word.
    """
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before and is_mark(line, before):
            mark = replace(line, text=raised_text(before.text, line.text))
            whole[-1] = joined(before, mark, "", before)
        elif before and (goes_on(before, line) or is_number_of(before, line)):
            whole[-1] = joined(before, line, " ", line)
        elif before and stands_beside(before, line):
            whole[-1] = line_of([*pieces_of(before), *pieces_of(line)])
        else:
            whole.append(line)
    return whole


def is_mark(number: Line, before: Line) -> bool:
    """Whether a lone number is raised behind the line before it, not a figure of its own."""
    raised = number.size < before.size and before.bottom < number.middle and number.bottom < before.top
    return NUMBER.fullmatch(number.text) is not None and raised and OVERLAP < number.left - before.right < MARK_GAP


def is_number_of(number: Line, line: Line) -> bool:
    """Whether a lone number stands in front of a line, as the number of a footnote does."""
    level = line.bottom < number.middle < line.top and OVERLAP < line.left - number.right < NUMBER_GAP
    return NUMBER.fullmatch(number.text) is not None and number.size < line.size and level


def stands_beside(before: Line, line: Line) -> bool:
    """Whether a line stands in the same row as the one before it, in like type, far to the right: a further cell."""
    alike = abs(before.size - line.size) <= 1 and before.bold == line.bold
    return alike and line.shares_baseline(before) and line.left - before.right > WIDE * line.size


def goes_on(before: Line, line: Line) -> bool:
    """Whether a piece goes on in the printed line of another that ends in the mark of a footnote."""
    beside = line.shares_baseline(before) and OVERLAP < line.left - before.right < before.size
    return beside and MARK.search(before.text) is not None


def paragraph_lines(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines that make one paragraph."""
    if not lines:
        return
    pitch = median(
        [above.bottom - line.bottom for above, line in pairwise(lines) if above.bottom > line.bottom] or [12]
    )
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    paragraph = [lines[0]]
    for above, line in pairwise(lines):
        if starts_paragraph(above, line, pitch, left, right):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def starts_paragraph(above: Line, line: Line, pitch: float, left: float, right: float) -> bool:
    """Whether a line begins a paragraph: by size, gap, number, indent, or a short line above that ends a sentence."""
    drop = above.bottom - line.bottom
    ended = ENDED.search(above.text) is not None
    short = above.right < left + (right - left) * 0.85
    return (
        above.table
        or line.table
        or abs(above.size - line.size) > 1
        or drop > max(min(pitch, line.size * 2), line.size * 1.2) * 1.35
        or drop < -pitch
        or (above.bold != line.bold and (ended or short or drop > pitch * 1.15))
        or BULLET.match(line.text) is not None
        or is_entry_of_contents(above, right)
        or (is_labelled(line) and (ended or short))
        or (NEW_PARAGRAPH.match(line.text) is not None and (ended or short))
        or (ended and is_indented(above, line, left))
        or (short and (above.text.endswith(";") or (ended and not line.text[:1].islower())))
    )


def is_labelled(line: Line) -> bool:
    """Whether a number, a letter or a bullet stands in front of a line with a wide space behind it."""
    return len(line.pieces) == LABEL_AND_TEXT and LABEL.fullmatch(line.pieces[0].text) is not None


def is_entry_of_contents(line: Line, right: float) -> bool:
    """Whether a line ends in a number at the right edge, far from its text or behind dots."""
    *_, text, number = (line, *line.pieces) if line.pieces else (line, line)
    apart = number.left - text.right > CONTENTS_GAP * line.size and line.right > right - MARK_GAP
    found = apart and PAGE_OF_CONTENTS.fullmatch(number.text) is not None
    return found or ("." in line.text[-10:] and LEADER.search(line.text) is not None)


def is_indented(above: Line, line: Line, left: float) -> bool:
    """Whether a line is set in as a paragraph's first one is; the text beside a number hangs, and goes on."""
    hangs = NEW_PARAGRAPH.match(above.text) is not None or line.text[:1].islower()
    return line.left > left + 8 and line.left > above.left + 8 and not hangs


@dataclass(frozen=True, slots=True)
class Type:
    """Size of a document's running text in points, and whether headings also stand in type a little larger.

    `smaller`: size of the running text of a page that is set smaller, such as a page of notices.
    """

    body: float
    graded: bool
    smaller: float

    def on_page(self, lines: Sequence[Line]) -> "Type":
        """The type of one page, from its lines."""
        return replace(self, smaller=min(self.body, median([line.size for line in lines] or [self.body])))

    def heading_level(self, line: Line) -> int:
        """The depth of a heading from 1 by its type, 0 for a line of running text."""
        if line.size > self.body * LARGEST:
            return 1
        if line.size > self.body * LARGER:
            return 2
        return (3 if self.graded else 2) if line.bold and line.size >= self.smaller * AS_LARGE else 0


def type_of(lines: Sequence[Line]) -> Type:
    """The type of a document, from its lines."""
    body = median([line.size for line in lines if not line.table] or [0])
    larger = [line for line in lines if LARGER * body < line.size <= LARGEST * body and not line.table]
    return Type(body, graded=len(larger) >= FEWEST_LARGER, smaller=body)


def line_part(lines: list[Line], page: int, type_: Type, spelling: Spelling) -> Part:
    """A paragraph, a table, or a heading where the type is larger or bold and the text is short."""
    if lines[0].table:
        return Part(BlockKind.TABLE, lines[0].text, page=page)
    text = text_of(lines, spelling)
    if is_entry_of_contents(lines[-1], lines[-1].right):
        return Part(BlockKind.PARAGRAPH, text, page=page)
    level = type_.heading_level(lines[0])
    if level and len(text.split()) <= HEADING_WORDS and re.search(r"[^\W\d_]{2}", text):
        return Part(BlockKind.HEADING, text, level, page)
    return Part(BlockKind.PARAGRAPH, text, page=page)


def note_lines(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines that make one footnote; a line that begins with another number than the next goes on."""
    note: list[Line] = []
    number = 0
    for line in lines:
        found = NOTE_NUMBER.match(line.text)
        if found and (not number or int(found[1]) == number + 1):
            number = int(found[1])
            if note:
                yield note
            note = []
        note.append(line)
    if note:
        yield note


def note_part(lines: list[Line], page: int, spelling: Spelling) -> Part:
    """A footnote."""
    return Part(BlockKind.FOOTNOTE, text_of(lines, spelling), page=page)


def text_of(lines: list[Line], spelling: Spelling) -> str:
    """The text of lines read as one."""
    return join_lines([line.text for line in lines], spelling)
