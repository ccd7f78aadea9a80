"""The journal beside an output: answers as they arrive, so that a run that was stopped resumes where it stopped.

Collections: `run` (`settings` the answers were made with, `began` the day), `answers`, and `failures` (answers with
`failed`), both by the key of the question.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pincite.briefing.questions.questions import BriefingQuestion
from pincite.ingest.errors import BadInput, IndexBusy
from pincite.ingest.record_store import RecordStore, StoreKind, open_store

SUFFIX = ".journal.sqlite"
KIND = StoreKind("journal", 0x50696E4A)  # "PinJ"
RUN, ANSWERS, FAILURES = "run", "answers", "failures"

Settings = Mapping[str, Any]  # what the answers were made with: answers made with other settings are not reused


class Journal:
    """An open journal. Threads may add to it; an answer is on the disk before `add` returns."""

    def __init__(self, store: RecordStore) -> None:
        self.store = store
        self.began: str = store.get(RUN, "began")

    def has(self, asked: BriefingQuestion) -> bool:
        """Whether a question is answered; one that failed is not."""
        return self.store.has(ANSWERS, key_of(asked))

    def add(self, asked: BriefingQuestion, record: Mapping[str, Any]) -> None:
        """Write the answer to a question."""
        key = key_of(asked)
        with self.store.transaction():
            self.store.delete(FAILURES, key)
            self.store.put(FAILURES if record.get("failed") else ANSWERS, key, record)

    def record(self, asked: BriefingQuestion) -> dict[str, Any]:
        """The answer to a question, read from the disk. Raises KeyError where there is none."""
        key = key_of(asked)
        record: dict[str, Any] | None = self.store.get(ANSWERS, key) or self.store.get(FAILURES, key)
        if record is None:
            raise KeyError(asked.id)
        return record | {"id": asked.id}


def journal_path(out: Path) -> Path:
    """The file of the journal of an output.

    >>> journal_path(Path("book.docx")).name
    'book.docx.journal.sqlite'
    """
    return out.with_name(out.name + SUFFIX)


@contextmanager
def open_journal(out: Path, settings: Settings) -> Iterator[tuple[Journal, bool]]:
    """The journal of an output, and whether it was emptied because its answers were made with other settings.

    Raises BadInput while another run writes to it, IndexProblem for a file that is no journal.
    """
    with ExitStack() as stack:
        try:
            store = stack.enter_context(open_store(journal_path(out), KIND, exclusive=True))
        except IndexBusy as error:
            raise BadInput(f"Another run is writing {out}: wait until it is done, or name another --out.") from error
        before, now = store.get(RUN, "settings"), json.loads(json.dumps(settings))
        if before != now:
            begin(store, now)
        yield Journal(store), before not in (None, now)


def begin(store: RecordStore, settings: Settings) -> None:
    """Empty a journal and note the settings of a new run."""
    with store.transaction():
        store.clear(ANSWERS)
        store.clear(FAILURES)
        store.put(RUN, "settings", settings)
        store.put(RUN, "began", datetime.now(UTC).date().isoformat())


def key_of(asked: BriefingQuestion) -> str:
    """Identifies a question in a journal: its words and the documents it is asked of.

    >>> key_of(BriefingQuestion("q1", "Who?")) == key_of(BriefingQuestion("q2", "Who?"))
    True
    """
    asking = json.dumps([asked.question, asdict(asked.filters)], sort_keys=True)
    return hashlib.sha256(asking.encode()).hexdigest()[:16]


def unanswered(journal: Journal, asked: Sequence[BriefingQuestion]) -> list[BriefingQuestion]:
    """The questions that are still to be asked, each once."""
    left = {key_of(one): one for one in asked if not journal.has(one)}
    return list(left.values())
