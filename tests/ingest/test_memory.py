"""The guard of what `make bench-memory` measures: a larger library needs hardly more memory."""

import sys
from pathlib import Path

import pytest

from pincite.eval.bench.ingestion.memory import GROWTH, LIMIT, copy_library, peak_memory


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's peak")
def test_memory_does_not_grow_with_the_library(corpus: Path, tmp_path: Path) -> None:
    documents, passages, once = peak_memory(corpus, tmp_path / "once")
    library = copy_library(corpus, tmp_path / "library", 8)
    many, more, peak = peak_memory(library, tmp_path / "many")
    assert (documents, many) == (12, 96)
    assert more >= 8 * passages
    assert peak < LIMIT
    assert peak < (1 + GROWTH) * once


def test_copies_are_distinct_and_keep_their_text(corpus: Path, tmp_path: Path) -> None:
    library = copy_library(corpus / "articles", tmp_path / "library", 2)
    files = [path for path in library.rglob("*") if path.is_file()]
    assert len({path.read_bytes() for path in files}) == len(files) == 8
    page = next(path for path in files if path.suffix == ".html").read_text(encoding="utf-8")
    assert "<p>This is copy" in page.split("</body>")[0]
