"""Lines of a PDF -> paragraphs, headings and footnotes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pincite.ingest.data.page_words import page_words
from pincite.ingest.data.stop_words import LATIN, stop_words
from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.pdf.lines import PdfLine, join_lines_in_row, line_of, marker_text, pieces_of
from pincite.ingest.readers.pdf.spaces import WIDE
from pincite.ingest.readers.text.dehyphenation import Spelling, join_lines

HEADING_WORDS = 25
LARGEST, LARGER, AS_LARGE = 1.4, 1.12, 0.95  # times the font size of the running text, for headings
SHARE_OF_TEXT = 0.3  # of all letters, at least, are in a size of running text
FEWEST_LARGER = 2  # slightly larger lines that form a heading level of their own
NEW_PARAGRAPH = re.compile(
    r"(?:\(?[a-zA-Z]\)|[a-z]\.|\(?[ivxlc]+[.)]|\(?\d{1,3}[.)]|[IVXLC]+\.|[•▪●■◆❖➢✓✗–—‒*-])\s"
    r"|\d{1,2}(?:\.\d{1,3})+\.?\s(?=[^\W\da-z])"
    r"|[A-Z]{2,}[ -]\d{1,2}(?:\.\d{1,3})*:\s"  # `GOVERN 1.7: `
)
LABEL = re.compile(
    r"\(?(?:\d{1,3}|[a-zA-Z]{1,2}|[ivxlc]{1,6}|[IVXLC]{1,6})[.)]?|\d{1,2}(?:\.\d{1,3})+\.?|[•▪●■◦‣◆❖➢✓✗–—‒*·-]"
)
PAGE_OF_CONTENTS = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6})")
LEADER = re.compile(r"(?:\.\s?){4,}\s*\S{1,6}$")
NUMBER = re.compile(r"\d{1,3}")
FOOTNOTE_MARKER = re.compile(r"(?:\[\d{1,3}\]|\^\d{1,3}|[²³])$|^\(\d{1,3}$")
MARKER_IN_PARENTHESES = re.compile(r"\s?\(\s?\[(\d{1,3})\]\s?\)")
BULLET = re.compile(r"[•▪●■◦‣◆❖➢✓✗]\s")
SENTENCE_END = re.compile(r"[.!?:;,][\"'”’)\]]*(?:\[\d{1,3}\])*(?:\s(?:and|or))?$")
MOST_PITCH = 2.5  # times the font size, at most, between lines of one paragraph
NUMBER_AT_START = re.compile(r"\(?\d|[IVXLC]+\b|\([a-z]{1,3}\)")
PITCH = 0.25  # quantile of the distances between lines of a column taken as that within paragraphs
CLOSING = ".,;:)]”’»"  # punctuation without a space before it
CAPITALS = re.compile(r"[^\W\d_]{2,}")
FEWEST_CAPITALS = 2  # words
LABEL_AND_TEXT = 2  # pieces of a line
OVERLAP = -2  # points by which pieces of one line may overlap
NUMBER_GAP = 12  # points, at most, between the number of a footnote and its text
CONTENTS_GAP = 2.0  # times the font size, at least, between a title and its page: justified words are closer
RISE = 0.1  # of the font size, at least, by which the number of a footnote is above its text
MARKER_GAP = 6  # points, at most, between a word and the footnote marker after it


def join_pieces(lines: list[PdfLine]) -> list[PdfLine]:
    """Lines with the pieces of each printed line joined: PDFium starts a new line at every superscript.

    A number after a word becomes a footnote marker, and the next piece continues the line; a number before a text, as
    in footnotes, becomes its first word.
    """
    whole: list[PdfLine] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before and is_footnote_marker(line, before):
            marker = replace(line, text=marker_text(before.text, line.text))
            opening = replace(before, raised=before.raised or before.text == "(")
            whole[-1] = join_lines_in_row(opening, marker, "", before)
        elif before and is_footnote_number(before, line):
            is_raised = before.raised or before.bottom - line.bottom > RISE * line.size
            whole[-1] = join_lines_in_row(replace(before, raised=is_raised), line, " ", line)
        elif before and continues_after_marker(before, line):
            between = "" if line.text[0] in CLOSING else " "
            whole[-1] = join_lines_in_row(before, line, between, line)
        elif before and is_further_cell(before, line):
            whole[-1] = line_of([*pieces_of(before), *pieces_of(line)])
        else:
            whole.append(line)
    return [without_parentheses(line) for line in whole]


def without_parentheses(line: PdfLine) -> PdfLine:
    """A line with superscripts in parentheses of full size, as in acts of the European Union, as footnote markers."""
    if "([" not in line.text:
        return line
    text = MARKER_IN_PARENTHESES.sub(r"[\1]", line.text)
    return replace(line, text=text, pieces=tuple(map(without_parentheses, line.pieces)))


def is_footnote_marker(number: PdfLine, before: PdfLine) -> bool:
    """Whether a lone number is a superscript at the end of the line before it."""
    superscript = number.size < before.size and before.bottom < number.middle and number.bottom < before.top
    return (
        NUMBER.fullmatch(number.text) is not None and superscript and OVERLAP < number.left - before.right < MARKER_GAP
    )


def is_footnote_number(number: PdfLine, line: PdfLine) -> bool:
    """Whether a lone number is directly in front of a line, like the number of a footnote."""
    level = line.bottom < number.middle < line.top and OVERLAP < line.left - number.right < NUMBER_GAP
    return NUMBER.fullmatch(number.text) is not None and number.size < line.size and level


def is_further_cell(before: PdfLine, line: PdfLine) -> bool:
    """Whether a line is in the same row as the one before it, in the same font, far to the right: another cell."""
    alike = abs(before.size - line.size) <= 1 and before.bold == line.bold
    return alike and line.shares_baseline(before) and line.left - before.right > WIDE * line.size


def continues_after_marker(before: PdfLine, line: PdfLine) -> bool:
    """Whether a piece continues the printed line of another that ends in a footnote marker."""
    beside = line.shares_baseline(before) and OVERLAP < line.left - before.right < before.size
    return beside and FOOTNOTE_MARKER.search(before.text) is not None


def paragraph_lines(lines: list[PdfLine]) -> Iterator[list[PdfLine]]:
    """Lines grouped into paragraphs."""
    if not lines:
        return
    drops = sorted(above.bottom - line.bottom for above, line in pairwise(lines) if above.bottom > line.bottom) or [12]
    pitch = drops[int(PITCH * len(drops))]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    paragraph = [lines[0]]
    for above, line in pairwise(lines):
        if starts_paragraph(above, line, pitch, left, right):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def starts_paragraph(above: PdfLine, line: PdfLine, pitch: float, left: float, right: float) -> bool:
    """Whether a line begins a paragraph: by size, gap, number, indent, or a short line above that ends a sentence."""
    if runs_on_from(above, line):
        return False
    drop = above.bottom - line.bottom
    ended = SENTENCE_END.search(above.text) is not None
    short = above.right < left + (right - left) * 0.85
    is_lower = line.text[:1].islower()
    return (
        above.table
        or line.table
        or above.side
        or line.side
        or abs(above.size - line.size) > 1
        or drop > max(min(pitch, line.size * 2), line.size * 1.2) * 1.35
        or drop < -pitch
        or (above.bold != line.bold and (ended or short or drop > pitch * 1.15))
        or BULLET.match(line.text) is not None
        or is_entry_of_contents(above, right)
        or (ended and is_in_capitals(above) != is_in_capitals(line))
        or (is_labelled(line) and (ended or short))
        or (NEW_PARAGRAPH.match(line.text) is not None and (ended or short))
        or (ended and is_indented(above, line, left))
        or (short and (above.text.endswith(";") or (ended and not above.text.endswith(",") and not is_lower)))
    )


def is_in_capitals(line: PdfLine) -> bool:
    """Whether a line is in capitals, as the headings of bills are, and more than an abbreviation."""
    return line.text.isupper() and len(CAPITALS.findall(line.text)) >= FEWEST_CAPITALS


def runs_on_from(above: PdfLine, line: PdfLine) -> bool:
    """Whether a line continues the one above it, in the same size and directly below, after a word that needs more.

    Such as an article, a preposition, or `section` before its number.
    """
    if above.table or line.table or above.side or line.side or abs(above.size - line.size) > 1:
        return False
    last = above.text.casefold().split()[-1:]
    needs_number = bool(last) and last[0] in page_words("before_number") and NUMBER_AT_START.match(line.text)
    is_open = needs_number or (bool(last) and last[0] in stop_words(LATIN, ("articles", "prepositions")))
    near = 0 < above.bottom - line.bottom <= MOST_PITCH * line.size
    return bool(is_open) and near and above.bold == line.bold and not above.text.isupper()


def is_labelled(line: PdfLine) -> bool:
    """Whether a line begins with an enumerator or a bullet followed by a wide space."""
    return len(line.pieces) == LABEL_AND_TEXT and LABEL.fullmatch(line.pieces[0].text) is not None


def is_entry_of_contents(line: PdfLine, right: float) -> bool:
    """Whether a line ends in a number at the right edge, far from its text or after dot leaders."""
    *_, text, number = (line, *line.pieces) if line.pieces else (line, line)
    apart = number.left - text.right > CONTENTS_GAP * line.size and line.right > right - MARKER_GAP
    found = apart and PAGE_OF_CONTENTS.fullmatch(number.text) is not None
    return found or ("." in line.text[-10:] and LEADER.search(line.text) is not None)


def is_indented(above: PdfLine, line: PdfLine, left: float) -> bool:
    """Whether a line is indented like the first of a paragraph, and not hanging after an enumerator."""
    hangs = NEW_PARAGRAPH.match(above.text) is not None or line.text[:1].islower()
    return line.left > left + 8 and line.left > above.left + 8 and not hangs


@dataclass(frozen=True, slots=True)
class FontSizes:
    """Font size of the running text of a document in points, and whether slightly larger headings form a level.

    `smaller`: font size of the running text of a page in smaller print, such as a page of notices.
    """

    body: float
    has_larger_headings: bool
    smaller: float

    def on_page(self, lines: Sequence[PdfLine]) -> "FontSizes":
        """The font sizes of one page, from its lines."""
        return replace(self, smaller=min(self.body, median([line.size for line in lines] or [self.body])))

    def heading_level(self, line: PdfLine) -> int:
        """The level of a heading from 1 by its font, 0 for a line of running text."""
        if line.size > self.body * LARGEST:
            return 1
        if line.size > self.body * LARGER:
            return 2
        return self.lowest_level if line.bold and line.size >= self.smaller * AS_LARGE else 0

    @property
    def lowest_level(self) -> int:
        """The level of headings in the size of the text."""
        return 3 if self.has_larger_headings else 2


def font_sizes(lines: Sequence[PdfLine]) -> FontSizes:
    """The font sizes of a document, from its lines."""
    body = usual_size(lines)
    larger = [line for line in lines if LARGER * body < line.size <= LARGEST * body and not line.table]
    return FontSizes(body, has_larger_headings=len(larger) >= FEWEST_LARGER, smaller=body)


def usual_size(lines: Sequence[PdfLine]) -> float:
    """The font size of the running text: the largest in which a good share of all letters is printed."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += 0 if line.table else len(line.text)
    common = [size for size, count in letters.items() if count >= SHARE_OF_TEXT * letters.total()]
    sizes = [line.size for line in lines if round(line.size * 2) / 2 == max(common, default=0)]
    return median(sizes or [0])


def line_part(lines: list[PdfLine], page: int, sizes: FontSizes, spelling: Spelling) -> Part:
    """A paragraph, a table, or a heading if the font is larger or bold and the text is short."""
    if lines[0].table:
        return Part(BlockKind.TABLE, lines[0].text, page=page)
    text = text_of(lines, spelling)
    if lines[0].side:
        return Part(BlockKind.HEADING, text, sizes.lowest_level, page)
    if is_entry_of_contents(lines[-1], lines[-1].right):
        return Part(BlockKind.PARAGRAPH, text, page=page)
    level = sizes.heading_level(lines[0])
    if level and len(text.split()) <= HEADING_WORDS and re.search(r"[^\W\d_]{2}", text):
        return Part(BlockKind.HEADING, text, level, page)
    return Part(BlockKind.PARAGRAPH, text, page=page)


def note_part(lines: list[PdfLine], page: int, spelling: Spelling) -> Part:
    """A footnote as a part."""
    return Part(BlockKind.FOOTNOTE, text_of(lines, spelling), page=page)


def text_of(lines: list[PdfLine], spelling: Spelling) -> str:
    """The joined text of lines."""
    return join_lines([line.text for line in lines], spelling)
