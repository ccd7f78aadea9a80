"""One question put to each document apart: a row for each, with answer and place, or that it says nothing of it."""

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from pincite.answer.query.filters import Filters
from pincite.answer.query.question import check_question
from pincite.briefing.book import Book
from pincite.briefing.questions.questions import Asked
from pincite.briefing.result import Answered, Outcome
from pincite.briefing.writers.labels import pinpoint
from pincite.briefing.writers.workbook import Value, add_sheet, workbook
from pincite.briefing.writers.xlsx_writer import STATEMENTS, statement_rows
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index

NOT_FOUND = "not found"
OUTCOMES = {Outcome.ANSWERED: "found", Outcome.PARTLY: "partly", Outcome.ABSENT: NOT_FOUND, Outcome.FAILED: "failed"}
COLUMNS = {
    "Document": 45, "Title": 45, "Kind": 12, "Issuer": 22, "Symbol": 16, "Date": 12, "Found": 12, "Answer": 70,
    "Pinpoints": 25, "Quotes": 70, "Reason": 40,
}  # fmt: skip


def asked_of_each(index: Index, question: str, filters: Filters) -> tuple[Asked, ...]:
    """The question once for each document that meets the filters. Raises BadInput where none does."""
    paths = sorted(entry.path for entry in index.entries if filters.admits(entry))
    if not paths:
        raise BadInput("No document fits: see their paths with pincite list.")
    checked = check_question(question)
    return tuple(Asked(path, checked, filters=Filters(documents=(escape(path),))) for path in paths)


def write_matrix(book: Book, out: Path) -> None:
    """Write the answers of each document as .xlsx."""
    with workbook(out, book.title, book.date, book.properties()) as made:
        add_sheet(made, "Documents", COLUMNS, rows_of(book))
        add_sheet(made, "Statements", STATEMENTS, (row for one in book.answers() for row in statement_rows(one)))
        settings: list[list[Value]] = [["question", book.asked[0].question], ["date", book.date]]
        settings += [[name, value] for name, value in book.properties().items()]
        add_sheet(made, "Settings", {"Name": 25, "Value": 60}, settings)


def rows_of(book: Book) -> Iterator[list[Value]]:
    """A row for each document."""
    for one in book.answers():
        known = book.library[one.asked.id]
        about: list[Value] = [one.asked.id, known.title, known.kind, known.issuer, known.symbol, known.date]
        yield [*about, *found_in(one)]


def found_in(one: Answered) -> list[Value]:
    """What a document says: outcome, answer, places, quotes, and what else there is to say."""
    cited = [one.citations[n] for n in sorted(one.citations)]
    places = "\n".join(f"[{citation.number}] {pinpoint(citation) or 'no page'}" for citation in cited)
    quotes = "\n".join(f"[{citation.number}] “{citation.quote}”" for citation in cited)
    said = one.text if one.statements else OUTCOMES[one.outcome]
    return [OUTCOMES[one.outcome], said, places, quotes, one.reason]
