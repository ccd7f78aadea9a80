"""Shared fixtures: the sample corpus indexed once, one embedder, and the real documents if present."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pincite.answer.batch import System
from pincite.cli import main
from pincite.eval.pipeline import evaluate
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest
from support.command import Pincite, Run

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def corpus() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the real documents (../shared) are missing")
    return SHARED


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return Embedder()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """The folder of an index over the sample corpus, for reading only."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    ingest([corpus], folder)
    return folder


@pytest.fixture
def sample(sample_folder: Path) -> Iterator[Index]:
    with open_index(sample_folder) as index:
        yield index


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Path:
    """Folder of a run over the sample gold. Tests that write to it make a copy."""
    out = tmp_path_factory.mktemp("evaluated") / "run"
    evaluate([ROOT / "eval" / "gold" / "sample.jsonl"], out, System(sample_folder))
    return out


WITHOUT_INDEX = ("--help", "compare", "fetch", "model", "score", "verify")


@pytest.fixture
def pincite(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sample_folder: Path) -> Pincite:
    """Run the command in this process, over the sample index unless the words name another."""

    def run(*words: str) -> Run:
        needs_none = not words or words[0].startswith("-") or any(word in words for word in WITHOUT_INDEX)
        index = [] if "--index" in words or needs_none else ["--index", str(sample_folder)]
        monkeypatch.setattr(sys, "argv", ["pincite", *words, *index])
        with pytest.raises(SystemExit) as stop:
            main.main()
        captured = capsys.readouterr()
        return Run(int(stop.value.code or 0), captured.out, captured.err)

    return run
