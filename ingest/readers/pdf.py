"""PDF by PDFium: running headers and footers removed, lines joined to paragraphs, footnotes apart from the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median

from ingest.document import BlockKind, Part, Reading
from ingest.errors import RejectedFile
from ingest.readers.pdf_lines import Line, pdf_pages

EDGE_LINES = 2  # how many of them may be a bare page number
HEADING_WORDS = 25
MARGIN_LINES = 5  # how many lines at the top and at the bottom of a page may be a running header or footer
NEW_PARAGRAPH = re.compile(r"(?:\(?[a-zA-Z]\)|\([ivxlc]+\)|\(?\d{1,3}[.)]|[IVXLC]+\.|[•▪●■–—*-])\s")
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–]?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE
)
FOOTNOTE_RULE = re.compile(r"_{6,}")
RAISED_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of a page in reading order, running text and footnotes apart."""

    number: int
    body: list[Line]
    notes: list[Line]


def read_pdf(path: Path) -> Reading:
    """Parts of a PDF with their pages.

    Raises RejectedFile for what PDFium cannot open, for a password, and when no page has a text layer.
    """
    pages, properties = pdf_pages(path)
    bare = [number for number, lines in enumerate(pages, 1) if not lines]
    if len(bare) == len(pages):
        raise RejectedFile("no page has a text layer; run OCR on it first (for example with ocrmypdf)")
    warnings = (f"no text layer on pages {ranges(bare)}",) if bare else ()
    return Reading(parts_of(list(split_pages(pages))), properties, warnings)


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers as a reader writes them.

    >>> ranges([2, 3, 4, 7])
    '2-4, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def split_pages(pages: Sequence[Sequence[Line]]) -> Iterator[Page]:
    """Pages without running headers, footers and page numbers, their footnotes apart."""
    repeated = running_lines(pages)
    size = median([line.size for lines in pages for line in lines] or [0])
    for number, lines in enumerate(pages, 1):
        kept = [line for position, line in enumerate(lines) if not is_running(line, position, len(lines), repeated)]
        body, notes = split_notes(join_baselines(kept), size)
        yield Page(number, body, notes)


def running_lines(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Lines, digits folded, that stand in the margin of at least three pages and of a fifth of all."""
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({fold(line.text) for line in (*lines[:MARGIN_LINES], *lines[-MARGIN_LINES:])})
    return frozenset(text for text, count in counts.items() if count >= max(3, len(pages) * 0.2))


def fold(text: str) -> str:
    """A line with its numbers alike, so that `Page 2 of 9` equals `Page 3 of 9`."""
    return re.sub(r"\d+", "#", " ".join(text.split()))


def is_running(line: Line, position: int, count: int, repeated: frozenset[str]) -> bool:
    """Whether a line is a running header, a footer or a page number."""
    if not (position < MARGIN_LINES or position >= count - MARGIN_LINES):
        return False
    at_edge = position < EDGE_LINES or position >= count - EDGE_LINES
    return fold(line.text) in repeated or (at_edge and PAGE_NUMBER.fullmatch(line.text.strip()) is not None)


def join_baselines(lines: list[Line]) -> list[Line]:
    """Pieces of one printed line as one line; raised footnote numbers between them are dropped."""
    joined: list[Line] = []
    raised = False
    for line in lines:
        before = joined[-1] if joined else None
        if before and RAISED_NUMBER.fullmatch(line.text.strip()) and is_raised(line, before):
            raised = True
        elif before and raised and line.shares_baseline(before) and line.left >= before.right - 2:
            joined[-1] = before.followed_by(line)
        else:
            joined.append(line)
            raised = False
    return joined


def is_raised(number: Line, before: Line) -> bool:
    """Whether a lone number is a footnote mark behind the line before it, not a figure of its own."""
    return number.height < before.height * 0.85 and before.bottom < number.middle and number.left > before.left


def split_notes(lines: list[Line], body_size: float) -> tuple[list[Line], list[Line]]:
    """Running text and footnotes: what follows a rule of underscores, or small print at the foot of a page."""
    for position, line in enumerate(lines):
        if FOOTNOTE_RULE.match(line.text.strip()):
            return lines[:position], lines[position + 1 :]
    first = len(lines)
    while first and lines[first - 1].size <= body_size * 0.9:
        first -= 1
    opens = next((n for n in range(first, len(lines)) if re.match(r"\d{1,3}\b", lines[n].text.strip())), len(lines))
    return (lines[:opens], lines[opens:]) if first > 0 else (lines, [])


def parts_of(pages: list[Page]) -> list[Part]:
    """Paragraphs of all pages, those that run over a page's end made whole, each page's footnotes after its text."""
    body_size = median([line.size for page in pages for line in page.body] or [0])
    words = frozenset(word.lower() for page in pages for line in page.body for word in re.findall(r"[\w-]+", line.text))
    parts: list[Part] = []
    notes: list[Part] = []
    for page in pages:
        paragraphs = [line_part(lines, page.number, body_size, words) for lines in paragraph_lines(page.body)]
        if parts and paragraphs and runs_on(parts[-1], paragraphs[0]):
            parts[-1] = over_page(parts[-1], paragraphs.pop(0), words)
            if paragraphs:
                parts, notes = [*parts, *notes], []
        else:
            parts, notes = [*parts, *notes], []
        parts += paragraphs
        notes += [note_part(lines, page.number, words) for lines in note_lines(page.notes)]
    return parts + notes


def runs_on(part: Part, following: Part) -> bool:
    """Whether a paragraph at the foot of a page goes on at the head of the next."""
    if part.kind is BlockKind.HEADING or following.kind is BlockKind.HEADING:
        return False
    unfinished = not re.search(r"[.!?:;][\"'”’)\]]*$", part.text)
    return unfinished and (following.text[:1].islower() or not NEW_PARAGRAPH.match(following.text))


def over_page(part: Part, following: Part, words: frozenset[str]) -> Part:
    """Two halves of a paragraph as one, with the offset at which the page turns."""
    text = join_words(part.text, following.text, words)
    return replace(part, text=text, turns=(*part.turns, len(text) - len(following.text)))


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
    indented = line.left > left + 8 and line.left > above.left + 8
    ended = re.search(r"[.!?:;,][\"'”’)\]]*$", above.text.strip()) is not None
    short = above.right < left + (right - left) * 0.85
    return (
        abs(above.size - line.size) > 1
        or above.bold != line.bold
        or drop > pitch * 1.35
        or drop < -pitch
        or (NEW_PARAGRAPH.match(line.text) is not None and (ended or short))
        or (indented and ended)
        or (short and ended and not line.text[:1].islower())
    )


def line_part(lines: list[Line], page: int, body_size: float, words: frozenset[str]) -> Part:
    """A paragraph, or a heading where the type is larger or bold and the text is short."""
    text = join_all(lines, words)
    stands_out = lines[0].size > body_size * 1.12 or (lines[0].bold and lines[0].size >= body_size * 0.95)
    if stands_out and len(text.split()) <= HEADING_WORDS and re.search(r"[^\W\d_]{2}", text):
        return Part(BlockKind.HEADING, text, 1 if lines[0].size > body_size * 1.4 else 2, page)
    return Part(BlockKind.PARAGRAPH, text, page=page)


def note_lines(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines that make one footnote."""
    note: list[Line] = []
    for line in lines:
        if note and re.match(r"\d{1,3}\b", line.text.strip()):
            yield note
            note = []
        note.append(line)
    if note:
        yield note


def note_part(lines: list[Line], page: int, words: frozenset[str]) -> Part:
    """A footnote."""
    return Part(BlockKind.FOOTNOTE, join_all(lines, words), page=page)


def join_all(lines: list[Line], words: frozenset[str]) -> str:
    """The text of lines read as one."""
    text = " ".join(lines[0].text.split())
    for line in lines[1:]:
        text = join_words(text, " ".join(line.text.split()), words)
    return text


def join_words(text: str, following: str, words: frozenset[str]) -> str:
    """Two lines as one; a hyphen at the line's end goes unless the document writes the word with it elsewhere.

    >>> join_words("the regula-", "tory field", frozenset())
    'the regulatory field'
    >>> join_words("a multi-", "stakeholder body", frozenset({"multi-stakeholder"}))
    'a multi-stakeholder body'
    """
    head, tail = re.search(r"([\w-]*\w)-$", text), re.match(r"[\w-]+", following)
    if not head or not tail or not following[0].islower():
        return f"{text}{'' if text.endswith('-') and following[:1].isalnum() else ' '}{following}"
    hyphenated = f"{head[1]}-{tail[0]}".lower()
    whole = f"{head[1]}{tail[0]}".lower()
    keep = "-" in tail[0] or (hyphenated in words and whole not in words)
    return (text if keep else text[:-1]) + following
