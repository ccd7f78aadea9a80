"""A page of a PDF as a picture with a quote marked on it, drawn in a process of its own.

PDFium serves one thread at a time, and a file that brings it down must not take the app along. The page's contents
alone are drawn: forms are not opened, so that no script of a file runs, and PDFium fetches nothing.
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
from pincite.ingest.readers.pdf.lines import open_pdf
from pincite.ui.source.quote_alignment import quote_spans
from pincite.ui.style import MARK, MARK_LINE, MARK_SHARE

SCALE = 1.5  # pixels for each point
LARGEST = 4_000_000  # pixels of a picture
PATIENCE = 20  # seconds that drawing may take
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of `width` times `height` pixels. `spot`: where the mark begins, as shares of both; None: no mark."""

    png: bytes
    width: int
    height: int
    spot: tuple[float, float] | None


def picture_of(file: Path, page: int, quote: str, share: float) -> Picture:
    """A page, from 1, with a quote marked that is expected at this share of its letters.

    Raises RejectedFile where the page cannot be drawn.
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
    spot = drawn["spot"] and (drawn["spot"][0], drawn["spot"][1])
    return Picture(base64.b64decode(drawn["png"]), drawn["width"], drawn["height"], spot)


def main() -> None:
    """Draw what is asked on standard input; the picture goes to standard output as JSON."""
    asked = json.load(sys.stdin)
    picture = draw(Path(asked["file"]), asked["page"], asked["quote"], asked["share"])
    png = base64.b64encode(picture.png).decode()
    json.dump({"png": png, "width": picture.width, "height": picture.height, "spot": picture.spot}, sys.stdout)


def draw(file: Path, number: int, quote: str, share: float) -> Picture:
    """The picture, drawn in this process. Raises RejectedFile for what PDFium cannot open."""
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
    spot = (bars[0][0] / image.width, bars[0][1] / image.height) if bars else None
    return Picture(out.getvalue(), image.width, image.height, spot)


def scale_of(width: float, height: float) -> float:
    """Pixels for each point of a page of this size in points, so that the picture stays bounded.

    >>> scale_of(595, 842), scale_of(10_000, 10_000)
    (1.5, 0.2)
    """
    return min(SCALE, math.sqrt(LARGEST / (width * height)))


def bars_of(page: Any, place: Any, quote: str, share: float) -> list[Box]:
    """Bars over a quote's words, one for each stretch of a line: left, top, right, bottom in pixels."""
    text_page = page.get_textpage()
    text = page_characters(text_page)
    bars: list[Box] = []
    for start, end in quote_spans(text, quote, share):
        printed = [index for index in range(start, end) if text[index].isprintable() and not text[index].isspace()]
        bars += bars_over([on_picture(place, char_box(text_page, index)) for index in printed])
    return bars


def on_picture(place: Any, box: Box) -> Box:
    """A box of the page, in points from its lower left corner, as left, top, right, bottom in pixels."""
    (x, y), (other_x, other_y) = place.to_bitmap(box[0], box[1]), place.to_bitmap(box[2], box[3])
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def bars_over(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of letters in reading order, those that follow on each other in one line as one.

    >>> bars_over([(0, 0, 5, 10), (6, 1, 9, 11), (0, 20, 5, 30)])
    [(0, 0, 9, 11), (0, 20, 5, 30)]
    """
    bars: list[Box] = []
    for before, box in zip((None, *boxes), boxes, strict=False):
        if before and (follows(before, box) or follows(sideways(before), sideways(box))):
            left, top, right, bottom = bars[-1]
            bars[-1] = min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3])
        else:
            bars.append(box)
    return bars


def follows(before: Box, box: Box) -> bool:
    """Whether two letters stand in one line, no further from each other than a wide space."""
    height = min(before[3] - before[1], box[3] - box[1])
    shared = min(before[3], box[3]) - max(before[1], box[1])
    check_distinct = max(before[0], box[0]) - min(before[2], box[2])
    return shared > height / 2 and check_distinct < 2 * height


def sideways(box: Box) -> Box:
    """A box with its axes exchanged, for text that runs up or down the page."""
    return box[1], box[0], box[3], box[2]


def marked(image: Image.Image, bars: list[Box]) -> Image.Image:
    """The picture with bars tinted, framed and underlined: the mark is not told by its colour alone."""
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
