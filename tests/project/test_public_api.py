"""The names of `pincite` that are meant for others, and the page that shows them."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import pincite
from pincite.ingest.errors import NoIndex, UnknownDocument

ROOT = Path(__file__).parents[2]


def test_the_examples_of_the_page_give_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False)
    assert result.attempted > 10
    assert result.failed == 0


def test_the_public_names_are_few_and_loaded_when_used() -> None:
    assert sorted(pincite.__all__) == ["Answer", "Citation", "Library", "open"]
    assert all(getattr(pincite, name).__name__ for name in pincite.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = pincite.nonsense
    loaded = "import pincite, sys; print([name for name in sys.modules if name.startswith('pincite.')])"
    run = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_library_without_an_index_or_a_document_says_so(tmp_path: Path, sample_folder: Path) -> None:
    with pincite.open(tmp_path) as library, pytest.raises(NoIndex):
        library.ask("When was it founded?")
    with pincite.open(sample_folder) as library, pytest.raises(UnknownDocument):
        library.remove("nothing.pdf")
