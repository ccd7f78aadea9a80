"""The small library of families of policy texts, indexed once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pincite.answer.pipeline import Answer, ask
from pincite.answer.query.filters import make_filters
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest
from support.families import TEXTS, Asking


@pytest.fixture(scope="session")
def families_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index over the small library, for reading only."""
    folder = tmp_path_factory.mktemp("families")
    for name, text in TEXTS.items():
        file = folder / "texts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    ingest([folder / "texts"], folder / "index")
    return folder / "index"


@pytest.fixture
def families(families_folder: Path) -> Iterator[Index]:
    with open_index(families_folder) as index:
        yield index


@pytest.fixture
def answer(families: Index, embedder: Embedder) -> Asking:
    """Ask a question of the small library; `document` chooses one, `whole` shows long places whole."""

    def asking(question: str, document: str | None = None, *, whole: bool = False) -> Answer:
        filters = make_filters(documents=(document,) if document else ())
        return ask(families, embedder, question, filters, whole=whole)

    return asking
