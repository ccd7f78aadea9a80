"""Readers' judgements of answers, kept beside the index."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass as checked

from pincite.answer.schema import STRICT, AnswerRecord
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import require_index
from pincite.ingest.jsonl import validated
from pincite.ingest.record_store import StoreKind, open_store

FILE = "feedback.sqlite"  # in the index folder
KIND = StoreKind("file of judgements", 0x50696E46)  # "PinF"
JUDGEMENTS = "judgements"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A judgement of an answer: `at` in UTC as ISO 8601 to the second, `answer` as `pincite.answer.schema` gives it."""

    helpful: bool
    comment: str
    at: str
    answer: dict[str, Any]

    @property
    def answer_digest(self) -> str:
        """Identifies the question and its answer."""
        return digest(self.answer["question"], self.answer["answer"])


@checked(frozen=True, slots=True, config=STRICT)
class FeedbackRecord:
    """Required fields of a judgement."""

    helpful: bool
    comment: str
    at: str
    answer: AnswerRecord


SCHEMA = TypeAdapter(FeedbackRecord)


def digest(question: str, answer: str) -> str:
    """64 hexadecimal digits that identify a question and its answer."""
    return sha256(f"{question}\0{answer}".encode()).hexdigest()


def timestamp() -> str:
    """The current time in the format of `Feedback.at`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def store_feedback(folder: Path, feedback: Feedback) -> None:
    """Store a judgement in the index folder, in place of an earlier one of the same answer. Raises IndexProblem."""
    require_index(folder)
    with open_store(folder / FILE, KIND) as store:
        store.put(JUDGEMENTS, feedback.answer_digest, asdict(feedback))


def read_feedback(path: Path) -> list[Feedback]:
    """The judgements in a file, one for each answer. Raises BadInput, IndexProblem."""
    if not path.exists():
        raise BadInput(f"There is no {path}: no answer has been judged in the app yet.")
    with open_store(path, KIND) as store:
        return [feedback_of(record, f"{path}, judgement {key[:8]}") for key, record in store.items(JUDGEMENTS)]


def feedback_of(record: dict[str, Any], place: str) -> Feedback:
    """A judgement from its record; `place` begins the message of an error. Raises BadInput.

    >>> feedback_of({"helpful": "no"}, "feedback.sqlite, judgement 0f3a")
    Traceback (most recent call last):
        ...
    pincite.ingest.errors.BadInput: feedback.sqlite, judgement 0f3a, field helpful: input should be a valid boolean.
    """
    validated(SCHEMA, json.dumps(record), place)
    return Feedback(**record)
