"""Draws a page of a PDF with a quote marked on it, in a separate process.

PDFium is not thread-safe, and a file that crashes it must not crash the app. Only the contents of the page are drawn:
forms are not opened, so that no script in a file runs, and PDFium fetches nothing.
"""

import base64
import io
import json
import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf.characters import Box, char_box, page_characters
from pincite.ingest.readers.pdf.pages import open_pdf
from pincite.ui.source.quote_alignment import quote_spans
from pincite.ui.style import MARK, MARK_LINE, MARK_SHARE

SCALE = 1.5  # pixels for each point
LARGEST = 4_000_000  # pixels of an image
PATIENCE = 20  # seconds allowed for drawing
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A PNG of `width` times `height` pixels. `mark_start`: where the mark begins, as shares of both; None: no mark."""

    png: bytes
    width: int
    height: int
    mark_start: tuple[float, float] | None


def page_image(file: Path, page: int, quote: str, share: float) -> PageImage:
    """A page, counted from 1, with a quote marked; `share` is its expected position in the text of the page, 0 to 1.

    Raises RejectedFile if the page cannot be drawn.
    """
    asked = json.dumps({"file": str(file), "page": page, "quote": quote, "share": share})
    command = [sys.executable, "-m", "pincite.ui.source.page_image"]
    try:
        done = subprocess.run(  # noqa: S603  this module itself
            command, input=asked.encode(), capture_output=True, cwd=ROOT, timeout=PATIENCE, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise RejectedFile("its page cannot be drawn; open the file in a PDF viewer") from error
    drawn = json.loads(done.stdout)
    mark_start = drawn["spot"] and (drawn["spot"][0], drawn["spot"][1])
    return PageImage(base64.b64decode(drawn["png"]), drawn["width"], drawn["height"], mark_start)


def main() -> None:
    """Draw the page requested on standard input; write the image to standard output as JSON."""
    asked = json.load(sys.stdin)
    picture = draw(Path(asked["file"]), asked["page"], asked["quote"], asked["share"])
    png = base64.b64encode(picture.png).decode()
    json.dump({"png": png, "width": picture.width, "height": picture.height, "spot": picture.mark_start}, sys.stdout)


def draw(file: Path, number: int, quote: str, share: float) -> PageImage:
    """Draw the image in this process. Raises RejectedFile for files that PDFium cannot open."""
    document = open_pdf(file)
    try:
        page = document[number - 1]
        bitmap = page.render(scale=scale_of(*page.get_size()), may_draw_forms=False)
        bars = bars_of(page, bitmap.get_posconv(page), quote, share)
        image = marked(bitmap.to_pil().convert("RGB"), bars)
    finally:
        document.close()
    out = io.BytesIO()
    image.save(out, "PNG")
    mark_start = (bars[0][0] / image.width, bars[0][1] / image.height) if bars else None
    return PageImage(out.getvalue(), image.width, image.height, mark_start)


def scale_of(width: float, height: float) -> float:
    """Pixels per point for a page of this size in points, so that the image stays bounded.

    >>> scale_of(595, 842), scale_of(10_000, 10_000)
    (1.5, 0.2)
    """
    return min(SCALE, math.sqrt(LARGEST / (width * height)))


def bars_of(page: Any, place: Any, quote: str, share: float) -> list[Box]:
    """Rectangles over a quote, one for each line: left, top, right, bottom in pixels."""
    text_page = page.get_textpage()
    text = page_characters(text_page)
    bars: list[Box] = []
    for start, end in quote_spans(text, quote, share):
        printed = [index for index in range(start, end) if text[index].isprintable() and not text[index].isspace()]
        bars += bars_over([in_pixels(place, char_box(text_page, index)) for index in printed])
    return bars


def in_pixels(place: Any, box: Box) -> Box:
    """A box in points from the lower left corner as left, top, right, bottom in pixels."""
    (x, y), (other_x, other_y) = place.to_bitmap(box[0], box[1]), place.to_bitmap(box[2], box[3])
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def bars_over(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of letters in reading order, merged for each line.

    >>> bars_over([(0, 0, 5, 10), (6, 1, 9, 11), (0, 20, 5, 30)])
    [(0, 0, 9, 11), (0, 20, 5, 30)]
    """
    bars: list[Box] = []
    for before, box in zip((None, *boxes), boxes, strict=False):
        if before and (is_same_line(before, box) or is_same_line(transposed(before), transposed(box))):
            left, top, right, bottom = bars[-1]
            bars[-1] = min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3])
        else:
            bars.append(box)
    return bars


def is_same_line(before: Box, box: Box) -> bool:
    """Whether two letters are on one line, at most a wide space apart."""
    height = min(before[3] - before[1], box[3] - box[1])
    shared = min(before[3], box[3]) - max(before[1], box[1])
    check_distinct = max(before[0], box[0]) - min(before[2], box[2])
    return shared > height / 2 and check_distinct < 2 * height


def transposed(box: Box) -> Box:
    """A box with its axes swapped, for vertical text."""
    return box[1], box[0], box[3], box[2]


def marked(image: Image.Image, bars: list[Box]) -> Image.Image:
    """The image with rectangles tinted, framed and underlined: marks do not rely on colour alone."""
    mask = Image.new("L", image.size)
    for bar in bars:
        ImageDraw.Draw(mask).rectangle(bar, fill=255)
    image.paste(ImageChops.multiply(image, Image.new("RGB", image.size, tint())), mask=mask)
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in bars:
        pen.rectangle((left, top, right, bottom), outline=MARK_LINE)
        pen.line((left, bottom, right, bottom), fill=MARK_LINE, width=3)
    return image


def tint() -> tuple[int, ...]:
    """The colour of a mark on white paper."""
    colour = (int(MARK[place : place + 2], 16) for place in (1, 3, 5))
    return tuple(round(255 - (255 - part) * MARK_SHARE) for part in colour)


if __name__ == "__main__":
    main()
