"""OCR of scanned pages by RapidOCR, whose package includes its models: no downloads. Needs the extra `ocr`."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

import pypdfium2

from pincite.ingest.readers.pdf.lines import PdfLine, baselines, line_of
from pincite.ingest.readers.pdf.ocr_extra import SECONDS

POINTS_PER_INCH = 72
DOTS_PER_INCH = 150
LONGEST_SIDE = 2200  # dots: a poster is rendered at a lower resolution
DETECTION_SIDE = 1280  # dots: lines are detected at a lower resolution than recognised, in a third of the time
FONT_SIZE = 0.72  # of the height of the box that OCR draws around a line
SIZE_TOLERANCE = 0.2  # of the median font size of a page: the precision of OCR
CONFIDENT = 0.5  # of 1: lower scores are pictures or specks


def recognise_pages(path: Path, numbers: Sequence[int], seconds: float = SECONDS) -> dict[int, list[PdfLine]]:
    """Lines by page of the pages `numbers`, from 1, as far as time allows."""
    ends = monotonic() + seconds
    document = pypdfium2.PdfDocument(path)
    read: dict[int, list[PdfLine]] = {}
    try:
        for number in numbers:
            if monotonic() > ends:
                break
            read[number] = page_lines(document[number - 1])
    finally:
        document.close()
    return read


def page_lines(page: Any) -> list[PdfLine]:
    """Lines of a page of PDFium, recognised in its image."""
    scale = min(DOTS_PER_INCH / POINTS_PER_INCH, LONGEST_SIDE / max(1, *page.get_size()))
    found = engine()(page.render(scale=scale).to_numpy())
    if found.boxes is None:
        return []
    pieces = [
        make_piece(text, box, scale, page.get_height())
        for text, box, score in zip(found.txts, found.boxes.tolist(), found.scores, strict=True)
        if score >= CONFIDENT and text.strip()
    ]
    return [line_of(sorted(row, key=lambda piece: piece.left)) for row in baselines(even_sizes(pieces))]


@cache
def engine() -> Any:
    """The OCR engine, loaded once and late: it is optional, and slow to load.

    Its classifier of upside-down lines is off, as it misjudges upright ones; ONNX Runtime is as fast here as OpenVINO
    and a quarter of a gigabyte smaller.
    """
    settings = {"Global.log_level": "critical", "Global.use_cls": False}
    settings |= {"Det.limit_type": "max", "Det.limit_side_len": DETECTION_SIDE}
    return import_module("rapidocr").RapidOCR(params=settings)


def make_piece(text: str, box: Sequence[Sequence[float]], scale: float, height: float) -> PdfLine:
    """A piece of a line from the four corners of its box, in dots from the upper left corner of the page."""
    across, down = [x / scale for x, _ in box], [y / scale for _, y in box]
    bottom, top = height - max(down), height - min(down)
    return PdfLine(text.strip(), min(across), bottom, max(across), top, (top - bottom) * FONT_SIZE, bold=False)


def even_sizes(pieces: Sequence[PdfLine]) -> list[PdfLine]:
    """Pieces with their font sizes set to the median of the page where they are close to it."""
    median_size = median([piece.size for piece in pieces] or [0])
    return [
        replace(piece, size=median_size) if abs(piece.size - median_size) <= SIZE_TOLERANCE * median_size else piece
        for piece in pieces
    ]
