"""Reads EPUB books: the chapters in the order of the spine, each as a web page.

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
from pincite.ingest.readers.zip_xml import UNSOUND, Element, open_package, parse_xml, read_part

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
PAGE_NAMES = (".xhtml", ".html", ".htm")
OBFUSCATED_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
PROPERTIES = {"title": "title", "date": "date", "language": "language", "creator": "author", "publisher": "publisher"}


@dataclass(slots=True)
class EpubBook:
    """An open book: its package, the folder of the package document, the chapters that could not be read."""

    package: zipfile.ZipFile
    folder: str
    missing: list[str] = field(default_factory=list)

    def chapters(self, package_document: Element) -> Iterator[tuple[str, bool]]:
        """Names of the chapters in reading order, and whether each is the table of contents."""
        items = {item.get("id"): item for item in package_document.iterfind(".//{*}manifest/{*}item")}
        for entry in package_document.iterfind(".//{*}spine/{*}itemref"):
            item = items.get(entry.get("idref"))
            if item is not None and is_page(item):
                name = posixpath.normpath(posixpath.join(self.folder, unquote(item.get("href", ""))))
                yield name, "nav" in (item.get("properties") or "").split()

    def parts(self, name: str, *, contents: bool) -> Iterator[Part]:
        """Parts of a chapter; those of the table of contents are boilerplate."""
        try:
            parts = page_parts(read_part(self.package, name))
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError):
            self.missing.append(name)
            return
        yield from (replace(part, kind=BlockKind.BOILERPLATE, level=0) if contents else part for part in parts)


def is_page(item: Element) -> bool:
    """Whether a file of a book is a page, by its media type or name."""
    return item.get("media-type") in PAGES or item.get("href", "").lower().endswith(PAGE_NAMES)


def read_epub(path: Path) -> Reading:
    """Parts of a book. Raises RejectedFile if it is under DRM, without text, or damaged."""
    try:
        with open_package(path) as package:
            return read_book(package)
    except (*UNSOUND, StopIteration) as error:
        raise RejectedFile(
            "it is not a sound EPUB book; open it in a reader such as calibre and save it again"
        ) from error


def read_book(package: zipfile.ZipFile) -> Reading:
    """Parts and properties of an open package."""
    reject_drm(package)
    name = package_document_name(package)
    package_document = parse_xml(read_part(package, name))
    book = EpubBook(package, posixpath.dirname(name))
    parts = [
        part for chapter, contents in book.chapters(package_document) for part in book.parts(chapter, contents=contents)
    ]
    if all(part.kind is BlockKind.BOILERPLATE for part in parts):
        raise RejectedFile("the book contains no text; if its pages are pictures, run OCR on it first")
    missing = ", ".join(book.missing)
    return Reading(
        parts, properties_of(package_document), (f"chapters that cannot be read: {missing}",) if missing else ()
    )


def package_document_name(package: zipfile.ZipFile) -> str:
    """Name of the package document, as the container states it, else the first one found."""
    if CONTAINER in package.namelist():
        return str(parse_xml(read_part(package, CONTAINER)).find(".//{*}rootfile").get("full-path"))
    return next(name for name in package.namelist() if name.endswith(".opf"))


def reject_drm(package: zipfile.ZipFile) -> None:
    """Raise RejectedFile if more than fonts is encrypted."""
    if ENCRYPTION not in package.namelist():
        return
    methods = parse_xml(read_part(package, ENCRYPTION)).iterfind(".//{*}EncryptedData/{*}EncryptionMethod")
    if any(not method.get("Algorithm", "").startswith(OBFUSCATED_FONTS) for method in methods):
        raise RejectedFile("it is protected by DRM and cannot be read; get a copy without it from its publisher")


def properties_of(package_document: Element) -> dict[str, str]:
    """Metadata that the book states, the first value of each property."""
    properties: dict[str, str] = {}
    for element in package_document.iterfind(".//{*}metadata/*"):
        name = PROPERTIES.get(etree.QName(element).localname) if isinstance(element.tag, str) else None
        if name and (element.text or "").strip():
            properties.setdefault(name, element.text.strip())
    return properties
