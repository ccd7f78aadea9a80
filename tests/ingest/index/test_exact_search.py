import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pincite.ingest.index.catalog import Catalog
from pincite.ingest.index.exact_search import ALL_ROWS, FILE, Matrix, nearest, read_matrix, rows_of, write_matrix
from pincite.ingest.index.index import Index, open_for_writing, open_index


@pytest.fixture
def copy(sample_folder: Path, tmp_path: Path) -> Path:
    """An index of our own to damage."""
    return Path(shutil.copytree(sample_folder, tmp_path / "copy"))


def test_it_holds_what_the_catalog_holds(sample: Index) -> None:
    matrix = sample.vectors.matrix
    assert matrix is not None
    stored = sample.catalog.passages(sample.catalog.passage_numbers().tolist())
    assert matrix.numbers.tolist() == [one.number for one in stored]
    assert matrix.documents.tolist() == [one.document_number for one in stored]
    assert np.array_equal(matrix.vectors, np.stack([one.vector for one in stored]))


def test_rows_of_documents(sample: Index) -> None:
    matrix = sample.vectors.matrix
    assert matrix is not None
    chosen = [entry.number for entry in sample.entries[3:5]]
    rows = rows_of(matrix, [*chosen, 10**9])
    assert sorted(set(matrix.documents[rows].tolist())) == sorted(chosen)
    assert len(matrix.numbers[rows]) == sum(entry.passages for entry in sample.entries[3:5])
    assert rows_of(matrix, [entry.number for entry in sample.entries]) is ALL_ROWS
    assert len(matrix.numbers[rows_of(matrix, [])]) == 0


def test_more_rows_than_a_block_are_all_compared() -> None:
    vectors = np.random.default_rng(1).normal(size=(1000, 8)).astype(np.float32)
    matrix = Matrix(np.arange(1000) * 2, np.ones(1000, dtype=np.int64), vectors)
    rows = np.arange(0, 1000, 3)
    best = rows[np.argsort(-(vectors[rows] @ vectors[999]))[:5]]
    assert [number for number, _ in nearest(matrix, vectors[999], 5, rows)] == (best * 2).tolist()
    assert nearest(matrix, vectors[999], 2000)[0][0] == 2 * int(np.argmax(vectors @ vectors[999]))


@pytest.mark.parametrize("damage", [b"", b"no matrix", None])
def test_one_that_is_lost_or_damaged_is_made_again(copy: Path, damage: bytes | None) -> None:
    whole = (copy / FILE).read_bytes()
    (copy / FILE).write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    with open_index(copy) as index:
        assert read_matrix(copy, index.catalog.generation) is None
        assert index.vectors.matrix is not None
    assert (copy / FILE).read_bytes() == whole


def test_one_of_another_generation_is_not_used(copy: Path) -> None:
    with open_for_writing(copy) as index:
        gone = index.entries[0]
        with index.catalog.transaction():
            index.catalog.remove_document(gone.path)
        assert read_matrix(copy, index.catalog.generation) is None
        index.sync()
        matrix = index.vectors.matrix
        assert matrix is not None
        assert gone.number not in matrix.documents
        assert len(matrix) == index.catalog.count_passages()


def test_that_of_an_empty_catalog_is_empty(tmp_path: Path) -> None:
    write_matrix(tmp_path, 0, Catalog(tmp_path, writable=True).connection)
    matrix = read_matrix(tmp_path, 0)
    assert matrix is not None
    assert len(matrix) == 0


FULL = """
import resource, sys
from pathlib import Path
from pincite.ingest.index.index import open_index
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
with open_index(Path(sys.argv[1])) as index:
    vector = index.catalog.passages([1])[0].vector
    print(index.vectors.matrix, index.vectors.search(vector, 1, [1])[0][0])
"""


def test_without_room_for_it_search_goes_on(copy: Path) -> None:
    pytest.importorskip("resource", reason="only Unix limits the size of files")
    (copy / FILE).unlink()
    full = subprocess.run([sys.executable, "-c", FULL, str(copy)], capture_output=True, text=True, check=True)
    assert full.stdout.split() == ["None", "1"]
    assert not list(copy.glob(f"{FILE}*"))
