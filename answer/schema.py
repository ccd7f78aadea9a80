"""The JSON of an answer: records made from answers, and the fields required of records read from files.

A field changes its meaning only with a new schema number.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass as checked

from pincite.answer.citation.citation import Citation
from pincite.answer.pipeline import Answer
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.verification.verify import Support

SCHEMA = 1
STRICT = ConfigDict(strict=True)
Offset = Annotated[int, Field(ge=0)]
Number = Annotated[int, Field(ge=1)]


@checked(frozen=True, slots=True, config=STRICT)
class StatementRecord:
    """Required fields of a statement."""

    text: str
    support: Support
    score: float
    citations: tuple[int, ...]
    reasons: tuple[str, ...]


@checked(frozen=True, slots=True, config=STRICT)
class LocationRecord:
    """Required fields of a location in a document."""

    document: str
    page: Number | None
    pinpoint: str | None
    start: Offset
    end: Offset


@checked(frozen=True, slots=True, config=STRICT)
class CitationRecord(LocationRecord):
    """Required fields of a citation."""

    n: Number
    title: str
    kind: str
    issuer: str | None
    symbol: str | None
    date: str | None
    quote: str


@checked(frozen=True, slots=True, config=STRICT)
class EvidenceRecord(LocationRecord):
    """Required fields of a piece of evidence."""

    rank: Number
    score: float
    text: str


@checked(frozen=True, slots=True, config=STRICT)
class AnswerRecord:
    """Required fields of an answer; other fields may be present. Statements cite only citations in the record."""

    schema: Literal[1]
    question: str
    answer: str
    notes: tuple[str, ...]
    abstained: bool
    reason: str | None
    statements: tuple[StatementRecord, ...]
    citations: tuple[CitationRecord, ...]
    evidence: tuple[EvidenceRecord, ...]
    llm: str
    index: str
    seconds: dict[str, float]
    more: Offset = 0

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Raise ValueError for a missing citation or total time."""
        cited = {number for statement in self.statements for number in statement.citations}
        if missing := cited - {citation.n for citation in self.citations}:
            raise ValueError(f"citation {min(missing)} is missing")
        if "total" not in self.seconds:
            raise ValueError("seconds has no total")
        return self


def answer_record(answer: Answer, identity: str = "") -> dict[str, Any]:
    """The record of an answer; `identity` is the id of its question, if any.

    `examples` only in reply to small talk, `more` only if something is left out.
    """
    examples = {"examples": list(answer.examples)} if answer.examples else {}
    more = {"more": answer.more} if answer.more else {}
    return {
        "schema": SCHEMA,
        "id": identity,
        "question": answer.question,
        "answer": answer.text,
        "notes": list(answer.notes),
        "abstained": answer.abstained,
        "reason": answer.reason,
        "statements": [
            {
                "text": statement.text,
                "support": statement.support.value,
                "score": round(statement.score, 4),
                "citations": list(statement.citations),
                "reasons": list(statement.reasons),
            }
            for statement in answer.statements
        ],
        "citations": [citation_record(citation) for citation in answer.citations],
        "evidence": evidence_records(answer.evidence),
        "llm": answer.llm,
        "index": answer.index,
        "seconds": {stage: round(seconds, 4) for stage, seconds in answer.seconds.items()},
        **examples,
        **more,
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """The record of a citation; `start` and `end` index the canonical text that `pincite show --text` prints."""
    known = citation.metadata
    return {
        "n": citation.number,
        "document": citation.document,
        "title": known.title,
        "kind": known.kind,
        "issuer": known.issuer,
        "symbol": known.symbol,
        "date": known.date,
        "page": citation.page,
        "page_end": citation.page_end,
        "page_label": citation.page_label,
        "pinpoint": citation.pinpoint,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def evidence_records(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Records of evidence in rank order: what `pincite search --json` prints."""
    return [
        {
            "rank": found.rank,
            "document": found.passage.document,
            "page": found.passage.page,
            "pinpoint": found.passage.pinpoint,
            "start": found.passage.start,
            "end": found.passage.end,
            "score": round(found.score, 4),
            "text": found.passage.text,
        }
        for found in evidence
    ]
