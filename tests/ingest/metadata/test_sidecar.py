"""Metadata stated beside a document: whose word counts, and what a slip in it does."""

import hashlib
from pathlib import Path

import pytest

from pincite.ingest.document import Metadata, Relation
from pincite.ingest.metadata.manifest import NAME
from pincite.ingest.metadata.sidecar import final_metadata, metadata_stamp

READ_OFF = Metadata("A heading", "other", "A body", "AB/1", "2024-01-02", "en")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "sub" / "report.pdf"
    path.parent.mkdir()
    path.write_bytes(b"a report")
    return path


def known(path: Path) -> tuple[Metadata, tuple[str, ...]]:
    return final_metadata(READ_OFF, path, path.parents[1], hashlib.sha256(path.read_bytes()).hexdigest())


def beside(path: Path, text: str, name: str = "report.pdf.meta.toml") -> None:
    path.with_name(name).write_text(text, encoding="utf-8")


def test_nothing_stated_changes_nothing(report: Path) -> None:
    assert known(report) == (READ_OFF, ())
    assert metadata_stamp(report, report.parents[1]) == ""


def test_every_key_of_a_sidecar(report: Path) -> None:
    beside(
        report,
        'title = " A  plan "\nkind = "law"\nissuer = "Another"\nsymbol = "CD/2"\ndate = 2025-03-04\n'
        'language = "uk-UA"\nurl = "https://example.org/plan"\nrelations = [{ kind = "amends", target = "AB/1" }]\n',
    )
    stated = Metadata(
        "A plan",
        "law",
        "Another",
        "CD/2",
        "2025-03-04",
        "uk",
        "https://example.org/plan",
        (Relation("amends", "AB/1"),),
    )
    assert known(report) == (stated, ())


def test_own_sidecar_over_that_of_all_formats_over_the_text(report: Path) -> None:
    beside(report, 'title = "For all"\nissuer = "For all"\n', "report.meta.toml")
    beside(report, 'title = "For this"\n')
    found, warnings = known(report)
    assert (found.title, found.issuer, found.symbol, warnings) == ("For this", "For all", "AB/1", ())


def test_the_list_over_the_sidecar(report: Path) -> None:
    beside(report, 'title = "Sidecar"\nissuer = "Sidecar"\n')
    (report.parents[1] / NAME).write_text('[[document]]\nfile = "sub/report.pdf"\ntitle = "List"\n')
    found, warnings = known(report)
    assert (found.title, found.issuer, warnings) == ("List", "Sidecar", ())


def test_an_empty_value_takes_away(report: Path) -> None:
    beside(report, 'symbol = ""\nissuer = ""\ndate = ""\nrelations = []\n')
    found, warnings = known(report)
    assert (found.symbol, found.issuer, found.date, warnings) == (None, None, None, ())


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ('kind = "novel"', "line 2: kind is not one of article"),
        ("kind = [1]", "line 2: kind is not one of article"),
        ('date = "soon"', "line 2: date is not a date"),
        ("date = 3", "line 2: date is not a date"),
        ('language = "Ukrainian"', "line 2: language is not a code"),
        ('url = "javascript:alert(1)"', "line 2: url is not an address"),
        ("title = 3", "line 2: title is not a text"),
        ('title = ""', "line 2: title is empty"),
        (f'title = "{"x" * 401}"', "line 2: title is longer than 400"),
        ('titel = "A plan"', "line 2: titel is not a known key"),
        ('relations = "AB/1"', "line 2: relations is not a list"),
        ('relations = [{ kind = "hates", target = "AB/1" }]', "line 2: relations is not a list"),
        ('[relations]\nkind = "amends"', "line 2: relations is not a list"),
    ],
)
def test_a_mistake_is_ignored_with_a_warning_that_names_its_line(report: Path, line: str, warning: str) -> None:
    beside(report, f'symbol = "CD/2"\n{line}\n')
    found, warnings = known(report)
    assert found.symbol == "CD/2"
    assert (found.title, found.kind, found.date) == (READ_OFF.title, READ_OFF.kind, READ_OFF.date)
    assert len(warnings) == 1
    assert warnings[0].startswith(f"report.pdf.meta.toml, {warning}")


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (b"title = \n", "it is not TOML: Invalid value (at line 1"),
        (b'title = "\xff"\n', "it is not in UTF-8"),
        (b"#" * (2 << 20), "it is larger than 1 MiB"),
        (b"a = " + b"[" * 100_000, "it is"),
    ],
)
def test_an_unreadable_sidecar_is_ignored(report: Path, data: bytes, warning: str) -> None:
    report.with_name("report.pdf.meta.toml").write_bytes(data)
    found, warnings = known(report)
    assert found == READ_OFF
    assert warnings[0].startswith(f"report.pdf.meta.toml: {warning}")


def test_the_stamp_follows_what_is_stated(report: Path) -> None:
    root = report.parents[1]
    beside(report, 'title = "One"\n')
    one = metadata_stamp(report, root)
    beside(report, '# a remark\ntitle = "One"\n')
    assert metadata_stamp(report, root) == one != ""
    beside(report, 'title = "Two"\n')
    two = metadata_stamp(report, root)
    (root / NAME).write_text('[[document]]\nfile = "sub/report.pdf"\ntitle = "List"\n')
    assert len({one, two, metadata_stamp(report, root)}) == 3
    (root / NAME).write_text('[[document]]\nfile = "another.pdf"\ntitle = "List"\n')
    assert metadata_stamp(report, root) == two
