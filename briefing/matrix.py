"""Asks one question of each document separately; each gets a row with answer and pinpoint, or "not found"."""

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from pincite.answer.query.filters import Filters
from pincite.answer.query.question import check_question
from pincite.briefing.book import BriefingBook
from pincite.briefing.questions.questions import BriefingQuestion
from pincite.briefing.result import AnsweredQuestion, QuestionOutcome
from pincite.briefing.writers.xlsx_writer import STATEMENTS, Value, add_sheet, statement_rows, workbook
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index

NOT_FOUND = "not found"
OUTCOMES = {
    QuestionOutcome.ANSWERED: "found",
    QuestionOutcome.PARTLY: "partly",
    QuestionOutcome.ABSENT: NOT_FOUND,
    QuestionOutcome.FAILED: "failed",
}
COLUMNS = {
    "Document": 45, "Title": 45, "Kind": 12, "Issuer": 22, "Symbol": 16, "Date": 12, "Found": 12, "Answer": 70,
    "Pinpoints": 25, "Quotes": 70, "Reason": 40,
}  # fmt: skip


def asked_of_each(index: Index, question: str, filters: Filters) -> tuple[BriefingQuestion, ...]:
    """The question, once for each document that passes the filters. Raises BadInput if none does."""
    paths = sorted(entry.path for entry in filters.admitted(index.entries))
    if not paths:
        raise BadInput("No document matches these filters: pincite list shows the paths.")
    checked = check_question(question)
    return tuple(BriefingQuestion(path, checked, filters=Filters(documents=(escape(path),))) for path in paths)


def write_matrix(book: BriefingBook, out: Path) -> None:
    """Write the answers as .xlsx, one row for each document."""
    with workbook(out, book.title, book.date, book.properties()) as file:
        add_sheet(file, "Documents", COLUMNS, rows_of(book))
        add_sheet(file, "Statements", STATEMENTS, (row for one in book.answers() for row in statement_rows(one)))
        settings: list[list[Value]] = [["question", book.asked[0].question], ["date", book.date]]
        settings += [[name, value] for name, value in book.properties().items()]
        add_sheet(file, "Settings", {"Name": 25, "Value": 60}, settings)


def rows_of(book: BriefingBook) -> Iterator[list[Value]]:
    """A row for each document."""
    for one in book.answers():
        known = book.library[one.asked.id]
        about: list[Value] = [one.asked.id, known.title, known.kind, known.issuer, known.symbol, known.date]
        yield [*about, *found_in(one)]


def found_in(one: AnsweredQuestion) -> list[Value]:
    """The answer from one document: outcome, answer, pinpoints, quotes and reason."""
    cited = [one.citations[n] for n in sorted(one.citations)]
    places = "\n".join(f"[{citation.number}] {citation.place or 'no page'}" for citation in cited)
    quotes = "\n".join(f"[{citation.number}] “{citation.quote}”" for citation in cited)
    answer = one.text if one.statements else OUTCOMES[one.outcome]
    return [OUTCOMES[one.outcome], answer, places, quotes, one.reason]
