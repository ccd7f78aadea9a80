"""PDFs drawn for tests: each page a list of what to draw, places in points from the lower left corner."""

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

BODY, BOLD = ("Times-Roman", 11.0), ("Times-Bold", 11.0)
TOP, PITCH, LEFT = 720, 14, 72
Draw = Callable[[Canvas], None]


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
