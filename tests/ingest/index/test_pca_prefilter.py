import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pincite.eval.bench.retrieval.synthetic_library import RandomLibrary, fill
from pincite.ingest.index import exact_search, pca_prefilter, vectors
from pincite.ingest.index.exact_search import ALL_ROWS, Matrix, Rows, write_rows
from pincite.ingest.index.index import Index, open_for_writing, open_index
from pincite.ingest.index.pca_prefilter import (
    FILE,
    MIN_CANDIDATES,
    ReducedMatrix,
    candidate_rows,
    principal_axes,
    read_reduced,
    write_reduced,
)

COUNT = 12_000


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    rows = np.concatenate([RandomLibrary(COUNT, seed).vectors(60) for seed in range(COUNT // 60)])
    return Matrix(np.arange(COUNT), np.arange(COUNT) // 60, rows)


@pytest.fixture(scope="module")
def turned(matrix: Matrix) -> ReducedMatrix:
    axes = principal_axes([matrix.vectors])
    return ReducedMatrix(axes, matrix.vectors @ axes)


@pytest.mark.parametrize("rows", [ALL_ROWS, np.arange(0, COUNT, 2), np.arange(0, COUNT, 9)])
def test_the_nearest_are_worth_comparing(matrix: Matrix, turned: ReducedMatrix, rows: Rows) -> None:
    numbers = matrix.numbers[rows]
    shares = []
    for vector in matrix.vectors[::200]:
        kept = candidate_rows(turned, vector, rows)
        assert len(kept) == min(MIN_CANDIDATES, len(numbers))
        assert set(kept.tolist()) <= set(numbers.tolist())
        nearest = numbers[np.argsort(-(matrix.vectors[numbers] @ vector))[:10]]
        shares.append(np.isin(nearest, kept).mean())
    assert np.mean(shares) >= 0.99


def test_axes_stand_at_right_angles(turned: ReducedMatrix) -> None:
    assert np.allclose(turned.axes.T @ turned.axes, np.eye(pca_prefilter.DIMENSIONS), atol=1e-5)


def test_it_is_read_as_it_was_written_and_only_for_its_generation(tmp_path: Path, matrix: Matrix) -> None:
    write_rows(tmp_path / exact_search.FILE, 4, rows_in(matrix))
    write_reduced(tmp_path, 4, COUNT)
    read = read_reduced(tmp_path, 4)
    assert read is not None
    assert np.allclose(read.rows, matrix.vectors @ read.axes, atol=1e-5)
    assert read_reduced(tmp_path, 5) is None
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-2])
    assert read_reduced(tmp_path, 4) is None
    assert not list(tmp_path.glob(".*.new"))


def test_the_axes_do_not_depend_on_how_the_vectors_come(matrix: Matrix, turned: ReducedMatrix) -> None:
    blocks = [matrix.vectors[start : start + 700] for start in range(0, COUNT, 700)]
    assert np.allclose(principal_axes(blocks), turned.axes, atol=1e-5)


def test_one_block_of_the_vectors_is_in_memory(tmp_path: Path, matrix: Matrix) -> None:
    write_rows(tmp_path / exact_search.FILE, 4, rows_in(matrix))
    tracemalloc.start()
    write_reduced(tmp_path, 4, COUNT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * 8 * pca_prefilter.STEP * matrix.vectors.shape[1]  # as doubles, which the axes need


def rows_in(matrix: Matrix) -> Iterator[tuple[int, int, bytes]]:
    for number, document, vector in zip(matrix.numbers, matrix.documents, matrix.vectors, strict=True):
        yield int(number), int(document), vector.tobytes()


def test_a_library_of_more_than_a_few_passages_has_it_and_a_lost_one_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "PREFILTER_FROM", 100)
    with open_for_writing(tmp_path / "index") as index:
        fill(index, RandomLibrary(180), 180)
        index.sync()
    first = found(tmp_path / "index")
    (tmp_path / "index" / FILE).unlink()
    assert found(tmp_path / "index") == first


def found(folder: Path) -> list[tuple[int, float]]:
    with open_index(folder) as index:
        assert holds_coarse(index)
        return index.vectors.search(RandomLibrary(180).vectors(1)[0], 5)


def holds_coarse(index: Index) -> bool:
    return index.vectors.reduced is not None and (index.folder / FILE).is_file()
