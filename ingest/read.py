"""File -> `Document`: find out what a file is, hand it to its reader, lay out the text. Knows nothing of passages."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from ingest.document import Document, Reading, join_parts
from ingest.errors import RejectedFile
from ingest.metadata import describe

Reader = Callable[[Path], Reading]

# What files of a format are called, and how their content shows it.
SUFFIXES = {
    ".pdf": "PDF",
    ".docx": "DOCX",
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".md": "Markdown",
    ".markdown": "Markdown",
    ".txt": "text",
    ".text": "text",
}
CONVERT = {
    ".odt": "DOCX",
    ".rtf": "DOCX",
    ".doc": "DOCX",
    ".epub": "HTML",
    ".pages": "PDF",
    ".ppt": "PDF",
    ".pptx": "PDF",
    ".xls": "HTML",
    ".xlsx": "HTML",
    ".ods": "HTML",
    ".odp": "PDF",
    ".djvu": "PDF",
    ".wpd": "DOCX",
}
SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "legacy Office"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"II*\x00", "TIFF image"),
    (b"MM\x00*", "TIFF image"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "SQLite database"),
)
CONTENT: dict[str, set[str | None]] = {
    "PDF": {"PDF"},
    "DOCX": {"ZIP"},
    "HTML": {"HTML", None},
    "Markdown": {None, "HTML"},
    "text": {None},
}
LOCKED = "a document under a password"
UNSHOWN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffd]")  # in a name: neither a terminal nor JSON can show it
SIGNATURE_WINDOW = 1024  # a PDF's signature may stand behind this much rubbish (ISO 32000-1, annex H.3.4.1)


def read_document(path: Path, name: str) -> Document:
    """The document of a file under its name in the library. Raises RejectedFile with the reason."""
    if UNSHOWN.search(name):
        raise RejectedFile("its name holds signs that cannot be shown; rename it")
    try:
        digest = hash_file(path)
        reading = reader_for(path)(path)
    except OSError as error:
        raise RejectedFile(
            f"it cannot be opened ({error.strerror}); check that it is a file and may be read"
        ) from error
    text, page_starts, blocks = join_parts(reading.parts)
    if not text.strip():
        raise RejectedFile("it holds no text")
    return Document(digest, name, text, page_starts, blocks, describe(reading, name), reading.warnings)


def hash_file(path: Path) -> str:
    """The sha256 of a file's bytes, read in pieces. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def reader_for(path: Path) -> Reader:
    """The reader of a file, by its name, once its content agrees with it."""
    suffix = path.suffix.lower()
    if path.stat().st_size == 0:
        raise RejectedFile("the file is empty")
    if suffix in CONVERT:
        raise RejectedFile(f"{suffix} files are not read yet; convert it to {CONVERT[suffix]}")
    if suffix not in SUFFIXES:
        raise RejectedFile(
            f"{suffix or 'a file without a suffix'} is not a format that is read ({', '.join(SUFFIXES)})"
        )
    check_content(SUFFIXES[suffix], suffix, content_format(path, SUFFIXES[suffix]))
    return readers()[SUFFIXES[suffix]]


def readers() -> dict[str, Reader]:
    """Readers by format; their libraries are loaded only once a file is to be read."""
    from ingest.readers.docx import read_docx  # noqa: PLC0415  loaded late: an unchanged library needs no reader
    from ingest.readers.html import read_html  # noqa: PLC0415  the same
    from ingest.readers.markdown import read_markdown  # noqa: PLC0415  the same
    from ingest.readers.pdf import read_pdf  # noqa: PLC0415  the same
    from ingest.readers.text import read_text  # noqa: PLC0415  the same

    return {"PDF": read_pdf, "DOCX": read_docx, "HTML": read_html, "Markdown": read_markdown, "text": read_text}


def content_format(path: Path, named: str) -> str | None:
    """What the first bytes of a file show it to be, None where they show nothing. `named`: what its name says."""
    with path.open("rb") as file:
        start = file.read(SIGNATURE_WINDOW)
    for signature, name in SIGNATURES:
        if start.startswith(signature):
            return LOCKED if name == "legacy Office" and is_locked(path) else name
    if named == "PDF" and b"%PDF-" in start:
        return "PDF"
    opening = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "HTML" if opening.startswith((b"<!doctype html", b"<html")) else None


def is_locked(path: Path) -> bool:
    """Whether a compound file holds an Office document under a password ([MS-OFFCRYPTO], 2.3.4)."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def check_content(named: str, suffix: str, found: str | None) -> None:
    """Raise RejectedFile when a file is not what its name says."""
    if found == LOCKED:
        raise RejectedFile(f"it is a {suffix} file protected by a password; save a copy without one")
    if found not in CONTENT[named]:
        raise RejectedFile(
            f"it is named {suffix} but holds {found or 'something else'}; give it its right name or convert it"
        )
