"""The sample corpus: of the size and kinds promised, and its generated files are those that the script makes."""

import datetime
import hashlib
import os
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

from pincite.ingest.index.index import Index
from pincite.ingest.metadata.extract import KINDS
from pincite.ingest.metadata.symbols import issuer_of, usual_form

KEYS = {"title", "url", "kind", "issuer", "symbol", "date", "licence", "sha256", "bytes"}


def test_four_of_each_kind_in_four_formats(sample: Index) -> None:
    assert Counter(entry.metadata.kind for entry in sample.entries) == {"article": 4, "resolution": 4, "report": 4}
    assert {Path(entry.path).suffix for entry in sample.entries} == {".md", ".html", ".pdf", ".docx"}


def test_each_document_has_substance(sample: Index) -> None:
    for entry in sample.entries:
        words = len(sample.document(entry.path).text.split())
        assert 500 <= words <= 2000, (entry.path, words)


def test_what_is_known_of_each_document(sample: Index) -> None:
    for entry in sample.entries:
        known = entry.metadata
        assert known.title
        assert known.date
        assert known.issuer
        assert bool(known.symbol) == (known.kind != "article"), entry.path


def test_the_pdfs_have_pages_without_running_lines(sample: Index) -> None:
    reports = [entry for entry in sample.entries if entry.path.endswith(".pdf")]
    assert [entry.pages >= 3 for entry in reports] == [True] * 3
    for entry in reports:
        text = sample.document(entry.path).text
        assert "Page 2 of" not in text
        assert text.count("Sample document written for Pincite") == 0


def test_one_resolution_amends_another_and_a_report_contradicts_an_article(sample: Index) -> None:
    assert (
        "6,500 accelerators by 30 June 2027"
        in sample.document("resolutions/MF-RES-3-2-amendments-pooled-computing.pdf").text
    )
    assert "92 per cent" in sample.document("articles/facility-already-full.html").text
    assert "61 per cent" in sample.document("reports/MF-OBS-2025-1-state-of-pooled-computing.pdf").text


def test_one_article_is_bilingual(sample: Index) -> None:
    text = sample.document("articles/small-states-and-ai-rules.md").text
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in text)
    assert 0.3 < cyrillic / sum(letter.isalpha() for letter in text) < 0.7


def test_generated_files_are_what_the_script_makes(corpus: Path, tmp_path: Path) -> None:
    copy = tmp_path / "corpus"
    (copy / "source").mkdir(parents=True)
    for folder in ("resolutions", "reports"):
        (copy / folder).mkdir()
    for source in (*corpus.glob("source/*.md.in"), corpus / "source" / "make_corpus.py"):
        (copy / source.relative_to(corpus)).write_bytes(source.read_bytes())
    subprocess.run(
        [sys.executable, "source/make_corpus.py"], cwd=copy, check=True, env={**os.environ, "TZ": "Asia/Jakarta"}
    )
    made = sorted(path.relative_to(copy) for path in copy.glob("re*/*"))
    assert len(made) == 5
    for path in made:
        assert (copy / path).read_bytes() == (corpus / path).read_bytes(), path


def test_the_list_of_public_documents_is_whole(corpus: Path) -> None:
    listed = tomllib.loads((corpus / "sources.toml").read_text(encoding="utf-8"))["document"]
    assert len(listed) >= 30
    assert len({document["url"] for document in listed}) == len(listed)
    for document in listed:
        assert KEYS - {"symbol", "sha256", "bytes"} <= document.keys() <= KEYS, document["title"]
        assert document["url"].startswith("https://")
        assert document["kind"] in KINDS
        assert isinstance(document["date"], datetime.date)
        assert ("sha256" in document) == ("bytes" in document)


def test_the_list_names_symbols_and_issuers_as_they_are_read_off(corpus: Path) -> None:
    for document in tomllib.loads((corpus / "sources.toml").read_text(encoding="utf-8"))["document"]:
        symbol = document.get("symbol", "")
        assert usual_form(symbol) == symbol
        assert issuer_of(symbol) in {None, document["issuer"]}, symbol


def test_checksums_are_those_of_the_files_seen(corpus: Path, shared: Path) -> None:
    listed = tomllib.loads((corpus / "sources.toml").read_text(encoding="utf-8"))["document"]
    seen = {
        hashlib.sha256(p.read_bytes()).hexdigest(): p.stat().st_size
        for p in (shared / "corpus").rglob("*.*")
        if p.is_file()
    }
    stated = {document["sha256"]: document["bytes"] for document in listed if "sha256" in document}
    assert len(stated) >= 5
    assert stated.items() <= seen.items()
