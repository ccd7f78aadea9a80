"""The public Python API: a library of documents."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from pincite.answer.batch import open_models
from pincite.answer.draft.draft import Model
from pincite.answer.models.open_model import EXTRACT
from pincite.answer.pipeline import Answer, OptionalModels, ask
from pincite.answer.query.filters import make_filters
from pincite.answer.retrieval.retrieve import Evidence, RetrieveSettings, retrieve
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import DEFAULT_FOLDER, Index, open_index
from pincite.ingest.pipeline import ingest, remove
from pincite.ingest.progress import Summary


class Library:
    """Documents in the index of a folder. Use it in a `with` block, or `close` it.

    Use a library from one thread at a time. Its index is opened on first use; `add` creates it if there is none. Errors
    that users can act on are `pincite.ingest.errors.PinciteError`s.
    """

    def __init__(self, folder: Path, *, llm: str = EXTRACT, server: str | None = None) -> None:
        self.folder = folder
        self.llm = llm
        self.server = server
        self._opened = ExitStack()
        self._index: Index | None = None

    def ask(  # noqa: PLR0913  what a question may come with
        self,
        question: str,
        *,
        kinds: Sequence[str] = (),
        issuers: Sequence[str] = (),
        languages: Sequence[str] = (),
        documents: Sequence[str] = (),
        after: str | None = None,
        before: str | None = None,
        whole: bool = False,
    ) -> Answer:
        """Answer a question from the documents that match the filters, by default from all.

        `documents` are globs over paths, dates are ISO 8601 (`2024`, `2024-03`, `2024-03-21`). `whole`: long lists and
        provisions whole; otherwise `more` of the answer says how many items are left out. Raises NoIndex, BadInput,
        ModelUnavailable.
        """
        model, optional = self._models
        filters = make_filters(tuple(kinds), tuple(issuers), tuple(languages), tuple(documents), after, before)
        return ask(self._current(), self._embedder, question, filters, model, optional=optional, whole=whole)

    def search(self, question: str, top: int = 10) -> list[Evidence]:
        """The evidence for a question, best first, without an answer. Raises NoIndex, BadInput."""
        return retrieve(self._current(), self._embedder, question, settings=RetrieveSettings(top=top))[:top]

    def documents(self) -> tuple[Entry, ...]:
        """The documents with their metadata, by path. Raises NoIndex."""
        return tuple(self._current().entries)

    def add(self, *paths: str | PathLike[str], prune: bool = False) -> Summary:
        """Index files and folders; unchanged files are skipped, unreadable ones are listed in the summary.

        `prune` removes documents whose file no longer exists. Raises BadInput, IndexProblem.
        """
        self._let_go()
        return ingest([Path(path) for path in paths], self.folder, prune=prune, server=self.server)

    def remove(self, document: str) -> None:
        """Remove a document by its path. Raises UnknownDocument, IndexProblem."""
        self._let_go()
        remove(document, self.folder, server=self.server)

    def close(self) -> None:
        """Close the index; the next call opens it again."""
        self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _current(self) -> Index:
        if self._index is None:
            self._index = self._opened.enter_context(open_index(self.folder, server=self.server))
        return self._index

    def _let_go(self) -> None:
        self._opened.close()
        self._index = None

    @cached_property
    def _embedder(self) -> Embedder:
        return Embedder(self._current().settings.model)

    @cached_property
    def _models(self) -> tuple[Model | None, OptionalModels]:
        return open_models(self.llm, None, None)


def open_library(
    folder: str | PathLike[str] = DEFAULT_FOLDER, *, llm: str = EXTRACT, server: str | None = None
) -> Library:
    """Open the library whose index is in a folder.

    `llm` is a SPEC as on the command line: `extract` (no model), `ollama:MODEL`, `openai-like:MODEL@URL` …; `server`
    the address of the Chroma server with the vectors.
    """
    return Library(Path(folder), llm=llm, server=server)
