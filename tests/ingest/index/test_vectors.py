import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

import httpx
import numpy as np
import pytest

from pincite.ingest.embedding.embedder import Vectors
from pincite.ingest.errors import BadInput, ModelUnavailable
from pincite.ingest.index.exact_search import Matrix
from pincite.ingest.index.index import Index
from pincite.ingest.index.pca_prefilter import ReducedMatrix, principal_axes
from pincite.ingest.index.vectors import PREFILTER_FROM, VectorStore


def unit_vectors(count: int, size: int = 16) -> Vectors:
    vectors = np.random.default_rng(7).normal(size=(count, size)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--path", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        wait_for(f"http://127.0.0.1:{port}/api/v2/heartbeat")
        yield f"http://127.0.0.1:{port}"
        run.terminate()


def wait_for(address: str) -> None:
    for _ in range(120):
        try:
            httpx.get(address, timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"no Chroma server at {address}")


def check_store(store: VectorStore) -> None:
    vectors = unit_vectors(50)
    store.add(list(range(50)), [number % 5 for number in range(50)], vectors)
    found = store.search(vectors[17], 3)
    assert found[0][0] == 17
    assert found[0][1] == pytest.approx(1.0, abs=1e-5)
    assert {number % 5 for number, _ in store.search(vectors[17], 10, [3])} == {3}
    assert len(store.search(vectors[17], 99)) == 50
    store.remove([17])
    assert store.numbers().tolist() == [*range(17), *range(18, 50)]
    assert store.count() == 49


@pytest.mark.parametrize("listed", [7, 100])
def test_a_folder_finds_adds_filters_and_removes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: int) -> None:
    monkeypatch.setattr("pincite.ingest.index.vectors.LISTED", listed)
    check_store(VectorStore(tmp_path))


def test_a_server_does_the_same(tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pincite.ingest.index.vectors.LISTED", 7)
    check_store(VectorStore(tmp_path, server))


def test_generation_and_vectors_outlive_the_client(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    store.add([1], [1], unit_vectors(1))
    store.set_generation(4)
    again = VectorStore(tmp_path)
    assert (again.generation, again.numbers().tolist()) == (4, [1])


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    assert VectorStore(tmp_path).search(unit_vectors(1)[0], 5) == []
    assert VectorStore(tmp_path).search(unit_vectors(1)[0], 5, []) == []


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"No Chroma server answers at http://127\.0\.0\.1:9"):
        VectorStore(tmp_path, "http://127.0.0.1:9")


def test_an_address_without_scheme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="http://HOST:PORT"):
        VectorStore(tmp_path, "localhost:8000")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> VectorStore:
    """More passages than are compared one by one, thirty a document, those of a document alike."""
    count = PREFILTER_FROM + 2000
    documents = np.arange(count) // 30
    vectors = near(unit_vectors(int(documents[-1]) + 1)[documents], 0.7)
    store = VectorStore(tmp_path_factory.mktemp("large"))
    store.add(list(range(count)), documents.tolist(), vectors)
    store.matrix = Matrix(np.arange(count), documents, vectors)
    axes = principal_axes([vectors], 8)
    store.reduced = ReducedMatrix(axes, vectors @ axes)
    return store


def near(vectors: Vectors, length: float) -> Vectors:
    """Vectors with noise of a length added."""
    noisy = vectors + length * unit_vectors(len(vectors), vectors.shape[1])[::-1]
    return np.asarray(noisy / np.linalg.norm(noisy, axis=1, keepdims=True), dtype=np.float32)


def agreement(found: Sequence[tuple[int, float]], matrix: Matrix, query: Vectors, documents: Sequence[int]) -> float:
    """Share of the ten passages nearest by brute force that were found among the first ten."""
    rows = np.flatnonzero(np.isin(matrix.documents, documents))
    exact = matrix.numbers[rows[np.argsort(-(matrix.vectors[rows] @ query))[:10]]].tolist()
    return len(set(exact) & {number for number, _ in found[:10]}) / len(exact)


@pytest.mark.parametrize("selected", [range(400), range(0, 400, 2), range(0, 400, 40), [7], [7, 10**9]])
def test_what_is_found_within_documents_is_right_and_complete(large: VectorStore, selected: Sequence[int]) -> None:
    assert large.matrix is not None
    inside = int(np.isin(large.matrix.documents, selected).sum())
    shares = []
    for query in near(large.matrix.vectors[::600], 0.3):
        found = large.search(query, 60, list(selected))
        assert len(found) == min(60, inside)
        assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
        shares.append(agreement(found, large.matrix, query, selected))
    assert np.mean(shares) >= 0.99


def test_documents_far_from_the_question_are_searched_whole(large: VectorStore) -> None:
    assert large.matrix is not None
    query = large.matrix.vectors[0]
    far = np.argsort([(large.matrix.vectors[large.matrix.documents == one] @ query).max() for one in range(400)])[:350]
    found = large.search(query, 60, far.tolist())
    assert len(found) == 60
    assert agreement(found, large.matrix, query, far.tolist()) == 1


def test_no_documents_hold_nothing(large: VectorStore) -> None:
    assert large.search(unit_vectors(1)[0], 5, []) == []
    assert large.search(unit_vectors(1)[0], 5, [10**9]) == []


def test_a_limit_costs_a_fraction_of_what_it_costs_in_chroma(large: VectorStore) -> None:
    def seconds(search: Callable[[Vectors, int, list[int]], object]) -> float:
        began = time.perf_counter()
        search(unit_vectors(1)[0], 60, list(range(0, 400, 2)))
        return time.perf_counter() - began

    large.search(unit_vectors(1)[0], 60)
    ours = median(seconds(large.search) for _ in range(7))
    assert ours < median(seconds(large.ask_chroma) for _ in range(7)) / 2


def test_approximate_search_agrees_with_exact_search_on_real_embeddings(sample: Index, tmp_path: Path) -> None:
    real = np.stack([one.vector for one in sample.catalog.passages(sample.catalog.passage_numbers().tolist())])
    vectors = np.concatenate([real, *(near(real, length) for length in np.linspace(0.2, 1.0, 3000 // len(real)))])
    matrix = Matrix(np.arange(len(vectors)), np.zeros(len(vectors), dtype=np.int64), vectors)
    store = VectorStore(tmp_path)
    store.add(matrix.numbers.tolist(), matrix.documents.tolist(), vectors)
    queries = near(vectors[::40], 0.4)
    assert np.mean([agreement(store.ask_chroma(query, 10), matrix, query, [0]) for query in queries]) >= 0.99
