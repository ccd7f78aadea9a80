"""Writes a briefing book as .xlsx (answers, statements with citations, documents, settings) or .csv."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from pincite.answer.citation.citation import reference_list
from pincite.answer.citation.table_rows import rows_on_lines
from pincite.briefing.book import BriefingBook
from pincite.briefing.escaping import cell_text, csv_cell, is_formula, one_line
from pincite.briefing.result import AnsweredQuestion
from pincite.briefing.writers.labels import CITED_HEADER, cited_rows, excerpt, support_word
from pincite.briefing.writers.reproducible_zip import copy
from pincite.ingest.atomic_write import replacing

CORE = "docProps/core.xml"
HEAD = PatternFill("solid", fgColor="DDE6F0")
Value = str | int | float | None
ANSWERS = {
    "Id": 10, "Section": 18, "Question": 45, "Outcome": 16, "Answer": 80, "References": 50, "Reason": 40, "Nearest": 50
}  # fmt: skip
STATEMENTS = {
    "Id": 10, "Question": 35, "Statement": 60, "Support": 12, "Score": 8, "Reasons": 30, "Mark": 7,
    "Reference": 40, "Pinpoint": 16, "Page": 7, "Quote": 70, "Document": 40, "Start": 9, "End": 9,
}  # fmt: skip
DOCUMENTS = dict(zip(CITED_HEADER, (50, 12, 25, 18, 12, 10, 8, 45, 45), strict=True))


def write_xlsx(book: BriefingBook, out: Path) -> None:
    """Write a book as .xlsx."""
    with workbook(out, book.title, book.date, book.properties()) as file:
        add_sheet(file, "Answers", ANSWERS, map(answer_row, book.answers()))
        add_sheet(file, "Statements", STATEMENTS, (row for one in book.answers() for row in statement_rows(one)))
        add_sheet(file, "Documents", DOCUMENTS, ([*row[:6], int(row[6]), *row[7:]] for row in cited_rows(book)[1:]))
        settings = [["date", book.date], *map(list, book.properties().items())]
        add_sheet(file, "Settings", {"Name": 25, "Value": 60}, settings)


def answer_row(one: AnsweredQuestion) -> list[Value]:
    """A row with a question and its answer."""
    cited = [one.citations[n] for n in sorted(one.citations)]
    references = "\n".join(reference_list(cited))
    nearest = [] if one.statements else [f"{near.reference()}: {excerpt(near.quote)}" for near in one.nearest]
    reason = "\n".join([one.reason, *one.notes]).strip()
    asked = one.asked
    return [
        asked.id,
        asked.section,
        asked.question,
        one.outcome.value,
        one.text,
        references,
        reason,
        "\n".join(nearest),
    ]


def statement_rows(one: AnsweredQuestion) -> Iterator[list[Value]]:
    """A row for each citation of each statement; a statement without verified citations gets one row."""
    for statement in one.statements:
        values: list[Value] = [one.asked.id, one.asked.question, rows_on_lines(statement.text)]
        values += [support_word(one, statement), round(statement.score, 4), " ".join(statement.reasons)]
        for citation in one.verified(statement):
            place: list[Value] = [citation.number, citation.reference(), citation.place, citation.page]
            yield [*values, *place, citation.quote, citation.document, citation.start, citation.end]
        if not one.verified(statement):
            yield values


def write_csv(book: BriefingBook, out: Path) -> None:
    """Write a book as .csv."""
    with replacing(out) as new, new.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([name.lower() for name in ANSWERS])
        for one in book.answers():
            rows.writerow([csv_cell(str(value)) for value in answer_row(one)])


@contextmanager
def workbook(path: Path, title: str, date: str, properties: Mapping[str, str]) -> Iterator[Workbook]:
    """A workbook to add sheets to, moved into place when complete. `date`: an ISO 8601 day."""
    book = Workbook(write_only=True)
    core = book.properties
    core.title, core.creator, core.lastModifiedBy = one_line(title), "Pincite", "Pincite"
    core.description = "; ".join(f"{name}: {value}" for name, value in properties.items())
    custom: Any = book
    for name, value in properties.items():
        custom.custom_doc_props.append(StringProperty(name=name, value=value))  # not in the stubs
    yield book
    packed = BytesIO()
    book.save(packed)
    core.created = core.modified = datetime.fromisoformat(date)  # openpyxl writes the time of saving
    with replacing(path) as new:
        copy(packed, new, {CORE: tostring(core.to_tree())})


def add_sheet(book: Workbook, name: str, columns: Mapping[str, int], rows: Iterable[Sequence[Value]]) -> None:
    """A sheet with a frozen header, a filter over all columns and wrapped text. `columns`: widths in characters."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(columns.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([head_cell(sheet, text) for text in columns])
    last = 1
    for last, row in enumerate(rows, 2):  # noqa: B007  how many there were, for the filter
        sheet.append([body_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def head_cell(sheet: Any, text: str) -> Any:
    """A header cell."""
    made = body_cell(sheet, text)
    made.font, made.fill = Font(bold=True), HEAD
    return made


def body_cell(sheet: Any, value: Value) -> Any:
    """A cell. Text that looks like a formula stays text, even after editing."""
    made = WriteOnlyCell(sheet, value=cell_text(value) if isinstance(value, str) else value)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        made.data_type = "s"
        made.quotePrefix = is_formula(value)
    return made
