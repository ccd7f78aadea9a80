"""Ingests files into an index: `pincite ingest`. Memory holds at most two batches of documents."""

import hashlib
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter

from pincite.ingest.discovery import FoundFiles, SourceFile, find_files, printable
from pincite.ingest.document import Document
from pincite.ingest.embedding.background import BackgroundEmbedder, VectorsByDigest
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import IndexProblem, ModelProblem, RejectedFile
from pincite.ingest.index.catalog import Entry, NewPassage
from pincite.ingest.index.index import Index, IndexSettings, open_for_writing, require_index
from pincite.ingest.isolation.file_reader import FileReader
from pincite.ingest.isolation.messages import cutting_for
from pincite.ingest.isolation.regular_file import digest_of, size_of
from pincite.ingest.memory import limit_arenas, release_freed
from pincite.ingest.metadata.sidecar import metadata_stamp
from pincite.ingest.model_change import change_model, embedded_text, embedding_digest
from pincite.ingest.names import file_of
from pincite.ingest.progress import IngestState, Progress, Summary, ignore_progress

READING = ("chunking", "data", "metadata", "places", "readers", "structure")  # rooms whose code decides what is read
LOGGER = logging.getLogger(__name__)
BATCH_PASSAGES = 256  # documents are embedded and written once they have this many passages


@dataclass(frozen=True, slots=True)
class PendingDocument:
    """A document that has been read but not written; `stamp` is the digest of its sidecar metadata."""

    source: SourceFile
    document: Document
    passages: tuple[NewPassage, ...]
    stamp: str


@dataclass(slots=True)
class BatchProgress:
    """Progress of the batch that is being embedded: bytes of its files, its passages, and those embedded."""

    bytes: int
    passages: int
    embedded: int = 0

    @property
    def done_bytes(self) -> float:
        """The share of the bytes that corresponds to the embedded passages."""
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
    """Ingest files and folders: write new and changed files, skip unchanged ones, report rejected ones.

    Uses the given `embedder`, or opens one when needed. `settings`: None for those of the index, or of a new one; with
    another embedding model than that of the index, all its passages are embedded again first.
    Raises BadInput for a path that does not exist, IndexProblem if the index cannot be written.
    """
    limit_arenas()
    found = find_files(paths)
    if settings:
        change_model(folder, settings.model, server, progress)
    with open_for_writing(folder, settings, server) as index:
        run = IngestRun(index, found, progress, embedder)
        try:
            return run.run(prune=prune)
        finally:
            run.close()


class IngestRun:
    """A run over the files found: its open index, the documents read, and those being embedded."""

    def __init__(self, index: Index, found: FoundFiles, progress: Progress, embedder: Embedder | None) -> None:
        self.index = index
        self.found = found
        self.progress = progress
        self.known = {entry.path: entry for entry in index.catalog.entries()}
        self.by_file = {file_of(entry.root, entry.path): entry for entry in self.known.values()}
        self.missing = missing_files(self.known, {source.name for source in found.files})
        self.summary = Summary(skipped=found.skipped)
        self.names: dict[str, SourceFile] = {}
        self.pending: list[PendingDocument] = []
        self.embedding: list[PendingDocument] = []
        known = embedder if embedder and embedder.model == index.settings.model else None
        self.embedder = BackgroundEmbedder(index.settings.model, known, self.count_embedded)
        self.reader: FileReader | None = None
        self.bytes = sum(size_of(source.path) for source in found.files)
        self.done, self.done_bytes, self.share = 0, 0, 0.0
        self.batch = BatchProgress(0, 0)

    def run(self, *, prune: bool) -> Summary:
        """Ingest all files, then sync the search indexes."""
        began = perf_counter()
        for source in self.found.files:
            self.process(source)
            if sum(len(pending.passages) for pending in self.pending) >= BATCH_PASSAGES:
                self.next_batch()
        self.next_batch()  # embeds the last batch
        self.next_batch()  # and writes it
        if prune:
            self.prune()
        self.finish()
        self.summary.seconds["total"] = perf_counter() - began
        return self.summary

    def process(self, source: SourceFile) -> None:
        """Read a new or changed file; skip an unchanged one; rename a moved one; report a rejected one."""
        began = perf_counter()
        try:
            source = self.named(source)
            digest = digest_of(source.path)
            known = self.known.get(source.name)
            stamp = reading_stamp(source, digest)
            if known is None and digest in self.missing:
                self.rename(source, self.missing.pop(digest), stamp)
            elif known and (known.id, known.stamp) == (digest, stamp):
                self.skip_unchanged(source, known)
            else:
                self.pending.append(self.read(source, digest, stamp))
        except Exception as error:  # noqa: BLE001  whatever a file does, it is rejected by name and the run goes on
            self.reject(source, error)
        self.summary.seconds["read"] += perf_counter() - began

    def reject(self, source: SourceFile, error: Exception) -> None:
        """Report a file that cannot be read, with the reason. Raises errors of the index and of the model."""
        if isinstance(error, sqlite3.Error | IndexProblem | ModelProblem):
            raise error
        if isinstance(error, RejectedFile):
            reason = str(error)
        elif isinstance(error, OSError):
            reason = f"it cannot be read ({error.strerror}); check its name and permissions"
        else:
            LOGGER.info("%s could not be read", source.path, exc_info=error)
            reason = f"it cannot be read because of a fault in this program ({type(error).__name__}); please report it"
        self.summary.rejected.append((source.name, reason))
        self.count_done(source)

    def named(self, source: SourceFile) -> SourceFile:
        """A file under the name that it has in the library.

        A file that was ingested from another folder around it keeps its name. One whose name a different file has is
        named with the folder around its own, so that both stay. Raises RejectedFile if there is none.
        """
        if known := self.by_file.get(source.path):
            return replace(source, root=Path(known.root), name=known.path)
        while self.is_taken(source):
            if source.root == source.root.parent:
                raise RejectedFile(
                    "a different file has the same name, and there is no folder above to tell them apart"
                )
            source = replace(source, root=source.root.parent, name=f"{printable(source.root.name)}/{source.name}")
        self.names[source.name] = source
        return source

    def is_taken(self, source: SourceFile) -> bool:
        """Whether a different file has this name, in this run or in a folder ingested before."""
        known = self.known.get(source.name)
        other = self.names.setdefault(source.name, source).path
        if other == source.path and known and known.root != str(source.root):
            other = file_of(known.root, known.path)
        return other != source.path and other.is_file() and digest_of(other) != digest_of(source.path)

    def skip_unchanged(self, source: SourceFile, known: Entry) -> None:
        """Count an unchanged file, and record its folder if the whole folder has moved."""
        self.summary.unchanged += 1
        if known.root != str(source.root):
            with self.index.catalog.transaction():
                self.index.catalog.move_document(source.name, source.name, str(source.root))
        self.count_done(source)

    def rename(self, source: SourceFile, known: Entry, stamp: str) -> None:
        """Rename a document whose file has moved; read it again if the sidecar metadata there differs."""
        self.summary.moved += 1
        with self.index.catalog.transaction():
            self.index.catalog.move_document(known.path, source.name, str(source.root))
        self.known[source.name] = replace(known, path=source.name, root=str(source.root))
        if known.stamp == stamp:
            self.count_done(source)
        else:
            self.pending.append(self.read(source, known.id, stamp))

    def read(self, source: SourceFile, digest: str, stamp: str) -> PendingDocument:
        """Document and passages of a file. Raises RejectedFile."""
        settings = self.index.settings
        self.reader = self.reader or FileReader(cutting_for(settings.rules, settings.model))
        read = self.reader.read(source.path, source.root, source.name)
        if read.document.id != digest:  # the file has changed since: what was read counts
            stamp = reading_stamp(source, read.document.id)
        self.summary.warnings += [(source.name, warning) for warning in read.document.warnings]
        new = tuple(NewPassage(passage, embedding_digest(passage, settings.model)) for passage in read.passages)
        return PendingDocument(source, read.document, new, stamp)

    def next_batch(self) -> None:
        """Start to embed the pending documents, and write those just embedded in the meantime."""
        vectors, ready = self.embedder.result(), self.embedding
        self.embedding, self.pending = self.pending, []
        texts = self.texts_to_embed([new for pending in self.embedding for new in pending.passages], vectors)
        self.batch = BatchProgress(sum(size_of(pending.source.path) for pending in self.embedding), len(texts))
        self.embedder.start(texts)
        self.write(ready, vectors)

    def texts_to_embed(self, passages: Sequence[NewPassage], ready: Mapping[bytes, object]) -> dict[bytes, str]:
        """The texts without a vector, by digest; `ready` vectors are about to be written."""
        missing = self.index.catalog.missing_embeddings(new.embedding for new in passages) - ready.keys()
        return {new.embedding: embedded_text(new.passage) for new in passages if new.embedding in missing}

    def write(self, ready: Sequence[PendingDocument], vectors: VectorsByDigest) -> None:
        """Write documents with their vectors, each in its own transaction."""
        began = perf_counter()
        for pending in ready:
            updated = pending.source.name in self.known
            with self.index.catalog.transaction():
                self.index.catalog.add_embeddings(
                    {new.embedding: vectors[new.embedding] for new in pending.passages if new.embedding in vectors}
                )
                root = str(pending.source.root)
                self.index.catalog.add_document(pending.document, root, pending.passages, pending.stamp)
            self.summary.updated += updated
            self.summary.added += not updated
            self.count_done(pending.source)
        self.summary.seconds["write"] += perf_counter() - began

    def count_embedded(self, count: int) -> None:
        """Count embedded passages; called in the thread of the embedder."""
        self.summary.embedded += count
        self.batch.embedded += count
        self.report()

    def count_done(self, source: SourceFile) -> None:
        """Count a file as done."""
        self.done += 1
        self.done_bytes += size_of(source.path)
        self.report()

    def report(self, *, syncing: bool = False) -> None:
        """Report the state of the run."""
        share = (self.done_bytes + self.batch.done_bytes) / self.bytes if self.bytes and not syncing else 1.0
        self.share = max(self.share, min(share, 1.0))  # never falls: bytes of a batch are counted twice for a moment
        self.progress(IngestState(self.done, len(self.found.files), self.summary.embedded, self.share, syncing))

    def close(self) -> None:
        """End the process that reads and the thread that embeds."""
        if self.reader:
            self.reader.close()
        self.embedder.close()

    def prune(self) -> None:
        """Remove the documents of the given folders whose file is gone."""
        roots = {source.root for source in self.found.files}
        files = ((entry, file_of(entry.root, entry.path)) for entry in self.index.catalog.entries())
        gone = [entry for entry, file in files if any(map(file.is_relative_to, roots)) and not file.is_file()]
        for entry in gone:
            with self.index.catalog.transaction():
                self.index.catalog.remove_document(entry.path)
        self.summary.removed = len(gone)

    def finish(self) -> None:
        """Drop unused vectors, sync the search indexes, and count."""
        self.close()
        release_freed()  # what reading and the model took: the search indexes need room of their own
        self.report(syncing=True)
        began = perf_counter()
        catalog = self.index.catalog
        if catalog.has_unused_embeddings():  # of this run, or of one that was killed before this point
            with catalog.transaction():
                catalog.drop_unused_embeddings()
        self.index.sync()
        self.summary.documents = catalog.count_documents()
        self.summary.passages = catalog.count_passages()
        self.summary.seconds["write"] += perf_counter() - began
        self.summary.seconds["embed"] = self.embedder.seconds


def remove(document: str, folder: Path, settings: IndexSettings | None = None, server: str | None = None) -> None:
    """Remove a document from an index. Raises UnknownDocument, NoIndex."""
    require_index(folder)
    with open_for_writing(folder, settings, server) as index:
        document = index.document(document).path
        with index.catalog.transaction():
            index.catalog.remove_document(document)
            index.catalog.drop_unused_embeddings()
        index.sync()


def missing_files(known: Mapping[str, Entry], found: set[str]) -> dict[str, Entry]:
    """Documents, by digest, whose file no longer exists and whose name no file of the run has."""
    missing = (entry for path, entry in known.items() if path not in found)
    return {entry.id: entry for entry in missing if not file_of(entry.root, entry.path).is_file()}


def reading_stamp(source: SourceFile, digest: str) -> str:
    """Stands for how a file is read and described: by which code, and with what is stated beside it.

    A document with another stamp than at its last ingest is read anew; only passages that differ are embedded.
    """
    return f"{code_digest()} {metadata_stamp(source.path, source.root, digest)}".strip()


@cache
def code_digest() -> str:
    """12 hex digits for the code and data by which files become documents and passages."""
    folder = Path(__file__).parent
    files = (file for room in READING for file in (folder / room).rglob("*") if file.suffix in {".py", ".toml"})
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:12]
