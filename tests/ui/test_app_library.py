"""The Library page as Streamlit runs it, without a browser: documents listed, added, refused, read and removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.ingest.document import BlockKind, Document, Metadata, Part, join_parts
from pincite.ingest.errors import RejectedFile
from pincite.ingest.index.index import open_index
from pincite.ingest.pipeline import ingest
from pincite.ingest.structure import structured
from pincite.ui.pages.reader import sections_of
from pincite.ui.pages.upload import safe_name, uploads_of
from support.paged import finished, opened, press, shown

AMENDING = "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"


def library(folder: "Path") -> None:
    from pincite.ui.pages.library import library_page  # noqa: PLC0415  see opened

    library_page(folder, None)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "text/plain") for name, content in files])
    press(app, "Add to the library")
    return finished(app, "upload")


def titles(app: AppTest) -> list[str]:
    return list(app.dataframe[-1].value["Title"])


def test_table_says_what_is_known(sample_folder: Path) -> None:
    table = opened(library, sample_folder).dataframe[-1].value.set_index("File")
    assert len(table) == 12
    row = table.loc[AMENDING]
    assert (row["Kind"], row["Issuer"], row["Symbol"]) == ("resolution", "Meridian Forum Assembly", "MF/RES/3/2")
    assert row["Amends, revokes"] == "amends MF/RES/2/4"
    assert row["Passages"] > 0


def test_search_and_filters_narrow(sample_folder: Path) -> None:
    app = opened(library, sample_folder)
    app.text_input("library-words").set_value("POOLED res/3").run()
    assert list(app.dataframe[-1].value["File"]) == [AMENDING]
    app.text_input("library-words").set_value("").run()
    app.multiselect("library-kind").select("report").run()
    assert set(app.dataframe[-1].value["Kind"]) == {"report"}
    assert "4 of 12 documents" in [caption.value for caption in app.caption]


def test_document_is_read_by_its_outline(sample_folder: Path) -> None:
    app = opened(library, sample_folder)
    app.selectbox("document-read").select(AMENDING).run()
    assert "This document amends MF/RES/2/4." in shown(app)
    outline = app.radio[-1]
    assert len(outline.options) > 1
    outline.set_value(len(outline.options) - 1).run()
    with open_index(sample_folder) as index:
        document = index.document(AMENDING)
    last = document.blocks[-1]
    assert document.text[last.start : last.end] in shown(app)
    assert str(last.pinpoint) in shown(app)


def test_every_block_stands_in_one_section(sample_folder: Path) -> None:
    from pincite.ui.pages.reader import sections_of  # noqa: PLC0415  beside what it is compared with

    with open_index(sample_folder) as index:
        for entry in index.entries:
            document = index.document(entry.path)
            sections = sections_of(document)
            assert tuple(block for section in sections for block in section.blocks) == document.blocks


def test_first_files_are_taken_in_and_bad_ones_named(tmp_path: Path) -> None:
    app = opened(library, tmp_path / "index")
    assert "There is no document yet." in [element.value for element in app.markdown]
    upload(app, ("../../cod.md", b"# Cod\n\nThe quota is 40 tonnes.\n"), ("fake.pdf", b"MZ\0\0"), ("a.meta.toml", b""))
    assert titles(app) == ["Cod"]
    kept = uploads_of(tmp_path / "index")
    assert kept == tmp_path / "uploads" / "index"
    assert [file.name for file in kept.iterdir()] == ["cod.md"]
    assert "✓ cod.md: added" in shown(app)
    assert "✗ fake.pdf: rejected" in shown(app)
    assert "it describes other documents" in shown(app)


def test_changed_file_replaces_and_a_bad_one_does_not(tmp_path: Path) -> None:
    app = upload(opened(library, tmp_path / "index"), ("cod.md", b"# Cod\n\nThe quota is 40 tonnes.\n"))
    upload(app, ("cod.md", b"# Cod in 2026\n\nThe quota is 50 tonnes.\n"))
    assert titles(app) == ["Cod in 2026"]
    upload(app, ("cod.md", b"%PDF-1.7 no"))
    assert titles(app) == ["Cod in 2026"]
    assert (uploads_of(tmp_path / "index") / "cod.md").read_bytes().startswith(b"# Cod in 2026")


def test_removal_is_confirmed_and_deletes_only_what_was_uploaded(tmp_path: Path) -> None:
    (tmp_path / "tuna.md").write_text("# Tuna\n\nThe quota is 7 tonnes.\n", encoding="utf-8")
    ingest([tmp_path / "tuna.md"], tmp_path / "index")
    app = upload(opened(library, tmp_path / "index"), ("cod.md", b"# Cod\n\nThe quota is 40 tonnes.\n"))
    for name, path in (("cod.md", uploads_of(tmp_path / "index") / "cod.md"), ("tuna.md", tmp_path / "tuna.md")):
        app.selectbox("document-read").select(name).run()
        assert path.is_file()
        press(app, "Remove it")
        assert path.is_file() == (name == "tuna.md")
    assert "There is no document yet." in [element.value for element in app.markdown]


@pytest.mark.parametrize("name", ["..", "a/..", "\\", ".", "\x00", "sources.toml", "x.meta.toml", "a." + "b" * 300])
def test_names_that_cannot_be_used_are_refused(name: str) -> None:
    with pytest.raises(RejectedFile):
        safe_name(name)


def test_long_names_keep_their_suffix() -> None:
    safe = safe_name("条" * 500 + ".pdf")
    assert safe.endswith("条.pdf")
    assert len(safe.encode()) <= 200


def test_the_outline_lists_each_article_under_its_chapter() -> None:
    parts = [
        Part(BlockKind.HEADING, "CHAPTER II", 2),
        Part(BlockKind.HEADING, "Pilots", 2),
        Part(BlockKind.HEADING, "Article 5", 3),
        Part(BlockKind.HEADING, "Licences", 3),
        Part(BlockKind.PARAGRAPH, "1. A pilot is licensed."),
        Part(BlockKind.PARAGRAPH, "2. A licence lasts a year."),
        Part(BlockKind.HEADING, "Article 6", 3),
        Part(BlockKind.HEADING, "Fees", 3),
        Part(BlockKind.PARAGRAPH, "The council sets the fee."),
    ]
    text, pages, blocks = join_parts(structured(parts))
    sections = sections_of(Document("0" * 64, "act.md", text, pages, blocks, Metadata()))
    assert [(section.depth, section.title, len(section.blocks)) for section in sections] == [
        (0, "CHAPTER II · Pilots", 2),
        (1, "Article 5 · Licences", 4),
        (1, "Article 6 · Fees", 3),
    ]
