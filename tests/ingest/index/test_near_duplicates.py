import random
from pathlib import Path

import pytest

from pincite.ingest.index.index import Index, open_index
from pincite.ingest.index.near_duplicates import sketch
from pincite.ingest.pipeline import ingest

WORDS = [f"{first}{second}" for first in "bcdfglmnprstv" for second in ("ane", "ire", "olt", "umb", "esk", "ard")]


def prose(seed: int, sentences: int = 60) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  texts, not secrets
    return [" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(sentences)]


def library(folder: Path, **documents: list[str]) -> dict[str, tuple[str, ...]]:
    """Twins of each document once all are ingested, in the order given."""
    folder.mkdir(exist_ok=True)
    for name, lines in documents.items():
        text = "\n\n".join(lines)
        if name.endswith("html"):
            (folder / f"{name}.html").write_text(
                f"<html><body><p>{text.replace(chr(10) * 2, '</p><p>')}</p></body></html>"
            )
        else:
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest([folder], folder.with_name("index"))
    with open_index(folder.with_name("index")) as index:
        return {
            Path(entry.path).stem: tuple(Path(twin).stem for twin in entry.near_duplicates) for entry in index.entries
        }


def test_two_formats_of_a_document_are_twins(tmp_path: Path) -> None:
    found = library(tmp_path / "in", act=prose(1), act_html=prose(1), other=prose(2))
    assert found == {"act": ("act_html",), "act_html": ("act",), "other": ()}


def test_an_extract_is_the_twin_of_the_whole(tmp_path: Path) -> None:
    whole = prose(1, 200)
    assert library(tmp_path / "in", whole=whole, extract=whole[40:75])["extract"] == ("whole",)


def test_shared_boilerplate_and_an_amendment_make_no_twins(tmp_path: Path) -> None:
    boilerplate = prose(9, 20)
    found = library(
        tmp_path / "in", one=boilerplate + prose(1), two=boilerplate + prose(2), amendment=prose(3)[:20] + prose(1)[:8]
    )
    assert set(found.values()) == {()}


def test_links_go_with_the_document(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    assert library(folder, a=prose(1), b=prose(1))["a"] == ("b",)
    assert library(folder, b=prose(2))["a"] == ()
    assert library(folder, b=prose(1))["a"] == ("b",)
    (folder / "b.txt").unlink()
    ingest([folder], tmp_path / "index", prune=True)
    with open_index(tmp_path / "index") as index:
        assert [entry.near_duplicates for entry in index.entries] == [()]
        sketched = index.catalog.connection.execute("SELECT DISTINCT document FROM sketches").fetchall()
        assert sketched == [(index.entries[0].number,)]
        assert index.catalog.connection.execute("SELECT count(*) FROM twins").fetchone() == (0,)


def test_none_of_the_sample_documents_has_a_twin(sample: Index) -> None:
    assert [entry.path for entry in sample.entries if entry.near_duplicates] == []


def test_a_sketch_is_the_same_everywhere_and_small() -> None:
    text = " ".join(prose(1))
    assert sketch(text) == sketch(text.upper().replace(" ", "\n"))
    assert sketch(text)[:2] == sorted(sketch(text))[:2]
    assert len(sketch(text)) == pytest.approx(60 * 14 / 8, rel=0.4)
    assert sketch("only four words here") == []


def test_extracts_of_one_paper_are_linked_and_no_others(shared: Path, tmp_path: Path) -> None:
    ingest([shared / "corpus" / "seeds"], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        linked = {
            entry.path[:3]: [twin[:3] for twin in entry.near_duplicates]
            for entry in index.entries
            if entry.near_duplicates
        }
    assert linked == {"002": ["003"], "003": ["002"]}
