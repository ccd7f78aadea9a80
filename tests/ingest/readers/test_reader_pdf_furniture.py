"""What pages print around their text: running headers, line numbers, side notes, watermarks, form fields."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.readers.pdf.reader import read_pdf
from support.drawn_pdf import BOLD, PITCH, TOP, Draw, block, line, make

SMALL = ("Times-Roman", 9.0)
HEAD, FOOT = 790, 40
PROSE = [
    "A grower who sells seed shall keep a record of each lot, of the field in which it was grown, and of the",
    "person to whom it was sold, and shall show the record to an inspector who asks for it, on any day of the",
    "week but Sunday.",
]
UNFINISHED = "The inspector may take a sample of each lot, and sends one half of it to the"
REST = "laboratory of the county, which reports within ten days on what it has found in the sample."


def read(folder: Path, *pages: Sequence[Draw]) -> Reading:
    return read_pdf(make(folder, *pages))


def texts(reading: Reading) -> list[str]:
    return [part.text for part in reading.parts]


def page(*around: Draw, first: str = "", last: str = "") -> list[Draw]:
    middle = TOP - PITCH * 3
    above = [line(first, TOP)] if first else []
    return [*above, *block(PROSE, middle), *([line(last, 90)] if last else []), *around]


def test_heads_that_differ_in_a_short_name(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        page(last=UNFINISHED),
        page(line("Seed Act", HEAD, SMALL), first=REST, last=UNFINISHED),
        page(line("Inspection", HEAD, SMALL), first=REST),
    )
    assert texts(reading) == [" ".join(PROSE), f"{UNFINISHED} {REST}", " ".join(PROSE), f"{UNFINISHED} {REST}",
                              " ".join(PROSE)]  # fmt: skip


def test_head_on_the_only_further_page_repeats_the_title(tmp_path: Path) -> None:
    title = line("Ordinance on seed and its records", 780, ("Times-Bold", 16))
    head = [line("Ordinance on seed", HEAD, SMALL), line("2/2", FOOT, SMALL)]
    reading = read(tmp_path, page(title, last=UNFINISHED), page(*head, first=REST))
    assert texts(reading)[2:] == [f"{UNFINISHED} {REST}", " ".join(PROSE)]


def test_numbered_heads_in_the_size_of_the_text(tmp_path: Path) -> None:
    heads = [
        [line("12", HEAD), line("Seed Act", HEAD, x=300)],
        [line("Records", HEAD, x=280), line("13", HEAD, x=500)],
        [line("14", HEAD), line("Seed Act", HEAD, x=300)],
    ]
    assert texts(read(tmp_path, *(page(*head) for head in heads))) == [" ".join(PROSE)] * 3


def test_lines_of_the_text_that_happen_to_be_alike_stay(tmp_path: Path) -> None:
    begun = "A fee is due for each of the following"
    pages = [[line(begun, TOP), *block([f"({letter}) sale of a lot;"], TOP - PITCH)] for letter in "abc"]
    assert sum(text.count(begun) for text in texts(read(tmp_path, *pages))) == 3


def test_numbered_paragraphs_alike_at_the_head_of_two_pages_stay(tmp_path: Path) -> None:
    pages = [[line(f"{n}. A lot without a record is not sold", TOP), *block(PROSE, TOP - 50)] for n in (1, 2)]
    assert [text[:8] for text in texts(read(tmp_path, *pages))][::2] == ["1. A lot", "2. A lot"]


@pytest.mark.parametrize(("step", "x"), [(1, 60), (5, 540)])
def test_line_numbers_are_removed(tmp_path: Path, step: int, x: float) -> None:
    lines = [
        "AN ACT ABOUT SEED AND ITS RECORDS.",
        "A grower shall keep a record of each lot that is sold in the coun-",
        "ty, and shall keep it for six years after the sale of the lot, or as",
        "long as the inspector asks for it in a letter to the grower, what-",
        "ever the season is.",
        "No lot is sold without a record, and none is sold to a person who",
        "has not shown a licence for the growing of seed in the year before",
        "the sale, or in the year of the sale if it is the first of them.",
        "The county may set a fee for the licence, and may lower it for",
        "those who grow no more than two lots.",
    ]
    pages = [
        [*block(lines, x=90), *(line(str(n), TOP - PITCH * (n - 1), x=x) for n in range(step, 11, step))]
        for _ in range(2)
    ]
    whole = " ".join(texts(read(tmp_path, *pages)))
    assert "sold in the county, and shall keep it" in whole
    assert not [word for word in whole.split() if word.isdigit()]


def test_numbers_of_a_list_stay(tmp_path: Path) -> None:
    names = ["Wheat", "Barley", "Oats", "Rye", "Maize", "Flax", "Clover", "Vetch", "Beet", "Rape"]
    rows = [
        line(text, TOP - PITCH * n, x=x) for n, name in enumerate(names) for text, x in ((str(n + 1), 72), (name, 110))
    ]
    assert "7 Clover" in " ".join(texts(read(tmp_path, rows)))


@pytest.mark.parametrize("x", [30, 450])
def test_side_notes_of_acts_are_headings(tmp_path: Path, x: float) -> None:
    left, tiny = 110, ("Times-Roman", 8.0)
    first = ["1. A grower who sells seed keeps a record of each lot, in the form", "that the county asks for."]
    second = ["2. An inspector may ask for the record, and a grower shows it on", "the same day or on the next."]
    below = TOP - 4 * PITCH
    text = [*block(first, x=left), *block(second, below, left)]
    notes = [*block(["Duty of", "growers."], TOP, x, tiny), *block(["Powers of", "inspectors."], below, x, tiny)]
    reading = read(tmp_path, [*text, *notes])
    assert [(part.kind, part.text[:9]) for part in reading.parts] == [
        (BlockKind.HEADING, "Duty of g"),
        (BlockKind.PARAGRAPH, "1. A grow"),
        (BlockKind.HEADING, "Powers of"),
        (BlockKind.PARAGRAPH, "2. An ins"),
    ]


def test_bold_headings_beside_the_text(tmp_path: Path) -> None:
    rows = [("Growers", ["A grower keeps a record of each lot.", "It is kept for six years."])]
    rows += [("Inspectors", ["An inspector may ask for the record.", "The grower shows it at once."])]
    drawn: list[Draw] = []
    for number, (heading, lines) in enumerate(rows):
        drawn += [line(heading, TOP - 60 * number, BOLD, 60), *block(lines, TOP - 60 * number, 180)]
    reading = read(tmp_path, drawn)
    assert [part.text for part in reading.parts if part.kind is BlockKind.HEADING] == ["Growers", "Inspectors"]
    assert texts(reading)[1] == "A grower keeps a record of each lot. It is kept for six years."


def across(word: str, grey: float, angle: float, size: float) -> Draw:
    """A word written across the page."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.translate(150, 600)
        canvas.rotate(angle)
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(0, 0, word)
        canvas.restoreState()

    return draw


@pytest.mark.parametrize(("word", "grey", "angle"), [("COPY", 0.0, 30), ("NOT IN FORCE", 0.8, 0)])
def test_watermarks_are_left_out_and_reported(tmp_path: Path, word: str, grey: float, angle: float) -> None:
    text = block(PROSE * 5)
    reading = read(tmp_path, [across(word, grey, angle, 60), *text])
    assert word not in " ".join(texts(reading))
    assert reading.warnings == (f"watermark left out: {word}",)


def test_large_titles_in_grey_stay(tmp_path: Path) -> None:
    title = [lambda canvas: canvas.setFillGray(0.7), line("A guide to seed", 780, ("Times-Bold", 30))]
    reading = read(tmp_path, [*title, lambda canvas: canvas.setFillGray(0), *block(PROSE)])
    assert (reading.parts[0].text, reading.warnings) == ("A guide to seed", ())


def test_filled_fields_are_read(tmp_path: Path) -> None:
    def field(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="lot", value="Lot 40 of 2031", x=200, y=TOP - 6, width=150, height=20)
        canvas.acroForm.textfield(name="empty", value="", x=200, y=TOP - 60, width=150, height=20)
        canvas.acroForm.checkbox(name="paid", checked=True, x=200, y=TOP - 105, size=16)

    labels = [line("Number of the lot:", TOP), line("Field:", TOP - 50), line("Fee paid:", TOP - 100)]
    found = texts(read(tmp_path, [*labels, field]))
    assert "Number of the lot: Lot 40 of 2031" in found[0]
    assert any("Fee paid: ☒" in text for text in found)
