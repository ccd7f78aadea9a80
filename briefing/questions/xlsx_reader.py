"""Questions in a workbook: values as they are shown, merged cells read as people see them."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pincite.briefing.questions.table import QUESTION, SECTION, Complaint, Table, columns_of, table_of
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.zip_xml import UNSOUND, open_package

FORMULA = "This is a formula without a stored value: open the file in its program, save it and try again."
Place = tuple[int, int]  # row and column, from 1


def read_xlsx(path: Path) -> Table:
    """The table of the first sheet with a column `question`, else of the first that holds anything.

    Raises RejectedFile.
    """
    values, written = opened(path, stored=True), opened(path, stored=False)
    filled = [sheet for sheet in values.worksheets if any(map(any, sheet.iter_rows(values_only=True)))]
    if not filled:
        raise RejectedFile("its sheets are empty")
    sheet = next((one for one in filled if QUESTION in head_of(one)), filled[0])
    told = [
        Complaint(f"sheet {one.title}", f"Only the sheet {sheet.title} is read.", skipped=False)
        for one in filled
        if one is not sheet
    ]
    rows = list(rows_of(sheet, written[sheet.title], told))
    return table_of(rows, told)


def opened(path: Path, *, stored: bool) -> Any:
    """A workbook with the values stored for its formulas, or with the formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415  a second that only workbooks need
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  the same

    try:
        with open_package(path):
            pass
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep: nothing is written back
            return load_workbook(path, data_only=stored)
    except (InvalidFileException, *UNSOUND) as error:
        raise RejectedFile("it is damaged, or no .xlsx file; save it again as .xlsx in its program") from error


def head_of(sheet: Any) -> Mapping[str, int]:
    """The columns that the first row with words names."""
    rows = ([as_text(value) for value in row] for row in sheet.iter_rows(values_only=True))
    return columns_of(next((cells for cells in rows if any(cells)), [""]))


def rows_of(sheet: Any, written: Any, told: list[Complaint]) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Rows with all that merged cells mean; a row merged across is a section for those below it."""
    columns = head_of(sheet) or {QUESTION: 0}
    asked_at = columns[QUESTION] + 1
    spread, across = merged(sheet, asked_at)
    section, section_at = "", columns.get(SECTION)
    width, head = sheet.max_column, number_of_head(sheet)
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [spread.get((number, n), as_text(cell.value)) for n, cell in enumerate(row, 1)]
        if number in across and not across[number].endswith("?"):
            section = across[number]
            continue
        if trouble := wrong_in(row, cells, written[number], asked_at):
            told.append(Complaint(f"row {number}", trouble))
            continue
        if section_at is None:  # behind the others, so that their places hold
            named = SECTION if number == head else section if any(cells) else ""
            cells = [*cells, *[""] * (width - len(cells)), named]
        elif section and not cells[section_at]:
            cells[section_at] = section if any(cells) else ""
        yield "row", number, cells


def number_of_head(sheet: Any) -> int:
    """The number of the row that heads the table, 0 where none does."""
    filled = (number for number, row in enumerate(sheet.iter_rows(values_only=True), 1) if any(map(as_text, row)))
    return next(filled) if head_of(sheet) else 0


def merged(sheet: Any, asked_at: int) -> tuple[dict[Place, str], dict[int, str]]:
    """What merged cells say in each of their places, further questions left out; and what rows merged across say."""
    spread: dict[Place, str] = {}
    across: dict[int, str] = {}
    for area in sheet.merged_cells.ranges:
        text = as_text(sheet.cell(area.min_row, area.min_col).value)
        covers = area.min_col <= asked_at <= area.max_col
        if covers and area.max_col > area.min_col and area.min_row == area.max_row:
            across[area.min_row] = text
            spread[area.min_row, asked_at] = text
        elif not covers:
            places = ((row, column) for row in range(area.min_row, area.max_row + 1) for column in [area.min_col])
            spread |= dict.fromkeys(places, text)
    return spread, across


def wrong_in(row: Sequence[Any], cells: Sequence[str], written: Sequence[Any], asked_at: int) -> str | None:
    """Why a row cannot be asked: its question is a formula that was never reckoned, or an error."""
    if asked_at > len(row):
        return None
    at = asked_at - 1
    if row[at].data_type == "e":
        return f"The question is an error, {cells[at]}: mend its formula."
    return FORMULA if written[at].data_type == "f" and not cells[at] else None


def as_text(value: Any) -> str:
    """A value as a person reads it: whole numbers without a fraction, days without an hour.

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
