"""A workbook written row by row, the same byte by byte whenever it is made. Knows nothing about questions."""

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

from pincite.briefing.escaping import cell, is_formula, one_line
from pincite.briefing.writers.reproducible_zip import copy
from pincite.ingest.atomic_write import replacing

CORE = "docProps/core.xml"
HEAD = PatternFill("solid", fgColor="DDE6F0")
Value = str | int | float | None


@contextmanager
def workbook(path: Path, title: str, date: str, properties: Mapping[str, str]) -> Iterator[Workbook]:
    """A workbook to add sheets to, put in place when it is done. `date`: ISO 8601, a day."""
    book = Workbook(write_only=True)
    core = book.properties
    core.title, core.creator, core.lastModifiedBy = one_line(title), "Pincite", "Pincite"
    core.description = "; ".join(f"{name}: {value}" for name, value in properties.items())
    custom: Any = book
    for name, value in properties.items():
        custom.custom_doc_props.append(StringProperty(name=name, value=value))  # which the stubs do not know
    yield book
    packed = BytesIO()
    book.save(packed)
    core.created = core.modified = datetime.fromisoformat(date)  # openpyxl states the hour of saving
    with replacing(path) as new:
        copy(packed, new, {CORE: tostring(core.to_tree())})


def add_sheet(book: Workbook, name: str, columns: Mapping[str, int], rows: Iterable[Sequence[Value]]) -> None:
    """A sheet with a frozen head, a filter over all columns, and wrapped text. `columns`: widths in characters."""
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
    """A cell that heads a column."""
    made = body_cell(sheet, text)
    made.font, made.fill = Font(bold=True), HEAD
    return made


def body_cell(sheet: Any, value: Value) -> Any:
    """A cell. Text stays text: also what begins as a formula does, and also once somebody edits it."""
    made = WriteOnlyCell(sheet, value=cell(value) if isinstance(value, str) else value)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        made.data_type = "s"
        made.quotePrefix = is_formula(value)
    return made
