"""A derived part is removed only where neither descriptors nor permissions explain its failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pincite.ingest.index.derived import other_cause

ASK = "from pathlib import Path; from pincite.ingest.index.derived import other_cause; "
FEW = ASK + "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (14, 14)); print(other_cause(Path({0!r})))"
OTHER_USER = ASK + "import os; os.setuid(65534); print(other_cause(Path({0!r})))"


def answer(program: str, folder: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", program.format(str(folder))], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_folder_that_may_be_changed_has_no_other_cause(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert other_cause(tmp_path) is None


def test_few_descriptors_are_a_cause(tmp_path: Path) -> None:
    assert "Too many open files" in answer(FEW, tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become another user")
def test_another_user_is_a_cause(tmp_path: Path) -> None:
    (tmp_path / "file").touch(mode=0o600)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    tmp_path.chmod(0o777)
    assert answer(OTHER_USER, tmp_path) == "file may not be changed by this user"
