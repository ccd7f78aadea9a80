"""Reading order of a PDF page: columns one after the other, and no false columns."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from pincite.ingest.document import BlockKind
from pincite.ingest.readers.pdf.reader import read_pdf
from support.drawn_pdf import BODY, BOLD, LEFT, PITCH, TOP, Draw, block, columns, line, make

FIRST = [
    "The council met in spring and agreed",
    "that every ministry shall keep a list of",
    "the models it runs, and shall open that",
    "list to auditors who ask for it. Costs of",
    "the list are borne by the ministry that",
]
SECOND = [
    "runs the models, out of its own budget,",
    "and may not be passed on to applicants.",
    "A second meeting in autumn will look at",
    "the lists that were handed in, and at the",
    "audits that came out of the first year.",
]
THIRD = [
    "pass, though audit fees rise",
    "with the number of models on",
    "the list, and fall once again",
    "where an audit has found that",
    "there is no flaw to be mended.",
]
WIDE = "A sentence that runs over the full width of the page stands between two bands of columns, and ends here."


def texts(folder: Path, page: Sequence[Draw]) -> list[str]:
    return [part.text for part in read_pdf(make(folder, page)).parts]


def test_columns_stored_row_by_row_are_read_one_after_the_other(tmp_path: Path) -> None:
    assert texts(tmp_path, columns(FIRST, SECOND)) == [
        f"{' '.join(FIRST)} {' '.join(SECOND[:2])} A second meeting in autumn will look at {' '.join(SECOND[3:])}"
    ]


def test_text_layer_in_column_order_is_unchanged(tmp_path: Path) -> None:
    assert texts(tmp_path, [*block(FIRST), *block(SECOND, x=320)]) == [" ".join(FIRST + SECOND)]


def test_three_columns(tmp_path: Path) -> None:
    narrow = [[" ".join(text.split()[:5]) for text in column] for column in (FIRST, SECOND)]
    found = texts(tmp_path, columns(*narrow, THIRD, lefts=(60, 230, 400)))
    assert " ".join(found) == " ".join([*narrow[0], *narrow[1], *THIRD])


def test_heading_across_columns_divides_the_page_into_bands(tmp_path: Path) -> None:
    below = TOP - PITCH * 10
    page = [
        line("A title that stands over both of the columns below it", TOP + 30, ("Times-Bold", 18)),
        *columns(FIRST[:4], SECOND[:4]),
        line("What the second part of this page is about, in bold type", below + 24, BOLD, x=150),
        *columns(SECOND, FIRST, y=below),
    ]
    assert [text[:24] for text in texts(tmp_path, page)] == [
        "A title that stands over",
        "The council met in sprin",
        "What the second part of ",
        "runs the models, out of ",
        "The council met in sprin",
    ]


def test_full_width_line_separates_columns_above_and_below(tmp_path: Path) -> None:
    page = [*columns(FIRST, SECOND), line(WIDE, TOP - PITCH * 6), *columns(FIRST, SECOND, y=TOP - PITCH * 8)]
    whole = " ".join(texts(tmp_path, page))
    assert (
        whole.index("no flaw" if "no flaw" in whole else "first year") < whole.index(WIDE) < whole.rindex("The council")
    )


def test_paragraph_across_columns_is_rejoined(tmp_path: Path) -> None:
    parts = read_pdf(make(tmp_path, columns(FIRST, SECOND))).parts
    assert [(part.kind, part.turns) for part in parts] == [(BlockKind.PARAGRAPH, ())]


def test_footnotes_of_a_column_are_separate(tmp_path: Path) -> None:
    small = ("Times-Roman", 8.0)
    page = [*columns(FIRST, SECOND), *block(["1 As told by the clerk of the council."], TOP - PITCH * 6, font=small)]
    parts = read_pdf(make(tmp_path, page)).parts
    assert [(part.kind, part.text[:14]) for part in parts if part.kind is BlockKind.FOOTNOTE] == [
        (BlockKind.FOOTNOTE, "1 As told by t")
    ]
    assert " ".join(FIRST + SECOND) in [part.text for part in parts]


def test_numbers_left_of_indented_points_are_not_a_column(tmp_path: Path) -> None:
    points = [f"{text} {SECOND[number]}" for number, text in enumerate(FIRST)]
    page = [
        draw
        for number, text in enumerate(points)
        for draw in (line(f"{number + 1}.", TOP - 40 * number), line(text + ";", TOP - 40 * number, x=110))
    ]
    assert texts(tmp_path, page) == [f"{number + 1}. {text};" for number, text in enumerate(points)]


def test_table_of_contents_keeps_its_numbers(tmp_path: Path) -> None:
    titles = ["What the council is", "How it meets and votes", "Who pays for the meetings", "When it is dissolved"]
    page = [
        draw
        for number, title in enumerate(titles)
        for draw in (line(title, TOP - PITCH * number), line(str(number * 7 + 3), TOP - PITCH * number, x=500))
    ]
    assert texts(tmp_path, page) == [f"{title} {number * 7 + 3}" for number, title in enumerate(titles)]


def test_adjacent_cells_of_running_text_keep_the_order_of_the_text_layer(tmp_path: Path) -> None:
    cells = [(FIRST[:3], SECOND[:4]), (FIRST[3:], SECOND[2:]), (SECOND[:3], FIRST[:4])]
    page = [
        draw
        for row, (left, right) in enumerate(cells)
        for draw in (*block(left, TOP - 80 * row), *block(right, TOP - 80 * row, x=320))
    ]
    whole = " ".join(texts(tmp_path, page))
    assert whole == " ".join(" ".join([*left, *right]) for left, right in cells)


def test_number_stored_apart_from_its_text_precedes_it(tmp_path: Path) -> None:
    page = [
        line("Noting:", TOP),
        line("a.", TOP, x=118),
        line("b.", TOP - 42, x=118),
        *block(SECOND[:2], TOP - 42, 136),
    ]
    page += block([FIRST[0], FIRST[1]], TOP, 136)
    assert texts(tmp_path, page)[0] == f"Noting: a. {FIRST[0]} {FIRST[1]}"


def test_line_stored_last_is_moved_to_where_it_is_printed(tmp_path: Path) -> None:
    page = [*block(FIRST), *block(SECOND, TOP - 140), line("Who pays", TOP - 105, BOLD)]
    assert texts(tmp_path, page)[1:] == ["Who pays", " ".join(SECOND)]


def test_year_at_the_end_of_a_loose_line_does_not_end_a_paragraph(tmp_path: Path) -> None:
    text = "The council met for the first time in"
    year = LEFT + Canvas("").stringWidth(text, *BODY) + 15
    page = [line(text, TOP), line("1998", TOP, x=year), line(FIRST[1], TOP - PITCH)]
    assert texts(tmp_path, page) == [f"{text} 1998 {FIRST[1]}"]
