"""Pages of a PDF file and its properties, through PDFium."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pincite.ingest.errors import RejectedFile
from pincite.ingest.metadata.symbols import SYMBOL
from pincite.ingest.readers.pdf.characters import page_characters
from pincite.ingest.readers.pdf.forms import field_values, with_field_values
from pincite.ingest.readers.pdf.lines import LINE_ENDS, PdfLine, make_lines
from pincite.ingest.readers.pdf.rules import Drawings, drawings_of


@dataclass(frozen=True, slots=True)
class PageContent:
    """Content of a page: its lines in the order of the text layer, and its drawings."""

    lines: list[PdfLine]
    drawings: Drawings


def pdf_pages(path: Path) -> tuple[list[PageContent | None], dict[str, Any]]:
    """Content of each page (None: damaged) and properties. Raises RejectedFile for what PDFium cannot open."""
    document = open_pdf(path)
    try:
        if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
            document.init_forms()
        if len(document) == 0:
            raise RejectedFile("the PDF has no pages; export it again")
        contents = [read_page(document, number) for number in range(len(document))]
        return contents, properties(document) | page_labels(document)
    finally:
        document.close()


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """An open PDF, to be closed. Raises RejectedFile for what PDFium cannot open."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise RejectedFile(rejection_reason(str(error))) from error


def rejection_reason(message: str) -> str:
    """Why PDFium did not open a file, as a message to users."""
    if "password" in message.lower():
        return "it is protected by a password; save a copy without one"
    return "it is damaged or not a PDF; export it again or repair it (for example with qpdf)"


def properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """The title; issuer and date only if the subject is a symbol: otherwise they describe the typist."""
    try:
        raw = document.get_metadata_dict(skip_empty=True)
    except UnicodeDecodeError:  # the properties of a damaged file; its pages may be readable
        return {}
    found: dict[str, str] = {}
    title = raw.get("Title", "").strip()
    if len(title.split()) > 1 and not title.lower().endswith((".doc", ".docx", ".pdf", ".indd")):
        found["title"] = title
    subject = raw.get("Subject", "").strip()
    if symbol := SYMBOL.fullmatch(subject):
        found |= {"symbol": symbol.group(), "issuer": raw.get("Author", "")}
        if made := re.match(r"D:(\d{4})(\d{2})(\d{2})", raw.get("CreationDate", "")):
            found["date"] = "-".join(made.groups())
    return found


def page_labels(document: pypdfium2.PdfDocument) -> dict[str, tuple[str, ...]]:
    """The printed numbers of all pages, if the file states them and they are not just their places in the file."""
    labels = tuple(document.get_page_label(number) for number in range(len(document)))
    plain = all(label in {"", str(number)} for number, label in enumerate(labels, 1))
    return {} if plain else {"page_labels": labels}


def read_page(document: pypdfium2.PdfDocument, number: int) -> PageContent | None:
    """Content of a page, counted from 0; None if it is damaged."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    characters = page_characters(text_page)
    ends = [index + 1 for index, character in enumerate(characters) if character in LINE_ENDS]
    spans = pairwise([0, *ends, len(characters)])
    box = page.get_bbox()
    lines = [
        line for start, end in spans for line in make_lines(text_page, characters, start, end) if is_on_page(box, line)
    ]
    if document.formenv:
        lines = with_field_values(lines, list(field_values(page, document.formenv)))
    drawings = drawings_of(page, box)
    text_page.close()
    page.close()
    return PageContent(lines, drawings)


def is_on_page(box: tuple[float, float, float, float], line: PdfLine) -> bool:
    """Whether a line is on the visible page: some programs leave characters far outside it."""
    left, bottom, right, top = box
    return line.left < right and line.right > left and line.bottom < top and line.top > bottom
