"""Judgements of answers are stored once each, whoever writes at the same time, and nothing else touches them."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pincite.answer.feedback import FILE, Feedback, read_feedback, store_feedback, timestamp
from pincite.answer.pipeline import ask
from pincite.answer.schema import answer_record
from pincite.cli.doctor import index_state
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput, IndexProblem, NoIndex
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest

ROOT = Path(__file__).parents[2]
# Several processes start at once; each stores 20 judgements of 20,000 characters, far more than a pipe holds.
WRITER = """
import sys
from pathlib import Path
from pincite.answer.batch import failed_record
from pincite.answer.feedback import Feedback, store_feedback, timestamp
for number in range(20):
    answer = failed_record("q", f"{sys.argv[2]}-{number}", "é" * 20_000, "extract", "index", 0.1)
    store_feedback(Path(sys.argv[1]), Feedback(False, "", timestamp(), answer))
"""


@pytest.fixture
def wrong(sample: Index, embedder: Embedder) -> Feedback:
    record = answer_record(ask(sample, embedder, "When was the Meridian Forum founded?"))
    return Feedback(helpful=False, comment="another date – не та", at=timestamp(), answer=record)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cod.md").write_text("# Cod\n\nThe quota for cod is 40 tonnes in 2025.\n", encoding="utf-8")
    ingest([tmp_path], tmp_path / "index")
    return tmp_path / "index"


def test_judgements_are_read_as_they_were_stored(folder: Path, wrong: Feedback) -> None:
    other = replace(wrong, answer=wrong.answer | {"question": "Another?"}, helpful=True, comment="")
    store_feedback(folder, wrong)
    store_feedback(folder, other)
    assert read_feedback(folder / FILE) == [wrong, other]


def test_a_later_judgement_takes_the_place_of_the_earlier(folder: Path, wrong: Feedback) -> None:
    mended = replace(wrong, helpful=True, answer=wrong.answer | {"seconds": {"total": 9.0}})
    store_feedback(folder, wrong)
    store_feedback(folder, mended)
    assert read_feedback(folder / FILE) == [mended]


def test_processes_that_write_at_once_lose_nothing(folder: Path) -> None:
    commands = [[sys.executable, "-c", WRITER, str(folder), name] for name in "abc"]
    writers = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    stored = {feedback.answer["question"] for feedback in read_feedback(folder / FILE)}
    assert stored == {f"{name}-{number}" for name in "abc" for number in range(20)}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"helpful": "no"}, "field helpful: input should be a valid boolean"),
        (
            {"answer": {"schema": 1, "question": 5, "answer": ""}},
            r"field answer\.question: input should be a valid string",
        ),
    ],
)
def test_a_field_that_cannot_be_read_is_named(
    folder: Path, wrong: Feedback, change: dict[str, Any], message: str
) -> None:
    store_feedback(folder, replace(wrong, **change))
    with pytest.raises(BadInput, match=rf"feedback\.sqlite, judgement \w{{8}}, {message}"):
        read_feedback(folder / FILE)


def test_where_there_is_nothing_it_is_said(tmp_path: Path, folder: Path, wrong: Feedback) -> None:
    with pytest.raises(BadInput, match="no answer has been judged"):
        read_feedback(folder / FILE)
    with pytest.raises(NoIndex):
        store_feedback(tmp_path / "none", wrong)
    assert not (tmp_path / "none").exists()
    (folder / FILE).mkdir()
    with pytest.raises(IndexProblem, match="cannot be read or written"):
        store_feedback(folder, wrong)
    with pytest.raises(IndexProblem, match="cannot be read"):
        read_feedback(folder / FILE)


def test_ingestion_repair_and_doctor_leave_judgements_alone(folder: Path, wrong: Feedback) -> None:
    store_feedback(folder, wrong)
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
