"""What a table of questions is made of, whatever file it stands in: rows with named values, and complaints."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

QUESTION, ID, SECTION = "question", "id", "section"
FILTERS = ("kind", "issuer", "language", "document", "after", "before")
COLUMNS = (QUESTION, ID, SECTION, *FILTERS)
# What else people call a column.
NAMES = {"questions": QUESTION, "number": ID, "no": ID, "no.": ID, "heading": SECTION, "topic": SECTION}
CUT = "This row has more cells than the head: put a question that holds the separator into quotation marks."
SHORT = 3  # words of a cell that heads a column
LONGEST_NAME = 40  # characters of a column's name that are repeated to the user


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where it stands, for people (`line 7`), and its values by the names of `COLUMNS`."""

    where: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Complaint:
    """What there is to say of a place in a file; `skipped` where that keeps a question from being asked."""

    where: str
    what: str
    skipped: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, what its reader found wrong, and the title that the file gives itself."""

    rows: tuple[Row, ...]
    complaints: tuple[Complaint, ...] = ()
    title: str = ""


Cells = Sequence[str]  # of one row


def table_of(rows: Sequence[tuple[str, int, Cells]], complaints: Sequence[Complaint] = ()) -> Table:
    """A table from rows, each with what its place is called, its number and its cells; empty rows are told together."""
    found, told = [row for row in rows if any(cell.strip() for cell in row[2])], list(complaints)
    told += [Complaint(where, "Nothing stands here.", skipped=False) for where in empty_places(rows)]
    if not found:
        return Table((), tuple(told))
    columns = columns_of(found[0][2])
    if columns:
        told += unused(found[0][0], found[0][1], found[0][2], columns)
    body = found[1:] if columns else found
    places = columns or {QUESTION: 0}
    cut = [row for row in body if columns and is_cut(found[0][2], columns, row[2])]
    told += [Complaint(f"{where} {number}", CUT) for where, number, _ in cut]
    left_out = {number for _, number, _ in cut}
    made = (Row(f"{where} {n}", values_at(places, cells)) for where, n, cells in body if n not in left_out)
    return Table(tuple(made), tuple(told))


def is_cut(head: Cells, columns: Mapping[str, int], cells: Cells) -> bool:
    """Whether a row goes on behind the last column, which is that of questions: one was cut at a separator in it."""
    return columns[QUESTION] == len(head) - 1 and any(cell.strip() for cell in cells[len(head) :])


def columns_of(cells: Cells) -> dict[str, int]:
    """The places of columns by name when a row heads a table; empty when it is a row like all others.

    Where no column is called `question`, the first is it.

    >>> columns_of(["Id", "Question", "Owner"]), columns_of(["Topic of interest", "Language"])
    ({'question': 1, 'id': 0}, {'question': 0, 'language': 1})
    >>> columns_of(["Who decides?", "Where?"]), columns_of(["Who decides?", "section"])
    ({}, {})
    """
    names = [NAMES.get(name, name) for name in (cell.strip().strip("*:").casefold() for cell in cells)]
    first = cells[0].strip()
    if QUESTION not in names:
        if not set(names[1:]) & set(COLUMNS) or first.endswith("?") or len(first.split()) > SHORT:
            return {}
        names[0] = QUESTION
    return {name: names.index(name) for name in COLUMNS if name in names}


def unused(where: str, number: int, cells: Cells, columns: Mapping[str, int]) -> Iterator[Complaint]:
    """A word on columns that are not read."""
    others = [cell.strip()[:LONGEST_NAME] for n, cell in enumerate(cells) if cell.strip() and n not in columns.values()]
    if others:
        what = f"Columns that are not used: {', '.join(others)}."
        yield Complaint(f"{where} {number}", what, skipped=False)


def values_at(columns: Mapping[str, int], cells: Cells) -> dict[str, str]:
    """The values of a row by name; a row may be shorter than the head."""
    return {name: cells[place] for name, place in columns.items() if place < len(cells)}


def empty_places(rows: Sequence[tuple[str, int, Cells]]) -> Iterator[str]:
    """Stretches of empty rows between others, each as one place.

    >>> list(empty_places([("line", 1, ["a"]), ("line", 2, []), ("line", 3, [" "]), ("line", 4, ["b"])]))
    ['line 2-3']
    """
    begun: tuple[str, int] | None = None
    last = 0
    for where, number, cells in rows:
        if not any(cell.strip() for cell in cells):
            begun, last = begun or (where, number), number
        elif begun:
            yield f"{begun[0]} {begun[1]}" + (f"-{last}" if last > begun[1] else "")
            begun = None


def values_of(name: str, value: str) -> tuple[str, ...]:
    """What a cell of filters names, parted by semicolons, bars or lines; kinds and languages also by commas.

    >>> values_of("kind", "Law, report"), values_of("issuer", "Office for Food, Water; OECD")
    (('law', 'report'), ('Office for Food, Water', 'OECD'))
    """
    coded = name in {"kind", "language"}
    parts = re.split(r"[;|\n,]" if coded else r"[;|\n]", value)
    return tuple(stripped.lower() if coded else stripped for part in parts if (stripped := part.strip()))
