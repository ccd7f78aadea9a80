"""Scanned pages: reported by number, and read if the extra `ocr` is installed."""

from pathlib import Path

import pytest
from rapidfuzz.fuzz import partial_ratio

from pincite.ingest.document import BlockKind
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf import ocr, ocr_extra, scans
from pincite.ingest.readers.pdf.reader import read_pdf
from support.drawn_pdf import TOP, block, line, make, scan

PROSE = ["The Assembly decides that each State shall keep a public register of models.", "It is open to all."]
SCANNED = [
    "1. The harbour master keeps a list of all ships",
    "that have called at the port in the year.",
    "2. It is sent to the commission.",
]

has_ocr = pytest.mark.skipif(
    not ocr_extra.is_installed(), reason='the extra that reads scans is missing: "pincite[ocr]"'
)


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra were not installed."""
    monkeypatch.setattr(scans, "is_installed", lambda: False)


@pytest.mark.usefixtures("without_ocr")
def test_scanned_pages_give_a_warning_with_advice(tmp_path: Path) -> None:
    reading = read_pdf(make(tmp_path, block(PROSE), [scan(SCANNED)], [scan(SCANNED)], block(PROSE)))
    assert reading.warnings == (
        'no text layer on pages 2-3; install the extra that reads scans: pip install "pincite[ocr]"',
    )
    assert [part.page for part in reading.parts] == [1, 4]


@pytest.mark.usefixtures("without_ocr")
def test_stamp_on_a_scan_is_not_a_text_layer_but_is_kept(tmp_path: Path) -> None:
    reading = read_pdf(make(tmp_path, block(PROSE), [scan(SCANNED), line("No. 24-71", 30)]))
    assert [warning[:25] for warning in reading.warnings] == ["no text layer on pages 2;"]
    assert reading.parts[-1].text == "No. 24-71"


@pytest.mark.usefixtures("without_ocr")
def test_page_with_background_image_is_not_a_scan(tmp_path: Path) -> None:
    assert read_pdf(make(tmp_path, [scan([]), *block(PROSE, TOP)])).warnings == ()


@pytest.mark.usefixtures("without_ocr")
def test_file_of_scans_is_rejected_with_both_remedies(tmp_path: Path) -> None:
    with pytest.raises(RejectedFile, match=r'no page has a text layer; install .* "pincite\[ocr\]", or run OCR on it'):
        read_pdf(make(tmp_path, [scan(SCANNED)]))


def test_pages_beyond_the_time_limit_are_skipped(tmp_path: Path) -> None:
    assert ocr.recognise_pages(make(tmp_path, [scan(SCANNED)]), [1], seconds=-1) == {}


@has_ocr
def test_scan_is_read_with_a_warning(tmp_path: Path) -> None:
    reading = read_pdf(make(tmp_path, block(PROSE), [scan(SCANNED)]))
    assert reading.warnings == ("pages 2 read by OCR; check quotes against the page",)
    read = [part for part in reading.parts if part.page == 2]
    assert [part.kind for part in read] == [BlockKind.PARAGRAPH] * 2
    assert partial_ratio(" ".join(SCANNED), " ".join(part.text for part in read)) > 90
