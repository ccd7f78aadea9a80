"""A conversation, as answers in their order, written by the writers of briefing books."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from answer.ask import Answer
from answer.record import answer_record
from briefing.answered import Library
from briefing.book import Book
from briefing.questions import Asked
from briefing.writers import writer_for


def write_conversation(answers: Sequence[Answer], out: Path, title: str, library: Library) -> Book:
    """Write answers in any form of a briefing book, by the suffix of `out`; the book, for its references.

    `library` is what is known of documents by path; may be empty. Raises BadInput.
    """
    records = {f"q{number}": answer_record(answer, f"q{number}") for number, answer in enumerate(answers, 1)}
    asked = tuple(Asked(key, record["question"]) for key, record in records.items())
    made_with = {name: ", ".join(sorted({record[name] for record in records.values()})) for name in ("index", "llm")}
    today = datetime.now(UTC).date().isoformat()
    book = Book(title, today, made_with, asked, lambda one: records[one.id], library)
    writer_for(out)(book, out)
    return book
