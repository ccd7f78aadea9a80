"""What tests share: the sample corpus indexed once, one embedder, and the real documents where they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.embed import Embedder
from ingest.index import Index, open_index
from ingest.pipeline import ingest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def corpus() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the real documents (../shared) are not here")
    return SHARED


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return Embedder()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """Folder of an index over the sample corpus. Tests that write make their own."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    ingest([corpus], folder)
    return folder


@pytest.fixture
def sample(sample_folder: Path) -> Iterator[Index]:
    with open_index(sample_folder) as index:
        yield index
