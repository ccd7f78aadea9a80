"""EPUB books: the chapters in the order of the spine, each read as the web page that it is.

https://www.w3.org/TR/epub-33/
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.html.reader import page_parts
from pincite.ingest.readers.zip_xml import UNSOUND, Element, open_package, part_of, xml_of

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
PAGE_NAMES = (".xhtml", ".html", ".htm")
OBFUSCATED_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
PROPERTIES = {"title": "title", "date": "date", "language": "language", "creator": "author", "publisher": "publisher"}


@dataclass(slots=True)
class Book:
    """An open book: its package, the folder of its description, chapters that could not be read."""

    package: zipfile.ZipFile
    folder: str
    missing: list[str] = field(default_factory=list)

    def chapters(self, description: Element) -> Iterator[tuple[str, bool]]:
        """Names of the chapters in reading order, and which is the table of contents."""
        items = {item.get("id"): item for item in description.iterfind(".//{*}manifest/{*}item")}
        for entry in description.iterfind(".//{*}spine/{*}itemref"):
            item = items.get(entry.get("idref"))
            if item is not None and is_page(item):
                name = posixpath.normpath(posixpath.join(self.folder, unquote(item.get("href", ""))))
                yield name, "nav" in (item.get("properties") or "").split()

    def parts(self, name: str, *, contents: bool) -> Iterator[Part]:
        """Parts of a chapter; those of the table of contents only lead to others."""
        try:
            parts = page_parts(part_of(self.package, name))
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError):
            self.missing.append(name)
            return
        yield from (replace(part, kind=BlockKind.BOILERPLATE, level=0) if contents else part for part in parts)


def is_page(item: Element) -> bool:
    """Whether a file of a book is a page of it, by its type or its name."""
    return item.get("media-type") in PAGES or item.get("href", "").lower().endswith(PAGE_NAMES)


def read_epub(path: Path) -> Reading:
    """Parts of a book. Raises RejectedFile for one under DRM, without text, or broken."""
    try:
        with open_package(path) as package:
            return read_book(package)
    except (*UNSOUND, StopIteration) as error:
        raise RejectedFile(
            "it is not a sound EPUB book; open it in a reader such as calibre and save it again"
        ) from error


def read_book(package: zipfile.ZipFile) -> Reading:
    """What a package holds."""
    check_rights(package)
    root = description_name(package)
    description = xml_of(part_of(package, root))
    book = Book(package, posixpath.dirname(root))
    parts = [part for name, contents in book.chapters(description) for part in book.parts(name, contents=contents)]
    if all(part.kind is BlockKind.BOILERPLATE for part in parts):
        raise RejectedFile("the book holds no text; if its pages are pictures, run OCR on it first")
    missing = ", ".join(book.missing)
    return Reading(parts, properties_of(description), (f"chapters that cannot be read: {missing}",) if missing else ())


def description_name(package: zipfile.ZipFile) -> str:
    """Name of the book's description, as the container states it, or the only one that there is."""
    if CONTAINER in package.namelist():
        return str(xml_of(part_of(package, CONTAINER)).find(".//{*}rootfile").get("full-path"))
    return next(name for name in package.namelist() if name.endswith(".opf"))


def check_rights(package: zipfile.ZipFile) -> None:
    """Raise RejectedFile where more than fonts is encrypted."""
    if ENCRYPTION not in package.namelist():
        return
    methods = xml_of(part_of(package, ENCRYPTION)).iterfind(".//{*}EncryptedData/{*}EncryptionMethod")
    if any(not method.get("Algorithm", "").startswith(OBFUSCATED_FONTS) for method in methods):
        raise RejectedFile("it is protected by DRM and cannot be read; get a copy without it from its publisher")


def properties_of(description: Element) -> dict[str, str]:
    """What the book states of itself, the first value of each kind."""
    stated: dict[str, str] = {}
    for element in description.iterfind(".//{*}metadata/*"):
        name = PROPERTIES.get(etree.QName(element).localname) if isinstance(element.tag, str) else None
        if name and (element.text or "").strip():
            stated.setdefault(name, element.text.strip())
    return stated
