"""Files -> index, document by document: what `pincite ingest` does. Memory holds two batches of documents at most."""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from pincite.ingest.chunking.passages import Passage, cut_passages
from pincite.ingest.discovery import Found, SourceFile, find_files
from pincite.ingest.document import Document
from pincite.ingest.embedding.background import Ahead, Digested
from pincite.ingest.embedding.embedder import Embedder, TokenCounter
from pincite.ingest.errors import IndexProblem, RejectedFile
from pincite.ingest.hashing import hash_file
from pincite.ingest.index.catalog import Entry, NewPassage
from pincite.ingest.index.index import Index, IndexSettings, open_for_writing, require_index
from pincite.ingest.metadata.sidecar import final_metadata, metadata_stamp
from pincite.ingest.progress import Progress, State, Summary, ignore_progress
from pincite.ingest.reading import read_document

BATCH_PASSAGES = 256  # documents are embedded and written once this many passages wait


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that has been read and waits to be embedded and written."""

    source: SourceFile
    document: Document
    passages: tuple[NewPassage, ...]
    stamp: str


@dataclass(slots=True)
class Batch:
    """What is being embedded: the bytes of its files, how many passages, and how many of them are done."""

    bytes: int
    passages: int
    embedded: int = 0

    @property
    def done_bytes(self) -> float:
        """The part of the bytes that stands for what is done."""
        return self.bytes * self.embedded / self.passages if self.passages else 0.0


def ingest(
    paths: Sequence[Path],
    folder: Path,
    *,
    prune: bool = False,
    settings: IndexSettings | None = None,
    server: str | None = None,
    progress: Progress = ignore_progress,
    embedder: Embedder | None = None,
) -> Summary:
    """Index files and folders: new and changed ones are written, unchanged ones skipped, bad ones rejected by name.

    An `embedder` that is open already may be handed in; otherwise one is opened when it is needed.
    Raises BadInput for a path that leads nowhere, IndexProblem when the index cannot be written.
    """
    found = find_files(paths)
    with open_for_writing(folder, settings, server) as index:
        run = Run(index, found, progress, embedder)
        try:
            return run.run(prune=prune)
        except sqlite3.OperationalError as error:
            raise IndexProblem(
                f"The index in {folder} cannot be written ({error}): free space or mend permissions and run again; "
                "documents written so far are kept."
            ) from error
        finally:
            run.ahead.close()


class Run:
    """One run over the files found, with its index open, documents waiting, and others being embedded."""

    def __init__(self, index: Index, found: Found, progress: Progress, embedder: Embedder | None) -> None:
        self.index = index
        self.found = found
        self.progress = progress
        self.known = {entry.path: entry for entry in index.catalog.entries()}
        self.gone = gone_files(self.known, {source.name for source in found.files})
        self.summary = Summary(passed_over=found.passed_over)
        self.taken: dict[str, SourceFile] = {}
        self.waiting: list[Waiting] = []
        self.embedding: list[Waiting] = []
        self.ahead = Ahead(index.settings.model, embedder, self.embedded)
        self.count_tokens: TokenCounter | None = None
        self.bytes = sum(size_of(source) for source in found.files)
        self.done, self.done_bytes, self.share = 0, 0, 0.0
        self.batch = Batch(0, 0)

    def run(self, *, prune: bool) -> Summary:
        """Take every file in, then bring what is derived up to the catalog."""
        began = perf_counter()
        for source in self.found.files:
            self.take(source)
            if sum(len(waiting.passages) for waiting in self.waiting) >= BATCH_PASSAGES:
                self.hand_over()
        self.hand_over()  # what waited is embedded
        self.hand_over()  # and written
        if prune:
            self.prune()
        self.finish()
        self.summary.seconds["total"] = perf_counter() - began
        return self.summary

    def take(self, source: SourceFile) -> None:
        """Read a file that is new or changed and let it wait; note one that is rejected."""
        began = perf_counter()
        try:
            self.check_name(source)
            digest = hash_of(source.path)
            known = self.known.get(source.name)
            stamp = metadata_stamp(source.path, source.root, digest)
            if known is None and digest in self.gone:
                self.move(source, self.gone.pop(digest), stamp)
            elif known and (known.id, known.stamp) == (digest, stamp):
                self.keep(source, known)
            else:
                self.waiting.append(self.read(source, digest, stamp))
        except RejectedFile as reason:
            self.summary.rejected.append((source.name, str(reason)))
            self.settle(source)
        self.summary.seconds["read"] += perf_counter() - began

    def check_name(self, source: SourceFile) -> None:
        """Raise RejectedFile when the name belongs to another file, of this run or still standing in another folder."""
        known = self.known.get(source.name)
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
                self.index.catalog.move_document(source.name, source.name, str(source.root))
        self.settle(source)

    def move(self, source: SourceFile, known: Entry, stamp: str) -> None:
        """Give a document whose file has another name now that name; what is stated beside it there may be new."""
        self.summary.moved += 1
        with self.index.catalog.transaction():
            self.index.catalog.move_document(known.path, source.name, str(source.root))
        self.known[source.name] = replace(known, path=source.name, root=str(source.root))
        if known.stamp == stamp:
            self.settle(source)
        else:
            self.waiting.append(self.read(source, known.id, stamp))

    def read(self, source: SourceFile, digest: str, stamp: str) -> Waiting:
        """A file's document and passages. Raises RejectedFile."""
        document = read_document(source.path, source.name, digest)
        metadata, warnings = final_metadata(document.metadata, source.path, source.root, document.id)
        document = replace(document, metadata=metadata, warnings=(*document.warnings, *warnings))
        self.count_tokens = self.count_tokens or TokenCounter(self.index.settings.model)
        passages = cut_passages(document, self.index.settings.rules, self.count_tokens)
        self.summary.warnings += [(source.name, warning) for warning in document.warnings]
        return Waiting(source, document, tuple(NewPassage(passage, digest_of(passage)) for passage in passages), stamp)

    def hand_over(self) -> None:
        """Have what waits embedded, and meanwhile write what has been."""
        vectors, ready = self.ahead.result(), self.embedding
        self.embedding, self.waiting = self.waiting, []
        texts = self.missing([new for waiting in self.embedding for new in waiting.passages], vectors)
        self.batch = Batch(sum(size_of(waiting.source) for waiting in self.embedding), len(texts))
        self.ahead.start(texts)
        self.write(ready, vectors)

    def missing(self, passages: Sequence[NewPassage], ready: Mapping[bytes, object]) -> dict[bytes, str]:
        """What is to be embedded, by digest: of which the catalog has no vector and is about to get none."""
        missing = self.index.catalog.missing_embeddings(new.embedding for new in passages) - ready.keys()
        return {new.embedding: embedded_text(new.passage) for new in passages if new.embedding in missing}

    def write(self, ready: Sequence[Waiting], vectors: Digested) -> None:
        """Write documents, each with its vectors in a transaction of its own."""
        began = perf_counter()
        for waiting in ready:
            updated = waiting.source.name in self.known
            with self.index.catalog.transaction():
                self.index.catalog.add_embeddings(
                    {new.embedding: vectors[new.embedding] for new in waiting.passages if new.embedding in vectors}
                )
                root = str(waiting.source.root)
                self.index.catalog.add_document(waiting.document, root, waiting.passages, waiting.stamp)
            self.summary.updated += updated
            self.summary.added += not updated
            self.settle(waiting.source)
        self.summary.seconds["write"] += perf_counter() - began

    def embedded(self, count: int) -> None:
        """Count passages embedded."""
        self.summary.embedded += count
        self.batch.embedded += count
        self.tell()

    def settle(self, source: SourceFile) -> None:
        """Count a file as done with."""
        self.done += 1
        self.done_bytes += size_of(source)
        self.tell()

    def tell(self, *, writing: bool = False) -> None:
        """Say how far the run is."""
        share = (self.done_bytes + self.batch.done_bytes) / self.bytes if self.bytes and not writing else 1.0
        self.share = max(self.share, min(share, 1.0))  # a batch is embedded before it is written: never back
        self.progress(State(self.done, len(self.found.files), self.summary.embedded, self.share, writing))

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
        self.ahead.close()
        self.tell(writing=True)
        began = perf_counter()
        catalog = self.index.catalog
        if catalog.has_unused_embeddings():  # of this run, or of one that was killed before it came to this
            with catalog.transaction():
                catalog.drop_unused_embeddings()
        self.index.bring_up_to_date()
        self.summary.documents = len(catalog.entries())
        self.summary.passages = catalog.count_passages()
        self.summary.seconds["write"] += perf_counter() - began
        self.summary.seconds["embed"] = self.ahead.seconds


def remove(document: str, folder: Path, settings: IndexSettings | None = None, server: str | None = None) -> None:
    """Take a document out of an index. Raises UnknownDocument, NoIndex."""
    require_index(folder)
    with open_for_writing(folder, settings, server) as index:
        index.document(document)
        with index.catalog.transaction():
            index.catalog.remove_document(document)
            index.catalog.drop_unused_embeddings()
        index.bring_up_to_date()


def gone_files(known: Mapping[str, Entry], found: set[str]) -> dict[str, Entry]:
    """Documents, by digest, whose file is not where it was and under whose name no other file is given."""
    missing = (entry for path, entry in known.items() if path not in found)
    return {entry.id: entry for entry in missing if not Path(entry.root, entry.path).is_file()}


def size_of(source: SourceFile) -> int:
    """Bytes of a file, 0 when it cannot be asked."""
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def hash_of(path: Path) -> str:
    """The sha256 of a file. Raises RejectedFile when it cannot be opened."""
    try:
        return hash_file(path)
    except OSError as error:
        raise RejectedFile(f"it cannot be opened ({error.strerror}); check its permissions") from error


def embedded_text(passage: Passage) -> str:
    """What is embedded of a passage: what it is about, then what it says."""
    return f"{passage.context}\n{passage.text}"


def digest_of(passage: Passage) -> bytes:
    """Digest of what is embedded, under which the vector is kept: the same words are embedded once."""
    return hashlib.sha256(embedded_text(passage).encode()).digest()[:16]
