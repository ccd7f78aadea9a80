import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.errors import BadInput, UnknownDocument
from ingest.index import open_index
from ingest.pipeline import Summary, ingest, remove

ROOT = Path(__file__).parents[1]


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return summary.added, summary.updated, summary.unchanged, summary.removed, len(summary.rejected)


def paths(folder: Path) -> list[str]:
    with open_index(folder) as index:
        assert index.faults() == []
        return [entry.path for entry in index.entries]


def test_new_changed_unchanged_and_gone_files(tmp_path: Path) -> None:
    folder, index = write(tmp_path / "in", a="# A\n\nOne rule.", b="# B\n\nTwo rules."), tmp_path / "index"
    assert counts(ingest([folder], index)) == (2, 0, 0, 0, 0)
    assert counts(ingest([folder], index)) == (0, 0, 2, 0, 0)
    write(folder, a="# A\n\nAnother rule.")
    assert counts(ingest([folder], index)) == (0, 1, 1, 0, 0)
    (folder / "b.md").unlink()
    assert counts(ingest([folder], index)) == (0, 0, 1, 0, 0)
    assert counts(ingest([folder], index, prune=True)) == (0, 0, 1, 1, 0)
    assert paths(index) == ["a.md"]


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.", empty="")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing of use")
    summary = ingest([folder], tmp_path / "index")
    assert counts(summary) == (1, 0, 0, 0, 2)
    assert dict(summary.rejected)["empty.md"] == "the file is empty"
    assert "damaged" in dict(summary.rejected)["broken.pdf"]


def test_nothing_is_embedded_twice(tmp_path: Path) -> None:
    folder, index = write(tmp_path / "in", a="# A\n\nOne rule."), tmp_path / "index"
    ingest([folder], index)
    (folder / "a.md").rename(folder / "moved.md")
    assert ingest([folder], index, prune=True).seconds["embed"] < 0.02
    assert paths(index) == ["moved.md"]


def test_the_same_name_in_two_folders_is_told_apart(tmp_path: Path) -> None:
    first, second = write(tmp_path / "un", a="# A\n\nOne rule."), write(tmp_path / "eu", a="# A\n\nOther rule.")
    summary = ingest([first, second], tmp_path / "index")
    assert counts(summary) == (1, 0, 0, 0, 1)
    assert "different file of this name" in summary.rejected[0][1]
    assert counts(ingest([tmp_path / "un", tmp_path / "eu"], tmp_path / "index"))[4] == 1


def test_a_folder_that_moved_is_recognised(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.")
    ingest([folder], tmp_path / "index")
    assert counts(ingest([folder.rename(tmp_path / "elsewhere")], tmp_path / "index", prune=True)) == (0, 0, 1, 0, 0)


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no file or folder"):
        ingest([tmp_path / "missing"], tmp_path / "index")
    with pytest.raises(BadInput, match="holds no documents"):
        ingest([write(tmp_path / "empty")], tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_remove_takes_one_document_out(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.", b="# B\n\nTwo rules.")
    ingest([folder], tmp_path / "index")
    remove("a.md", tmp_path / "index")
    assert paths(tmp_path / "index") == ["b.md"]
    with pytest.raises(UnknownDocument):
        remove("a.md", tmp_path / "index")


@pytest.mark.parametrize("seconds", [1.0, 2.5, 4.0])
def test_a_killed_run_is_completed_by_the_next(
    tmp_path: Path, corpus: Path, seconds: float, sample_folder: Path
) -> None:
    command = [sys.executable, "-m", "cli", "ingest", str(corpus), "--index", str(tmp_path / "index")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        time.sleep(seconds)
        os.kill(run.pid, signal.SIGKILL)
    ingest([corpus], tmp_path / "index")
    assert paths(tmp_path / "index") == paths(sample_folder)
    with open_index(tmp_path / "index") as index, open_index(sample_folder) as whole:
        assert index.id == whole.id
        assert index.catalog.count_passages() == whole.catalog.count_passages()
