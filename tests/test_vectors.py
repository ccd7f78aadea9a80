import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from ingest.embed import Vectors
from ingest.errors import BadInput, ModelUnavailable
from ingest.vectors import VectorStore


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
    store.remove([17])
    assert 17 not in store.numbers()
    assert store.count() == 49


def test_a_folder_finds_adds_filters_and_removes(tmp_path: Path) -> None:
    check_store(VectorStore(tmp_path))


def test_a_server_does_the_same(tmp_path: Path, server: str) -> None:
    check_store(VectorStore(tmp_path, server))


def test_generation_and_vectors_outlive_the_client(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    store.add([1], [1], unit_vectors(1))
    store.set_generation(4)
    again = VectorStore(tmp_path)
    assert (again.generation, again.numbers()) == (4, {1})


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    assert VectorStore(tmp_path).search(unit_vectors(1)[0], 5) == []


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"No Chroma server answers at http://127\.0\.0\.1:9"):
        VectorStore(tmp_path, "http://127.0.0.1:9")


def test_an_address_without_scheme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="http://HOST:PORT"):
        VectorStore(tmp_path, "localhost:8000")


def test_approximate_search_agrees_with_exact_search(tmp_path: Path) -> None:
    vectors = unit_vectors(3000, 64)
    store = VectorStore(tmp_path)
    store.add(list(range(3000)), [0] * 3000, vectors)
    agree = [
        len({number for number, _ in store.search(query, 10)} & set(np.argsort(-(vectors @ query))[:10].tolist()))
        for query in unit_vectors(40, 64)
    ]
    assert sum(agree) / (10 * len(agree)) >= 0.99
