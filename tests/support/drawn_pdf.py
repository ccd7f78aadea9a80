"""PDFs drawn for tests: each page a list of what to draw, places in points from the lower left corner."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

BODY, BOLD = ("Times-Roman", 11.0), ("Times-Bold", 11.0)
TOP, PITCH, LEFT = 720, 14, 72
Draw = Callable[[Canvas], Any]


def make(folder: Path, *pages: Sequence[Draw], title: str = "") -> Path:
    canvas = Canvas(str(folder / "a.pdf"), pageCompression=0, invariant=1)
    canvas.setTitle(title)
    for page in pages:
        for draw in page:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return folder / "a.pdf"


def line(text: str, y: float, font: tuple[str, float] = BODY, x: float = LEFT) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(*font)
        canvas.drawString(x, y, text)

    return draw


def block(lines: Sequence[str], y: float = TOP, x: float = LEFT, font: tuple[str, float] = BODY) -> list[Draw]:
    return [line(text, y - PITCH * number, font, x) for number, text in enumerate(lines)]


def columns(*texts: Sequence[str], y: float = TOP, lefts: Sequence[float] = (72, 320)) -> list[Draw]:
    """Columns written row by row, as some programs do, so that the text layer goes from one to the other."""
    rows = zip_longest(*texts)
    return [
        line(text, y - PITCH * row, x=lefts[column])
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]


def grid(rows: Sequence[Sequence[str]], edges: Sequence[float], y: float = TOP, height: float = 20) -> list[Draw]:
    """A ruled table: cells by row, the edges of its columns; lines of a cell are parted by a line end."""
    heights = [height + PITCH * max(cell.count("\n") for cell in row) for row in rows]
    levels = [y - sum(heights[:number]) for number in range(len(rows) + 1)]
    drawn: list[Draw] = [lambda canvas: canvas.grid(list(edges), levels)]
    for row, level in zip(rows, levels, strict=False):
        for cell, left in zip(row, edges, strict=False):
            drawn += block(cell.split("\n"), level - 14, left + 5)
    return drawn


def scan(texts: Sequence[str], text_size: int = 34) -> Draw:
    """A page that is a picture of text, 150 dots to the inch."""
    picture = Image.new("L", (1240, 1754), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(text_size)
    for number, text in enumerate(texts):
        pen.text((120, 160 + 60 * number), text, fill=0, font=font)
    return lambda canvas: canvas.drawImage(ImageReader(picture), 0, 0, *A4)


def raised(before: str, figures: str, after: str, y: float) -> Draw:
    """A line with figures set small and high in its midst."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(LEFT, y)
        for size, rise, piece in ((11, 0, before), (7, 4, figures), (11, 0, after)):
            text.setFont("Times-Roman", size)
            text.setRise(rise)
            text.textOut(piece)
        canvas.drawText(text)

    return draw
