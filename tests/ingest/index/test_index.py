import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pincite.answer.retrieval.retrieve import retrieve
from pincite.ingest.chunking.passages import PassageRules
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BrokenIndex, ForeignIndex, IndexBusy, NoIndex, UnknownDocument
from pincite.ingest.index import catalog
from pincite.ingest.index.index import Index, IndexSettings, open_for_writing, open_index
from pincite.ingest.pipeline import ingest

QUESTION = "How many accelerators were installed?"


@pytest.fixture
def copy(sample_folder: Path, tmp_path: Path) -> Path:
    """An index of our own to damage."""
    return Path(shutil.copytree(sample_folder, tmp_path / "copy"))


def test_catalog_vectors_and_words_agree(sample: Index) -> None:
    assert sample.inconsistencies() == []
    assert sample.vectors.count() == sample.lexical.count() == sample.catalog.count_passages() > 100


@pytest.mark.parametrize("part", ["vectors", "lexical"])
def test_a_lost_part_is_made_again_from_the_catalog(copy: Path, embedder: Embedder, part: str) -> None:
    with open_index(copy) as index:
        before = [found.passage.id for found in retrieve(index, embedder, QUESTION)]
    lost = Path(shutil.copytree(copy, copy.with_name(f"lost-{part}"), ignore=shutil.ignore_patterns(part)))
    with open_index(lost) as index:
        assert [found.passage.id for found in retrieve(index, embedder, QUESTION)] == before
        assert index.inconsistencies() == []


def test_passages_missing_from_a_part_are_put_back(copy: Path) -> None:
    with open_for_writing(copy) as index:
        index.lexical.update(index.catalog.passage_numbers().tolist()[:9], [])
        index.vectors.remove(index.catalog.passage_numbers().tolist()[:9])
    with open_index(copy) as index:
        assert index.inconsistencies() == []


def test_other_settings_are_refused_and_named(sample_folder: Path) -> None:
    other = replace(IndexSettings(), rules=PassageRules(text=100))
    with pytest.raises(ForeignIndex, match="rules"), open_index(sample_folder, other):
        pass


def test_a_folder_without_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="run pincite ingest"), open_index(tmp_path):
        pass


def test_a_second_writer_is_turned_away_and_readers_are_not(copy: Path, corpus: Path) -> None:
    with open_for_writing(copy), pytest.raises(IndexBusy, match="wait"):
        ingest([corpus / "articles"], copy)
    with open_for_writing(copy), open_index(copy) as index:
        assert len(index.entries) == 12


FULL = """
import resource, sys
from pathlib import Path
from pincite.ingest.errors import IndexProblem
from pincite.ingest.index.index import open_for_writing
with open_for_writing(Path(sys.argv[1])) as index:
    with index.catalog.transaction():
        index.catalog.remove_document(index.entries[0].path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    try:
        index.sync()
    except IndexProblem as problem:
        print(problem)
"""


def test_a_disk_that_takes_no_more_of_what_is_searched_is_told(copy: Path) -> None:
    pytest.importorskip("resource", reason="only Unix limits the size of files")
    shutil.rmtree(copy / "lexical")
    full = subprocess.run([sys.executable, "-c", FULL, str(copy)], capture_output=True, text=True, check=True)
    assert "the documents are not lost" in full.stdout
    with open_index(copy) as index:
        assert index.inconsistencies() == []
        assert len(index.entries) == 11


def test_the_id_follows_the_content(copy: Path, sample: Index) -> None:
    with open_for_writing(copy) as index:
        assert index.id == sample.id
        with index.catalog.transaction():
            index.catalog.remove_document(index.entries[0].path)
    with open_index(copy) as index:
        assert index.id != sample.id


def test_an_unknown_document_is_named(sample: Index) -> None:
    with pytest.raises(UnknownDocument, match=r"No document x\.pdf"):
        sample.document("x.pdf")


def test_vectors_that_are_no_database_are_made_again(copy: Path, embedder: Embedder) -> None:
    (copy / "vectors" / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    with open_index(copy) as index:
        assert retrieve(index, embedder, QUESTION)
        assert index.inconsistencies() == []


def test_writing_to_a_locked_catalog_reports_another_process(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "LOCK_TIMEOUT", 0.05)
    other = sqlite3.connect(copy / catalog.FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    busy = pytest.raises(IndexBusy, match=r"Another process is writing .* try again")
    with busy, open_for_writing(copy) as index, index.catalog.transaction():
        index.catalog.remove_document(index.entries[0].path)
    other.close()
    with open_index(copy) as index:
        assert len(index.entries) == 12


def test_opening_a_locked_catalog_reports_another_process(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "LOCK_TIMEOUT", 0.05)
    other = sqlite3.connect(copy / catalog.FILE, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(IndexBusy, match="try again"), open_index(copy):
        pass
    other.close()


def test_a_catalog_damaged_inside_is_told(copy: Path, embedder: Embedder) -> None:
    with (copy / "catalog.sqlite").open("r+b") as file:
        file.seek(200_000)
        file.write(b"\xff" * 400_000)
    with pytest.raises(BrokenIndex, match="remove the folder"), open_index(copy) as index:
        retrieve(index, embedder, QUESTION)
