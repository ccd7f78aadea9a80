"""The journal beside an output: answers as they come, so that a run that was stopped goes on where it stood.

::

    {"settings": {…}, "began": "2026-03-01"}    with what the answers are made, and since when
    {"key": "…", "answer": {…}}                 an answer by the contract, `failed` where there is none
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock, Timeout

from pincite.briefing.questions.questions import Asked
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput

SUFFIX = ".journal.jsonl"
Settings = Mapping[str, Any]  # with what answers are made: those made with others are of no use


@dataclass(frozen=True, slots=True)
class Kept:
    """What a journal holds: the day it was begun, and where each answer stands in it, by key; which of them failed."""

    began: str
    places: dict[str, int]
    failed: frozenset[str] = frozenset()


class Journal:
    """An open journal. Threads may add to it; a line is on the disk before `add` comes back."""

    def __init__(self, path: Path, kept: Kept) -> None:
        self.path = path
        self.began = kept.began
        self.places = kept.places
        self.failed = set(kept.failed)
        self.file = path.open("r+b")
        self.lock = Lock()

    def has(self, asked: Asked) -> bool:
        """Whether a question is answered; one that failed is not."""
        key = key_of(asked)
        return key in self.places and key not in self.failed

    def add(self, asked: Asked, record: Mapping[str, Any]) -> None:
        """Write the answer to a question."""
        key = key_of(asked)
        line = json.dumps({"key": key, "answer": record}, ensure_ascii=False).encode() + b"\n"
        with self.lock:
            place = self.file.seek(0, os.SEEK_END)
            self.file.write(line)
            self.file.flush()
            os.fsync(self.file.fileno())
            self.places[key] = place
            (self.failed.add if record.get("failed") else self.failed.discard)(key)

    def record(self, asked: Asked) -> dict[str, Any]:
        """The answer to a question, read from the disk. Raises KeyError where there is none."""
        with self.lock:
            self.file.seek(self.places[key_of(asked)])
            record: dict[str, Any] = json.loads(self.file.readline())["answer"]
        return record | {"id": asked.id}


@contextmanager
def open_journal(out: Path, settings: Settings) -> Iterator[tuple[Journal, bool]]:
    """The journal of an output, and whether one made with other settings had to make room.

    Raises BadInput while another run writes to it.
    """
    path = out.with_name(out.name + SUFFIX)
    lock = path.with_name(f".{path.name}.lock")
    try:
        with FileLock(lock, timeout=0):
            kept = read_journal(path, settings)
            anew = kept is None and path.exists()
            journal = Journal(path, kept or begin(path, settings))
            try:
                yield journal, anew
            finally:
                journal.file.close()
                lock.unlink(missing_ok=True)
    except Timeout as error:
        raise BadInput(f"Another run is writing {out}: wait until it is done, or name another --out.") from error


def begin(path: Path, settings: Settings) -> Kept:
    """A new journal."""
    began = datetime.now(UTC).date().isoformat()
    write_text(path, [json.dumps({"settings": settings, "began": began}, ensure_ascii=False), "\n"])
    return Kept(began, {})


def read_journal(path: Path, settings: Settings) -> Kept | None:
    """What a journal holds that was made with these settings, else None. What a stop left of a last line is cut off."""
    if not path.is_file():
        return None
    places: dict[str, int] = {}
    failed: set[str] = set()
    with path.open("r+b") as file:
        head = parsed(file.readline())
        if head is None or head.get("settings") != json.loads(json.dumps(settings)):
            return None
        place = file.tell()
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(place)
                break
            if found := parsed(line):
                places[found["key"]] = place
                (failed.add if found["answer"].get("failed") else failed.discard)(found["key"])
            place += len(line)
    return Kept(head["began"], places, frozenset(failed))


def parsed(line: bytes) -> dict[str, Any] | None:
    """The object of a line, None where it is none or was not written whole."""
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def key_of(asked: Asked) -> str:
    """What stands for a question in a journal: its words and of which documents it is asked.

    >>> key_of(Asked("q1", "Who?")) == key_of(Asked("q2", "Who?"))
    True
    """
    asking = json.dumps([asked.question, asdict(asked.filters)], sort_keys=True)
    return hashlib.sha256(asking.encode()).hexdigest()[:16]


def unanswered(journal: Journal, asked: Sequence[Asked]) -> list[Asked]:
    """The questions that are still to be asked, each once."""
    left = {key_of(one): one for one in asked if not journal.has(one)}
    return list(left.values())
