import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from pincite.briefing.book import BriefingBook
from pincite.briefing.writers.docx_writer import write_docx
from pincite.briefing.writers.word_file import W
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index
from pincite.ingest.reading import read_document
from support.briefed import AMENDED, COD, FELLOWSHIPS, book_of

OFFICE = shutil.which("soffice")


@pytest.fixture
def book(sample: Index, embedder: Embedder) -> BriefingBook:
    return book_of(sample, embedder)


@pytest.fixture
def file(book: BriefingBook, tmp_path: Path) -> Path:
    write_docx(book, tmp_path / "book.docx")
    return tmp_path / "book.docx"


def part(file: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(file) as package:
        return etree.fromstring(package.read(name))


def numbers(root: etree._Element, tag: str) -> list[str]:
    return [one.get(f"{{{W}}}id", "") for one in root.iter(f"{{{W}}}{tag}")]


def test_every_reference_has_its_footnote_and_every_footnote_its_reference(file: Path) -> None:
    references = numbers(part(file, "word/document.xml"), "footnoteReference")
    footnotes = numbers(part(file, "word/footnotes.xml"), "footnote")
    assert len(references) >= 3
    assert ["-1", "0", *references] == footnotes


def test_parts_have_content_types_and_relationships_lead_to_parts(file: Path) -> None:
    types = part(file, "[Content_Types].xml")
    named = {one.get("PartName") for one in types}
    endings = {one.get("Extension") for one in types}
    with zipfile.ZipFile(file) as package:
        names = set(package.namelist())
    assert {name for name in names if f"/{name}" not in named and name.rsplit(".", 1)[-1] not in endings} == set()
    assert {"/word/footnotes.xml", "/docProps/custom.xml"} <= named
    targets = {one.get("Target") for one in part(file, "word/_rels/document.xml.rels")}
    assert "footnotes.xml" in targets
    assert {f"word/{target}" for target in targets if not target.startswith("..")} <= names


def test_every_style_that_is_used_is_there(file: Path) -> None:
    styles = {one.get(f"{{{W}}}styleId") for one in part(file, "word/styles.xml").iter(f"{{{W}}}style")}
    used = set()
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = part(file, name)
        used |= {
            one.get(f"{{{W}}}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in root.iter(f"{{{W}}}{tag}")
        }
    assert used <= styles


def test_footnotes_hold_reference_and_quote_of_verified_citations_only(file: Path, book: BriefingBook) -> None:
    texts = ["".join(one.itertext()) for one in part(file, "word/footnotes.xml")][2:]
    cited = [(c.reference(), c.quote) for one in book.answers() for s in one.statements for c in one.verified(s)]
    assert len(texts) == len(cited)
    for text, (reference, quote) in zip(texts, cited, strict=True):
        assert reference in text
        assert quote.replace("\n", "") in text  # a line end is an element, not a letter


def test_what_a_reader_sees(file: Path) -> None:
    opened = Document(str(file))
    texts = [paragraph.text for paragraph in opened.paragraphs]
    headings = [one.text for one in opened.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert [texts[0], headings[0], headings[1]] == ["Briefing & more", "Summary", "Money"]
    assert f"1. {FELLOWSHIPS}" in headings
    assert any("+1 is no sum" in text and "only partly supported" in text for text in texts)
    assert any(text.startswith(f"Note: {AMENDED}") for text in texts)
    assert any(text.startswith("Not in the corpus.") for text in texts)
    assert any(text.startswith("Failed. The server went away.") for text in texts)
    assert any(text.startswith(COD) for text in texts[texts.index(next(t for t in texts if "Annex B" in t)) :])
    assert [cell.text for cell in opened.tables[0].rows[-1].cells] == ["All questions", "2", "1", "1", "1", "5"]


def test_properties_say_with_what_it_was_made(file: Path, book: BriefingBook) -> None:
    core = Document(str(file)).core_properties
    assert (core.title, core.created.date().isoformat() if core.created else "") == ("Briefing & more", "2026-03-01")
    assert str(book.settings["index"]) in "".join(part(file, "docProps/custom.xml").itertext())


def test_two_files_of_one_book_are_the_same_bytes(file: Path, book: BriefingBook, tmp_path: Path) -> None:
    write_docx(book, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == file.read_bytes()


def test_our_own_reader_reads_it_with_its_footnotes(file: Path) -> None:
    document = read_document(file, "book.docx")
    assert FELLOWSHIPS in document.text
    assert "MF/OBS/2025/2" in document.text


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_converts_it(file: Path, tmp_path: Path) -> None:
    command = [OFFICE or "", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")


def test_rows_of_a_statement_are_a_table(file: Path) -> None:
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in Document(str(file)).tables]
    (rows,) = [one for one in tables if one[0][0] == "Place of study"]
    assert ["All places", "412", "190", "46"] in rows
    assert not any(" | " in paragraph.text for paragraph in Document(str(file)).paragraphs)
