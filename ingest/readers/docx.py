"""Word documents by python-docx: paragraphs and tables in order, headings by style. Word files have no fixed pages."""

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.document import BlockKind, Part, Reading
from ingest.errors import RejectedFile

CELL_BREAK = " | "


def read_docx(path: Path) -> Reading:
    """Parts of a Word document. Raises RejectedFile when Word itself would have to repair it."""
    try:
        document = docx.Document(str(path))
        parts = [part for item in document.iter_inner_content() if (part := item_part(item))]
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, AttributeError) as error:
        raise RejectedFile(
            "it is not a sound Word document; open it in Word or LibreOffice and save it again as .docx"
        ) from error
    if not parts:
        raise RejectedFile("the document holds no text; if it is a scan, run OCR on it first")
    return Reading(parts, document_properties(document.core_properties))


def document_properties(core: Any) -> dict[str, Any]:
    """What the document's properties state; generic titles of templates are left out."""
    subject = core.subject or ""
    return {
        "title": None if core.title in ("", "Word Document") else core.title,
        "issuer": None if core.author in ("", "python-docx") else core.author,
        "symbol": subject if re.fullmatch(r"[\w./() -]*\d[\w./() -]*", subject) else None,
        "language": core.language or None,
        "date": core.created.date() if core.created else None,
    }


def item_part(item: Paragraph | Table) -> Part | None:
    """A paragraph or a table as a part, None when empty."""
    if isinstance(item, Table):
        rows = [table_row(row) for row in item.rows]
        return Part(BlockKind.TABLE, "\n".join(row for row in rows if row.strip(CELL_BREAK)))
    text = item.text.strip()
    if not text:
        return None
    style = item.style.name if item.style is not None and item.style.name else ""
    if match := re.fullmatch(r"(?:Heading (\d)|Title)", style):
        return Part(BlockKind.HEADING, " ".join(text.split()), int(match[1] or 1))
    return Part(BlockKind.ITEM if style.startswith("List") else BlockKind.PARAGRAPH, text)


def table_row(row: Any) -> str:
    """Cells of a row as one line; a cell merged over several columns is given once."""
    cells: list[Any] = []
    for cell in row.cells:
        if not cells or cell._tc is not cells[-1]._tc:
            cells.append(cell)
    return CELL_BREAK.join(" ".join(cell.text.split()) for cell in cells)
