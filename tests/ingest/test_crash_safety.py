"""A short version of `make bench-kills`: ingestion is killed at random moments, and the results are compared."""

import random
import shutil
from pathlib import Path

import pytest

from pincite.eval.bench.ingestion.crash_safety import (
    ChangedLibrary,
    differences,
    kill_ingestion,
    make_library,
    round_of_kills,
)
from pincite.ingest.index.index import open_for_writing
from pincite.ingest.pipeline import ingest


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> ChangedLibrary:
    return make_library(tmp_path_factory.mktemp("kills"))


def test_the_next_run_completes_killed_ones(library: ChangedLibrary, tmp_path: Path) -> None:
    kills, moments = 0, random.Random(3)  # noqa: S311  not for secrets
    for number in range(5):
        count, found = round_of_kills(library, tmp_path / str(number), moments)
        assert found == []
        kills += count
        if kills >= 5:
            break
    assert kills > 0


@pytest.mark.parametrize("share", [0.6, 0.9])
def test_the_index_of_a_killed_run_opens(library: ChangedLibrary, tmp_path: Path, share: float) -> None:
    index = Path(shutil.copytree(library.earlier, tmp_path / "index"))
    kill_ingestion(library, index, library.seconds * share)
    with open_for_writing(index) as opened:
        assert opened.catalog.damage() == []
        opened.sync()
        assert opened.inconsistencies() == []


def test_a_difference_is_reported(library: ChangedLibrary, tmp_path: Path) -> None:
    index = Path(shutil.copytree(library.undisturbed, tmp_path / "index"))
    assert differences(index, library.undisturbed) == []
    with open_for_writing(index) as opened:
        path = opened.entries[0].path
        with opened.catalog.transaction():
            opened.catalog.remove_document(path)
    assert any(line.startswith("passages: 0 too many") for line in differences(index, library.undisturbed))


def test_the_earlier_index_becomes_the_undisturbed_one(library: ChangedLibrary, tmp_path: Path) -> None:
    index = Path(shutil.copytree(library.earlier, tmp_path / "index"))
    summary = ingest([library.documents], index, prune=True)
    assert (summary.added, summary.updated, summary.moved, summary.removed) == (1, 1, 1, 1)
    assert differences(index, library.undisturbed) == []
