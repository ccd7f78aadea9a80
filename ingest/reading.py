"""File -> `Document`: find out what a file is, hand it to its reader, lay out the text. Knows nothing of passages."""

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

# What files of a format are called, and what their content may show them to be.
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
# What is not read, and what to save it as in the program that made it.
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
TEMPLATES = {".docm", ".dotx"}  # with macros, or to be filled in: renaming does not make them documents
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
UNSHOWN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffd]")  # in a name: neither a terminal nor JSON can show it


def read_document(path: Path, name: str, digest: str | None = None) -> Document:
    """The document of a file under its name in the library. Raises RejectedFile with the reason.

    `digest`: its sha256 where it has been taken already, so that it need not be read for that again.
    """
    if UNSHOWN.search(name):
        raise RejectedFile("its name holds signs that cannot be shown; rename it")
    try:
        digest = digest or hash_file(path)
        reading = reader_for(path)(path)
    except OSError as error:
        raise RejectedFile(
            f"it cannot be opened ({error.strerror}); check that it is a file and may be read"
        ) from error
    reading = replace(reading, parts=list(without_marks_of_consolidation(reading.parts)))
    text, page_starts, blocks = join_parts(structured(reading.parts))
    if not text.strip():
        raise RejectedFile("it contains no text")
    return Document(digest, name, text, page_starts, blocks, describe(reading, name), reading.warnings)


def reader_for(path: Path) -> Reader:
    """The reader of a file, by its name, once its content agrees with it."""
    suffix = path.suffix.lower()
    if path.stat().st_size == 0:
        raise RejectedFile("the file is empty")
    if suffix in CONVERT:
        refuse(suffix, content_format(path, suffix))
    if suffix not in SUFFIXES:
        raise RejectedFile(
            f"{suffix or 'a file without a suffix'} is not a format that is read ({', '.join(SUFFIXES)})"
        )
    named = SUFFIXES[suffix]
    found = content_format(path, named)
    check_content(named, suffix, found)
    return readers()[found if found in READ_AS_FOUND else named]


def readers() -> dict[str, Reader]:
    """Readers by format; their libraries are loaded only once a file is to be read."""
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


def refuse(suffix: str, found: str | None) -> NoReturn:
    """Raise RejectedFile for a file of a format that is not read, or that only its name says is one."""
    check_lock(suffix, found)
    right = next((name for name, format_name in SUFFIXES.items() if format_name == found), None)
    if right and suffix not in TEMPLATES:
        raise RejectedFile(f"it is named {suffix} but holds {found}; rename it to {right}")
    raise RejectedFile(
        f"{suffix} files are not read; open it in the program that made it, or in LibreOffice, "
        f"and save it as {CONVERT[suffix]}"
    )


def check_lock(suffix: str, found: str | None) -> None:
    """Raise RejectedFile for an Office document under a password."""
    if found == LOCKED:
        raise RejectedFile(f"it is a {suffix} file protected by a password; save a copy without one")


def check_content(named: str, suffix: str, found: str | None) -> None:
    """Raise RejectedFile when a file is not what its name says."""
    check_lock(suffix, found)
    if found not in CONTENT[named]:
        raise RejectedFile(
            f"it is named {suffix} but holds {found or 'something else'}; give it its right name or convert it"
        )
