"""Scanned pages read by RapidOCR, whose models come with its package: nothing is fetched. Needs the extra `ocr`."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

import pypdfium2

from pincite.ingest.readers.pdf.lines import Line, baselines, line_of

SECONDS = 120.0  # for a document: pages that are not begun by then stay unread, and are told
POINTS_PER_INCH = 72
DOTS_PER_INCH = 150
LONGEST_SIDE = 2200  # dots: a poster is read in coarser ones
DETECTION_SIDE = 1280  # dots: lines are found in a coarser picture than they are read in, in a third of the time
TYPE_SIZE = 0.72  # of the height of the box that OCR draws around a line
ALIKE = 0.2  # of the type size of a page's text: OCR measures no finer
SURE = 0.5  # of 1: what OCR is less sure of is a picture or a speck


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None


def recognised(path: Path, numbers: Sequence[int], seconds: float = SECONDS) -> dict[int, list[Line]]:
    """Lines of the pages `numbers`, from 1, of a PDF; of those for which the time sufficed."""
    ends = monotonic() + seconds
    document = pypdfium2.PdfDocument(path)
    read: dict[int, list[Line]] = {}
    try:
        for number in numbers:
            if monotonic() > ends:
                break
            read[number] = page_lines(document[number - 1])
    finally:
        document.close()
    return read


def page_lines(page: Any) -> list[Line]:
    """Lines of a page of PDFium, read off its picture."""
    scale = min(DOTS_PER_INCH / POINTS_PER_INCH, LONGEST_SIDE / max(1, *page.get_size()))
    found = engine()(page.render(scale=scale).to_numpy())
    if found.boxes is None:
        return []
    pieces = [
        make_piece(text, box, scale, page.get_height())
        for text, box, score in zip(found.txts, found.boxes.tolist(), found.scores, strict=True)
        if score >= SURE and text.strip()
    ]
    return [line_of(sorted(row, key=lambda piece: piece.left)) for row in baselines(even_sizes(pieces))]


@cache
def engine() -> Any:
    """The reader of pictures, loaded once and late: it is an extra, and slow to load.

    It does without its classifier of upside-down lines, which takes upright ones for such; and it runs in ONNX Runtime,
    as quick here as OpenVINO and smaller by a quarter of a gigabyte.
    """
    settings = {"Global.log_level": "critical", "Global.use_cls": False}
    settings |= {"Det.limit_type": "max", "Det.limit_side_len": DETECTION_SIDE}
    return import_module("rapidocr").RapidOCR(params=settings)


def make_piece(text: str, box: Sequence[Sequence[float]], scale: float, height: float) -> Line:
    """A piece of a line from the four corners of its box in dots from the upper left corner of the page."""
    across, down = [x / scale for x, _ in box], [y / scale for _, y in box]
    bottom, top = height - max(down), height - min(down)
    return Line(text.strip(), min(across), bottom, max(across), top, (top - bottom) * TYPE_SIZE, bold=False)


def even_sizes(pieces: Sequence[Line]) -> list[Line]:
    """Pieces with the type size of the page's text where theirs is nearly that."""
    usual = median([piece.size for piece in pieces] or [0])
    return [replace(piece, size=usual) if abs(piece.size - usual) <= ALIKE * usual else piece for piece in pieces]
