"""Index and models, opened once for each server and shared by all sessions.

One question is answered at a time: a connection to the catalog must not serve two threads at once. Documents and the
list of documents are read through connections of their own, so that they open while a model writes.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import streamlit as st

from pincite.answer.draft.draft import Model
from pincite.answer.draft.generative import Stream
from pincite.answer.models.open_model import EXTRACT, open_llm
from pincite.answer.pipeline import Answer, ask
from pincite.answer.query.filters import Filters
from pincite.ingest.document import Document
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import UnknownDocument
from pincite.ingest.index.catalog import FILE, Catalog, Entry
from pincite.ingest.index.index import Index, open_index, require_index
from pincite.ingest.index.storage_errors import reporting_catalog_problems
from pincite.ingest.pipeline import ingest, remove
from pincite.ingest.progress import Progress, Summary

Stamp = tuple[int, int, int]  # inode, modification time and generation of the catalog


class Engine:
    """An index folder shared by the sessions of a server; it is reopened when the catalog changes."""

    def __init__(self, folder: Path, server: str | None = None) -> None:
        self.folder = folder
        self.server = server
        self.asking = threading.Lock()
        self.reading = threading.Lock()
        self.read: tuple[int, Catalog] | None = None
        self.opened = ExitStack()
        self.index: Index | None = None
        self.stamp: Stamp | None = None
        self.embedder: Embedder | None = None
        self.listed: tuple[Stamp, list[Entry]] | None = None

    def entries(self) -> list[Entry]:
        """The current documents. Raises NoIndex."""
        with self.catalog() as catalog:
            stamp = stamp_of(catalog)
            if self.listed is None or self.listed[0] != stamp:
                self.listed = stamp, catalog.entries()
            return self.listed[1]

    def document(self, path: str) -> Document:
        """The current state of a document. Raises UnknownDocument."""
        with self.catalog() as catalog:
            document = catalog.document(path)
        if document is None:
            raise UnknownDocument(f"The document {path} is no longer in the library.")
        return document

    def ask(
        self, question: str, filters: Filters, model: Model | None, stream: Stream, *, whole: bool = False
    ) -> Answer:
        """The answer to a question; `whole`: long lists and provisions whole."""
        with self.asking, reporting_catalog_problems(self.folder):
            index = self.current()
            self.embedder = self.embedder or Embedder(index.settings.model)
            return ask(index, self.embedder, question, filters, model, stream, whole=whole)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Block questions and close the index while the library changes; the next question reopens it."""
        with self.asking:
            self.opened.close()
            self.index = None
            yield

    def ingest(self, file: Path, progress: Progress) -> Summary:
        """Add a file to the library, which is created if there is none. Raises IndexProblem."""
        with self.changing():
            return ingest([file], self.folder, server=self.server, progress=progress, embedder=self.embedder)

    def remove(self, path: str) -> None:
        """Remove a document. Raises UnknownDocument, IndexProblem."""
        with self.changing():
            remove(path, self.folder, server=self.server)

    def current(self) -> Index:
        """The index, reopened if it has changed."""
        with self.catalog() as catalog:
            stamp = stamp_of(catalog)
        if self.index is None or self.stamp != stamp or not is_up_to_date(self.index, stamp):
            self.index = self.reopen()
            self.stamp = stamp
        return self.index

    def reopen(self) -> Index:
        """Open the index with both of its searches."""
        self.index = None
        self.opened.close()
        index = self.opened.enter_context(open_index(self.folder, server=self.server))
        _ = index.vectors, index.lexical
        return index

    @contextmanager
    def catalog(self) -> Iterator[Catalog]:
        """A separate connection to the catalog, for one thread at a time. Raises NoIndex."""
        with self.reading, reporting_catalog_problems(self.folder):
            require_index(self.folder)
            file = (self.folder / FILE).stat().st_ino
            if self.read is None or self.read[0] != file:
                self.close_catalog()
                self.read = file, Catalog(self.folder)
            yield self.read[1]

    def close_catalog(self) -> None:
        """Close the separate connection to the catalog."""
        if self.read:
            self.read[1].close()
        self.read = None

    def close(self) -> None:
        """Close everything."""
        with self.asking, self.reading:
            self.opened.close()
            self.index = None
            self.close_catalog()


def stamp_of(catalog: Catalog) -> Stamp:
    """Identifies the state of a catalog."""
    state = catalog.file.stat()
    return state.st_ino, state.st_mtime_ns, catalog.generation


def is_up_to_date(index: Index, stamp: Stamp) -> bool:
    """Whether both searches of an open index match the catalog."""
    return index.vectors.generation == index.lexical.generation == stamp[-1]


@st.cache_resource(show_spinner=False, on_release=Engine.close)
def open_engine(folder: Path, server: str | None) -> Engine:
    """The engine of a folder, shared by all sessions."""
    return Engine(folder, server)


@st.cache_resource(show_spinner="Opening the model …", max_entries=1)
def open_model(spec: str) -> Model | None:
    """The model named by a SPEC, one in memory at a time; None for extractive answers."""
    return None if spec == EXTRACT else Model(spec, open_llm(spec))
