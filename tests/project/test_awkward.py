"""Files that break readers, and the real documents: nothing crashes or hangs, and no quote of the gold set is lost."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest
from rapidfuzz.fuzz import partial_ratio

from pincite.eval.judging.gold import GoldEvidence, read_gold
from pincite.eval.judging.matching import ALIGNED
from pincite.eval.judging.normalisation import normalise
from pincite.ingest.discovery import find_files
from pincite.ingest.document import Document
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf.ocr_extra import is_installed
from pincite.ingest.reading import read_document

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
AWKWARD = sorted(path for path in (SHARED / "awkward").rglob("*") if path.is_file())
# With the extra that reads scans, files take as long as it is given, and its models their memory.
SECONDS = 150 if is_installed() else 10  # for one file; without, the slowest took 0.7 on two cores
MEBIBYTES = 1500 if is_installed() else 400  # for a process that reads them all; without, it took 120
ALL_SECONDS = 600 if is_installed() else 120
ALL = """
import re, sys
from pathlib import Path
from pincite.ingest.errors import RejectedFile
from pincite.ingest.reading import read_document
for path in map(Path, sys.argv[1:]):
    try:
        read_document(path, path.name)
    except RejectedFile:
        pass
status = Path("/proc/self/status")
print(int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) // 1024 if status.exists() else 0)
"""

here = pytest.mark.skipif(not AWKWARD, reason="the awkward files (../shared/awkward) are not here")


@here
def test_no_file_brings_the_process_down_or_fills_the_memory() -> None:
    command = [sys.executable, "-c", ALL, *map(str, AWKWARD)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=ALL_SECONDS, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) < MEBIBYTES


@here
@pytest.mark.parametrize("path", AWKWARD, ids=lambda path: path.name)
def test_an_awkward_file_is_read_or_rejected_with_a_reason(path: Path) -> None:
    began = perf_counter()
    document = read_or_reason(path)
    assert perf_counter() - began < SECONDS
    if isinstance(document, str):
        assert len(document) > 15
        return
    assert document.text.encode("utf-8")  # a lone half of a pair could be neither stored nor embedded
    assert all(document.text[block.start : block.end].strip() for block in document.blocks)
    assert list(document.page_starts) == sorted(document.page_starts)


def read_or_reason(path: Path) -> Document | str:
    try:
        return read_document(path, path.name)
    except RejectedFile as reason:
        return str(reason)


@here
def test_what_these_files_hold_is_found() -> None:
    expected = {
        "tika/testWORD_text_box.docx": "inside of a text box",
        "tika/testWORD_various.docx": "[1] This is a footnote.",
        "tika/testPDFVarious.pdf": "ゾルゲと尾崎",
        "tika/testHTMLBadScript.html": "This is a test.",
        "tika/testPDF_no_extract_yes_accessibility_owner_empty.pdf": "Hello World",
        "unstructured/grid_offset_error.docx": "Merged B1-B3",
        "unstructured/fake-text-utf-16-le.txt": "Hamburgers are delicious",
        "unstructured/docx-tables.docx": "d | e | f g&t | h | i",
        "pypdf_samples/google-doc-document.pdf": "Capital | Jakarta | Berlin",
        "pdfjs/tracemonkey.pdf": "xx1 | number | 31-bit",
        "indonesian_scans/PP_PSTE_No71_2019.pdf": "Pasal 7",
    }
    for name, words in expected.items():
        assert words in read_document(SHARED / "awkward" / name, name).text, name


@pytest.fixture(scope="module")
def documents(shared: Path) -> dict[str, Document]:
    return {s.name: read_document(s.path, s.name) for s in find_files([shared / "corpus"]).files}


@pytest.fixture(scope="module")
def evidence(shared: Path) -> list[GoldEvidence]:
    return [piece for question in read_gold(shared / "gold" / "dev.jsonl") for piece in question.evidence]


def holds(text: str, quote: str) -> bool:
    return normalise(quote) in normalise(text) or partial_ratio(normalise(quote), normalise(text)) >= ALIGNED


def test_every_real_document_is_read(documents: dict[str, Document]) -> None:
    assert len(documents) == 57
    assert all(document.blocks and document.warnings == () for document in documents.values())


def test_every_quote_stands_in_its_document(documents: dict[str, Document], evidence: list[GoldEvidence]) -> None:
    exact = [normalise(piece.quote) in normalise(documents[piece.document].text) for piece in evidence]
    assert len(exact) == 131
    assert sum(exact) >= 129
    assert [piece.quote for piece in evidence if not holds(documents[piece.document].text, piece.quote)] == []


def test_quotes_stand_on_the_page_that_is_given(documents: dict[str, Document], evidence: list[GoldEvidence]) -> None:
    paged = [piece for piece in evidence if piece.page is not None]
    assert len(paged) == 28
    for piece in paged:
        document = documents[piece.document]
        span = document.page_span(piece.page or 0)
        assert span is not None
        assert holds(document.text[span[0] : span[1] + len(piece.quote)], piece.quote), piece  # it may begin there only
