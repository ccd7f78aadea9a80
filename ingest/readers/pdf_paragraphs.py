"""Lines of a PDF -> paragraphs, headings and footnotes. Knows nothing about PDFium, nor of pages but their number."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.document import BlockKind, Part
from ingest.readers.hyphens import Spelling, join_words
from ingest.readers.pdf_lines import Line
from ingest.readers.raised import raised_text

HEADING_WORDS = 25
NEW_PARAGRAPH = re.compile(r"(?:\(?[a-zA-Z]\)|\([ivxlc]+\)|\(?\d{1,3}[.)]|[IVXLC]+\.|[•▪●■–—*-])\s")
NUMBER = re.compile(r"\d{1,3}")
MARK = re.compile(r"(?:\[\d{1,3}\]|\^\d{1,3}|[²³])$")
NOTE_NUMBER = re.compile(r"(\d{1,3})[.)]?\s+(?:http|[^\sa-z])")
BULLET = re.compile(r"[•▪●■◦‣]\s")
ENDED = re.compile(r"[.!?:;,][\"'”’)\]]*(?:\[\d{1,3}\])*$")
OVERLAP = -2  # points by which pieces of one line may overlap
NUMBER_GAP = 12  # points between a footnote's number and its text, at most
MARK_GAP = 6  # points between a word and the mark of a footnote behind it, at most


def join_pieces(lines: list[Line]) -> list[Line]:
    """Pieces of one printed line as one: PDFium begins a new line at every raised number.

    A number behind a word becomes the mark of a footnote, and what follows it goes on in the line; a number in front
    of a text, as footnotes have it, becomes its first word.
    """
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and is_mark(line, before):
            joined[-1] = replace(before, text=before.text + raised_text(before.text, line.text), right=line.right)
        elif before and (goes_on(before, line) or is_number_of(before, line)):
            joined[-1] = replace(line, text=f"{before.text} {line.text}", left=before.left)
        else:
            joined.append(line)
    return joined


def is_mark(number: Line, before: Line) -> bool:
    """Whether a lone number is raised behind the line before it, not a figure of its own."""
    raised = number.size < before.size and before.bottom < number.middle and number.bottom < before.top
    return NUMBER.fullmatch(number.text) is not None and raised and OVERLAP < number.left - before.right < MARK_GAP


def is_number_of(number: Line, line: Line) -> bool:
    """Whether a lone number stands in front of a line, as the number of a footnote does."""
    level = line.bottom < number.middle < line.top and OVERLAP < line.left - number.right < NUMBER_GAP
    return NUMBER.fullmatch(number.text) is not None and number.size < line.size and level


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
        abs(above.size - line.size) > 1
        or drop > max(min(pitch, line.size * 2), line.size * 1.2) * 1.35
        or drop < -pitch
        or (above.bold != line.bold and (ended or short or drop > pitch * 1.15))
        or BULLET.match(line.text) is not None
        or (NEW_PARAGRAPH.match(line.text) is not None and (ended or short))
        or (ended and is_indented(above, line, left))
        or (short and (above.text.endswith(";") or (ended and not line.text[:1].islower())))
    )


def is_indented(above: Line, line: Line, left: float) -> bool:
    """Whether a line is set in as a paragraph's first one is; the text beside a number hangs, and goes on."""
    hangs = NEW_PARAGRAPH.match(above.text) is not None or line.text[:1].islower()
    return line.left > left + 8 and line.left > above.left + 8 and not hangs


def line_part(lines: list[Line], page: int, body_size: float, spelling: Spelling) -> Part:
    """A paragraph, or a heading where the type is larger or bold and the text is short."""
    text = join_all(lines, spelling)
    stands_out = lines[0].size > body_size * 1.12 or (lines[0].bold and lines[0].size >= body_size * 0.95)
    if stands_out and len(text.split()) <= HEADING_WORDS and re.search(r"[^\W\d_]{2}", text):
        return Part(BlockKind.HEADING, text, 1 if lines[0].size > body_size * 1.4 else 2, page)
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
    return Part(BlockKind.FOOTNOTE, join_all(lines, spelling), page=page)


def join_all(lines: list[Line], spelling: Spelling) -> str:
    """The text of lines read as one."""
    text = " ".join(lines[0].text.split())
    for line in lines[1:]:
        text = join_words(text, " ".join(line.text.split()), spelling)
    return text
