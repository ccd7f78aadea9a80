"""The store of records: whole after a kill, shared by processes, and one sentence for a file it cannot use."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pincite.ingest.errors import BrokenIndex, ForeignIndex, IndexBusy, IndexProblem
from pincite.ingest.record_store import RecordStore, StoreKind, open_store

ROOT = Path(__file__).parents[2]
KIND = StoreKind("test file", 0x54657374)
# Writes pairs of records that belong together until it is killed; prints the number of each pair that is written.
WRITER = """
import sys
from itertools import count
from pathlib import Path
from pincite.ingest.record_store import StoreKind, open_store
with open_store(Path(sys.argv[1]), StoreKind("test file", 0x54657374)) as store:
    for number in count(int(sys.argv[2])):
        with store.transaction():
            store.put("left", str(number), "x" * 20_000)
            store.put("right", str(number), "y" * 20_000)
        print(number, flush=True)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


def test_records_are_listed_in_the_order_of_their_first_writing(file: Path) -> None:
    with open_store(file, KIND) as store:
        for key in ("b", "a", "b"):
            store.put("letters", key, {"é": [key, None]})
        store.put("numbers", "a", 1)
    with open_store(file, KIND) as store:
        assert store.items("letters") == [("b", {"é": ["b", None]}), ("a", {"é": ["a", None]})]
        assert (store.get("numbers", "a"), store.get("numbers", "b"), store.has("numbers", "b")) == (1, None, False)
        store.delete("letters", "b")
        store.clear("numbers")
        assert (store.count("letters"), store.count("numbers")) == (1, 0)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def put_two(store: RecordStore) -> None:
    with store.transaction():
        store.put("a", "1", 1)
        store.put("a", "2", object())


def test_a_transaction_that_fails_leaves_nothing(file: Path) -> None:
    with open_store(file, KIND) as store:
        with pytest.raises(TypeError):
            put_two(store)
        store.put("a", "2", 2)
        assert store.items("a") == [("2", 2)]


def test_killed_writers_lose_nothing_and_leave_no_half(file: Path) -> None:
    written = -1
    for pause in (0.0, 0.01, 0.05, 0.1):
        command = [sys.executable, "-c", WRITER, str(file), str(written + 1)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout
            written = int(running.stdout.readline())
            time.sleep(pause)
            running.send_signal(signal.SIGKILL)
            written = max([written, *map(int, running.stdout.read().split())])
        with open_store(file, KIND) as store:
            left, right = ([int(key) for key, _ in store.items(name)] for name in ("left", "right"))
        assert left == right == list(range(len(left)))
        assert len(left) in {written + 1, written + 2}  # the last pair may be written, its number not yet printed
        written = len(left) - 1


def test_an_exclusive_store_is_closed_to_others_until_its_end(file: Path) -> None:
    for _ in range(2):
        with open_store(file, KIND, exclusive=True), pytest.raises(IndexBusy, match="in use by another process"):
            open_store(file, KIND, exclusive=True).__enter__()
    with open_store(file, KIND) as store:
        store.put("a", "1", 1)


def foreign(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()


def other_version(file: Path) -> None:
    with open_store(file, StoreKind("test file", KIND.application_id, 2)):
        pass


def other_kind(file: Path) -> None:
    with open_store(file, StoreKind("another file", 1)):
        pass


def no_database(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" * 1000)


def cut_off(file: Path) -> None:
    with open_store(file, KIND) as store:
        store.put("a", "1", "x" * 20_000)
    file.write_bytes(file.read_bytes()[:9000])


def no_json(file: Path) -> None:
    with open_store(file, KIND) as store:
        store.execute("INSERT INTO records (collection, key, value) VALUES ('a', '1', '{')")


def directory(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "error", "message"),
    [
        (foreign, ForeignIndex, "another program or another version"),
        (other_version, ForeignIndex, "another program or another version"),
        (other_kind, ForeignIndex, "another program or another version"),
        (no_database, BrokenIndex, r"is damaged \(file is not a database\): move it away"),
        (cut_off, BrokenIndex, "is damaged"),
        (no_json, BrokenIndex, "is damaged"),
        (directory, IndexProblem, "cannot be read or written"),
    ],
)
def test_a_file_it_cannot_use_gives_one_sentence(
    file: Path, spoil: Callable[[Path], None], error: type[IndexProblem], message: str
) -> None:
    spoil(file)
    before = file.read_bytes() if file.is_file() else b""
    with pytest.raises(error, match=message), open_store(file, KIND) as store:
        store.items("a")
    assert before == (file.read_bytes() if file.is_file() else b"")
