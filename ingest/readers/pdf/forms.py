"""Values of filled form fields, through PDFium: they are printed on the page, but are not in its text layer."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from pincite.ingest.readers.pdf.lines import PdfLine, line_of, pieces_of

CHECKED = "☒"
HIDDEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
BOXES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
BUTTON = pdfium.FPDF_FORMFIELD_PUSHBUTTON
FONT_SIZE = 0.6  # of the height of a field, where no label is beside it


def field_values(page: Any, form: Any) -> Iterator[PdfLine]:
    """Values of the form fields of a page as pieces of lines; `form`: PDFium's handle of the form."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        field = pdfium.FPDFPage_GetAnnot(page, number)
        is_field = pdfium.FPDFAnnot_GetSubtype(field) == pdfium.FPDF_ANNOT_WIDGET
        if is_field and not pdfium.FPDFAnnot_GetFlags(field) & HIDDEN and (value := value_of(form, field)):
            box = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(field, ctypes.byref(box))
            size = (box.top - box.bottom) * FONT_SIZE
            yield PdfLine(value, box.left, box.bottom, box.right, box.top, size, bold=False)
        pdfium.FPDFPage_CloseAnnot(field)


def value_of(form: Any, field: Any) -> str:
    """The value of a field, a cross for a ticked box, or nothing."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, field)
    if kind in BOXES:
        return CHECKED if pdfium.FPDFAnnot_IsChecked(form, field) else ""
    if kind == BUTTON:
        return ""
    length = pdfium.FPDFAnnot_GetFormFieldValue(form, field, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetFormFieldValue(form, field, buffer, length)
    text = bytes(buffer)[:length].decode("utf-16-le", errors="replace").rstrip("\0")
    return " ".join(text.split())


def with_field_values(lines: Sequence[PdfLine], values: Sequence[PdfLine]) -> list[PdfLine]:
    """Lines of a page with the value of each field beside its label, or else where it is printed."""
    found = list(lines)
    for value in values:
        row = [
            line for line in found if line.bottom < value.middle < line.top or value.bottom < line.middle < value.top
        ]
        labels = [line for line in row if line.left < value.left]
        if labels or row:
            label = max(labels, key=lambda line: line.left) if labels else min(row, key=lambda line: line.left)
            piece = PdfLine(value.text, value.left, label.bottom, value.right, label.top, label.size, bold=False)
            pieces = sorted([*pieces_of(label), piece], key=lambda piece: piece.left)
            found[found.index(label)] = line_of(pieces)
        else:
            at = next((number for number, line in enumerate(found) if line.middle < value.middle), len(found))
            found.insert(at, value)
    return found
