import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pincite.answer.pipeline import ask
from pincite.answer.schema import answer_record
from pincite.briefing.book import BriefingBook
from pincite.briefing.questions.questions import BriefingQuestion
from pincite.briefing.writers.xlsx_writer import add_sheet, workbook, write_csv, write_xlsx
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index
from support.briefed import FORMULA, book_of

DANGEROUS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1")


@pytest.fixture
def book(sample: Index, embedder: Embedder) -> BriefingBook:
    return book_of(sample, embedder)


def test_sheets_have_filters_a_frozen_head_and_wrapped_text(book: BriefingBook, tmp_path: Path) -> None:
    write_xlsx(book, tmp_path / "book.xlsx")
    made = load_workbook(tmp_path / "book.xlsx")
    assert made.sheetnames == ["Answers", "Statements", "Documents", "Settings"]
    for sheet in made.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A2"].alignment.wrap_text
    assert [row[0] for row in made["Answers"].iter_rows(min_row=2, values_only=True)] == ["a", "c", "b", "d", "e"]


def test_a_row_for_each_statement_and_citation(book: BriefingBook, tmp_path: Path) -> None:
    write_xlsx(book, tmp_path / "book.xlsx")
    rows = list(load_workbook(tmp_path / "book.xlsx")["Statements"].iter_rows(min_row=2, values_only=True))
    expected = [(s.text, c.quote) for one in book.answers() for s in one.statements for c in one.verified(s)]
    assert len(rows) == len(expected)
    assert rows[0][10] == expected[0][1]
    assert {row[3] for row in rows} == {"quoted", "partly"}


def test_rows_of_a_table_are_lines_of_a_cell(sample: Index, embedder: Embedder, tmp_path: Path) -> None:
    asked = BriefingQuestion("t", "How many accelerators were installed at Kigali on 30 June 2025?")
    record = answer_record(ask(sample, embedder, asked.question))
    write_xlsx(BriefingBook("Sites", "2026-03-01", {}, (asked,), lambda _: record, {}), tmp_path / "book.xlsx")
    made = load_workbook(tmp_path / "book.xlsx")
    for sheet, column in (("Answers", 4), ("Statements", 2)):
        lines = next(made[sheet].iter_rows(min_row=2, values_only=True))[column]
        assert "\nKigali | 1,150 | 1,450 | 1,800 | 2,100\n" in str(lines)


def test_nothing_in_a_workbook_is_a_formula(book: BriefingBook, tmp_path: Path) -> None:
    write_xlsx(book, tmp_path / "book.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "book.xlsx") for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    dangerous = [cell for cell in cells if cell.value == FORMULA]
    assert dangerous
    assert all(cell.quotePrefix for cell in dangerous)


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_cells_stay_text(text: str, tmp_path: Path) -> None:
    with workbook(tmp_path / "one.xlsx", "One", "2026-03-01", {}) as made:
        add_sheet(made, "One", {"A": 10}, [[text]])
    cell = load_workbook(tmp_path / "one.xlsx")["One"]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert str(cell.value).strip() == text.strip()


def test_no_cell_of_a_csv_file_is_a_formula(book: BriefingBook, tmp_path: Path) -> None:
    write_csv(book, tmp_path / "book.csv")
    text = (tmp_path / "book.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == ["a", "c", "b", "d", "e"]
    assert [value for row in rows for value in row.values() if value.lstrip().startswith(("=", "+", "-", "@"))] == []
    assert rows[3]["question"] == f"'{FORMULA}"


def test_long_cells_say_that_they_are_cut_and_forbidden_letters_go(tmp_path: Path) -> None:
    with workbook(tmp_path / "one.xlsx", "One", "2026-03-01", {}) as made:
        add_sheet(made, "One", {"A": 10}, [["x" * 100_000], ["a\x00b\x0bc\ud800"]])
    sheet = load_workbook(tmp_path / "one.xlsx")["One"]
    assert str(sheet["A2"].value).endswith(" […]")
    assert len(str(sheet["A2"].value)) == 32_000
    assert sheet["A3"].value == "abc"


def test_two_workbooks_of_one_book_are_the_same_bytes(book: BriefingBook, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_xlsx(book, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    made = load_workbook(tmp_path / "one.xlsx")
    assert str(book.settings["index"]) in [prop.value for prop in made.custom_doc_props.props]
