"""File -> document: what is read, and with which reason a file is rejected."""

import hashlib
import zipfile
from pathlib import Path

import docx
import pytest

from pincite.ingest.document import BlockKind
from pincite.ingest.errors import RejectedFile
from pincite.ingest.hashing import hash_file
from pincite.ingest.reading import CONVERT, SUFFIXES, read_document

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def reason(path: Path) -> str:
    with pytest.raises(RejectedFile) as rejected:
        read_document(path, path.name)
    return str(rejected.value)


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_document_bears_its_name_and_its_files_checksum(tmp_path: Path) -> None:
    path = written(tmp_path, "plan.md", "# A plan\n\nWords.\n")
    document = read_document(path, "folder/plan.md")
    assert (document.path, document.text) == ("folder/plan.md", "A plan\n\nWords.")
    assert document.id == hashlib.sha256(path.read_bytes()).hexdigest() == hash_file(path)
    assert document.metadata.title == "A plan"


def test_every_document_of_the_sample_corpus_is_read(corpus: Path) -> None:
    paths = [path for path in corpus.glob("[ar]*/*") if path.suffix in SUFFIXES]
    documents = [read_document(path, path.name) for path in sorted(paths)]
    assert len(documents) == 12
    assert all(document.blocks and document.warnings == () for document in documents)
    assert [document.path for document in documents if document.page_starts] == [
        path.name for path in sorted(paths) if path.suffix == ".pdf"
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_holds_nothing_whatever_its_name(tmp_path: Path, suffix: str) -> None:
    assert reason(written(tmp_path, f"a{suffix}", b"")) == "the file is empty"


@pytest.mark.parametrize(("name", "content"), [("a.txt", " \n\n"), ("a.md", "<!-- nothing -->"), ("a.html", "<p></p>")])
def test_a_file_without_words_is_rejected(tmp_path: Path, name: str, content: str) -> None:
    assert "contains no text" in reason(written(tmp_path, name, content))


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", b"PK\x03\x04 rest", "ZIP"),
        ("a.pdf", b"<!DOCTYPE html><p>x", "HTML"),
        ("a.docx", b"%PDF-1.7 rest", "PDF"),
        ("a.docx", COMPOUND + b"rest", "legacy Office"),
        ("a.docx", COMPOUND + "WordDocument".encode("utf-16-le"), "Word 97-2003"),
        ("a.html", b"%PDF-1.7 rest", "PDF"),
        ("a.md", b"\x89PNG rest", "PNG image"),
        ("a.txt", b"%PDF-1.7 rest", "PDF"),
        ("a.docx", b"plain words", "something else"),
    ],
)
def test_a_wrong_suffix_is_told_with_what_the_file_holds(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    told = reason(written(tmp_path, name, content))
    assert f"named {Path(name).suffix} but contains {found}" in told


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><h1>Piers</h1><p>A pier is lit.</p></body></html>",
        '<?xml version="1.0"?>\n<!-- saved -->\n<!DOCTYPE html>\n<h1>Piers</h1><p>A pier is lit.</p>',
        r"{\rtf1 {\stylesheet{\s1\outlinelevel0 heading 1;}}\pard\s1 Piers\par\pard\s0 A pier is lit.\par}",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_text_file_that_holds_html_or_rtf_is_read_as_such(tmp_path: Path, name: str, content: str) -> None:
    document = read_document(written(tmp_path, name, content), name)
    assert (document.text, document.blocks[0].kind) == ("Piers\n\nA pier is lit.", BlockKind.HEADING)


def test_a_text_about_formats_is_a_text(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "a.md", "A PDF begins with\n\n    %PDF-1.7\n"), "a.md")
    assert "%PDF-1.7" in document.text


@pytest.mark.parametrize(("suffix", "wanted"), CONVERT.items())
def test_legacy_formats_say_what_to_convert_to(tmp_path: Path, suffix: str, wanted: str) -> None:
    told = reason(written(tmp_path, f"a{suffix.upper()}", COMPOUND))
    assert told.startswith(f"{suffix} files are not supported; open it in the program that made it")
    assert told.endswith(f"save it as {wanted}")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.doc", b"{\\rtf1 x}", "named .doc but contains RTF; rename it to .rtf"),
        ("a.doc", b"<html><p>x", "named .doc but contains HTML; rename it to .html"),
        ("a.doc", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
)
def test_what_is_only_named_like_a_legacy_format_says_so(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    assert told in reason(written(tmp_path, name, content))


def packed(folder: Path, name: str, entry: str, content: str = "") -> Path:
    with zipfile.ZipFile(folder / name, "w") as package:
        package.writestr(entry, content)
    return folder / name


@pytest.mark.parametrize(
    ("name", "entry", "content", "found"),
    [
        ("a.docx", "mimetype", "application/vnd.oasis.opendocument.text", "ODT"),
        ("a.odt", "word/document.xml", "", "DOCX"),
        ("a.odt", "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet"),
        ("a.epub", "mimetype", "application/vnd.oasis.opendocument.text", "ODT"),
        ("a.docx", "xl/workbook.xml", "", "XLSX"),
        ("a.epub", "photo.jpg", "", "a ZIP archive of other files"),
        ("a.pdf", "mimetype", "application/epub+zip", "EPUB"),
    ],
)
def test_archives_are_told_apart(tmp_path: Path, name: str, entry: str, content: str, found: str) -> None:
    assert f"named {Path(name).suffix} but contains {found}" in reason(packed(tmp_path, name, entry, content))


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub"])
def test_a_damaged_archive_is_told(tmp_path: Path, suffix: str) -> None:
    assert "not a sound" in reason(written(tmp_path, f"a{suffix}", b"PK\x03\x04 and nothing more"))


def test_an_unknown_suffix_is_told_with_those_that_are_read(tmp_path: Path) -> None:
    assert reason(written(tmp_path, "a.xyz", "x")).startswith(".xyz is not a supported format (.pdf, .docx")
    assert reason(written(tmp_path, "README", "x")).startswith("a file without a suffix is not")


def test_a_document_under_a_password_says_so(tmp_path: Path) -> None:
    content = COMPOUND + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert "protected by a password" in reason(written(tmp_path, "a.docx", content))


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    assert "cannot be opened (Is a directory)" in reason(tmp_path / "x.pdf")
    assert "cannot be opened (No such file or directory)" in reason(tmp_path / "gone.pdf")


def test_a_name_that_nothing_can_show_is_rejected(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "Words.")
    for name in ("a\ufffd.txt", "a\nb.txt", "a\udce9.txt"):
        with pytest.raises(RejectedFile, match="rename it"):
            read_document(path, name)
    assert read_document(path, "Звіт за\u00a02024 рік.txt").text == "Words."


def test_suffixes_are_read_in_any_case(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Words.")
    made.save(str(tmp_path / "A.DOCX"))
    assert read_document(tmp_path / "A.DOCX", "A.DOCX").text == "Words."
