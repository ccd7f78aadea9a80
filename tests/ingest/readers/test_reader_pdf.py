"""PDF: paragraphs, headings and footnotes on their pages, without running headers and footers."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pincite.ingest.document import BlockKind, Document, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf.reader import read_pdf
from pincite.ingest.reading import read_document
from support.drawn_pdf import BOLD, LEFT, PITCH, TOP, Draw, block, line, make, raised

HEADING, PARAGRAPH, FOOTNOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.FOOTNOTE
PROSE = [
    "The Assembly decides that each member State shall open a public register of the systems that its public",
    "bodies use, that the register shall be open to all without charge, and that it shall receive the entry for",
    "a new system no later than thirty days after its first use.",
]
OTHER = [
    "It invites member States with a working register to second staff to those that have none, and requests the",
    "Executive Secretary to report on registers opened and on assessments published at the third session.",
]


def read(folder: Path, *pages: Sequence[Draw]) -> Reading:
    return read_pdf(make(folder, *pages))


def texts(reading: Reading) -> list[str]:
    return [part.text for part in reading.parts]


def kinds(reading: Reading) -> list[tuple[BlockKind, str]]:
    return [(part.kind, part.text) for part in reading.parts]


def document(folder: Path, *pages: Sequence[Draw]) -> Document:
    return read_document(make(folder, *pages), "a.pdf")


def test_lines_are_joined_into_paragraphs(tmp_path: Path) -> None:
    below = TOP - PITCH * 4.5
    assert texts(read(tmp_path, [*block(PROSE), *block(OTHER, below)])) == [" ".join(PROSE), " ".join(OTHER)]


def test_paragraph_across_pages_is_one_and_records_the_page_break(tmp_path: Path) -> None:
    made = document(tmp_path, block(PROSE[:2], 100), [*block(PROSE[2:]), *block(OTHER, TOP - PITCH * 3)])
    assert made.text == f"{' '.join(PROSE)}\n\n{' '.join(OTHER)}"
    turn = made.text.index("a new system")
    assert [made.page_at(offset) for offset in (turn - 1, turn)] == [1, 2]


def test_word_hyphenated_across_pages_is_rejoined(tmp_path: Path) -> None:
    first, second = (
        "The Assembly, recalling that regulation of models is needed, calls for the regu-",
        "lation of them.",
    )
    made = document(tmp_path, [line(first, 100)], [line(second, TOP)])
    assert made.text.endswith("calls for the regulation of them.")
    assert made.page_at(made.text.index("lation of them")) == 2


def test_complete_paragraphs_end_with_their_page(tmp_path: Path) -> None:
    reading = read(tmp_path, block(PROSE), [line("Annex", TOP)], block(OTHER))
    assert [part.page for part in reading.parts] == [1, 2, 3]


def test_running_lines_and_page_numbers_are_removed(tmp_path: Path) -> None:
    pages = [
        [line("MF/OBS/2025/1", 780), line(f"Sample report. Page {n} of 4", 40), line(f"{n + 10}", 25), *block(PROSE)]
        for n in range(1, 5)
    ]
    assert texts(read(tmp_path, *pages)) == [" ".join(PROSE)] * 4


def test_identical_pages_keep_their_text(tmp_path: Path) -> None:
    assert texts(read(tmp_path, *[[line("The same line.", TOP)]] * 4)) == ["The same line."] * 4
    forms = [[line("Form 7", 780), *block(PROSE + OTHER), line(f"A name {n * 'x'}", 500)] for n in range(1, 5)]
    assert texts(read(tmp_path, *forms))[:3] == [" ".join(PROSE), " ".join(OTHER), "A name x"]


def test_numbers_and_headings_at_the_edge_of_a_page_are_kept(tmp_path: Path) -> None:
    pages = [
        [line(f"Article {n * n + 3}", TOP + 20), *block(PROSE), line(f"{n * 137}", 60), line(f"{n}", 30)]
        for n in range(1, 6)
    ]
    found = " ".join(texts(read(tmp_path, *pages)))
    assert [f"Article {n * n + 3}" in found for n in range(1, 6)] == [True] * 5
    assert [f" {n * 137}" in found for n in range(1, 6)] == [True] * 5
    assert not found.endswith(" 5")


def test_last_table_row_is_kept_on_pages_without_numbers(tmp_path: Path) -> None:
    cells = [line(text, 100, x=x) for x, text in ((72, "All"), (200, "212"), (300, "3"))]
    assert "212" in " ".join(texts(read(tmp_path, [*block(PROSE), *cells])))


def test_headings_by_font_size_and_weight(tmp_path: Path) -> None:
    title = [line("A report on", TOP, ("Times-Bold", 20)), line("pooled computing", TOP - 24, ("Times-Bold", 20))]
    page = [
        *title,
        line("How it was made", 660, BOLD),
        *block(PROSE, 640),
        line("In larger type", 560, ("Times-Roman", 13)),
    ]
    reading = read(tmp_path, [*page, *block(OTHER, 540)])
    assert [(part.kind, part.level, part.text[:16]) for part in reading.parts] == [
        (HEADING, 1, "A report on pool"),
        (HEADING, 2, "How it was made"),
        (PARAGRAPH, 0, "The Assembly dec"),
        (HEADING, 2, "In larger type"),
        (PARAGRAPH, 0, "It invites membe"),
    ]


def test_slightly_larger_headings_are_above_bold_ones(tmp_path: Path) -> None:
    larger = ("Times-Bold", 13.0)
    page = [line("Part one", TOP, larger), line("Its aim", 700, BOLD), *block(PROSE, 680)]
    page += [line("Part two", 600, larger), line("Its means", 580, BOLD), *block(OTHER, 560)]
    levels = [(part.text, part.level) for part in read(tmp_path, page).parts if part.kind is HEADING]
    assert levels == [("Part one", 2), ("Its aim", 3), ("Part two", 2), ("Its means", 3)]


def test_file_with_damaged_properties_is_read(tmp_path: Path) -> None:
    path = make(tmp_path, block(PROSE), title="A report on ships")
    stated = path.read_bytes()
    path.write_bytes(stated.replace(b"(A report on ships)", b"(\\376\\377\\330\\000abcdefg)"))
    assert (path.read_bytes() != stated, texts(read_pdf(path))) == (True, [" ".join(PROSE)])


def test_font_size_includes_the_text_matrix(tmp_path: Path) -> None:
    def scaled(text: str, size: float, y: float) -> Draw:
        def draw(canvas: Canvas) -> None:
            words = canvas.beginText()
            words.setFont("Times-Roman", 1)
            words.setTextTransform(size, 0, 0, size, LEFT, y)
            words.textOut(text)
            canvas.drawText(words)

        return draw

    page = [scaled("A heading", 18, TOP), *(scaled(text, 11, 680 - PITCH * n) for n, text in enumerate(PROSE))]
    assert kinds(read(tmp_path, page)) == [(HEADING, "A heading"), (PARAGRAPH, " ".join(PROSE))]


def test_bold_first_words_are_not_a_heading(tmp_path: Path) -> None:
    wide = Canvas("").stringWidth("Human baseline: ", *BOLD)
    first = [
        line("Human baseline: ", TOP, BOLD),
        line("risk management of systems that are meant to replace", TOP, x=LEFT + wide),
    ]
    assert kinds(read(tmp_path, [*first, *block(PROSE, TOP - PITCH)])) == [
        (PARAGRAPH, f"Human baseline: risk management of systems that are meant to replace {' '.join(PROSE)}")
    ]


def test_footnotes_are_separate_and_on_their_page(tmp_path: Path) -> None:
    small = ("Times-Roman", 8.5)
    notes = [line("1", 64, ("Times-Roman", 5.5)), line("Resolution 70/1.", 60, small, LEFT + 5)]
    notes += [
        line("2 See the report of", 48, small),
        line("15 May on the matter.", 38, small),
        line("3 Ibid.", 26, small),
    ]
    marked = raised("The Assembly, recalling its decision", "1", " on the matter, and being of the firm view that", 100)
    made = document(tmp_path, [marked, *notes], [line("it must act now.", TOP), *block(OTHER, TOP - 40)])
    blocks = [(item.kind, made.page_at(item.start), made.text[item.start : item.end]) for item in made.blocks]
    assert blocks[:3] == [
        (FOOTNOTE, 1, "1 Resolution 70/1."),
        (FOOTNOTE, 1, "2 See the report of 15 May on the matter."),
        (FOOTNOTE, 1, "3 Ibid."),
    ]
    assert blocks[3][1:] == (
        1,
        "The Assembly, recalling its decision[1] on the matter, and being of the firm view that it must act now.",
    )
    assert made.page_at(made.text.index("it must act now")) == 2


def test_row_of_underscores_separates_footnotes(tmp_path: Path) -> None:
    page = [*block(PROSE), line("_" * 12, 90), line("1 A note in the size of the text.", 76)]
    assert kinds(read(tmp_path, page))[1] == (FOOTNOTE, "1 A note in the size of the text.")


@pytest.mark.parametrize(
    ("before", "figures", "after", "read_as"),
    [
        ("greater than 10", "25", " operations", "greater than 10^25 operations"),
        ("the Convention", "4", " and others", "the Convention[4] and others"),
        ("in the year 2024", "7", " or later", "in the year 2024[7] or later"),
        ("an area of 40 km", "2", " or more", "an area of 40 km² or more"),
    ],
)
def test_superscripts(tmp_path: Path, before: str, figures: str, after: str, read_as: str) -> None:
    assert texts(read(tmp_path, [raised(before, figures, after, TOP)])) == [read_as]


def test_hyphens_at_line_ends(tmp_path: Path) -> None:
    lines = [
        "The Forum governs how regulation is made, and its multi-stakeholder group asked for more of the regu-",
        "lation of models; the 5-year plan of this multi-stakeholder body is for a second year, and for the 5-",
        "year review that follows it the Secretariat shall consult, as it did in the past, the full multi-",
        "stakeholder group.",
    ]
    (whole,) = texts(read(tmp_path, block(lines)))
    assert "more of the regulation of models" in whole
    assert "for the 5-year review" in whole
    assert whole.endswith("the full multi-stakeholder group.")


def test_points_begin_paragraphs_and_hanging_lines_continue_them(tmp_path: Path) -> None:
    lines = [
        line("1. The facility, which was set up by the Assembly, is however late, and at its end of the year,", TOP),
        line("Kigali being the largest site of all of them, some machines will be missing in each of them.", 706, x=97),
        line("(a) raise the target to a higher one of machines in the time that the sites need for them;", 692, x=97),
        line("• choose another site", 678, x=97),
        line("• keep a reserve", 664, x=97),
    ]
    assert [text[:12] for text in texts(read(tmp_path, lines))] == [
        "1. The facil", "(a) raise th", "• choose ano", "• keep a res",
    ]  # fmt: skip


def test_leading_code_begins_a_paragraph(tmp_path: Path) -> None:
    made = [
        "KEEP 1.6: The systems are counted and each of them has somebody who cares for it every day.",
        "KEEP 1.7: Those that go are taken out of service with care, in a way that hurts nobody at all.",
    ]
    assert texts(read(tmp_path, block(made))) == made


def test_pages_without_text_give_a_warning_and_keep_their_number(tmp_path: Path) -> None:
    made = document(tmp_path, [], block(PROSE), [], [], block(OTHER))
    assert made.warnings == ("no text layer on pages 1, 3-4",)
    assert [made.page_at(item.start) for item in made.blocks] == [2, 5]
    with pytest.raises(RejectedFile, match="all pages are blank; export it again"):
        read(tmp_path, [], [])


def test_damaged_page_is_skipped_with_a_warning(tmp_path: Path) -> None:
    path = make(tmp_path, block(PROSE), block(OTHER), block(["The last page."]))
    path.write_bytes(
        path.read_bytes().replace(b"/Type /Page\n", b"/Type /Pxxx\n", 2).replace(b"/Type /Pxxx", b"/Type /Page", 1)
    )
    reading = read_pdf(path)
    assert [(part.page, part.text) for part in reading.parts] == [(1, " ".join(PROSE)), (3, "The last page.")]
    assert reading.warnings == ("damaged and left out: pages 2",)


def test_text_outside_the_page_is_skipped(tmp_path: Path) -> None:
    assert texts(read(tmp_path, [*block(PROSE), line("Far away", 400, x=5000), line("Below", -300)])) == [
        " ".join(PROSE)
    ]


def test_rejection_names_password_and_damage(tmp_path: Path) -> None:
    locked = Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("secret"))
    locked.drawString(72, 72, "Secret.")
    locked.save()
    with pytest.raises(RejectedFile, match="protected by a password"):
        read_pdf(tmp_path / "locked.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"rubbish" * 50)
    with pytest.raises(RejectedFile, match="damaged or not a PDF"):
        read_pdf(tmp_path / "broken.pdf")


@pytest.mark.parametrize(
    ("title", "stated"), [("A report on trust", True), ("final_v3.docx", False), ("untitled", False)]
)
def test_title_property_is_used_if_plausible(tmp_path: Path, title: str, *, stated: bool) -> None:
    assert read_pdf(make(tmp_path, block(PROSE), title=title)).properties == ({"title": title} if stated else {})


def test_sample_reports_lose_no_number(corpus: Path) -> None:
    reading = read_pdf(corpus / "reports" / "MF-OBS-2025-1-state-of-pooled-computing.pdf")
    assert {part.page for part in reading.parts} == {1, 2, 3, 4}
    whole = "\n".join(texts(reading))
    assert "Kigali (Rwanda) | 1,150 | 78 | 2,512 | 1,708 | 68" in whole
    notes: list[Part] = [part for part in reading.parts if part.kind is FOOTNOTE]
    assert [(part.page, part.text[:6]) for part in notes] == [
        (1, "1 Appl"),
        (2, "2 Mete"),
        (2, "3 85 p"),
        (3, "4 Priy"),
    ]
