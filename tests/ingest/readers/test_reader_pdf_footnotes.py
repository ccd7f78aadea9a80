"""Footnotes of PDFs: told from the text by raised numbers, rules, size, markers and place."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.readers.pdf.reader import read_pdf
from support.drawn_pdf import LEFT, PITCH, TOP, Draw, block, line, make, raised

PROSE = [
    "The commission meets four times a year, and more often if three of its members ask for it in writing, with",
    "the reasons why the matter cannot wait, and with the papers that the members need to prepare themselves.",
]


def read(folder: Path, *pages: Sequence[Draw]) -> Reading:
    return read_pdf(make(folder, *pages))


def notes(reading: Reading) -> list[tuple[int | None, str]]:
    return [(part.page, part.text) for part in reading.parts if part.kind is BlockKind.FOOTNOTE]


def note(number: str, text: str, y: float, size: float) -> Draw:
    """A footnote that begins with a superscript number."""

    def draw(canvas: Canvas) -> None:
        drawn = canvas.beginText(LEFT, y)
        for own, rise, piece in ((size * 0.6, 3, number), (size, 0, f" {text}")):
            drawn.setFont("Times-Roman", own)
            drawn.setRise(rise)
            drawn.textOut(piece)
        canvas.drawText(drawn)

    return draw


def rule(y: float, right: float = 200) -> Draw:
    return lambda canvas: canvas.line(LEFT, y, right, y)


MARKED = raised("The chair sets the agenda", "4", " and sends it to all.", TOP - 3 * PITCH)


@pytest.mark.parametrize("size", [10.5, 11.0])
def test_notes_in_the_size_of_the_text_by_number_and_marker(tmp_path: Path, size: float) -> None:
    reading = read(tmp_path, [*block(PROSE), MARKED, note("4", "Rules of 2029, page 3.", 80, size)])
    assert notes(reading) == [(1, "4 Rules of 2029, page 3.")]


def test_notes_with_plain_numbers_under_a_rule(tmp_path: Path) -> None:
    small = ("Times-Roman", 10.0)
    reading = read(tmp_path, [*block(PROSE), rule(94), line("4 Rules of 2029.", 80, small), line("5 Ibid.", 68, small)])
    assert notes(reading) == [(1, "4 Rules of 2029."), (1, "5 Ibid.")]


def test_notes_that_outnumber_the_text(tmp_path: Path) -> None:
    long = [
        f"as the minutes of the meeting of day {n} of the month show, with the list of those who came"
        for n in range(30)
    ]
    small = ("Times-Roman", 7.0)
    page = [*block(PROSE), MARKED, note("4", "Rules of 2029,", 560, 7), *block(long, 550, font=small)]
    reading = read(tmp_path, page, [*block(PROSE)])
    assert [number for number, _ in notes(reading)] == [1]
    assert [part.kind for part in reading.parts].count(BlockKind.PARAGRAPH) == 3


def test_notes_before_the_text_in_the_text_layer(tmp_path: Path) -> None:
    reading = read(tmp_path, [note("4", "Rules of 2029.", 80, 8), *block(PROSE), MARKED])
    assert reading.parts[-1].text == "4 Rules of 2029."
    assert reading.parts[0].text.startswith("The commission meets")


def test_note_goes_on_overleaf(tmp_path: Path) -> None:
    small = ("Times-Roman", 8.0)
    first = [*block(PROSE), MARKED, rule(94), note("4", "See the report on the meetings of the year, and the", 80, 8)]
    second = [*block(PROSE), rule(94), line("answer of the members to it.", 80, small)]
    assert notes(read(tmp_path, first, second))[1] == (2, "answer of the members to it.")


def test_notes_alike_but_for_a_number_stay(tmp_path: Path) -> None:
    pages = [
        [*block(PROSE), raised("It votes", str(n), " in public.", 640), line(f"{n} Minutes, page {n + 4}.", 60)]
        for n in range(1, 6)
    ]
    found = " ".join(part.text for part in read(tmp_path, *pages).parts)
    assert [f"{n} Minutes, page {n + 4}." in found for n in range(1, 6)] == [True] * 5


def test_points_and_small_tables_at_the_foot_of_a_page_stay_in_the_text(tmp_path: Path) -> None:
    small = ("Times-Roman", 9.0)
    points = block(["(1) the chair;", "(2) the clerk;", "(3) 4 members."], 90, font=small)
    assert notes(read(tmp_path, [*block(PROSE), *points])) == []


def test_markers_in_parentheses(tmp_path: Path) -> None:
    def marked(canvas: Canvas) -> None:
        drawn = canvas.beginText(LEFT, TOP)
        for size, rise, piece in ((11, 0, "Having regard to the opinion of the board ("), (7, 4, "2"), (11, 0, "),")):
            drawn.setFont("Times-Roman", size)
            drawn.setRise(rise)
            drawn.textOut(piece)
        canvas.drawText(drawn)

    def own(canvas: Canvas) -> None:
        drawn = canvas.beginText(LEFT, 80)
        for size, rise, piece in ((8.5, 0, "("), (5, 3, "2"), (8.5, 0, ") Journal 7, page 40.")):
            drawn.setFont("Times-Roman", size)
            drawn.setRise(rise)
            drawn.textOut(piece)
        canvas.drawText(drawn)

    reading = read(tmp_path, [marked, *block(PROSE, TOP - 3 * PITCH), own])
    assert reading.parts[0].text == "Having regard to the opinion of the board[2],"
    assert notes(reading) == [(1, "(2) Journal 7, page 40.")]
