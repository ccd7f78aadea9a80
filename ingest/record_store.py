"""JSON records in one SQLite file, safe against kills and shared by threads and processes.

A record is found by its collection and key; a collection lists its records in the order in which they were first
written. What several calls change inside `transaction` is written whole or not at all.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

from pincite.ingest.errors import BrokenIndex, ForeignIndex, IndexBusy, IndexProblem

BUSY_TIMEOUT = 10.0  # seconds to wait while another process writes
TABLE = """CREATE TABLE records (
    number INTEGER PRIMARY KEY, collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    UNIQUE (collection, key)
)"""
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, None}


@dataclass(frozen=True, slots=True)
class StoreKind:
    """What a file holds, in a word for messages; identity and version are in the header of the file."""

    name: str
    application_id: int
    version: int = 1


class RecordStore:
    """An open file of records; threads may share it. Its methods raise IndexProblem."""

    def __init__(self, path: Path, kind: StoreKind, connection: sqlite3.Connection) -> None:
        self.path = path
        self.kind = kind
        self.connection = connection
        self.lock = RLock()

    def execute(self, statement: str, *values: str) -> list[Any]:
        """Run one statement; the rows it finds. Raises IndexBusy, BrokenIndex, IndexProblem."""
        try:
            with self.lock:
                return self.connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise problem(self.path, self.kind, error) from error

    @contextmanager
    def transaction(self, mode: str = "IMMEDIATE") -> Iterator[None]:
        """All that is written inside, or nothing; meanwhile no other thread or process writes."""
        with self.lock:
            self.execute(f"BEGIN {mode}")
            try:
                yield
                self.execute("COMMIT")
            finally:
                if self.connection.in_transaction:
                    self.connection.rollback()

    def prepare(self, *, exclusive: bool) -> None:
        """Set up a new file and check an old one. Raises ForeignIndex for one of another program, kind or version."""
        if exclusive or self.is_new():
            with self.transaction("EXCLUSIVE" if exclusive else "IMMEDIATE"):
                if self.is_new():
                    self.execute(TABLE)
                    self.execute(f"PRAGMA application_id = {self.kind.application_id}")
                    self.execute(f"PRAGMA user_version = {self.kind.version}")
        if (self.pragma("application_id"), self.pragma("user_version")) != (
            self.kind.application_id,
            self.kind.version,
        ):
            raise ForeignIndex(
                f"{self.path} was made by another program or another version of Pincite: "
                f"move it away, and a new {self.kind.name} is begun."
            )

    def is_new(self) -> bool:
        """Whether nothing has been written to the file."""
        return not self.pragma("application_id") and not self.execute("SELECT 1 FROM sqlite_master")

    def pragma(self, name: str) -> int:
        """A number of the file's header."""
        return int(self.execute(f"PRAGMA {name}")[0][0])

    def put(self, collection: str, key: str, value: object) -> None:
        """Write a record, in place of the one with the same key."""
        self.execute(
            "INSERT INTO records (collection, key, value) VALUES (?, ?, ?) "
            "ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value",
            collection,
            key,
            json.dumps(value, ensure_ascii=False),
        )

    def get(self, collection: str, key: str) -> Any:
        """The value of a record, None if there is none."""
        found = self.execute("SELECT value FROM records WHERE collection = ? AND key = ?", collection, key)
        return self.decoded(found[0][0]) if found else None

    def has(self, collection: str, key: str) -> bool:
        """Whether there is such a record."""
        return bool(self.execute("SELECT 1 FROM records WHERE collection = ? AND key = ?", collection, key))

    def items(self, collection: str) -> list[tuple[str, Any]]:
        """Keys and values of a collection, in the order in which the keys were first written."""
        found = self.execute("SELECT key, value FROM records WHERE collection = ? ORDER BY number", collection)
        return [(key, self.decoded(value)) for key, value in found]

    def count(self, collection: str) -> int:
        """How many records a collection has."""
        return int(self.execute("SELECT count(*) FROM records WHERE collection = ?", collection)[0][0])

    def delete(self, collection: str, key: str) -> None:
        """Delete a record if there is one."""
        self.execute("DELETE FROM records WHERE collection = ? AND key = ?", collection, key)

    def clear(self, collection: str) -> None:
        """Delete all records of a collection."""
        self.execute("DELETE FROM records WHERE collection = ?", collection)

    def decoded(self, value: str) -> Any:
        """A value from its JSON. Raises BrokenIndex."""
        try:
            return json.loads(value)
        except (ValueError, TypeError) as error:
            raise problem(self.path, self.kind, error) from error


@contextmanager
def open_store(path: Path, kind: StoreKind, *, exclusive: bool = False) -> Iterator[RecordStore]:
    """The records of a file, which is made if there is none. `exclusive`: closed to everybody else until the end.

    Raises IndexBusy, ForeignIndex, BrokenIndex, IndexProblem. A rollback journal and `secure_delete` rather than WAL:
    what is deleted is gone from the disk, and one file is all there is between two writes.
    """
    uri = f"{path.absolute().as_uri()}?mode=rwc"
    try:
        connection = sqlite3.connect(
            uri, uri=True, timeout=0 if exclusive else BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise problem(path, kind, error) from error
    with closing(connection):
        store = RecordStore(path, kind, connection)
        store.execute("PRAGMA secure_delete = ON")
        if exclusive:
            store.execute("PRAGMA locking_mode = EXCLUSIVE")  # the file stays locked after the first transaction
        store.prepare(exclusive=exclusive)
        yield store


def problem(path: Path, kind: StoreKind, error: Exception) -> IndexProblem:
    """An error of SQLite or of a value as one sentence for the user."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code else None  # https://www.sqlite.org/rescode.html
    if primary in BUSY:
        return IndexBusy(f"{path} is in use by another process: try again when it is done.")
    if primary in DAMAGED:
        return BrokenIndex(f"{path} is damaged ({error}): move it away, and a new {kind.name} is begun.")
    return IndexProblem(
        f"The {kind.name} in {path} cannot be read or written ({error}): "
        "check the folder's permissions and the free space on the disk."
    )
