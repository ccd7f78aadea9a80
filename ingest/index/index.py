"""The index: a folder with the catalog, and with vector search and word search derived from it.

The derived indexes record the generation of the catalog. If it differs (after a killed run, or with a lost folder),
the differences are found passage by passage and repaired from the catalog, which has the vectors as well.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from filelock import FileLock, Timeout

from pincite.ingest.chunking.passages import PassageRules
from pincite.ingest.document import Document
from pincite.ingest.embedding.weights import DEFAULT_MODEL
from pincite.ingest.errors import BadInput, BrokenIndex, ForeignIndex, IndexBusy, NoIndex, UnknownDocument
from pincite.ingest.index.acronyms import library_acronyms
from pincite.ingest.index.catalog import FILE, Catalog, Entry, StoredPassage
from pincite.ingest.index.derived import require_damage
from pincite.ingest.index.exact_search import Numbers
from pincite.ingest.index.lexical import FOLDER as LEXICAL
from pincite.ingest.index.lexical import LexicalIndex
from pincite.ingest.index.storage_errors import reporting_catalog_problems, reporting_write_problems
from pincite.ingest.names import normal_name

if TYPE_CHECKING:
    from pincite.ingest.index.vectors import VectorStore

Opened = TypeVar("Opened", "VectorStore", LexicalIndex)  # a derived index

DEFAULT_FOLDER = Path(".pincite")
LOCK = "writer.lock"
CACHED_DOCUMENTS = 64  # whose text is in memory
CACHED_PASSAGES = 10_000  # some 40 MB
STEP = 2000  # passages copied from the catalog at a time


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Settings an index is built with; one built with other settings cannot be searched with these.

    `model`: the embedding model, by name or folder.
    """

    model: str = DEFAULT_MODEL
    rules: PassageRules = field(default_factory=PassageRules)

    def stored(self) -> str:
        """The settings as stored in the catalog."""
        return json.dumps(asdict(self), sort_keys=True)


class Index:
    """An open index. Vector search and word search are opened, and synced, when first used."""

    def __init__(self, folder: Path, settings: IndexSettings | None, server: str | None, *, writable: bool) -> None:
        self.folder = folder
        self.server = server
        self.writing = writable
        self.catalog = Catalog(folder, writable=writable)
        self.settings = self.checked_settings(settings, writable=writable)
        self.documents: dict[str, Document] = {}
        self.recent: dict[int, StoredPassage] = {}

    def checked_settings(self, asked: IndexSettings | None, *, writable: bool) -> IndexSettings:
        """The settings, stored in a new index; raise ForeignIndex if an old one was built with others.

        Without any asked for, the embedding model is that of the index.
        """
        built_with = self.catalog.setting("settings")
        if built_with is None and not writable:
            raise NoIndex(f"The index in {self.folder} is empty: run pincite ingest first.")
        settings = asked or (IndexSettings(json.loads(built_with)["model"]) if built_with else IndexSettings())
        if built_with is None:
            with self.catalog.transaction():
                self.catalog.set_setting("settings", settings.stored())
        elif built_with != settings.stored():
            raise ForeignIndex(
                f"The index in {self.folder} was built with {differences(built_with, settings.stored())}: "
                "remove the folder and ingest again."
            )
        return settings

    @cached_property
    def vectors(self) -> "VectorStore":
        """The vector search, in sync with the catalog."""
        from pincite.ingest.index.vectors import FOLDER, VectorStore  # noqa: PLC0415  Chroma takes a second to load

        store = self.opened(FOLDER, lambda: VectorStore(self.folder, self.server))
        stale = store.generation != self.catalog.generation or store.count() != self.catalog.count_passages()
        if stale or not store.has_exact_search:
            with self.lock_for_repair() as locked:
                if locked:
                    self.sync_vectors(store)
        return store

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The word search, in sync with the catalog."""
        lexical = self.opened(LEXICAL, lambda: LexicalIndex(self.folder))
        if lexical.generation != self.catalog.generation or lexical.count() != self.catalog.count_passages():
            with self.lock_for_repair() as locked:
                if locked:
                    self.sync_lexical(lexical)
        return lexical

    def opened(self, name: str, open_it: Callable[[], Opened]) -> Opened:
        """A derived index; a damaged one is removed and made anew. Raises IndexProblem if it may not be removed."""
        try:
            return open_it()
        except BrokenIndex as error:
            with self.lock_for_repair() as locked:
                if not locked:
                    raise
                require_damage(self.folder / name, error)
                shutil.rmtree(self.folder / name)
                return open_it()

    @contextmanager
    def lock_for_repair(self) -> Iterator[bool]:
        """Whether derived indexes may be repaired now: not while another process writes, which repairs them itself."""
        if self.writing:
            yield True
            return
        with ExitStack() as lock:
            try:
                lock.enter_context(writer_lock(self.folder))
            except (IndexBusy, OSError):  # a read-only folder is searched as it is
                yield False
            else:
                yield True

    def sync(self) -> None:
        """Bring vector search and word search in line with the catalog. Raises IndexProblem."""
        state = f"{self.catalog.generation} {self.server or ''}"  # stored: opening Chroma to compare takes a second
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
        """Make the vector search contain exactly the passages of the catalog."""
        wanted, present = self.catalog.passage_numbers(), store.numbers()
        surplus = without(present, wanted)
        if len(present) and len(surplus) == len(present):  # another model's, whose vectors may have another length
            store.clear()
            present = surplus[:0]
        else:
            store.remove(surplus.tolist())
        for numbers in steps(without(wanted, present)):
            stored = self.catalog.passages(numbers)
            vectors = np.stack([passage.vector for passage in stored])
            store.add([p.number for p in stored], [p.document_number for p in stored], vectors)
        store.set_generation(self.catalog.generation)
        store.write_exact_search(self.catalog.connection)

    def sync_lexical(self, lexical: LexicalIndex) -> None:
        """Make the word search contain exactly the passages of the catalog."""
        wanted, present = self.catalog.passage_numbers(), lexical.numbers()
        lexical.update(without(present, wanted).tolist(), [])
        for numbers in steps(without(wanted, present)):
            stored = self.catalog.passages(numbers)
            lexical.update([], [(p.number, p.document_number, p.passage.text, p.passage.context) for p in stored])
        lexical.set_generation(self.catalog.generation)

    def inconsistencies(self) -> list[str]:
        """The differences between the catalog and the derived indexes; empty for a sound index."""
        wanted = self.catalog.passage_numbers()
        return [
            f"{name} lack {len(without(wanted, present))} and have {len(without(present, wanted))} surplus passages"
            for name, present in (("vectors", self.vectors.numbers()), ("lexical index", self.lexical.numbers()))
            if not np.array_equal(present, wanted)
        ]

    def document(self, path: str) -> Document:
        """A document with its text. Raises UnknownDocument."""
        path = normal_name(path)
        if path not in self.documents:
            document = self.catalog.document(path)
            if document is None:
                raise unknown(path)
            if len(self.documents) >= CACHED_DOCUMENTS:
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
        """The documents, as they were when first asked for."""
        return self.catalog.entries()

    @cached_property
    def acronyms(self) -> Mapping[str, tuple[str, ...]]:
        """The acronyms of the library with their long forms, as they were when first asked for."""
        return library_acronyms(self.catalog.connection)

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """The documents by path."""
        return {entry.path: entry for entry in self.entries}

    def entry(self, path: str) -> Entry:
        """The entry of a document. Raises UnknownDocument."""
        path = normal_name(path)
        if path not in self.by_path:
            raise unknown(path)
        return self.by_path[path]

    def passages(self, numbers: Sequence[int]) -> list[StoredPassage]:
        """The passages with these numbers; cached, since searches return the same ones again and again."""
        if len(self.recent) > CACHED_PASSAGES:
            self.recent.clear()
        missing = [number for number in numbers if number not in self.recent]
        self.recent |= {stored.number: stored for stored in self.catalog.passages(missing)}
        return [self.recent[number] for number in numbers if number in self.recent]

    @cached_property
    def id(self) -> str:
        """12 hexadecimal digits; the same settings and documents give the same id."""
        facts = [self.settings.stored(), *(f"{entry.path} {entry.id}" for entry in self.entries)]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:12]

    def close(self) -> None:
        """Close all files. An open client of Chroma does not see what another process has written since."""
        self.catalog.close()
        if "vectors" in vars(self):
            self.vectors.close()


def unknown(path: str) -> UnknownDocument:
    """The error for a document that is not in the index."""
    return UnknownDocument(f"No document {path} in the index: pincite list shows all documents.")


def steps(numbers: Numbers) -> Iterator[list[int]]:
    """Slices of at most STEP numbers."""
    for start in range(0, len(numbers), STEP):
        yield numbers[start : start + STEP].tolist()


def without(numbers: Numbers, others: Numbers) -> Numbers:
    """The numbers that are not among others, ascending; both without repetitions.

    >>> without(np.array([1, 3, 5]), np.array([3, 4])).tolist()
    [1, 5]
    """
    return np.setdiff1d(numbers, others, assume_unique=True)


def differences(built_with: str, asked: str) -> str:
    """The settings that differ, in words.

    >>> differences('{"model": "a", "rules": 1}', '{"model": "b", "rules": 1}')
    'model a, not b'
    """
    before, now = json.loads(built_with), json.loads(asked)
    return ", ".join(f"{name} {before.get(name)}, not {now[name]}" for name in now if before.get(name) != now[name])


def require_index(folder: Path) -> None:
    """Raise NoIndex unless the folder contains an index."""
    if not (folder / FILE).is_file():
        raise NoIndex(f"There is no index in {folder}: run pincite ingest PATH first, or name its folder with --index.")


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Lock the index for writing. Raises IndexBusy if another process has locked it."""
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise IndexBusy(f"Another process is writing to the index in {folder}: wait until it has finished.") from error


@contextmanager
def open_index(
    folder: Path = DEFAULT_FOLDER, settings: IndexSettings | None = None, server: str | None = None
) -> Iterator[Index]:
    """Open an index for reading. Raises NoIndex if there is none, ForeignIndex if it is not ours."""
    require_index(folder)
    with reporting_catalog_problems(folder):
        index = Index(folder, settings, server, writable=False)
        try:
            yield index
        finally:
            index.close()


@contextmanager
def open_for_writing(
    folder: Path = DEFAULT_FOLDER, settings: IndexSettings | None = None, server: str | None = None
) -> Iterator[Index]:
    """Open an index for writing, creating it if missing. Raises IndexBusy while another process writes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"The index cannot be created in {folder} ({error.strerror}): name another folder with --index."
        ) from error
    with writer_lock(folder), reporting_catalog_problems(folder):
        index = Index(folder, settings, server, writable=True)
        try:
            yield index
        finally:
            index.close()
