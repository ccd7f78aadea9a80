"""Headings beside the text: side notes of acts in the margin in small print, and bold headings left of their text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from pincite.ingest.readers.pdf.lines import PdfLine, line_of, pieces_of
from pincite.ingest.readers.text.dehyphenation import Spelling, join_lines

SMALLER = 0.93  # of the font size of the text, at most: side notes in the margin
WIDE_LINE = 0.5  # of the width of the longest line, at least, of a line of running text
EDGE = 0.05  # quantile of the edges of such lines taken as that of the text
NEAR = 3.0  # points within which edges coincide
GAP = 4.0  # points, at least, between a heading beside the text and the text
LINE_PITCH = 2.0  # times the font size, at most, between lines of one note
MOST_LINES = 9  # of a note
MOST_WORDS = 0.4  # of the words of the text, at most, are in side notes
NARROW = 0.5  # of the width of the text, at most, that a note spans
FEWEST_HEADINGS = 2  # bold headings beside the text of a page
SHARE_AT_EDGE = 0.6  # of the lines of the text begin at its left edge where bold headings are beside it
LETTERS = re.compile(r"[^\W\d_]{3}")
PARAGRAPH_START = re.compile(r"[“\"(\[]*(?:\d{1,3}[A-Z]{0,2}[.)—]|\([a-z0-9]{1,3}\)|[A-Z])")
SENTENCE_END = re.compile(r"[.!?:;—][\"'”’)\]]*$")


def split_side_notes(lines: Sequence[PdfLine], spelling: Spelling) -> tuple[list[PdfLine], list[PdfLine]]:
    """The text of a page, and the headings beside it, each as one line at the height of its first."""
    pieces = margin_pieces(lines) or bold_pieces(lines)
    if not pieces:
        return list(lines), []
    notes = [as_line(group, spelling) for group in groups_of(pieces)]
    return list(without_pieces(lines, pieces)), notes


def margin_pieces(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Pieces in small print left or right of all running text, none if they are too many or too long to be notes."""
    if not lines:
        return []
    usual = median(line.size for line in lines)
    wide = WIDE_LINE * max(line.right - line.left for line in lines)
    text = [line for line in lines if line.size > SMALLER * usual and line.right - line.left >= wide and not line.table]
    if len(text) < FEWEST_HEADINGS:
        return []
    left, right = sorted(line.left for line in text)[int(EDGE * len(text))], sorted(line.right for line in text)[-1]
    small = [p for line in lines for p in pieces_of(line) if p.size <= SMALLER * usual and not line.table]
    beside = [p for p in small if p.right < left - GAP or p.left > right + GAP]
    full_size = [line for line in lines if line.size > SMALLER * usual]
    low, high = min(line.bottom for line in full_size), max(line.top for line in full_size)
    beside = [p for p in beside if low <= p.middle <= high and p.right - p.left <= NARROW * (right - left)]
    groups = [group for group in groups_of(beside) if any(LETTERS.search(piece.text) for piece in group)]
    words = sum(len(piece.text.split()) for group in groups for piece in group)
    of_text = sum(len(line.text.split()) for line in text)
    if words > MOST_WORDS * of_text or any(len(group) > MOST_LINES for group in groups):
        return []
    return [piece for group in groups for piece in group]


def bold_pieces(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """First pieces of lines that are bold, beside text that is not and that all begins further right."""
    rows = [line for line in lines if len(line.pieces) > 1 and not line.table]
    headed = [line for line in rows if line.pieces[0].bold and not any(piece.bold for piece in line.pieces[1:])]
    headed = [line for line in headed if LETTERS.search(line.pieces[0].text)]
    starts = [line for line in headed if PARAGRAPH_START.match(line.pieces[1].text)]
    if len(starts) < FEWEST_HEADINGS or not all(len(line.pieces) == FEWEST_HEADINGS for line in headed):
        return []
    edge = median(line.pieces[1].left for line in starts)
    found = [line.pieces[0] for line in headed]
    text = [piece for line in lines for piece in pieces_of(line) if piece not in found and not piece.bold]
    at_edge = sum(abs(piece.left - edge) <= NEAR for piece in text)
    beside = all(piece.right < edge - GAP for piece in found)
    right_of = all(piece.left >= edge - NEAR for piece in text)
    return found if beside and right_of and at_edge >= SHARE_AT_EDGE * len(text) else []


def groups_of(pieces: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Pieces grouped into notes, from the top, by their distance and their side of the text."""
    groups: list[list[PdfLine]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.left > median(p.left for p in pieces) + NEAR, -piece.middle)):
        above = groups[-1][-1] if groups else None
        if (
            above
            and abs(above.left - piece.left) < LINE_PITCH * piece.size * 2
            and (0 < above.middle - piece.middle <= LINE_PITCH * piece.size)
        ):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def as_line(group: Sequence[PdfLine], spelling: Spelling) -> PdfLine:
    """The pieces of a note as one line."""
    text = join_lines([piece.text for piece in group], spelling)
    return replace(group[0], text=text, right=max(piece.right for piece in group), side=True, pieces=())


def without_pieces(lines: Sequence[PdfLine], removed: Sequence[PdfLine]) -> Iterator[PdfLine]:
    """Lines without some of their pieces."""
    for line in lines:
        kept = [piece for piece in pieces_of(line) if piece not in removed]
        if len(kept) == len(pieces_of(line)):
            yield line
        elif kept:
            yield line_of(kept)


def with_side_notes(runs: Sequence[list[PdfLine]], notes: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Runs of lines of a page with each note before the paragraph beside which it is printed."""
    found = [list(run) for run in runs]
    for note in notes:
        places = [(run, number) for run in found for number, line in enumerate(run) if not line.side]
        if not places:
            return [*found, list(notes)]
        run, number = min(places, key=lambda place: distance(note, *place))
        run.insert(number, replace(note, left=run[number].left, bottom=run[number].bottom, top=run[number].top))
    return found


def distance(note: PdfLine, run: Sequence[PdfLine], number: int) -> float:
    """How far a note is from a line, in points; far more if no paragraph begins there."""
    line = run[number]
    above = next((other for other in reversed(run[:number]) if not other.side), None)
    begins = PARAGRAPH_START.match(line.text) is not None and (above is None or SENTENCE_END.search(above.text))
    numbered = re.match(r"[“\"]*\d{1,3}[A-Z]{0,2}[.—]", line.text) is not None
    apart = abs(line.top - note.top)
    return apart if begins and numbered else apart + line.size if begins else apart + 20 * line.size
