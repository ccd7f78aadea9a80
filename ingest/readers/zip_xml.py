"""Documents that are ZIP archives of XML: opened with an eye on bombs, passwords and damage. Knows no format."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from pincite.ingest.errors import RejectedFile

LARGEST = 2**29  # bytes of a package when unpacked: 512 MiB, many times the largest report with its pictures
LARGEST_XML = 2**26  # bytes of one part that is parsed: 64 MiB, more than 10,000 pages
MOST_PARTS = 20_000
ENCRYPTED = 0x1  # of an entry's flags
UNSOUND = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, ValueError, NotImplementedError, EOFError,
           AttributeError, TypeError, OverflowError, OSError)  # fmt: skip

Element = Any  # of lxml


def open_package(path: Path) -> zipfile.ZipFile:
    """A document's package. Raises RejectedFile for one that would fill the memory or asks for a password."""
    package = zipfile.ZipFile(path)
    entries = package.infolist()
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise RejectedFile("it is protected by a password; save a copy without one")
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
        raise RejectedFile(f"it unpacks to more than {LARGEST >> 20} MiB; take out pictures or split it")
    return package


def part_of(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part. Raises KeyError where there is none, RejectedFile for one too large to be parsed."""
    if package.getinfo(name).file_size > LARGEST_XML:
        raise RejectedFile(f"its part {name} unpacks to more than {LARGEST_XML >> 20} MiB; split the document")
    return package.read(name)


def xml_of(data: bytes) -> Element:
    """The root of a part; entities, which can grow without end, stay unread. Raises XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)
