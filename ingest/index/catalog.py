"""The catalog: documents, passages, embeddings and settings in one SQLite file, from which all else is derived.

A document is added, changed or removed in one transaction. Numbers of passages are never reused, so that the derived
indexes (vectors, word search) can be compared with the catalog number by number.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from pincite.ingest.chunking.passages import Passage, passage_id
from pincite.ingest.document import Block, BlockKind, Document, FieldSource, Metadata, Relation
from pincite.ingest.embedding.embedder import Vectors
from pincite.ingest.errors import ForeignIndex, NoIndex
from pincite.ingest.index import acronyms, near_duplicates
from pincite.ingest.index.exact_search import Numbers
from pincite.ingest.index.storage_errors import catalog_problem
from pincite.ingest.places import store
from pincite.ingest.places.outline import OutlineNode

FILE = "catalog.sqlite"
SCHEMA = 4
LOCK_TIMEOUT = 10.0  # seconds to wait for another process
APPLICATION_ID = 0x50696E63  # "Pinc", in the header of the file
TABLES = f"""
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, root TEXT NOT NULL, id TEXT NOT NULL,
    stamp TEXT NOT NULL, text TEXT NOT NULL, page_starts TEXT NOT NULL, blocks TEXT NOT NULL,
    metadata TEXT NOT NULL, warnings TEXT NOT NULL
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER, pinpoint TEXT,
    kind TEXT NOT NULL, headings TEXT NOT NULL, context TEXT NOT NULL, embedding BLOB NOT NULL
);
CREATE INDEX passages_of_document ON passages (document);
CREATE INDEX passages_of_embedding ON passages (embedding);
CREATE TABLE embeddings (digest BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
{near_duplicates.TABLES}{acronyms.TABLES}{store.TABLES}"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the library without its text.

    `root` is the folder it was ingested from, `stamp` the digest of its sidecar metadata (see `metadata.sidecar`),
    `near_duplicates` are the paths of documents with the same text.
    """

    number: int
    path: str
    root: str
    id: str
    metadata: Metadata
    pages: int
    passages: int
    warnings: tuple[str, ...]
    stamp: str = ""
    near_duplicates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to be added, with the digest of its embedded text."""

    passage: Passage
    embedding: bytes


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number in the search indexes, the number of its document, and its vector."""

    number: int
    document_number: int
    passage: Passage
    vector: Vectors


class Catalog:
    """An open catalog. Raises an IndexProblem that names what is wrong with the file."""

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        self.file = folder / FILE
        mode = "rwc" if writable else "ro"
        try:
            self.connection = sqlite3.connect(
                f"{self.file.resolve().as_uri()}?mode={mode}", uri=True, timeout=LOCK_TIMEOUT, check_same_thread=False
            )
            self.connection.executescript("PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000;")  # kB of pages
            self.check_format(writable=writable)
        except sqlite3.DatabaseError as error:
            raise catalog_problem(error, folder) from error

    def check_format(self, *, writable: bool) -> None:
        """Create the tables of a new catalog; reject a file of another program or version."""
        application = self.connection.execute("PRAGMA application_id").fetchone()[0]
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        tables = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if writable and not tables:
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.executescript(
                f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA}; COMMIT;"
            )
        elif not tables and not application:  # a run that ended before it could create them
            raise NoIndex(f"The index in {self.file.parent} is empty: run pincite ingest first.")
        elif application != APPLICATION_ID:
            raise ForeignIndex(f"{self.file} was not made by Pincite: name another folder with --index.")
        elif version != SCHEMA:
            raise ForeignIndex(
                f"{self.file} has format {version}, this version reads {SCHEMA}: remove the folder and ingest again."
            )

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that increases the generation."""
        with self.connection:
            yield
            self.set_setting("generation", str(self.generation + 1))

    def setting(self, name: str) -> str | None:
        """A setting, None if it was never written."""
        row = self.connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Write a setting."""
        self.connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    @property
    def generation(self) -> int:
        """The number of changes to the catalog, which the derived indexes record."""
        return int(self.setting("generation") or 0)

    def add_document(self, document: Document, root: str, passages: Sequence[NewPassage], stamp: str = "") -> None:
        """Add a document, or replace the one with the same path. Call it inside a transaction."""
        self.remove_document(document.path)
        cursor = self.connection.execute(
            "INSERT INTO documents (path, root, id, stamp, text, page_starts, blocks, metadata, warnings) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (document.path, root, document.id, stamp, document.text, json.dumps(document.page_starts),
             json.dumps([(b.kind, b.start, b.end, b.level, b.pinpoint) for b in document.blocks]),
             json.dumps(asdict(document.metadata)), json.dumps(document.warnings)),
        )  # fmt: skip
        number = int(cursor.lastrowid or 0)
        self.connection.executemany(INSERT_PASSAGE, [passage_row(new, number) for new in passages])
        near_duplicates.link(self.connection, number, near_duplicates.sketch(document.text))
        acronyms.store(self.connection, number, acronyms.find_acronyms(document.text))
        store.keep(self.connection, number, store.places_of(document))

    def remove_document(self, path: str) -> bool:
        """Remove a document with its passages; whether it was there. Call it inside a transaction."""
        return self.connection.execute("DELETE FROM documents WHERE path = ?", (path,)).rowcount > 0

    def move_document(self, path: str, new_path: str, root: str) -> None:
        """Change path and folder of a document; numbers, texts and vectors stay. Call it inside a transaction."""
        self.connection.execute("UPDATE documents SET path = ?, root = ? WHERE path = ?", (new_path, root, path))
        if new_path == path:
            return
        rows = self.connection.execute(
            'SELECT p.number, d.id, p.start, p."end" FROM passages p JOIN documents d ON d.number = p.document '
            "WHERE d.path = ?",
            (new_path,),
        ).fetchall()
        # The ids that the passages would have if the document had always had this path.
        ids = [(passage_id(new_path, document, start, end), number) for number, document, start, end in rows]
        self.connection.executemany("UPDATE passages SET id = ? WHERE number = ?", ids)

    def add_embeddings(self, vectors: Mapping[bytes, Vectors]) -> None:
        """Store vectors, float32 (d,) each, by the digest of the embedded text."""
        rows = [(digest, vector.tobytes()) for digest, vector in vectors.items()]
        self.connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?)", rows)

    def missing_embeddings(self, digests: Iterable[bytes]) -> set[bytes]:
        """The digests without a vector."""
        query = "SELECT 1 FROM embeddings WHERE digest = ?"
        return {digest for digest in digests if not self.connection.execute(query, (digest,)).fetchone()}

    def has_unused_embeddings(self) -> bool:
        """Whether there are vectors that no passage uses."""
        query = "SELECT EXISTS (SELECT 1 FROM embeddings WHERE digest NOT IN (SELECT embedding FROM passages))"
        return bool(self.connection.execute(query).fetchone()[0])

    def drop_unused_embeddings(self) -> None:
        """Delete the vectors that no passage uses."""
        self.connection.execute("DELETE FROM embeddings WHERE digest NOT IN (SELECT embedding FROM passages)")

    def renumber_passages(self) -> None:
        """Give all passages numbers that none has had. Call it inside a transaction."""
        self.connection.execute(
            "UPDATE passages SET number = number + (SELECT seq FROM sqlite_sequence WHERE name = 'passages')"
        )
        self.connection.execute("UPDATE sqlite_sequence SET seq = 2 * seq WHERE name = 'passages'")

    def entries(self) -> list[Entry]:
        """All documents in order of their paths."""
        rows = self.connection.execute(
            "SELECT number, path, root, id, metadata, page_starts, warnings, stamp, "
            "(SELECT count(*) FROM passages WHERE document = documents.number) FROM documents ORDER BY path"
        )
        linked = near_duplicates.near_duplicates_by_document(self.connection)
        return [
            Entry(number, path, root, identity, stored_metadata(metadata), len(json.loads(pages)), passages,
                  tuple(json.loads(warnings)), stamp, linked.get(number, ()))
            for number, path, root, identity, metadata, pages, warnings, stamp, passages in rows
        ]  # fmt: skip

    def document(self, path: str) -> Document | None:
        """A document with its text, None if there is none with this path."""
        query = "SELECT id, text, page_starts, blocks, metadata, warnings FROM documents WHERE path = ?"
        row = self.connection.execute(query, (path,)).fetchone()
        if row is None:
            return None
        identity, text, pages, blocks, metadata, warnings = row
        return Document(
            identity, path, text, tuple(json.loads(pages)),
            tuple(Block(BlockKind(kind), *rest) for kind, *rest in json.loads(blocks)),
            stored_metadata(metadata), tuple(json.loads(warnings)),
        )  # fmt: skip

    def outline(self, path: str) -> tuple[OutlineNode, ...]:
        """The tree of units of a document, empty where there is no document of that path."""
        row = self.connection.execute("SELECT number FROM documents WHERE path = ?", (path,)).fetchone()
        return store.stored_outline(self.connection, row[0]) if row else ()

    def excerpt(self, path: str, start: int, end: int) -> str | None:
        """A part of the canonical text of a document, None if there is none with this path."""
        query = "SELECT substr(text, ?, ?) FROM documents WHERE path = ?"
        return next((text for (text,) in self.connection.execute(query, (start + 1, end - start, path))), None)

    def passage_numbers(self) -> Numbers:
        """The numbers of all passages, int64 (n,), ascending: 8 bytes each, where a set would take a hundred."""
        rows = self.connection.execute("SELECT number FROM passages ORDER BY number")
        return np.fromiter((number for (number,) in rows), dtype=np.int64)

    def passages(self, numbers: Sequence[int]) -> list[StoredPassage]:
        """The passages with these numbers, in this order, without those that do not exist."""
        found: dict[int, StoredPassage] = {}
        for start in range(0, len(numbers), 500):
            batch = list(numbers[start : start + 500])
            marks = ", ".join("?" * len(batch))
            for row in self.connection.execute(f"{SELECT_PASSAGES} WHERE p.number IN ({marks})", batch):
                found[row[0]] = stored_passage(row)
        return [found[number] for number in numbers if number in found]

    def passages_of(self, document_number: int, first: int = 0, last: int = 2**62) -> list[StoredPassage]:
        """The passages of a document that begin between two offsets, in reading order."""
        query = f"{SELECT_PASSAGES} WHERE p.document = ? AND p.start BETWEEN ? AND ? ORDER BY p.start"
        return list(map(stored_passage, self.connection.execute(query, (document_number, first, last))))

    def passage_before(self, one: StoredPassage, gap: int) -> StoredPassage | None:
        """The passage of the same document that ends at most `gap` characters before another."""
        query = f'{SELECT_PASSAGES} WHERE p.document = ? AND p."end" BETWEEN ? - ? AND ?'
        start = one.passage.start
        row = self.connection.execute(query, (one.document_number, start, gap, start)).fetchone()
        return row and stored_passage(row)

    def damage(self) -> list[str]:
        """The damage that SQLite finds in the file; empty for a sound one."""
        found = [str(row[0]).splitlines()[-1] for row in self.connection.execute("PRAGMA quick_check(1)")]
        return [] if found == ["ok"] else found

    def count_documents(self) -> int:
        """The number of documents."""
        return int(self.connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def count_passages(self) -> int:
        """The number of passages."""
        return int(self.connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def pinpoints(self, path: str | None = None) -> list[str]:
        """The pinpoints of the passages of a document, or of all documents, without repetitions."""
        query = (
            "SELECT DISTINCT pinpoint FROM passages WHERE pinpoint NOT NULL "
            "AND (:path IS NULL OR document = (SELECT number FROM documents WHERE path = :path))"
        )
        return [pinpoint for (pinpoint,) in self.connection.execute(query, {"path": path})]


INSERT_PASSAGE = (
    'INSERT INTO passages (id, document, start, "end", text, page, pinpoint, kind, headings, context, '
    "embedding) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
stored_headings = lru_cache(maxsize=1024)(json.loads)  # the passages of a section share them
SELECT_PASSAGES = (
    'SELECT p.number, p.document, p.id, d.path, p.start, p."end", p.text, p.page, p.pinpoint, p.kind, p.headings, '
    "p.context, e.vector FROM passages p JOIN documents d ON d.number = p.document "
    "JOIN embeddings e ON e.digest = p.embedding"
)


def stored_metadata(text: str) -> Metadata:
    """Metadata from its JSON, as written by `asdict`."""
    values = json.loads(text).items()
    known: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values}
    relations = tuple(Relation(**relation) for relation in known["relations"])
    sources = tuple(FieldSource(**source) for source in known.get("sources", ()))
    return Metadata(**known | {"relations": relations, "sources": sources})


def stored_passage(row: tuple[Any, ...]) -> StoredPassage:
    """The passage of a row of SELECT_PASSAGES."""
    number, document, identity, path, start, end, text, page, pinpoint, kind, headings, context, vector = row
    passage = Passage(
        identity, path, start, end, text, page, pinpoint, tuple(stored_headings(headings)), context, BlockKind(kind)
    )
    return StoredPassage(number, document, passage, np.frombuffer(vector, dtype=np.float32))


def passage_row(new: NewPassage, document: int | None) -> tuple[Any, ...]:
    """The values of a passage for INSERT_PASSAGE."""
    p = new.passage
    headings = json.dumps(p.headings)
    return p.id, document, p.start, p.end, p.text, p.page, p.pinpoint, p.kind, headings, p.context, new.embedding
