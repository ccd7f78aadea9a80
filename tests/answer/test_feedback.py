"""Judgements of answers are kept one a line, whoever writes at the same time, and nothing else touches them."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pincite.answer.feedback import FILE, Feedback, present, read_feedback, store
from pincite.answer.pipeline import ask
from pincite.answer.schema import answer_record
from pincite.cli.doctor import index_state
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput, IndexProblem, NoIndex
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest

ROOT = Path(__file__).parents[2]
START = b'{"schema": 1, "helpful": false, "comment": "", '
# Several processes start at once; each stores 20 judgements of 20,000 characters, far more than a pipe holds.
WRITER = """
import sys
from pathlib import Path
from pincite.answer.feedback import Feedback, present, store
for number in range(20):
    answer = {"question": f"{sys.argv[2]}-{number}", "answer": "é" * 20_000, "abstained": False}
    store(Path(sys.argv[1]), Feedback(False, "", present(), answer | {"citations": [], "evidence": []}))
"""


@pytest.fixture
def wrong(sample: Index, embedder: Embedder) -> Feedback:
    record = answer_record(ask(sample, embedder, "When was the Meridian Forum founded?"))
    return Feedback(helpful=False, comment="another date – не та", at=present(), answer=record)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cod.md").write_text("# Cod\n\nThe quota for cod is 40 tonnes in 2025.\n", encoding="utf-8")
    ingest([tmp_path], tmp_path / "index")
    return tmp_path / "index"


def test_judgements_are_read_as_they_were_stored(folder: Path, wrong: Feedback) -> None:
    other = replace(wrong, answer=wrong.answer | {"question": "Another?"}, helpful=True, comment="")
    store(folder, wrong)
    store(folder, other)
    assert read_feedback(folder / FILE) == [wrong, other]


def test_a_later_judgement_takes_the_place_of_the_earlier(folder: Path, wrong: Feedback) -> None:
    mended = replace(wrong, helpful=True, answer=wrong.answer | {"seconds": {"total": 9.0}})
    store(folder, wrong)
    store(folder, mended)
    assert (folder / FILE).read_bytes().count(b"\n") == 2
    assert read_feedback(folder / FILE) == [mended]


def test_processes_that_write_at_once_lose_nothing(folder: Path) -> None:
    commands = [[sys.executable, "-c", WRITER, str(folder), name] for name in "abc"]
    writers = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    stored = {feedback.answer["question"] for feedback in read_feedback(folder / FILE)}
    assert stored == {f"{name}-{number}" for name in "abc" for number in range(20)}


@pytest.mark.parametrize("left", [b"{", b'{"schema": 1, "comment": "\xd0', b"nul"])
def test_a_torn_last_line_is_passed_over_and_cut_off(folder: Path, wrong: Feedback, left: bytes) -> None:
    store(folder, wrong)
    with (folder / FILE).open("ab") as file:
        file.write(left)
    assert read_feedback(folder / FILE) == [wrong]
    later = replace(wrong, answer=wrong.answer | {"question": "Another?"})
    store(folder, later)
    assert read_feedback(folder / FILE) == [wrong, later]


def test_a_last_line_without_its_end_is_kept(folder: Path, wrong: Feedback) -> None:
    store(folder, wrong)
    (folder / FILE).write_bytes((folder / FILE).read_bytes().rstrip(b"\n"))
    later = replace(wrong, answer=wrong.answer | {"question": "Another?"})
    store(folder, later)
    assert read_feedback(folder / FILE) == [wrong, later]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "line 2: invalid JSON"),
        (b'{"schema": 2}', "line 2, field schema: input should be 1"),
        (b'{"schema": 1, "helpful": "no"}', "line 2, field helpful: input should be a valid boolean"),
        (START + b'"at": "yesterday"}', "line 2, field at: string should match"),
        (START + b'"at": "2026-01-01T00:00:00Z", "answer": {"question": 5}}', r"line 2, field answer\.question: input"),
        (b'"\xff"', "line 2: invalid JSON"),
    ],
)
def test_what_cannot_be_read_is_named(folder: Path, wrong: Feedback, line: bytes, said: str) -> None:
    store(folder, wrong)
    with (folder / FILE).open("ab") as file:
        file.write(line + b"\n")
    with pytest.raises(BadInput, match=said):
        read_feedback(folder / FILE)


def test_where_there_is_nothing_it_is_said(tmp_path: Path, folder: Path, wrong: Feedback) -> None:
    with pytest.raises(BadInput, match="no answer has been judged"):
        read_feedback(folder / FILE)
    with pytest.raises(NoIndex):
        store(tmp_path / "none", wrong)
    assert not (tmp_path / "none").exists()
    (folder / FILE).mkdir()
    with pytest.raises(IndexProblem, match="cannot be kept"):
        store(folder, wrong)
    with pytest.raises(BadInput, match="cannot be read"):
        read_feedback(folder / FILE)


def test_ingestion_repair_and_doctor_leave_judgements_alone(folder: Path, wrong: Feedback) -> None:
    store(folder, wrong)
    kept = (folder / FILE).read_bytes()
    (folder.parent / "cod.md").unlink()
    (folder.parent / "tuna.md").write_text("# Tuna\n\nThe quota for tuna is 7 tonnes.\n", encoding="utf-8")
    summary = ingest([folder.parent], folder, prune=True)
    assert (summary.added, summary.removed, summary.documents) == (1, 1, 1)
    for part in (folder / "vectors").rglob("*.sqlite3"):
        part.write_bytes(b"broken" * 1000)
    with open_index(folder) as index:
        assert index.vectors.count() == index.catalog.count_passages()
    assert index_state(folder, None).startswith("sound")
    assert (folder / FILE).read_bytes() == kept
