"""Reads the questions of a file in order; rows that cannot be used are reported and skipped."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pincite.answer.query.filters import NO_FILTERS, Filters, make_filters
from pincite.answer.query.question import check_question
from pincite.briefing.escaping import one_line
from pincite.briefing.questions.csv_reader import read_csv
from pincite.briefing.questions.jsonl_reader import read_jsonl
from pincite.briefing.questions.table import FILTERS, ID, QUESTION, SECTION, Complaint, Row, Table, filter_values
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
class BriefingQuestion:
    """A question with its unique id, its section, and filters for the documents to search."""

    id: str
    question: str
    section: str = ""
    filters: Filters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions in a file, complaints about its rows, and its title."""

    asked: tuple[BriefingQuestion, ...]
    complaints: tuple[Complaint, ...]
    title: str = ""

    @property
    def skipped(self) -> int:
        """Number of rows skipped."""
        return sum(complaint.skipped for complaint in self.complaints)


def read_questions(path: Path, filters: Filters = NO_FILTERS) -> Questions:
    """The questions in a file; filters in a row override `filters`. Raises BadInput if there is no question."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise BadInput(f"{path} is not a list of questions: save it as one of {', '.join(READERS)}.")
    if not path.is_file():
        raise BadInput(f"There is no file {path}: check its name.")
    try:
        table = reader(path)
    except RejectedFile as error:
        raise BadInput(f"{path} cannot be read: {error}.") from error
    complaints = list(table.complaints)
    asked = tuple(questions_in(table.rows, filters, complaints))
    if not asked:
        first = next((f" {one.where}: {one.what}" for one in complaints if one.skipped), "")
        raise BadInput(f"{path} contains no question that can be asked{first and f' ({first.strip()})'}.")
    return Questions(asked, tuple(sorted(complaints, key=lambda one: (one.number, one.where))), table.title)


def questions_in(rows: Iterable[Row], filters: Filters, complaints: list[Complaint]) -> Iterator[BriefingQuestion]:
    """The questions in rows; problems are added to `complaints`."""
    taken: set[str] = set()
    for number, row in enumerate(rows, 1):
        try:
            asked = question_of(row, f"q{number}", filters)
        except BadInput as error:
            complaints.append(Complaint(row.where, str(error), number=row.number))
            continue
        unique = unique_id(asked.id, taken)
        if unique != asked.id:
            complaints.append(
                Complaint(
                    row.where,
                    f"The id {asked.id} is used already: {unique} is used here.",
                    skipped=False,
                    number=row.number,
                )
            )
        taken.add(unique)
        yield replace(asked, id=unique)


def question_of(row: Row, otherwise: str, filters: Filters) -> BriefingQuestion:
    """The question of one row. Raises BadInput."""
    question = one_line(row.values.get(QUESTION, ""))
    if not question:
        raise BadInput("There is no question in this row.")
    identity = one_line(row.values.get(ID, "")) or otherwise
    section = one_line(row.values.get(SECTION, ""))
    return BriefingQuestion(identity, check_question(question), section, filters_of(row, filters))


def filters_of(row: Row, filters: Filters) -> Filters:
    """The filters of a row, completed from the general ones. Raises BadInput."""
    given = {name: filter_values(name, row.values.get(name, "")) for name in FILTERS}
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


def unique_id(identity: str, taken: set[str]) -> str:
    """The id, with a number appended if it is taken.

    >>> unique_id("q1", {"q1", "q1-2"})
    'q1-3'
    """
    number, unique = 1, identity
    while unique in taken:
        number += 1
        unique = f"{identity}-{number}"
    return unique
