"""Watermarks: large words written slantwise across a page, or pale ones under its text."""

from collections.abc import Sequence
from statistics import median

from pincite.ingest.readers.pdf.lines import PdfLine

LARGE = 1.5  # times the font size of the text, at least, of a slanted watermark
LARGE_AND_PALE = 2.0  # of a pale one


def split_watermarks(lines: Sequence[PdfLine]) -> tuple[list[PdfLine], list[PdfLine]]:
    """The text of a page and its watermarks; a page without other text keeps all of it."""
    usual = median([line.size for line in lines if not line.slanted] or [0])
    marks = [line for line in lines if is_watermark(line, lines, usual)]
    if not usual or len(marks) == len(lines):
        return list(lines), []
    return [line for line in lines if line not in marks], marks


def is_watermark(line: PdfLine, lines: Sequence[PdfLine], usual: float) -> bool:
    """Whether a line is a watermark, by its size, slant and colour; a pale one has other lines printed over it."""
    if line.slanted:
        return line.size >= LARGE * usual
    return line.pale and line.size >= LARGE_AND_PALE * usual and any(overlaps(line, other) for other in lines)


def overlaps(mark: PdfLine, line: PdfLine) -> bool:
    """Whether a line that is not pale is printed over another."""
    if line.pale or line is mark:
        return False
    return mark.left < line.right and line.left < mark.right and mark.bottom < line.middle < mark.top


def watermark_warnings(marks: Sequence[Sequence[PdfLine]]) -> tuple[str, ...]:
    """A warning that names the watermarks that were left out; `marks`: of each page."""
    texts = dict.fromkeys(" ".join(line.text for line in lines) for lines in marks if lines)
    return (f"watermark left out: {', '.join(texts)}",) if texts else ()
