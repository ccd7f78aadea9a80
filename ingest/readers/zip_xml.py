"""Documents that are ZIP archives of XML, opened with checks for archive bombs, passwords and damage."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from pincite.ingest.errors import RejectedFile

LARGEST_PACKAGE = 2**29  # bytes when unpacked: 512 MiB, many times the largest illustrated report
LARGEST_XML = 2**26  # bytes of a part that is parsed: 64 MiB, more than 10,000 pages
MOST_PARTS = 20_000
ENCRYPTED = 0x1  # bit of an entry's flags
UNSOUND = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, ValueError, NotImplementedError, EOFError,
           AttributeError, TypeError, OverflowError, OSError)  # fmt: skip

Element = Any  # of lxml


def open_package(path: Path) -> zipfile.ZipFile:
    """The package of a document. Raises RejectedFile if it would fill the memory or needs a password."""
    package = zipfile.ZipFile(path)
    entries = package.infolist()
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise RejectedFile("it is protected by a password; save a copy without one")
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
        raise RejectedFile(f"it unpacks to more than {LARGEST_PACKAGE >> 20} MiB; remove pictures or split it")
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Bytes of a part. Raises KeyError if there is none, RejectedFile if it is too large to parse."""
    if package.getinfo(name).file_size > LARGEST_XML:
        raise RejectedFile(f"its part {name} unpacks to more than {LARGEST_XML >> 20} MiB; split the document")
    return package.read(name)


def parse_xml(data: bytes) -> Element:
    """Root element of a part; entities are not resolved, as they can expand without limit. Raises XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)
