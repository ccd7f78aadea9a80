"""Exports a conversation as a briefing book, or one of its answers as text, both with references."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pincite.answer.citation.citation import reference_list
from pincite.answer.pipeline import Answer
from pincite.answer.schema import answer_record
from pincite.answer.verification.verify import Support
from pincite.briefing.book import BriefingBook
from pincite.briefing.questions.questions import BriefingQuestion
from pincite.briefing.result import MetadataByPath
from pincite.briefing.writers.labels import SUPPORT_LABELS
from pincite.briefing.writers.registry import writer_for

SUFFIXES = (".docx", ".md")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer, and remarks on how it was answered."""

    question: str
    answer: Answer
    remarks: tuple[str, ...] = ()


def write_conversation(exchanges: Sequence[Exchange], out: Path, title: str, library: MetadataByPath) -> BriefingBook:
    """Write a conversation in the format of the suffix of `out`; returns the book, for its references.

    `library` may be empty. Raises BadInput.
    """
    records = {f"q{number}": record_of(one, f"q{number}") for number, one in enumerate(exchanges, 1)}
    asked = tuple(BriefingQuestion(key, one.question) for key, one in zip(records, exchanges, strict=True))
    made_with = {name: ", ".join(sorted({record[name] for record in records.values()})) for name in ("index", "llm")}
    today = datetime.now(UTC).date().isoformat()
    book = BriefingBook(title, today, made_with, asked, lambda one: records[one.id], library)
    writer_for(out)(book, out)
    return book


def record_of(exchange: Exchange, identity: str) -> dict[str, Any]:
    """The record of an answer; remarks are appended to its notes."""
    record = answer_record(exchange.answer, identity)
    return record | {"notes": [*record["notes"], *exchange.remarks]}


def with_references(exchange: Exchange) -> str:
    """A question with its answer as text: statements with citation marks, notes and references."""
    answer = exchange.answer
    notes = [f"Note: {note}" for note in (*answer.notes, *exchange.remarks)]
    reason = [answer.reason] if answer.reason else []
    parts = ([exchange.question], list(statements_of(answer)) or [answer.text], reason, notes, references_of(answer))
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def statements_of(answer: Answer) -> Iterator[str]:
    """Statements that may be shown, with citation marks; those not fully supported are labelled."""
    for statement in answer.statements:
        if statement.support is not Support.UNSUPPORTED:
            marks = "".join(f"[{number}]" for number in statement.citations)
            doubt = SUPPORT_LABELS.get(statement.support)
            yield " ".join(filter(None, (statement.text, marks, f"({doubt})" if doubt else "")))


def references_of(answer: Answer) -> list[str]:
    """The numbered references with their quotes."""
    said = zip(reference_list(answer.citations), answer.citations, strict=True)
    return [f"{reference}: “{' '.join(one.quote.split())}”" for reference, one in said]
