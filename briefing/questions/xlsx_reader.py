"""Reads questions from a workbook: values as displayed, merged cells as people see them."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pincite.briefing.questions.table import QUESTION, SECTION, Complaint, Table, columns_of, table_of
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.zip_xml import UNSOUND, open_package

FORMULA = "This formula has no stored value: open the file in Excel, save it and try again."
CellPosition = tuple[int, int]  # row and column, from 1


def read_xlsx(path: Path) -> Table:
    """The table in the first sheet with a column `question`, else in the first sheet that is not empty.

    Raises RejectedFile.
    """
    values, formulas = load(path, stored=True), load(path, stored=False)
    filled = [sheet for sheet in values.worksheets if any(map(any, sheet.iter_rows(values_only=True)))]
    if not filled:
        raise RejectedFile("its sheets are empty")
    sheet = next((one for one in filled if QUESTION in header_columns(one)), filled[0])
    complaints = [
        Complaint(f"sheet {one.title}", f"Only the sheet {sheet.title} is read.", skipped=False)
        for one in filled
        if one is not sheet
    ]
    rows = list(rows_of(sheet, formulas[sheet.title], complaints))
    return table_of(rows, complaints)


def load(path: Path, *, stored: bool) -> Any:
    """A workbook with stored values (`stored`) or with formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415  a second that only workbooks need
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  the same

    try:
        with open_package(path):
            pass
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features openpyxl drops: nothing is written back
            return load_workbook(path, data_only=stored)
    except (InvalidFileException, *UNSOUND) as error:
        raise RejectedFile("it is damaged or not an .xlsx file; open it in Excel and save it again as .xlsx") from error


def header_columns(sheet: Any) -> Mapping[str, int]:
    """The columns named by the first row with text."""
    rows = ([as_text(value) for value in row] for row in sheet.iter_rows(values_only=True))
    return columns_of(next((cells for cells in rows if any(cells)), [""]))


def rows_of(sheet: Any, formulas: Any, complaints: list[Complaint]) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Rows with merged cells filled in; a row merged across is the section of the rows below it."""
    columns = header_columns(sheet) or {QUESTION: 0}
    question_column = columns[QUESTION] + 1
    merged_text, full_width = merged_values(sheet, question_column)
    section, section_at = "", columns.get(SECTION)
    width, head = sheet.max_column, header_row_number(sheet)
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [merged_text.get((number, n), as_text(cell.value)) for n, cell in enumerate(row, 1)]
        if number in full_width and not full_width[number].endswith("?"):
            section = full_width[number]
            continue
        if problem := problem_in(row, cells, formulas[number], question_column):
            complaints.append(Complaint(f"row {number}", problem, number=number))
            continue
        if section_at is None:  # appended, so that column indexes stay the same
            named = SECTION if number == head else section if any(cells) else ""
            cells = [*cells, *[""] * (width - len(cells)), named]
        elif section and not cells[section_at]:
            cells[section_at] = section if any(cells) else ""
        yield "row", number, cells


def header_row_number(sheet: Any) -> int:
    """The number of the header row, 0 if there is none."""
    filled = (number for number, row in enumerate(sheet.iter_rows(values_only=True), 1) if any(map(as_text, row)))
    return next(filled) if header_columns(sheet) else 0


def merged_values(sheet: Any, question_column: int) -> tuple[dict[CellPosition, str], dict[int, str]]:
    """Text of merged cells by position, without repeated questions; and text of rows merged across."""
    merged_text: dict[CellPosition, str] = {}
    full_width: dict[int, str] = {}
    for area in sheet.merged_cells.ranges:
        text = as_text(sheet.cell(area.min_row, area.min_col).value)
        covers = area.min_col <= question_column <= area.max_col
        if covers and area.max_col > area.min_col and area.min_row == area.max_row:
            full_width[area.min_row] = text
            merged_text[area.min_row, question_column] = text
        elif not covers:
            places = ((row, column) for row in range(area.min_row, area.max_row + 1) for column in [area.min_col])
            merged_text |= dict.fromkeys(places, text)
    return merged_text, full_width


def problem_in(row: Sequence[Any], cells: Sequence[str], formulas: Sequence[Any], question_column: int) -> str | None:
    """Why a row cannot be asked: its question is an error or a formula without a value."""
    if question_column > len(row):
        return None
    at = question_column - 1
    if row[at].data_type == "e":
        return f"The question is an error, {cells[at]}: correct its formula."
    return FORMULA if formulas[at].data_type == "f" and not cells[at] else None


def as_text(value: Any) -> str:
    """A value as displayed: whole numbers without a fraction, dates without a time.

    >>> as_text(3.0), as_text(datetime(2024, 3, 21)), as_text(None)
    ('3', '2024-03-21', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)
