"""Layout of pages: the right values of small inputs, each made for one kind of fault, and of real documents."""

import re
from pathlib import Path
from random import Random

import pytest

from pincite.eval.bench.ingestion.pdf_words import MOST_LOST, count_words
from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf.reader import read_pdf

HEADING, PARAGRAPH, FOOTNOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.FOOTNOTE
SAMPLED = 6  # real PDFs whose words are counted


def texts(reading: Reading) -> list[str]:
    return [part.text for part in reading.parts]


def of_kind(reading: Reading, kind: BlockKind) -> list[Part]:
    return [part for part in reading.parts if part.kind is kind]


def containing(reading: Reading, words: str) -> Part:
    return next(part for part in reading.parts if words in part.text)


def test_sentences_go_on_across_pages_without_running_heads(shared: Path) -> None:
    reading = read_pdf(shared / "faults" / "running_head_in_sentence.pdf")
    part = containing(reading, "who sends it to the council and to the clerk of the county")
    assert (part.page, len(part.turns)) == (1, 1)
    assert part.text[part.turns[0] :].startswith("council and to the clerk")
    assert not [text for text in texts(reading) if "Ardenia" in text or "Lighthouses" in text]


def test_left_and_right_heads_are_removed(shared: Path) -> None:
    reading = read_pdf(shared / "faults" / "running_head_verso_recto.pdf")
    assert [text[:2] for text in texts(reading)] == ["1.", "2.", "3.", "4.", "5.", "6."]


@pytest.mark.parametrize("name", ["footnotes_10pt_of_11pt.pdf", "footnotes_alike_vanish.pdf"])
def test_footnotes_are_apart(shared: Path, name: str) -> None:
    reading = read_pdf(shared / "faults" / name)
    assert [(part.page, part.text[:2]) for part in of_kind(reading, FOOTNOTE)] == [(1, "1 "), (2, "2 "), (3, "3 ")]
    assert [text[:2] for text in (part.text for part in of_kind(reading, PARAGRAPH))] == [
        "1.", "2.", "3.", "4.", "5.", "6.",
    ]  # fmt: skip


def test_line_numbers_of_bills_are_removed_and_words_rejoined(shared: Path) -> None:
    found = texts(read_pdf(shared / "faults" / "bill_line_numbers.pdf"))
    assert any("shall enter each failure of it in the log of the station." in text for text in found)
    assert any("is liable to a fine of 200 crowns" in text for text in found)
    assert {"SECTION 1. SHORT TITLE.", "SEC. 2. DUTY OF KEEPERS.", "SEC. 3. REPORTS."} <= set(found)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("ragged_lines_split.pdf", "comments on this draft order by September 21, 2026."),
        ("reference_at_line_head.pdf", "leave under section 5. The Board grants leave"),
    ],
)
def test_lines_that_need_a_continuation_are_joined(shared: Path, name: str, whole: str) -> None:
    assert containing(read_pdf(shared / "faults" / name), whole)


def test_side_notes_are_headings_of_their_section(shared: Path) -> None:
    reading = read_pdf(shared / "faults" / "side_notes_of_act.pdf")
    assert [(part.kind, part.text[:12]) for part in reading.parts[:6]] == [
        (HEADING, "Short title "),
        (PARAGRAPH, "1. This Act "),
        (HEADING, "Meaning of e"),
        (PARAGRAPH, "2. In this A"),
        (HEADING, "Duty of the "),
        (PARAGRAPH, "3. A keeper "),
    ]


def test_side_headings_are_apart(shared: Path) -> None:
    reading = read_pdf(shared / "faults" / "side_headings.pdf")
    assert [part.text for part in of_kind(reading, HEADING)] == ["Fees", "Appeals", "Nets"]
    assert containing(reading, "The council reviews").text.startswith("The fee for a berth")


def test_watermark_of_one_page_is_left_out_and_reported(shared: Path) -> None:
    reading = read_pdf(shared / "faults" / "watermark_one_page.pdf")
    assert [text[:2] for text in texts(reading)] == ["1.", "2."]
    assert reading.warnings == ("watermark left out: DRAFT",)


def test_values_of_form_fields_are_beside_their_labels(shared: Path) -> None:
    assert containing(read_pdf(shared / "faults" / "form_values.pdf"), "Name of the vessel: Northern Gull")


@pytest.mark.parametrize(
    ("name", "page", "rows"),
    [
        ("faults/merged_cells.pdf", 1, ["1,700 | 6 | 5 | 4 | 8.72", "1,700 | 65.38 | 78.46 | 98.08 | 8.72"]),
        ("field/my/PUA 376.pdf", 7, ["RM1,700 | 6 | 5 | 4 | RM8.72", "RM1,700 | RM65.38 | RM78.46 | RM98.08 | RM8.72"]),
    ],
)
def test_cells_of_several_rows(shared: Path, name: str, page: int, rows: list[str]) -> None:
    table = next(part for part in read_pdf(shared / name).parts if part.kind is BlockKind.TABLE and part.page == page)
    assert table.text.split("\n")[-2:] == rows


def test_united_nations_resolution_of_two_pages(shared: Path) -> None:
    reading = read_pdf(shared / "field" / "un" / "A_RES_73_8-EN.pdf")
    assert containing(reading, "57/11 of 12 November 2002, 58/7 of 4 November 2003").turns
    assert [part.text for part in of_kind(reading, FOOTNOTE)] == ["1 A/73/85."]


def test_united_nations_resolution_of_five_pages(shared: Path) -> None:
    reading = read_pdf(shared / "field" / "un" / "A_RES_73_6-EN.pdf")
    assert containing(reading, "current and future generations would be consistent with the long-standing principles")
    assert not [text for text in texts(reading) if "18-17962 3/5" in text]


def test_running_heads_of_an_act_in_force_are_all_removed(shared: Path) -> None:
    found = texts(read_pdf(shared / "field" / "my" / "Contracts-Act-1950.pdf"))
    assert not [text for text in found if "Laws of Malaysia ACT" in text or re.fullmatch(r"Contracts \d+", text)]


def test_schedules_in_small_print_are_no_footnotes(shared: Path) -> None:
    reading = read_pdf(shared / "field" / "my" / "holidays_act_1951.pdf")
    assert [part.text[:6] for part in of_kind(reading, FOOTNOTE)] == ["*NOTE-"]


def test_footnotes_that_outnumber_the_text(shared: Path) -> None:
    reading = read_pdf(shared / "field" / "fr" / "federal-register-2020-17221.pdf")
    assert [part.text.split()[0] for part in of_kind(reading, FOOTNOTE)] == [str(n) for n in range(1, 16)]
    assert containing(reading, "after takeoff from Soekarno-Hatta International Airport")
    assert containing(reading, "comments on this proposed AD by September 21, 2020.")


def test_footnotes_of_guidelines_in_almost_the_size_of_the_text(shared: Path) -> None:
    reading = read_pdf(shared / "field" / "edpb" / "consent.pdf")
    assert len(of_kind(reading, FOOTNOTE)) >= 75
    assert containing(reading, "15 Recital 43 GDPR states").kind is FOOTNOTE


def test_side_notes_of_an_amending_act(shared: Path) -> None:
    reading = read_pdf(shared / "field" / "lk" / "2025-013-en.pdf")
    assert containing(reading, "any method by which information is generated, sent, received or stored by electronic")
    at = texts(reading).index("Amendment of section 9 of the principal enactment")
    assert reading.parts[at].kind is HEADING
    assert reading.parts[at + 1].text.startswith("4. Section 9 of the principal enactment")


def test_european_act_has_articles_and_their_titles_on_lines_of_their_own(shared: Path) -> None:
    reading = read_pdf(shared / "field" / "eu_gdpr_32016R0679.pdf")
    at = texts(reading).index("Article 44")
    assert texts(reading)[at + 1] == "General principle for transfers"
    assert not [text for text in texts(reading) if "EN Official Journal" in text]
    assert containing(reading, "(4) Directive 95/46/EC of the European").kind is FOOTNOTE


def test_no_words_are_lost(shared: Path) -> None:
    real = sorted(file for folder in ("corpus", "domains", "field") for file in (shared / folder).rglob("*.pdf"))
    counts = []
    seeded = Random(17)  # noqa: S311  a sample, not a secret
    for path in [*seeded.sample(real, SAMPLED), *sorted((shared / "faults").glob("*.pdf"))]:
        try:
            counts.append(count_words(path))
        except RejectedFile:
            continue
    assert sum(len(count.lost) for count in counts) <= MOST_LOST * sum(count.total for count in counts)
