"""A question with what became of it, made again from an answer as the contract has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pincite.answer.citation.citation import Citation
from pincite.answer.verification.verify import Statement, Support
from pincite.briefing.questions.questions import Asked
from pincite.ingest.document import Metadata

NEAREST = 3  # passages that are shown where there is no answer
VERIFIED = (Support.SUPPORTED, Support.PARTLY)

Record = Mapping[str, Any]  # an answer by the contract, with `failed` where there is none
Library = Mapping[str, Metadata]  # what is known of documents, by path


class Outcome(StrEnum):
    """What became of a question, in the words that readers see."""

    ANSWERED = "answered"
    PARTLY = "partly answered"
    ABSENT = "not in the corpus"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer: the statements that may be shown, what they cite, and the nearest passages."""

    asked: Asked
    record: Record
    outcome: Outcome
    statements: tuple[Statement, ...]
    citations: Mapping[int, Citation]
    nearest: tuple[Citation, ...]

    @property
    def reason(self) -> str:
        """Why there is no answer, or not the one that was asked for; empty where there is nothing to say."""
        return self.record["reason"] or ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know besides the answer."""
        return tuple(self.record["notes"])

    def verified(self, statement: Statement) -> tuple[Citation, ...]:
        """The citations of a statement that the checks passed; of no other."""
        return tuple(self.citations[n] for n in statement.citations) if statement.support in VERIFIED else ()

    @property
    def text(self) -> str:
        """The answer as the contract gives it; the outcome where there is none."""
        return self.record["answer"] if self.statements else self.outcome.value


def answered(asked: Asked, record: Record, library: Library) -> Answered:
    """A question with its record; of documents that the library lacks only what the record says is known."""
    statements = tuple(statement_of(one) for one in record["statements"])
    shown = tuple(one for one in statements if one.support is not Support.UNSUPPORTED)
    cited = {one["n"]: citation_of(one, library) for one in record["citations"]}
    nearest = tuple(passage_of(one, library) for one in record["evidence"][:NEAREST])
    return Answered(asked, record, outcome_of(record, statements), shown, cited, nearest)


def outcome_of(record: Record, statements: tuple[Statement, ...]) -> Outcome:
    """What became of a question: partly answered where one of its statements is not wholly supported."""
    if record.get("failed"):
        return Outcome.FAILED
    if record["abstained"]:
        return Outcome.ABSENT
    whole = all(statement.support is Support.SUPPORTED for statement in statements)
    return Outcome.ANSWERED if whole else Outcome.PARTLY


def statement_of(record: Record) -> Statement:
    """A statement of a record."""
    numbers, reasons = tuple(record["citations"]), tuple(record["reasons"])
    return Statement(record["text"], numbers, Support(record["support"]), record["score"], reasons)


def citation_of(record: Record, library: Library) -> Citation:
    """A citation of a record."""
    name = record["document"]
    known = library.get(name) or Metadata(
        title=record["title"],
        kind=record["kind"],
        issuer=record["issuer"],
        symbol=record["symbol"],
        date=record["date"],
    )
    place = record["start"], record["end"], record["page"], record["pinpoint"]
    return Citation(record["n"], name, known, record["quote"], *place)


def passage_of(record: Record, library: Library) -> Citation:
    """A passage of the evidence, to be referred to as citations are."""
    name = record["document"]
    place = record["start"], record["end"], record["page"], record["pinpoint"]
    return Citation(record["rank"], name, library.get(name) or Metadata(title=name), record["text"], *place)
