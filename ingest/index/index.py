"""The index: one folder with the catalog (the truth) and, derived from it, vectors and lexical index.

What is derived notes the generation of the catalog that it follows. Where the two differ (a killed run, a lost
folder) the difference is found passage by passage and mended, with the vectors that the catalog keeps.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock, Timeout

from pincite.ingest.chunking.passages import PassageRules
from pincite.ingest.document import Document
from pincite.ingest.embedding.weights import DEFAULT_MODEL
from pincite.ingest.errors import BadInput, BrokenIndex, ForeignIndex, IndexBusy, NoIndex, UnknownDocument
from pincite.ingest.index.acronyms import acronyms_of_all
from pincite.ingest.index.catalog import FILE, Catalog, Entry, StoredPassage
from pincite.ingest.index.lexical import LexicalIndex
from pincite.ingest.index.storage_errors import reporting_catalog_problems, reporting_write_problems

if TYPE_CHECKING:
    from pincite.ingest.index.vectors import VectorStore

DEFAULT_FOLDER = Path(".pincite")
LOCK = "writer.lock"
DOCUMENTS_KEPT = 64  # documents whose text is held in memory
PASSAGES_KEPT = 10_000  # passages: some 40 MB
STEP = 2000  # passages moved from the catalog at a time


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What an index is made with; an index made with other settings cannot be searched with these."""

    model: str = DEFAULT_MODEL
    rules: PassageRules = field(default_factory=PassageRules)

    def stored(self) -> str:
        """The settings as the catalog keeps them."""
        return json.dumps(asdict(self), sort_keys=True)


class Index:
    """An open index. Vectors and lexical index are opened, and brought up to date, when first asked for."""

    def __init__(self, folder: Path, settings: IndexSettings, server: str | None, *, writable: bool) -> None:
        self.folder = folder
        self.settings = settings
        self.server = server
        self.writing = writable
        self.catalog = Catalog(folder, writable=writable)
        self.check_settings(writable=writable)
        self.documents: dict[str, Document] = {}
        self.recent: dict[int, StoredPassage] = {}

    def check_settings(self, *, writable: bool) -> None:
        """Note the settings in a new index; raise ForeignIndex when it was made with others."""
        made_with = self.catalog.setting("settings")
        if made_with is None and writable:
            with self.catalog.transaction():
                self.catalog.set_setting("settings", self.settings.stored())
        elif made_with is None:
            raise NoIndex(f"The index in {self.folder} is empty: run pincite ingest first.")
        elif made_with != self.settings.stored():
            raise ForeignIndex(
                f"The index in {self.folder} was made with {differences(made_with, self.settings.stored())}: "
                "remove the folder and ingest again."
            )

    @cached_property
    def vectors(self) -> "VectorStore":
        """The vector search, following the catalog."""
        from pincite.ingest.index.vectors import FOLDER, VectorStore  # noqa: PLC0415  Chroma takes a second to load

        try:
            store = VectorStore(self.folder, self.server)
        except BrokenIndex:
            shutil.rmtree(self.folder / FOLDER)
            store = VectorStore(self.folder, self.server)
        behind = store.generation != self.catalog.generation or store.count() != self.catalog.count_passages()
        if behind or not store.complete:
            with self.lock_for_repair() as locked:
                if locked:
                    self.sync_vectors(store)
        return store

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The word search, following the catalog."""
        lexical = LexicalIndex(self.folder)
        if lexical.generation != self.catalog.generation or lexical.count() != self.catalog.count_passages():
            with self.lock_for_repair() as locked:
                if locked:
                    self.sync_lexical(lexical)
        return lexical

    @contextmanager
    def lock_for_repair(self) -> Iterator[bool]:
        """Whether what is derived may be mended now: not while another process writes, it will do so itself."""
        if self.writing:
            yield True
            return
        with ExitStack() as held:
            try:
                held.enter_context(writer_lock(self.folder))
            except (IndexBusy, OSError):  # a folder that cannot be written to is searched as it stands
                yield False
            else:
                yield True

    def sync(self) -> None:
        """Make vectors and lexical index follow the catalog, where they do not. Raises IndexProblem."""
        state = f"{self.catalog.generation} {self.server or ''}"  # noted, since opening Chroma to ask takes a second
        if self.catalog.setting("searched") == state:
            return
        with reporting_write_problems(self.folder):
            if self.vectors.generation != self.catalog.generation:
                self.sync_vectors(self.vectors)
            if self.lexical.generation != self.catalog.generation:
                self.sync_lexical(self.lexical)
        with self.catalog.connection:
            self.catalog.set_setting("searched", state)

    def sync_vectors(self, store: "VectorStore") -> None:
        """Make the vectors hold exactly the catalog's passages."""
        wanted, held = self.catalog.passage_numbers(), store.numbers()
        store.remove(sorted(held - wanted))
        for numbers in steps(sorted(wanted - held)):
            stored = self.catalog.passages(numbers)
            vectors = np.stack([passage.vector for passage in stored])
            store.add([p.number for p in stored], [p.document_number for p in stored], vectors)
        store.set_generation(self.catalog.generation)
        store.compare_with(self.catalog.connection)

    def sync_lexical(self, lexical: LexicalIndex) -> None:
        """Make the lexical index hold exactly the catalog's passages."""
        wanted, held = self.catalog.passage_numbers(), lexical.numbers()
        lexical.change(sorted(held - wanted), [])
        for numbers in steps(sorted(wanted - held)):
            stored = self.catalog.passages(numbers)
            lexical.change([], [(p.number, p.document_number, p.passage.text, p.passage.context) for p in stored])
        lexical.set_generation(self.catalog.generation)

    def faults(self) -> list[str]:
        """What does not agree between the catalog and what is derived from it; empty for a sound index."""
        wanted = self.catalog.passage_numbers()
        return [
            f"{name} lack {len(wanted - held)} and have {len(held - wanted)} passages too many"
            for name, held in (("vectors", self.vectors.numbers()), ("lexical index", self.lexical.numbers()))
            if held != wanted
        ]

    def document(self, path: str) -> Document:
        """A document with its text. Raises UnknownDocument."""
        if path not in self.documents:
            document = self.catalog.document(path)
            if document is None:
                raise unknown(path)
            if len(self.documents) >= DOCUMENTS_KEPT:
                self.documents.pop(next(iter(self.documents)))
            self.documents[path] = document
        return self.documents[path]

    def excerpt(self, path: str, start: int, end: int) -> str:
        """A stretch of a document's canonical text, without loading the rest. Raises UnknownDocument."""
        if path in self.documents:
            return self.documents[path].text[start:end]
        text = self.catalog.excerpt(path, start, end)
        if text is None:
            raise unknown(path)
        return text

    @cached_property
    def entries(self) -> list[Entry]:
        """The library as it was when the index was opened."""
        return self.catalog.entries()

    @cached_property
    def acronyms(self) -> Mapping[str, tuple[str, ...]]:
        """The library's acronyms with what they stand for, as they were when first asked for."""
        return acronyms_of_all(self.catalog.connection)

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """The library's entries by their paths."""
        return {entry.path: entry for entry in self.entries}

    def entry(self, path: str) -> Entry:
        """What the library lists of a document. Raises UnknownDocument."""
        if path not in self.by_path:
            raise unknown(path)
        return self.by_path[path]

    def passages(self, numbers: Sequence[int]) -> list[StoredPassage]:
        """The passages of these numbers; kept in memory, since the same are found again and again."""
        if len(self.recent) > PASSAGES_KEPT:
            self.recent.clear()
        missing = [number for number in numbers if number not in self.recent]
        self.recent |= {stored.number: stored for stored in self.catalog.passages(missing)}
        return [self.recent[number] for number in numbers if number in self.recent]

    @cached_property
    def id(self) -> str:
        """12 hex digits that stand for settings and documents: the same content gives the same id."""
        facts = [self.settings.stored(), *(f"{entry.path} {entry.id}" for entry in self.entries)]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:12]

    def close(self) -> None:
        """Let go of the files. While Chroma's client is open it shows what it read before another process wrote."""
        self.catalog.close()
        if "vectors" in vars(self):
            self.vectors.close()


def unknown(path: str) -> UnknownDocument:
    """The error for a document that is not there."""
    return UnknownDocument(f"No document {path} in the index: pincite list shows those that are.")


def steps(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Runs of at most STEP numbers."""
    for start in range(0, len(numbers), STEP):
        yield numbers[start : start + STEP]


def differences(made_with: str, asked: str) -> str:
    """Which settings differ, in words.

    >>> differences('{"model": "a", "rules": 1}', '{"model": "b", "rules": 1}')
    'model a, not b'
    """
    before, now = json.loads(made_with), json.loads(asked)
    return ", ".join(f"{name} {before.get(name)}, not {now[name]}" for name in now if before.get(name) != now[name])


def require_index(folder: Path) -> None:
    """Raise NoIndex unless the folder holds an index."""
    if not (folder / FILE).is_file():
        raise NoIndex(f"There is no index in {folder}: run pincite ingest PATH first, or name its folder with --index.")


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the index for writing. Raises IndexBusy when another process does."""
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise IndexBusy(f"Another process is writing to the index in {folder}: wait until it has finished.") from error


@contextmanager
def open_index(
    folder: Path = DEFAULT_FOLDER, settings: IndexSettings | None = None, server: str | None = None
) -> Iterator[Index]:
    """An index for reading. Raises NoIndex when the folder holds none, ForeignIndex when it is another's."""
    require_index(folder)
    index = Index(folder, settings or IndexSettings(), server, writable=False)
    try:
        with reporting_catalog_problems(folder):
            yield index
    finally:
        index.close()


@contextmanager
def open_for_writing(
    folder: Path = DEFAULT_FOLDER, settings: IndexSettings | None = None, server: str | None = None
) -> Iterator[Index]:
    """An index for writing, made when the folder holds none. Raises IndexBusy when another process writes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"The index cannot be kept in {folder} ({error.strerror}): name another folder with --index."
        ) from error
    with writer_lock(folder):
        index = Index(folder, settings or IndexSettings(), server, writable=True)
        try:
            with reporting_catalog_problems(folder):
                yield index
        finally:
            index.close()
