"""EPUB: chapters in the order of the spine, and messages about encrypted or damaged books."""

import zipfile
from pathlib import Path

import pytest

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.epub import read_epub

CONTAINER = (
    "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
    "<rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"
)
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>A plan</dc:title><dc:creator>The Forum</dc:creator><dc:language>en</dc:language><dc:date>2025-03-01</dc:date>
</metadata><manifest>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="a%20folder/one.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="style.css" media-type="text/css"/></manifest>
<spine>{spine}</spine></package>"""
XHTML = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{}</body></html>"


def packed(folder: Path, *spine: str, **more: str) -> Path:
    path = folder / "a.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/epub+zip")
        package.writestr("META-INF/container.xml", CONTAINER)
        package.writestr("OEBPS/book.opf", OPF.format(spine="".join(f"<itemref idref='{name}'/>" for name in spine)))
        package.writestr("OEBPS/a folder/one.xhtml", XHTML.format("<h1>One</h1><p>First <i>words</i>.</p>"))
        package.writestr(
            "OEBPS/two.xhtml", XHTML.format("<p>Second.</p><aside epub:type='footnote'><p>1 A note.</p></aside>")
        )
        package.writestr("OEBPS/nav.xhtml", XHTML.format("<ol><li><a href='two.xhtml'>To two</a></li></ol>"))
        for name, content in more.items():
            package.writestr(name.replace("__", "/"), content)
    return path


def kinds_and_texts(reading: Reading) -> list[tuple[BlockKind, str]]:
    return [(part.kind, part.text) for part in reading.parts]


def test_chapters_are_in_spine_order(tmp_path: Path) -> None:
    assert kinds_and_texts(read_epub(packed(tmp_path, "nav", "one", "two"))) == [
        (BlockKind.BOILERPLATE, "1. To two"),
        (BlockKind.HEADING, "One"),
        (BlockKind.PARAGRAPH, "First words."),
        (BlockKind.PARAGRAPH, "Second."),
        (BlockKind.FOOTNOTE, "1 A note."),
    ]


def test_metadata_of_the_book(tmp_path: Path) -> None:
    stated = {"title": "A plan", "author": "The Forum", "language": "en", "date": "2025-03-01"}
    assert read_epub(packed(tmp_path, "one")).properties == stated


def test_missing_chapter_gives_a_warning(tmp_path: Path) -> None:
    reading = read_epub(packed(tmp_path, "gone", "one", "unknown"))
    assert len(reading.parts) == 2
    assert reading.warnings == ("chapters that cannot be read: OEBPS/gone.xhtml",)


def test_encrypted_chapters_are_rejected_and_encrypted_fonts_are_not(tmp_path: Path) -> None:
    locked = (
        "<encryption xmlns:e='x'><e:EncryptedData><e:EncryptionMethod Algorithm='{}'/></e:EncryptedData></encryption>"
    )
    fonts = locked.format("http://www.idpf.org/2008/embedding")
    assert read_epub(packed(tmp_path, "one", **{"META-INF__encryption.xml": fonts})).parts
    text = locked.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(RejectedFile, match="protected by DRM"):
        read_epub(packed(tmp_path, "one", **{"META-INF__encryption.xml": text}))


def test_books_without_text_and_damaged_books_are_rejected(tmp_path: Path) -> None:
    with pytest.raises(RejectedFile, match="contains no text"):
        read_epub(packed(tmp_path, "nav"))
    path = packed(tmp_path, "one")
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(RejectedFile, match="not a sound EPUB"):
        read_epub(path)


def test_xml_entities_are_not_expanded(tmp_path: Path) -> None:
    path = packed(tmp_path, "one")
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + depth)} '{f'&{chr(97 + depth)};' * 20}'>" for depth in range(12)
    )
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("META-INF/container.xml", f"{bomb}]><container>&m;</container>")
    with pytest.raises(RejectedFile, match="not a sound EPUB"):
        read_epub(path)
