"""Which files a path leads to, and under which names."""

import os
from pathlib import Path

import pytest

from pincite.ingest.discovery import find_files
from pincite.ingest.errors import BadInput


def lay(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def names(*paths: Path) -> list[str]:
    return [source.name for source in find_files(paths).files]


def test_folders_are_searched_to_the_bottom_in_order_of_names(tmp_path: Path) -> None:
    lay(tmp_path, "b.md", "a/z.pdf", "a/b/c/deep.TXT", "a/a.html")
    assert names(tmp_path) == ["a/a.html", "a/b/c/deep.TXT", "a/z.pdf", "b.md"]
    assert all(source.root == tmp_path for source in find_files([tmp_path]).files)


def test_names_with_spaces_and_letters_of_any_script(tmp_path: Path) -> None:
    lay(tmp_path, "Звіт за 2024 рік.md", "año nuevo/決議 1.txt", "a  b.md")
    assert names(tmp_path) == ["a  b.md", "año nuevo/決議 1.txt", "Звіт за 2024 рік.md"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    lay(tmp_path, "seen.md", ".hidden.md", ".git/config.md", "a/.DS_Store")
    found = find_files([tmp_path])
    assert [source.name for source in found.files] == ["seen.md"]
    assert found.skipped == 0


def test_other_files_are_counted_and_legacy_ones_offered_to_be_rejected(tmp_path: Path) -> None:
    lay(tmp_path, "a.md", "b.doc", "c.py", "data/d.csv", "Makefile")
    found = find_files([tmp_path])
    assert [source.name for source in found.files] == ["a.md", "b.doc"]
    assert found.skipped == 3


def test_a_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    lay(tmp_path, "notes.xyz", ".hidden.md")
    assert names(tmp_path / "notes.xyz") == ["notes.xyz"]
    assert names(tmp_path / ".hidden.md") == [".hidden.md"]


def test_a_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    lay(tmp_path, "a/x.md", "a/y.md")
    (tmp_path / "a" / "z.md").symlink_to("x.md")
    assert names(tmp_path / "a", tmp_path / "a" / "x.md", tmp_path / "a") == ["x.md", "y.md"]


def test_links_in_a_circle_and_to_nowhere_are_left_out(tmp_path: Path) -> None:
    lay(tmp_path / "library", "a.md")
    lay(tmp_path, "outside.md")
    (tmp_path / "library" / "again").symlink_to(tmp_path / "library")
    (tmp_path / "library" / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "library" / "linked.md").symlink_to(tmp_path / "outside.md")
    assert names(tmp_path / "library") == ["a.md", "linked.md"]


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    lay(tmp_path / "library", "a.md")
    (tmp_path / "link").symlink_to(tmp_path / "library")
    assert find_files([tmp_path / "link"]).files[0].root == tmp_path / "library"


def test_a_missing_path_and_a_folder_without_documents_say_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no file or folder .*gone"):
        find_files([tmp_path / "gone"])
    with pytest.raises(BadInput, match=r"contains no documents \(\.pdf, \.docx"):
        find_files([tmp_path])
    lay(tmp_path, "data.csv")
    with pytest.raises(BadInput, match="contains no documents"):
        find_files([tmp_path])


def test_what_is_neither_file_nor_folder_is_no_path(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(BadInput, match="no file or folder"):
        find_files([tmp_path / "pipe.md"])
    lay(tmp_path, "a.md")
    assert names(tmp_path) == ["a.md"]


def test_a_name_that_is_not_unicode_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("Words.", encoding="utf-8")
    assert names(tmp_path) == ["caf\ufffd.md"]
