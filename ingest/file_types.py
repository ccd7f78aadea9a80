"""Recognises the format of a file by its content."""

import re
import zipfile
from pathlib import Path

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
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"BZh", "bzip2 archive"),
    (b"AT&TFORM", "DjVu"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3", "SQLite database"),
)
# Formats by the beginning of the entry `mimetype` of an archive.
MIME_TYPES = (
    ("application/epub+zip", "EPUB"),
    ("application/vnd.oasis.opendocument.text", "ODT"),
    ("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet"),
    ("application/vnd.oasis.opendocument.presentation", "OpenDocument presentation"),
)
CONTENT_TYPES = "[Content_Types].xml"  # in every package written by Office
FOLDERS = (("word/", "DOCX"), ("xl/", "XLSX"), ("ppt/", "PPTX"), ("Index/", "Apple iWork"))  # in archives of XML
LOCKED = "a document under a password"
SIGNATURE_WINDOW = 1024  # so many other bytes may precede the signature of a PDF (ISO 32000-1, annex H.3.4.1)
LONGEST_MIME_TYPE = 200
PROLOG = re.compile(rb"\s*(?:<\?xml.*?\?>|<!--.*?-->)\s*", re.DOTALL)  # before the first element of a page
PAGE_OPENINGS = (b"<!doctype html", b"<html", b"<head>", b"<body>")


def content_format(path: Path, named: str) -> str | None:
    """The format of a file by its content, None if it is not recognised; `named`: the format by its name."""
    with path.open("rb") as file:
        start = file.read(SIGNATURE_WINDOW)
    for signature, name in SIGNATURES:
        if start.startswith(signature):
            return CLOSER[name](path) if name in CLOSER else name
    if named == "PDF" and b"%PDF-" in start:
        return "PDF"
    opening = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(b"{\\rtf"):
        return "RTF"
    while (prolog := PROLOG.match(opening)) and prolog.end():
        opening = opening[prolog.end() :]
    return "HTML" if opening.startswith(PAGE_OPENINGS) else None


def zip_format(path: Path) -> str:
    """The format of an archive, by its media type or its folders; `ZIP` if it is damaged or has neither."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size <= LONGEST_MIME_TYPE:
                stated = archive.read("mimetype").decode("ascii", errors="replace").strip()
                return next((name for start, name in MIME_TYPES if stated.startswith(start)), "ZIP")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, KeyError, OSError):
        return "ZIP"
    found = next((name for folder, name in FOLDERS if any(entry.startswith(folder) for entry in names)), None)
    return found or ("ZIP" if CONTENT_TYPES in names else "a ZIP archive of other files")


def office_format(path: Path) -> str:
    """The format of a compound file by its streams; one with a password has its own ([MS-OFFCRYPTO], 2.3.4)."""
    data = path.read_bytes()
    streams = {
        "EncryptedPackage": LOCKED,
        "WordDocument": "Word 97-2003",
        "Workbook": "Excel 97-2003",
        "PowerPoint Document": "PowerPoint 97-2003",
    }
    return next((name for stream, name in streams.items() if stream.encode("utf-16-le") in data), "legacy Office")


CLOSER = {"ZIP": zip_format, "legacy Office": office_format}
