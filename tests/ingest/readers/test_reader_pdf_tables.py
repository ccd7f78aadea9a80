"""Tables in a PDF as rows; layouts that only resemble tables as running text."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.pdf.reader import read_pdf
from support.drawn_pdf import LEFT, PITCH, TOP, Draw, block, grid, line, make

TABLE, PARAGRAPH = BlockKind.TABLE, BlockKind.PARAGRAPH
ROWS = [["Harbour", "Ships", "Share (%)"], ["Aden", "1,204", "31"], ["Izmir", "980", "25"], ["Both", "2,184", "56"]]
INTRO = "The two harbours report their traffic once a year, in the form that the commission has laid down for it."


def parts(folder: Path, *pages: Sequence[Draw]) -> Sequence[Part]:
    return read_pdf(make(folder, *pages)).parts


def tables(folder: Path, *pages: Sequence[Draw]) -> list[str]:
    return [part.text for part in parts(folder, *pages) if part.kind is TABLE]


def cells(rows: Sequence[Sequence[str]], lefts: Sequence[float], y: float = TOP) -> list[Draw]:
    return [
        line(text, y - PITCH * number, x=left)
        for number, row in enumerate(rows)
        for left, text in zip(lefts, row, strict=True)
        if text
    ]


def test_ruled_table_between_paragraphs(tmp_path: Path) -> None:
    page = [line(INTRO, TOP), *grid(ROWS, (72, 200, 300, 400), TOP - 30), line(INTRO, TOP - 140)]
    assert [(part.kind, part.text) for part in parts(tmp_path, page)] == [
        (PARAGRAPH, INTRO),
        (TABLE, "Harbour | Ships | Share (%)\nAden | 1,204 | 31\nIzmir | 980 | 25\nBoth | 2,184 | 56"),
        (PARAGRAPH, INTRO),
    ]


def test_multi_line_and_empty_cells(tmp_path: Path) -> None:
    rows = [["Duty", "Who bears it"], ["Keeping the regis-\nter of all ships", "The harbour\nmaster"], ["Fees", ""]]
    (found,) = tables(tmp_path, grid(rows, (72, 220, 400)))
    assert found == "Duty | Who bears it\nKeeping the register of all ships | The harbour master\nFees"


def test_rows_without_ruled_lines_between_them(tmp_path: Path) -> None:
    rows = [["Harbour", "Ships"], ["Aden\nIzmir\nSplit", "1,204\n980\n77"]]
    (found,) = tables(tmp_path, grid(rows, (72, 200, 300)))
    assert found == "Harbour | Ships\nAden | 1,204\nIzmir | 980\nSplit | 77"


def test_table_across_pages_is_a_table_on_each(tmp_path: Path) -> None:
    found = parts(tmp_path, grid(ROWS[:2], (72, 200, 300, 400)), grid(ROWS[2:], (72, 200, 300, 400)))
    assert [(part.page, part.kind, part.text[-2:]) for part in found] == [(1, TABLE, "31"), (2, TABLE, "56")]


def test_unruled_columns_of_numbers_are_a_table(tmp_path: Path) -> None:
    (found,) = tables(tmp_path, [line(INTRO, TOP), *cells(ROWS, (72, 200, 300), TOP - 30)])
    assert found == "Harbour | Ships | Share (%)\nAden | 1,204 | 31\nIzmir | 980 | 25\nBoth | 2,184 | 56"


def test_columns_of_names_and_contents_are_not_tables(tmp_path: Path) -> None:
    names = [["Norway", "Oman", "Peru"], ["Qatar", "Rwanda", "Spain"], ["Togo", "Uganda", "Yemen"]]
    contents = [["1", "What it is for", "3"], ["2", "How it works", "9"], ["3", "Who pays", "14"]]
    assert tables(tmp_path, cells(names, (72, 200, 300))) == []
    assert tables(tmp_path, cells(contents, (72, 90, 500))) == []


def test_framed_text_and_ruled_margin_are_not_tables(tmp_path: Path) -> None:
    text = block([INTRO[:50], INTRO[50:]])
    boxed = [lambda canvas: canvas.rect(LEFT - 8, TOP - 40, 460, 60), *text]
    ruled = [lambda canvas: canvas.line(60, 100, 60, 780), lambda canvas: canvas.line(50, 760, 560, 760), *text]
    assert [tables(tmp_path, boxed), tables(tmp_path, ruled)] == [[], []]
    assert [part.text for part in parts(tmp_path, boxed)] == [INTRO.replace("  ", " ")]


def test_boxes_of_running_text_are_not_a_table(tmp_path: Path) -> None:
    long = "\n".join([INTRO[:50], INTRO[50:]] * 6)
    page = grid([["For the one side", "For the other"], [long, long]], (60, 330, 600))
    assert tables(tmp_path, page) == []
    assert " ".join(part.text for part in parts(tmp_path, page)).count("once a year") == 12


def test_boxes_of_a_drawing_are_not_a_table(tmp_path: Path) -> None:
    places = [(72, 700), (180, 660), (300, 610), (240, 560)]
    page: list[Draw] = [
        draw
        for x, y in places
        for draw in (lambda canvas, x=x, y=y: canvas.rect(x, y, 120, 50), line("A step", y + 20, x=x + 8))
    ]
    assert tables(tmp_path, page) == []


def test_cells_of_several_rows_and_columns_are_repeated(tmp_path: Path) -> None:
    def ruled(canvas: Canvas) -> None:
        for y in (700, 640):
            canvas.line(72, y, 372, y)
        canvas.line(172, 680, 372, 680)
        canvas.line(172, 660, 372, 660)
        for x in (72, 172, 372):
            canvas.line(x, 640, x, 700)
        canvas.line(272, 640, 272, 680)

    written = [("Barley", 80, 667), ("Price", 180, 687), ("spring", 180, 667), ("autumn", 280, 667)]
    written += [("40", 180, 647), ("52", 280, 647)]
    (table,) = tables(tmp_path, [ruled, *(line(text, y, x=x) for text, x, y in written)])
    assert table.split("\n") == ["Barley | Price | Price", "Barley | spring | autumn", "Barley | 40 | 52"]
