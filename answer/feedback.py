"""What readers think of answers: a line of JSON each, kept beside the index. Knows nothing about how they are asked."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

from filelock import FileLock
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from pincite.ingest.errors import BadInput, IndexProblem
from pincite.ingest.index.index import require_index

FILE = "feedback.jsonl"  # in the index folder
SCHEMA = 1
PATIENCE = 10.0  # seconds to wait while another process writes
STRICT = ConfigDict(strict=True)


@dataclass(frozen=True, slots=True)
class Feedback:
    """A judgement of an answer: `at` in UTC as ISO 8601 to the second, `answer` as `pincite.answer.schema` gives it."""

    helpful: bool
    comment: str
    at: str
    answer: dict[str, Any]

    @property
    def about(self) -> str:
        """What stands for the question with its answer: 64 hexadecimal digits."""
        return digest(self.answer["question"], self.answer["answer"])


@checked(frozen=True, slots=True, config=STRICT)
class CitedPlace:
    """What a citation must have."""

    document: str
    page: int | None
    pinpoint: str | None
    quote: str


@checked(frozen=True, slots=True, config=STRICT)
class FoundPlace:
    """What a piece of evidence must have."""

    document: str
    page: int | None
    pinpoint: str | None
    text: str


@checked(frozen=True, slots=True, config=STRICT)
class JudgedAnswer:
    """What an answer must have, so that a judgement of it is of use."""

    question: str
    answer: str
    abstained: bool
    citations: tuple[CitedPlace, ...]
    evidence: tuple[FoundPlace, ...]


@checked(frozen=True, slots=True, config=STRICT)
class Line:
    """What a line must have."""

    schema: Literal[1]
    helpful: bool
    comment: str
    at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    answer: JudgedAnswer


LINE = TypeAdapter(Line)


def digest(question: str, answer: str) -> str:
    """What stands for a question with its answer: 64 hexadecimal digits."""
    return sha256(f"{question}\0{answer}".encode()).hexdigest()


def present() -> str:
    """The time as `Feedback.at` has it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def store(folder: Path, feedback: Feedback) -> None:
    """Add a judgement to those beside an index. Raises NoIndex, and IndexProblem when it cannot be written."""
    require_index(folder)
    path = folder / FILE
    line = json.dumps({"schema": SCHEMA, **asdict(feedback)}, ensure_ascii=False).encode() + b"\n"
    try:
        with FileLock(f"{path}.lock", timeout=PATIENCE), path.open("ab+") as file:
            end_last_line(file)
            file.write(line)
    except OSError as error:
        raise IndexProblem(
            f"The judgement cannot be kept in {path} ({error.strerror or error}): check the folder's permissions and "
            "the room on the disk."
        ) from error


def end_last_line(file: BinaryIO) -> None:
    """Leave a file that ends between two lines: what is left of a torn one is cut off."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - 1, 0))
    if file.read() in {b"", b"\n"}:
        return
    file.seek(0)
    last = file.read().rpartition(b"\n")[2]
    if is_json(last):
        file.write(b"\n")
    else:
        file.truncate(size - len(last))


def read_feedback(path: Path) -> list[Feedback]:
    """The judgements of a file, the last one on each answer. Raises BadInput naming file and line.

    A last line that a process could not finish writing is passed over.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput(f"There is no {path}: no answer has been judged in the app yet.") from error
    except OSError as error:
        raise BadInput(f"The judgements in {path} cannot be read ({error.strerror}).") from error
    lines = list(enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1))
    if not is_json(lines[-1][1]):
        del lines[-1]
    judged = [read_line(line, f"{path}, line {number}") for number, line in lines if line.strip()]
    return list({feedback.about: feedback for feedback in judged}.values())


def is_json(line: bytes) -> bool:
    """Whether a line is whole."""
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def read_line(line: bytes, place: str) -> Feedback:
    """One judgement; `place` is what an error names. Raises BadInput with the first field that is wrong.

    >>> read_line(b'{"schema": 2}', "feedback.jsonl, line 1")
    Traceback (most recent call last):
        ...
    pincite.ingest.errors.BadInput: feedback.jsonl, line 1, field schema: input should be 1.
    """
    try:
        LINE.validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        message = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
        raise BadInput(f"{place}{f', field {field}' if field else ''}: {message}.") from error
    record = json.loads(line)
    return Feedback(record["helpful"], record["comment"], record["at"], record["answer"])
