"""Rebuilds an answered question from its answer record."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pincite.answer.citation.citation import Citation
from pincite.answer.citation.table_rows import rows_on_lines
from pincite.answer.models.open_model import EXTRACT
from pincite.answer.verification.verify import Statement, Support
from pincite.briefing.questions.questions import BriefingQuestion
from pincite.ingest.document import Metadata

NEAREST = 3  # passages shown if there is no answer
VERIFIED = (Support.SUPPORTED, Support.PARTLY)

Record = Mapping[str, Any]  # an answer record; has `failed` if the question could not be answered
MetadataByPath = Mapping[str, Metadata]  # document metadata by path


class QuestionOutcome(StrEnum):
    """Outcome of a question, as shown to readers."""

    ANSWERED = "answered"
    PARTLY = "partly answered"
    ABSENT = "not in the corpus"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with its answer: statements that may be shown, citations by number, and nearest passages."""

    asked: BriefingQuestion
    record: Record
    outcome: QuestionOutcome
    statements: tuple[Statement, ...]
    citations: Mapping[int, Citation]
    nearest: tuple[Citation, ...]

    @property
    def reason(self) -> str:
        """Why there is no answer or only part of one; may be empty."""
        return self.record["reason"] or ""

    @property
    def quoted(self) -> bool:
        """Whether the statements are quotes, not written by a model."""
        return bool(self.record.get("llm") == EXTRACT)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know besides the answer."""
        return tuple(self.record["notes"])

    def verified(self, statement: Statement) -> tuple[Citation, ...]:
        """Citations of a statement that was verified; none for any other statement."""
        return tuple(self.citations[n] for n in statement.citations) if statement.support in VERIFIED else ()

    @property
    def text(self) -> str:
        """The statements with their marks, rows of tables on lines of their own; or the outcome if there are none."""
        marks = ("".join(f"[{number}]" for number in one.citations) for one in self.statements)
        said = (f"{rows_on_lines(one.text)} {mark}" for one, mark in zip(self.statements, marks, strict=True))
        return "\n".join(map(str.rstrip, said)) or self.outcome.value


def answered_question(asked: BriefingQuestion, record: Record, library: MetadataByPath) -> AnsweredQuestion:
    """An answered question; documents missing from `library` get the metadata in the record."""
    statements = tuple(statement_of(one) for one in record["statements"])
    shown = tuple(one for one in statements if one.support is not Support.UNSUPPORTED)
    cited = {one["n"]: citation_of(one, library) for one in record["citations"]}
    nearest = tuple(passage_of(one, library) for one in record["evidence"][:NEAREST])
    return AnsweredQuestion(asked, record, outcome_of(record, statements), shown, cited, nearest)


def outcome_of(record: Record, statements: tuple[Statement, ...]) -> QuestionOutcome:
    """The outcome: partly answered if any statement is not fully supported."""
    if record.get("failed"):
        return QuestionOutcome.FAILED
    if record["abstained"]:
        return QuestionOutcome.ABSENT
    whole = all(statement.support is Support.SUPPORTED for statement in statements)
    return QuestionOutcome.ANSWERED if whole else QuestionOutcome.PARTLY


def statement_of(record: Record) -> Statement:
    """A statement from its record."""
    numbers, reasons = tuple(record["citations"]), tuple(record["reasons"])
    return Statement(record["text"], numbers, Support(record["support"]), record["score"], reasons)


def citation_of(record: Record, library: MetadataByPath) -> Citation:
    """A citation from its record."""
    name = record["document"]
    known = library.get(name) or Metadata(
        title=record["title"],
        kind=record["kind"],
        issuer=record["issuer"],
        symbol=record["symbol"],
        date=record["date"],
    )
    place = record["start"], record["end"], record["page"], record["pinpoint"], record["page_end"]
    return Citation(record["n"], name, known, record["quote"], *place)


def passage_of(record: Record, library: MetadataByPath) -> Citation:
    """A passage of the evidence as a citation, so that it has a reference."""
    name = record["document"]
    place = record["start"], record["end"], record["page"], record["pinpoint"]
    return Citation(record["rank"], name, library.get(name) or Metadata(title=name), record["text"], *place)
