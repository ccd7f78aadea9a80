"""Required fields of an answer record, checked when a record is read from a file of an earlier day.

`pincite.answer.schema` makes these records. Other fields may be present and are left as they are.
"""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass as checked

from pincite.answer.verification.verify import Support

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
    """Required fields of an answer; its statements cite only citations that it has."""

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

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse an answer that lacks a citation or its total time."""
        cited = {number for statement in self.statements for number in statement.citations}
        if missing := cited - {citation.n for citation in self.citations}:
            raise ValueError(f"citation {min(missing)} is missing")
        if "total" not in self.seconds:
            raise ValueError("the total of the seconds is missing")
        return self
