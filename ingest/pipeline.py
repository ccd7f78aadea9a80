"""Files -> index, document by document: what `pincite ingest` does. Memory holds a batch of documents at most."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from ingest.catalog import Entry, NewPassage
from ingest.document import Document
from ingest.embed import Embedder, TokenCounter, Vectors
from ingest.errors import IndexProblem, RejectedFile
from ingest.files import Found, SourceFile, find_files
from ingest.index import Index, IndexSettings, open_for_writing, require_index
from ingest.passages import Passage, cut_passages
from ingest.read import hash_file, read_document

BATCH_PASSAGES = 512  # documents are embedded and written once this many passages wait


@dataclass(slots=True)
class Summary:
    """What a run did. `documents` and `passages` count the whole index afterwards, `seconds` is by stage."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    passed_over: int = 0
    documents: int = 0
    passages: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "embed": 0.0, "write": 0.0, "total": 0.0})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that has been read and waits to be embedded and written."""

    source: SourceFile
    document: Document
    passages: tuple[NewPassage, ...]


Progress = Callable[[int, int], None]  # files done, of how many


def ignore_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def ingest(
    paths: Sequence[Path],
    folder: Path,
    *,
    prune: bool = False,
    settings: IndexSettings | None = None,
    server: str | None = None,
    progress: Progress = ignore_progress,
) -> Summary:
    """Index files and folders: new and changed ones are written, unchanged ones skipped, bad ones rejected by name.

    Raises BadInput for a path that leads nowhere, IndexProblem when the index cannot be written.
    """
    found = find_files(paths)
    with open_for_writing(folder, settings, server) as index:
        try:
            return Run(index, found, progress).run(prune=prune)
        except sqlite3.OperationalError as error:
            raise IndexProblem(
                f"The index in {folder} cannot be written ({error}): free space or mend permissions and run again; "
                "documents written so far are kept."
            ) from error


class Run:
    """One run over the files found, with its index open and its documents waiting."""

    def __init__(self, index: Index, found: Found, progress: Progress) -> None:
        self.index = index
        self.found = found
        self.progress = progress
        self.known = {entry.path: entry for entry in index.catalog.entries()}
        self.summary = Summary(passed_over=found.passed_over)
        self.taken: dict[str, SourceFile] = {}
        self.waiting: list[Waiting] = []
        self.count_tokens: TokenCounter | None = None
        self.embedder: Embedder | None = None

    def run(self, *, prune: bool) -> Summary:
        """Take every file in, then bring what is derived up to the catalog."""
        began = perf_counter()
        for done, source in enumerate(self.found.files):
            self.progress(done, len(self.found.files))
            self.take(source)
            if sum(len(waiting.passages) for waiting in self.waiting) >= BATCH_PASSAGES:
                self.write()
        self.write()
        if prune:
            self.prune()
        self.finish()
        self.progress(len(self.found.files), len(self.found.files))
        self.summary.seconds["total"] = perf_counter() - began
        return self.summary

    def take(self, source: SourceFile) -> None:
        """Read a file that is new or changed and let it wait; note one that is rejected."""
        began = perf_counter()
        try:
            known = self.known.get(source.name)
            self.check_name(source, known)
            if known and known.id == hash_of(source.path):
                self.keep(source, known)
            else:
                self.waiting.append(self.read(source))
        except RejectedFile as reason:
            self.summary.rejected.append((source.name, str(reason)))
        self.summary.seconds["read"] += perf_counter() - began

    def check_name(self, source: SourceFile, known: Entry | None) -> None:
        """Raise RejectedFile when the name belongs to another file, of this run or still standing in another folder."""
        other = self.taken.setdefault(source.name, source).path
        if other == source.path and known and known.root != str(source.root):
            other = Path(known.root, known.path)
        if other != source.path and other.is_file() and hash_of(other) != hash_of(source.path):
            raise RejectedFile(
                f"a different file of this name is there from {other.parent}; ingest a folder above both, "
                "or use another --index"
            )

    def keep(self, source: SourceFile, known: Entry) -> None:
        """Note an unchanged file, and its new folder when the whole folder has moved."""
        self.summary.unchanged += 1
        if known.root != str(source.root):
            with self.index.catalog.transaction():
                self.index.catalog.set_root(source.name, str(source.root))

    def read(self, source: SourceFile) -> Waiting:
        """A file's document and passages. Raises RejectedFile."""
        document = read_document(source.path, source.name)
        self.count_tokens = self.count_tokens or TokenCounter(self.index.settings.model)
        passages = cut_passages(document, self.index.settings.rules, self.count_tokens)
        self.summary.warnings += [(source.name, warning) for warning in document.warnings]
        return Waiting(source, document, tuple(NewPassage(passage, digest(passage)) for passage in passages))

    def write(self) -> None:
        """Embed what waits and write it, each document in a transaction of its own."""
        vectors = self.embed([new for waiting in self.waiting for new in waiting.passages])
        began = perf_counter()
        for waiting in self.waiting:
            updated = waiting.source.name in self.known
            with self.index.catalog.transaction():
                self.index.catalog.add_embeddings(
                    {new.embedding: vectors[new.embedding] for new in waiting.passages if new.embedding in vectors}
                )
                self.index.catalog.add_document(waiting.document, str(waiting.source.root), waiting.passages)
            self.summary.updated += updated
            self.summary.added += not updated
        self.waiting = []
        self.summary.seconds["write"] += perf_counter() - began

    def embed(self, passages: Sequence[NewPassage]) -> dict[bytes, Vectors]:
        """Vectors, by digest, of those passages of which the catalog has none yet."""
        began = perf_counter()
        missing = self.index.catalog.missing_embeddings(new.embedding for new in passages)
        texts = {new.embedding: embedded_text(new.passage) for new in passages if new.embedding in missing}
        if texts:
            self.embedder = self.embedder or Embedder(self.index.settings.model)
        vectors = dict(zip(texts, self.embedder.embed(list(texts.values())), strict=True)) if self.embedder else {}
        self.summary.seconds["embed"] += perf_counter() - began
        return vectors

    def prune(self) -> None:
        """Take out the documents of the given folders whose file is gone."""
        roots = {str(source.root) for source in self.found.files}
        gone = [e for e in self.index.catalog.entries() if e.root in roots and not Path(e.root, e.path).is_file()]
        for entry in gone:
            with self.index.catalog.transaction():
                self.index.catalog.remove_document(entry.path)
        self.summary.removed = len(gone)

    def finish(self) -> None:
        """Forget vectors that nothing uses, bring what is derived up to the catalog, and count."""
        began = perf_counter()
        catalog = self.index.catalog
        if self.summary.removed or self.summary.updated:
            with catalog.transaction():
                catalog.drop_unused_embeddings()
        self.index.bring_up_to_date()
        self.summary.documents = len(catalog.entries())
        self.summary.passages = catalog.count_passages()
        self.summary.seconds["write"] += perf_counter() - began


def remove(document: str, folder: Path, settings: IndexSettings | None = None, server: str | None = None) -> None:
    """Take a document out of an index. Raises UnknownDocument, NoIndex."""
    require_index(folder)
    with open_for_writing(folder, settings, server) as index:
        index.document(document)
        with index.catalog.transaction():
            index.catalog.remove_document(document)
            index.catalog.drop_unused_embeddings()
        index.bring_up_to_date()


def hash_of(path: Path) -> str:
    """The sha256 of a file. Raises RejectedFile when it cannot be opened."""
    try:
        return hash_file(path)
    except OSError as error:
        raise RejectedFile(f"it cannot be opened ({error.strerror}); check its permissions") from error


def embedded_text(passage: Passage) -> str:
    """What is embedded of a passage: what it is about, then what it says."""
    return f"{passage.context}\n{passage.text}"


def digest(passage: Passage) -> bytes:
    """Digest of what is embedded, under which the vector is kept: the same words are embedded once."""
    return hashlib.sha256(embedded_text(passage).encode()).digest()[:16]
