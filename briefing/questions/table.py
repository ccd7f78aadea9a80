"""Tables of questions from any file format: rows with named values, and complaints."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

QUESTION, ID, SECTION = "question", "id", "section"
FILTERS = ("kind", "issuer", "language", "document", "after", "before")
COLUMNS = (QUESTION, ID, SECTION, *FILTERS)
COLUMN_SYNONYMS = {"questions": QUESTION, "number": ID, "no": ID, "no.": ID, "heading": SECTION, "topic": SECTION}
SPLIT_QUESTION = (
    "This row has more cells than the header: put a question that contains the separator into quotation marks."
)
MAX_HEADER_WORDS = 3  # words in a column header
MAX_NAME_LENGTH = 40  # characters of a column name shown in a message


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its location as shown to users (`line 7`), its values by the names of `COLUMNS`, and its number."""

    where: str
    values: Mapping[str, str]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Complaint:
    """A message about a row of a file; `skipped` if the row is not asked because of it."""

    where: str
    what: str
    skipped: bool = True
    number: int = 0  # of the row; 0 for the whole file


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, complaints about it, and its title."""

    rows: tuple[Row, ...]
    complaints: tuple[Complaint, ...] = ()
    title: str = ""


Cells = Sequence[str]  # the cells of one row


def table_of(rows: Sequence[tuple[str, int, Cells]], complaints: Sequence[Complaint] = ()) -> Table:
    """A table from rows (kind of row, number, cells); consecutive empty rows give one complaint."""
    found, complaints = [row for row in rows if any(cell.strip() for cell in row[2])], list(complaints)
    complaints += [
        Complaint(where, "This is empty.", skipped=False, number=number) for where, number in empty_stretches(rows)
    ]
    if not found:
        return Table((), tuple(complaints))
    columns = columns_of(found[0][2])
    if columns:
        complaints += unused_columns(found[0][0], found[0][1], found[0][2], columns)
    body = found[1:] if columns else found
    places = columns or {QUESTION: 0}
    cut = [row for row in body if columns and has_split_question(found[0][2], columns, row[2])]
    complaints += [Complaint(f"{where} {number}", SPLIT_QUESTION, number=number) for where, number, _ in cut]
    left_out = {number for _, number, _ in cut}
    made = (Row(f"{where} {n}", values_at(places, cells), n) for where, n, cells in body if n not in left_out)
    return Table(tuple(made), tuple(complaints))


def has_split_question(head: Cells, columns: Mapping[str, int], cells: Cells) -> bool:
    """Whether a question in the last column was split at a separator that it contains."""
    return columns[QUESTION] == len(head) - 1 and any(cell.strip() for cell in cells[len(head) :])


def columns_of(cells: Cells) -> dict[str, int]:
    """Column indexes by name if the row is a header, else empty.

    If no column is called `question`, it is the first.

    >>> columns_of(["Id", "Question", "Owner"]), columns_of(["Topic of interest", "Language"])
    ({'question': 1, 'id': 0}, {'question': 0, 'language': 1})
    >>> columns_of(["Who decides?", "Where?"]), columns_of(["Who decides?", "section"])
    ({}, {})
    """
    names = [COLUMN_SYNONYMS.get(name, name) for name in (cell.strip().strip("*:").casefold() for cell in cells)]
    first = cells[0].strip()
    if QUESTION not in names:
        if not set(names[1:]) & set(COLUMNS) or first.endswith("?") or len(first.split()) > MAX_HEADER_WORDS:
            return {}
        names[0] = QUESTION
    return {name: names.index(name) for name in COLUMNS if name in names}


def unused_columns(where: str, number: int, cells: Cells, columns: Mapping[str, int]) -> Iterator[Complaint]:
    """A complaint about columns that are not used."""
    others = [
        cell.strip()[:MAX_NAME_LENGTH] for n, cell in enumerate(cells) if cell.strip() and n not in columns.values()
    ]
    if others:
        what = f"Columns that are not used: {', '.join(others)}."
        yield Complaint(f"{where} {number}", what, skipped=False, number=number)


def values_at(columns: Mapping[str, int], cells: Cells) -> dict[str, str]:
    """The values of a row by column name; a row may be shorter than the header."""
    return {name: cells[place] for name, place in columns.items() if place < len(cells)}


def empty_stretches(rows: Sequence[tuple[str, int, Cells]]) -> Iterator[tuple[str, int]]:
    """Runs of empty rows between other rows: location and first number.

    >>> list(empty_stretches([("line", 1, ["a"]), ("line", 2, []), ("line", 3, [" "]), ("line", 4, ["b"])]))
    [('line 2-3', 2)]
    """
    begun: tuple[str, int] | None = None
    last = 0
    for where, number, cells in rows:
        if not any(cell.strip() for cell in cells):
            begun, last = begun or (where, number), number
        elif begun:
            yield f"{begun[0]} {begun[1]}{f'-{last}' if last > begun[1] else ''}", begun[1]
            begun = None


def filter_values(name: str, value: str) -> tuple[str, ...]:
    """Values in a filter cell, separated by semicolons, bars or line ends; kinds and languages also by commas.

    >>> filter_values("kind", "Law, report"), filter_values("issuer", "Office for Food, Water; OECD")
    (('law', 'report'), ('Office for Food, Water', 'OECD'))
    """
    coded = name in {"kind", "language"}
    parts = re.split(r"[;|\n,]" if coded else r"[;|\n]", value)
    return tuple(stripped.lower() if coded else stripped for part in parts if (stripped := part.strip()))
