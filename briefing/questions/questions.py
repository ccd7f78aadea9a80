"""The questions of a file, in its order; a row that cannot be asked is told with its place and left out."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pincite.answer.query.filters import NO_FILTERS, Filters, make_filters
from pincite.answer.query.question import check_question
from pincite.briefing.escaping import one_line
from pincite.briefing.questions.csv_reader import read_csv
from pincite.briefing.questions.jsonl_reader import read_jsonl
from pincite.briefing.questions.table import FILTERS, ID, QUESTION, SECTION, Complaint, Row, Table, values_of
from pincite.briefing.questions.text_reader import read_lines
from pincite.briefing.questions.xlsx_reader import read_xlsx
from pincite.ingest.errors import BadInput, RejectedFile

READERS: dict[str, Callable[[Path], Table]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".jsonl": read_jsonl,
    ".md": read_lines,
    ".txt": read_lines,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be answered, with the id that nobody else has, under a section, of the documents that it is for."""

    id: str
    question: str
    section: str = ""
    filters: Filters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class Questions:
    """What a file asks, and what there is to say about it, in its order."""

    asked: tuple[Asked, ...]
    complaints: tuple[Complaint, ...]
    title: str = ""

    @property
    def skipped(self) -> int:
        """How many rows are not asked."""
        return sum(complaint.skipped for complaint in self.complaints)


def read_questions(path: Path, filters: Filters = NO_FILTERS) -> Questions:
    """The questions of a file; what a row says goes before `filters`. Raises BadInput where there is none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise BadInput(f"{path} is no file of questions: save it as one of {', '.join(READERS)}.")
    if not path.is_file():
        raise BadInput(f"There is no file {path}: check its name.")
    try:
        table = reader(path)
    except RejectedFile as error:
        raise BadInput(f"{path} cannot be read: {error}.") from error
    complaints = list(table.complaints)
    asked = tuple(asked_in(table.rows, filters, complaints))
    if not asked:
        first = next((f" {one.where}: {one.what}" for one in complaints if one.skipped), "")
        raise BadInput(f"{path} holds no question that can be asked{first and f' ({first.strip()})'}.")
    return Questions(asked, tuple(sorted(complaints, key=place)), table.title)


def place(complaint: Complaint) -> tuple[int, str]:
    """By what complaints are ordered: those of the file, then row by row."""
    number = re.search(r"(?:line|row) (\d+)", complaint.where)
    return (int(number[1]) if number else 0), complaint.where


def asked_in(rows: Iterable[Row], filters: Filters, complaints: list[Complaint]) -> Iterator[Asked]:
    """The questions of rows; what is wrong with a row is added to the complaints."""
    taken: set[str] = set()
    for number, row in enumerate(rows, 1):
        try:
            asked = asked_of(row, f"q{number}", filters)
        except BadInput as error:
            complaints.append(Complaint(row.where, str(error)))
            continue
        unique = free(asked.id, taken)
        if unique != asked.id:
            complaints.append(Complaint(row.where, f"The id {asked.id} is taken; it is {unique} here.", skipped=False))
        taken.add(unique)
        yield replace(asked, id=unique)


def asked_of(row: Row, otherwise: str, filters: Filters) -> Asked:
    """The question of one row. Raises BadInput."""
    question = one_line(row.values.get(QUESTION, ""))
    if not question:
        raise BadInput("There is no question in this row.")
    identity = one_line(row.values.get(ID, "")) or otherwise
    section = one_line(row.values.get(SECTION, ""))
    return Asked(identity, check_question(question), section, filters_of(row, filters))


def filters_of(row: Row, filters: Filters) -> Filters:
    """The filters of a row, each that it leaves empty as it is for all. Raises BadInput."""
    given = {name: values_of(name, row.values.get(name, "")) for name in FILTERS}
    after, before = (next(iter(given[name]), None) for name in ("after", "before"))
    own = make_filters(given["kind"], given["issuer"], given["language"], given["document"], after, before)
    return Filters(
        own.kinds or filters.kinds,
        own.issuers or filters.issuers,
        own.languages or filters.languages,
        own.documents or filters.documents,
        own.after or filters.after,
        own.before or filters.before,
    )


def free(identity: str, taken: set[str]) -> str:
    """The id, with a number behind it where it is taken.

    >>> free("q1", {"q1", "q1-2"})
    'q1-3'
    """
    number, unique = 1, identity
    while unique in taken:
        number += 1
        unique = f"{identity}-{number}"
    return unique
