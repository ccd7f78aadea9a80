"""The real documents, where they are: what is promised of ingestion, retrieval and quotes."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from pincite.answer.pipeline import ask
from pincite.answer.retrieval.retrieve import retrieve
from pincite.eval.judging.gold import read_gold
from pincite.eval.judging.matching import contains_evidence, evidence_in, is_same_pinpoint
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import Summary, ingest
from support.quote_faults import faults


@pytest.fixture(scope="module")
def indexed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    folder = tmp_path_factory.mktemp("shared") / "index"
    return folder, ingest([shared / "corpus"], folder)


@pytest.fixture
def index(indexed: tuple[Path, Summary]) -> Iterator[Index]:
    with open_index(indexed[0]) as opened:
        yield opened


def test_every_document_is_taken_and_none_twice(indexed: tuple[Path, Summary], shared: Path) -> None:
    folder, first = indexed
    assert (first.added, first.rejected) == (57, [])
    began = perf_counter()
    second = ingest([shared / "corpus"], folder)
    assert (second.added, second.updated, second.unchanged) == (0, 0, 57)
    assert perf_counter() - began < 3


def test_passages_and_quotes_are_the_documents_own_words(index: Index) -> None:
    for entry in index.entries:
        text = index.document(entry.path).text
        for stored in index.catalog.passages_of(entry.number):
            assert text[stored.passage.start : stored.passage.end] == stored.passage.text


def test_passages_bear_the_page_and_the_pinpoint_of_the_quotes_they_hold(index: Index, shared: Path) -> None:
    evidence = [piece for question in read_gold(shared / "gold" / "dev.jsonl") for piece in question.evidence]
    passages = {entry.path: [s.passage for s in index.catalog.passages_of(entry.number)] for entry in index.entries}
    holding = [
        (piece, [p for p in passages[piece.document] if contains_evidence(piece, p.document, p.text)])
        for piece in evidence
    ]
    pages = [any(p.page == piece.page for p in held) for piece, held in holding if piece.page]
    pinpoints = [
        any(is_same_pinpoint(p.pinpoint, piece.pinpoint) for p in held) for piece, held in holding if piece.pinpoint
    ]
    assert (len(pages), len(pinpoints)) == (28, 125)
    assert sum(pages) / len(pages) >= 0.98
    assert sum(pinpoints) / len(pinpoints) >= 0.9


def test_quotes_of_all_questions_are_verbatim_and_answers_quick(index: Index, embedder: Embedder, shared: Path) -> None:
    questions = read_gold(shared / "gold" / "dev.jsonl")
    answers = [ask(index, embedder, question.question) for question in questions]
    citations = [citation for answer in answers for citation in answer.citations]
    assert len(citations) > 100
    assert all(index.document(c.document).text[c.start : c.end] == c.quote for c in citations)
    assert median(answer.seconds["total"] for answer in answers) < 0.15


def test_evidence_stands_in_the_first_ten(index: Index, embedder: Embedder, shared: Path) -> None:
    found = [
        any(
            evidence_in(question.evidence, one.passage.document, one.passage.text)
            for one in retrieve(index, embedder, question.question)
        )
        for question in read_gold(shared / "gold" / "dev.jsonl")
        if question.answerable
    ]
    assert sum(found) / len(found) >= 0.8


def test_quotes_end_where_a_reader_expects(index: Index, embedder: Embedder, shared: Path) -> None:
    for question in read_gold(shared / "gold" / "dev.jsonl"):
        assert list(faults(index, ask(index, embedder, question.question))) == [], question.question
