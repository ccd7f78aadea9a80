"""The printed numbers of pages of a PDF stand beside their places in the file, in references and records."""

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pincite.answer.citation.citation import Span, cite
from pincite.answer.schema import citation_record
from pincite.ingest.document import Metadata
from pincite.ingest.index.index import open_index
from pincite.ingest.pipeline import ingest
from pincite.ingest.readers.pdf.reader import read_pdf

TEXTS = ("Foreword of the harbour master.", "Boats pay on arrival.", "Ships pay twice as much as boats.")


def report(folder: Path, *, labelled: bool) -> Path:
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    if labelled:
        canvas.addPageLabel(0, style="ROMAN_LOWER")
        canvas.addPageLabel(2, style="ARABIC")
    for text in TEXTS:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return path


def test_labels_are_read_where_they_differ_from_places(tmp_path: Path) -> None:
    assert read_pdf(report(tmp_path, labelled=True)).properties["page_labels"] == ("i", "ii", "1")
    assert "page_labels" not in read_pdf(report(tmp_path, labelled=False)).properties


def test_reference_and_record_have_the_printed_number(tmp_path: Path) -> None:
    report(tmp_path, labelled=True)
    ingest([tmp_path / "report.pdf"], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        start = index.document("report.pdf").text.index("Ships")
        found = cite(index, Span("report.pdf", start, start + 5), 1)
    assert found.reference().endswith("p. 3 (printed 1)")
    assert (citation_record(found)["page"], citation_record(found)["page_label"]) == (3, "1")


def test_page_without_a_label_of_its_own() -> None:
    assert Metadata(page_labels=("1", "2")).page_label(2) is None
    assert Metadata(page_labels=("i",)).page_label(4) is None
