"""Reads a file into a `Document`: recognises its format, calls its reader, adds structure and metadata."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from pincite.ingest.document import Document, Reading, join_parts
from pincite.ingest.errors import RejectedFile
from pincite.ingest.file_types import LOCKED, content_format
from pincite.ingest.hashing import hash_file
from pincite.ingest.metadata.extract import describe
from pincite.ingest.readers.consolidation import without_marks_of_consolidation
from pincite.ingest.structure import structured

Reader = Callable[[Path], Reading]

# Format by suffix.
SUFFIXES = {
    ".pdf": "PDF",
    ".docx": "DOCX",
    ".odt": "ODT",
    ".rtf": "RTF",
    ".epub": "EPUB",
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".md": "Markdown",
    ".markdown": "Markdown",
    ".txt": "text",
    ".text": "text",
}
# Suffixes of unsupported formats, with the format to save them as.
CONVERT = {
    ".doc": ".docx",
    ".dot": ".docx",
    ".docm": ".docx",
    ".dotx": ".docx",
    ".wpd": ".docx",
    ".wps": ".docx",
    ".pages": ".docx",
    ".fodt": ".odt",
    ".ott": ".odt",
    ".sxw": ".odt",
    ".mobi": ".epub",
    ".azw3": ".epub",
    ".fb2": ".epub",
    ".ppt": ".pdf",
    ".pptx": ".pdf",
    ".odp": ".pdf",
    ".djvu": ".pdf",
    ".ps": ".pdf",
    ".mht": ".html",
    ".mhtml": ".html",
    ".xls": ".html",
    ".xlsx": ".html",
    ".ods": ".html",
}
TEMPLATES = {".docm", ".dotx"}  # with macros, or templates: renaming does not make them documents
CONTENT: dict[str, set[str | None]] = {
    "PDF": {"PDF"},
    "DOCX": {"DOCX", "ZIP"},
    "ODT": {"ODT", "ZIP"},
    "RTF": {"RTF"},
    "EPUB": {"EPUB", "ZIP"},
    "HTML": {"HTML", None},
    "Markdown": {None, "HTML", "RTF"},
    "text": {None, "HTML", "RTF"},
}
READ_AS_FOUND = frozenset({"HTML", "RTF"})  # in files that are named as plain text
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffd]")  # in a name: not printable on a terminal or in JSON


def read_document(path: Path, name: str, digest: str | None = None) -> Document:
    """Read a file as a document with this name in the library. Raises RejectedFile with the reason.

    `digest`: its sha256, if known, so that the file need not be read twice.
    """
    check_name(name)
    try:
        digest = digest or hash_file(path)
        reading = reader_for(path)(path)
    except OSError as error:
        raise RejectedFile(
            f"it cannot be opened ({error.strerror}); check that it is a file and may be read"
        ) from error
    reading = replace(reading, parts=list(without_marks_of_consolidation(reading.parts)))
    reading = replace(reading, parts=structured(reading.parts))
    text, page_starts, blocks = join_parts(reading.parts)
    if not text.strip():
        raise RejectedFile("it contains no text")
    return Document(digest, name, text, page_starts, blocks, describe(reading, name), reading.warnings)


def check_name(name: str) -> None:
    """Raise RejectedFile for a name that a terminal or JSON cannot show."""
    if UNPRINTABLE.search(name):
        raise RejectedFile("its name has characters that cannot be displayed; rename it")


def reader_for(path: Path) -> Reader:
    """The reader of a file by its suffix, after checking its content. Raises RejectedFile."""
    suffix = path.suffix.lower()
    if path.stat().st_size == 0:
        raise RejectedFile("the file is empty")
    if suffix in CONVERT:
        reject_unsupported(suffix, content_format(path, suffix))
    if suffix not in SUFFIXES:
        raise RejectedFile(f"{suffix or 'a file without a suffix'} is not a supported format ({', '.join(SUFFIXES)})")
    named = SUFFIXES[suffix]
    found = content_format(path, named)
    check_content(named, suffix, found)
    return readers()[found if found in READ_AS_FOUND else named]


def readers() -> dict[str, Reader]:
    """The readers by format; their libraries are imported with the first file."""
    from pincite.ingest.readers.docx.reader import read_docx  # noqa: PLC0415  loaded late: an unchanged library needs no reader
    from pincite.ingest.readers.epub import read_epub  # noqa: PLC0415  the same
    from pincite.ingest.readers.html.reader import read_html  # noqa: PLC0415  the same
    from pincite.ingest.readers.markdown.reader import read_markdown  # noqa: PLC0415  the same
    from pincite.ingest.readers.odt.reader import read_odt  # noqa: PLC0415  the same
    from pincite.ingest.readers.pdf.reader import read_pdf  # noqa: PLC0415  the same
    from pincite.ingest.readers.rtf.reader import read_rtf  # noqa: PLC0415  the same
    from pincite.ingest.readers.text.reader import read_text  # noqa: PLC0415  the same

    return {
        "PDF": read_pdf,
        "DOCX": read_docx,
        "ODT": read_odt,
        "RTF": read_rtf,
        "EPUB": read_epub,
        "HTML": read_html,
        "Markdown": read_markdown,
        "text": read_text,
    }


def reject_unsupported(suffix: str, found: str | None) -> NoReturn:
    """Raise RejectedFile for a file with the suffix of an unsupported format."""
    check_lock(suffix, found)
    right = next((name for name, format_name in SUFFIXES.items() if format_name == found), None)
    if right and suffix not in TEMPLATES:
        raise RejectedFile(f"it is named {suffix} but contains {found}; rename it to {right}")
    raise RejectedFile(
        f"{suffix} files are not supported; open it in the program that made it, or in LibreOffice, "
        f"and save it as {CONVERT[suffix]}"
    )


def check_lock(suffix: str, found: str | None) -> None:
    """Raise RejectedFile for an Office document with a password."""
    if found == LOCKED:
        raise RejectedFile(f"it is a {suffix} file protected by a password; save a copy without one")


def check_content(named: str, suffix: str, found: str | None) -> None:
    """Raise RejectedFile if the content of a file does not match its name."""
    check_lock(suffix, found)
    if found not in CONTENT[named]:
        raise RejectedFile(
            f"it is named {suffix} but contains {found or 'something else'}; give it its right name or convert it"
        )
