"""A briefing book as a workbook: answers; a row for each statement and citation; documents; with what it was made."""

import csv
from collections.abc import Iterator
from pathlib import Path

from pincite.briefing.book import Book
from pincite.briefing.escaping import inert
from pincite.briefing.result import Answered
from pincite.briefing.writers.labels import CITED_HEAD, cited_rows, excerpt, pinpoint
from pincite.briefing.writers.workbook import Value, add_sheet, workbook
from pincite.ingest.atomic_write import replacing

ANSWERS = {
    "Id": 10, "Section": 18, "Question": 45, "Outcome": 16, "Answer": 80, "References": 50, "Reason": 40, "Nearest": 50
}  # fmt: skip
STATEMENTS = {
    "Id": 10, "Question": 35, "Statement": 60, "Support": 12, "Score": 8, "Reasons": 30, "Mark": 7,
    "Reference": 40, "Pinpoint": 16, "Page": 7, "Quote": 70, "Document": 40, "Start": 9, "End": 9,
}  # fmt: skip
DOCUMENTS = dict(zip(CITED_HEAD, (50, 12, 25, 18, 12, 10, 8, 45, 45), strict=True))


def write_xlsx(book: Book, out: Path) -> None:
    """Write a book as .xlsx."""
    with workbook(out, book.title, book.date, book.properties()) as made:
        add_sheet(made, "Answers", ANSWERS, map(answer_row, book.answers()))
        add_sheet(made, "Statements", STATEMENTS, (row for one in book.answers() for row in statement_rows(one)))
        add_sheet(made, "Documents", DOCUMENTS, ([*row[:6], int(row[6]), *row[7:]] for row in cited_rows(book)[1:]))
        settings = [["date", book.date], *map(list, book.properties().items())]
        add_sheet(made, "Settings", {"Name": 25, "Value": 60}, settings)


def answer_row(one: Answered) -> list[Value]:
    """A question with its answer."""
    cited = [one.citations[n] for n in sorted(one.citations)]
    references = "\n".join(f"[{citation.number}] {citation.reference()}" for citation in cited)
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


def statement_rows(one: Answered) -> Iterator[list[Value]]:
    """A row for each statement and citation; a statement that nothing verified supports has one row."""
    for statement in one.statements:
        said: list[Value] = [one.asked.id, one.asked.question, statement.text, statement.support.value]
        said += [round(statement.score, 4), " ".join(statement.reasons)]
        for citation in one.verified(statement):
            place: list[Value] = [citation.number, citation.reference(), pinpoint(citation), citation.page]
            yield [*said, *place, citation.quote, citation.document, citation.start, citation.end]
        if not one.verified(statement):
            yield said


def write_csv(book: Book, out: Path) -> None:
    """Write a book as .csv."""
    with replacing(out) as new, new.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([name.lower() for name in ANSWERS])
        for one in book.answers():
            rows.writerow([inert(str(value)) for value in answer_row(one)])
