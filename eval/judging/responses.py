"""Responses to gold questions: Pincite's own, by its contract, or another system's with fewer fields.

Only `id` and `answer` are required; a measure that needs a missing field is left out of the scores.
"""

from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import numbered_lines, validated


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A citation: a quote of a document, with offsets in its canonical text where the system gives them."""

    document: str
    quote: str
    n: int | None = None
    page: int | None = None
    pinpoint: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class RetrievedText:
    """A retrieved text; its rank is its position in the list."""

    document: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class ResponseStatement:
    """A statement of an answer with the result of the system's own verification."""

    text: str
    support: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SystemResponse:
    """An answer or an abstention. `failed`: the system broke down on this question, and `reason` says how.

    Only `answer` and `statements` are judged; `reason` and `notes` are for readers.
    """

    id: str
    answer: str
    question: str | None = None
    abstained: bool | None = None
    failed: bool = False
    reason: str | None = None
    notes: tuple[str, ...] = ()
    statements: tuple[ResponseStatement, ...] = ()
    citations: tuple[CitedQuote, ...] = ()
    evidence: tuple[RetrievedText, ...] = ()
    confidence: float | None = None
    llm: str | None = None
    index: str | None = None
    seconds: dict[str, float] | None = None

    @property
    def is_abstention(self) -> bool:
        """Whether the system abstained; one that does not say so did not, whatever its answer reads like."""
        return bool(self.abstained)

    @property
    def is_attempt(self) -> bool:
        """Whether there is an answer to judge: not an abstention, a failure or an empty text."""
        return not (self.is_abstention or self.failed) and bool(self.answer.strip())


RESPONSE = TypeAdapter(SystemResponse)


def read_responses(path: Path) -> dict[str, SystemResponse]:
    """Responses from a JSON Lines file by id. Raises BadInput naming file, line and field."""
    responses: dict[str, SystemResponse] = {}
    for number, line in numbered_lines(path):
        response = read_response(line, f"{path}, line {number}")
        if response.id in responses:
            raise BadInput(f"{path}, line {number}, field id: there is another answer with the id {response.id}.")
        responses[response.id] = response
    return responses


def read_response(line: str, location: str) -> SystemResponse:
    """One response. Raises BadInput, which begins with `location`."""
    return validated(RESPONSE, line, location)
