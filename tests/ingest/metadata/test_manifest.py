"""Lists of documents: which entry is a file's, which list counts, and lists that are written."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from pincite.ingest.metadata.manifest import NAME, listed, read_list, write_list

DIGEST = "ab" * 32


def put(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(text, encoding="utf-8")


def title(path: Path, root: Path, sha256: str = DIGEST) -> Any:
    return [layer.values.get("title") for layer in listed(path, root, sha256) if layer.values]


def test_by_digest_then_by_file_then_by_the_name_in_the_address(tmp_path: Path) -> None:
    by_name = '[[document]]\ntitle = "Name"\nurl = "https://example.org/x/plan.pdf?a=1"\n'
    by_file = '[[document]]\ntitle = "File"\nfile = "plan.pdf"\n'
    by_digest = f'[[document]]\ntitle = "Digest"\nsha256 = "{DIGEST.upper()}"\n'
    for text, expected in ((by_name, "Name"), (by_name + by_file, "File"), (by_name + by_file + by_digest, "Digest")):
        put(tmp_path, text)
        assert title(tmp_path / "plan.pdf", tmp_path) == [expected]
    assert title(tmp_path / "other.pdf", tmp_path, "00") == []


def test_a_name_that_two_addresses_share_tells_nothing(tmp_path: Path) -> None:
    put(tmp_path, "".join(f'[[document]]\ntitle = "{n}"\nurl = "https://example.org/{n}/plan.pdf"\n' for n in "ab"))
    assert title(tmp_path / "plan.pdf", tmp_path) == []


def test_the_nearest_list_with_an_entry_counts_up_to_the_ingested_folder(tmp_path: Path) -> None:
    root, path = tmp_path / "root", tmp_path / "root" / "a" / "b" / "plan.pdf"
    put(tmp_path, '[[document]]\ntitle = "Outside"\nfile = "root/a/b/plan.pdf"\n')
    assert title(path, root) == []
    put(root, '[[document]]\ntitle = "Root"\nfile = "a/b/plan.pdf"\n')
    assert title(path, root) == ["Root"]
    put(root / "a" / "b", '[[document]]\ntitle = "Near"\nfile = "other.pdf"\n')
    assert title(path, root) == ["Root"]
    put(root / "a", '[[document]]\ntitle = "Near"\nfile = "b/plan.pdf"\n')
    assert title(path, root) == ["Near"]


def test_a_changed_list_is_read_again(tmp_path: Path) -> None:
    put(tmp_path, '[[document]]\ntitle = "One"\nfile = "plan.pdf"\n')
    assert title(tmp_path / "plan.pdf", tmp_path) == ["One"]
    put(tmp_path, '[[document]]\ntitle = "Other"\nfile = "plan.pdf"\n')
    assert title(tmp_path / "plan.pdf", tmp_path) == ["Other"]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("[[document]]\ntitle = \n", "sources.toml: it is not TOML: Invalid value (at line 2"),
        ("# list\ndocument = 3\n", "sources.toml, line 2: document is not a list of tables"),
        (
            '[[document]]\nfile = "b.pdf"\n\n[[document]]\nfile = "plan.pdf"\nkind = "novel"\n',
            "sources.toml, line 6: kind is",
        ),
        (f'[[document]]\nfile = "plan.pdf"\nsha256 = "{"0" * 64}"\n', "sources.toml, line 3: sha256 is not that of"),
        ('[[document]]\nfile = "plan.pdf"\nlicense = "CC0"\n', "sources.toml, line 3: license is not a known key"),
    ],
)
def test_slips_are_told_with_their_line(tmp_path: Path, text: str, warning: str) -> None:
    put(tmp_path, text)
    warnings = [said for layer in listed(tmp_path / "plan.pdf", tmp_path, DIGEST) for said in layer.warnings]
    assert len(warnings) == 1
    assert warnings[0].startswith(warning)


def test_slips_in_the_entries_of_others_are_not_told(tmp_path: Path) -> None:
    put(tmp_path, '[[document]]\nfile = "b.pdf"\nkind = "novel"\n')
    assert [layer.warnings for layer in listed(tmp_path / "plan.pdf", tmp_path, DIGEST)] == [()]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    table: dict[str, Any] = {
        "title": 'A "plan"\\ with\ttabs, \x7f and ШІ',
        "date": datetime.date(2024, 3, 21),
        "bytes": 7,
        "relations": [{"kind": "amends", "target": "AB/1"}, {"kind": "revokes", "target": "AB/2"}],
    }
    write_list(tmp_path / NAME, [table, {"title": "Other"}], "# head\n")
    assert [entry.table for entry in read_list(tmp_path / NAME).entries] == [table, {"title": "Other"}]
    assert (tmp_path / NAME).read_text().startswith("# head\n\n[[document]]\n")
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
