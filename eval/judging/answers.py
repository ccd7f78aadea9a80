"""Answers as the harness judges them: Pincite's own by its contract, or another system's with less in them.

Only `id` and `answer` must stand in a line; whatever measure needs what is not there is left out of the scores.
"""

from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from pincite.answer.answerability.abstain import NOT_IN_CORPUS
from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import numbered_lines, validated


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: a quote of a document, with offsets in its canonical text where the system gives them."""

    document: str
    quote: str
    n: int | None = None
    page: int | None = None
    pinpoint: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A retrieved text; its rank is its place in the list."""

    document: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of an answer and what its own checks found."""

    text: str
    support: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer. `failed` when the system broke down on the question; `reason` then says how."""

    id: str
    answer: str
    question: str | None = None
    abstained: bool | None = None
    failed: bool = False
    reason: str | None = None
    statements: tuple[Stated, ...] = ()
    citations: tuple[Cited, ...] = ()
    evidence: tuple[Retrieved, ...] = ()
    confidence: float | None = None
    llm: str | None = None
    index: str | None = None
    seconds: dict[str, float] | None = None

    @property
    def abstains(self) -> bool:
        """Whether the system said that the documents do not answer: by its own word, or by Pincite's phrase."""
        return NOT_IN_CORPUS in self.answer if self.abstained is None else self.abstained

    @property
    def attempts(self) -> bool:
        """Whether there is an answer at all: neither an abstention, nor a failure, nor nothing."""
        return not (self.abstains or self.failed) and bool(self.answer.strip())


ANSWERED = TypeAdapter(Answered)


def read_answers(path: Path) -> dict[str, Answered]:
    """Answers of a JSON Lines file by their id. Raises BadInput naming file, line and field."""
    answers: dict[str, Answered] = {}
    for number, line in numbered_lines(path):
        answered = read_answer(line, f"{path}, line {number}")
        if answered.id in answers:
            raise BadInput(f"{path}, line {number}, field id: {answered.id} has been answered before.")
        answers[answered.id] = answered
    return answers


def read_answer(line: str, place: str) -> Answered:
    """One answer; `place` is what an error names."""
    return validated(ANSWERED, line, place)
