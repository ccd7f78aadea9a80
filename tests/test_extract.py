import pytest

from answer.extract import ExtractSettings, extract, statement
from answer.retrieve import retrieve
from answer.words import identifiers, unknown_identifiers, weights
from ingest.embed import Embedder
from ingest.index import Index

COMPARE = "How do the article and the report differ on how much of the pooled computing facility is used?"


@pytest.mark.parametrize("question", ["When was the Meridian Forum founded?", COMPARE])
def test_every_sentence_is_cut_from_its_document(sample: Index, embedder: Embedder, question: str) -> None:
    draft = extract(sample, question, retrieve(sample, embedder, question))
    assert draft
    for sentence in draft:
        (span,) = sentence.spans
        assert statement(sample.document(span.document).text[span.start : span.end]) == sentence.text


def test_a_comparison_draws_on_more_than_one_document(sample: Index, embedder: Embedder) -> None:
    draft = extract(sample, COMPARE, retrieve(sample, embedder, COMPARE))
    assert len({sentence.spans[0].document for sentence in draft}) >= 2


def test_answers_stay_short(sample: Index, embedder: Embedder) -> None:
    draft = extract(sample, COMPARE, retrieve(sample, embedder, COMPARE), ExtractSettings(sentences=2, words=60))
    assert len(draft) <= 2
    assert len(draft) == 1 or sum(len(sentence.text.split()) for sentence in draft) <= 60


def test_no_evidence_gives_no_draft(sample: Index) -> None:
    assert extract(sample, COMPARE, []) == []


def test_rare_words_weigh_more(sample: Index) -> None:
    weight = weights(sample.lexical, "the Kigali forum")
    assert weight["kigali"] > weight["forum"]


def test_identifiers_that_no_document_knows(sample: Index) -> None:
    assert identifiers("Does MF/RES/2/4 or SB 53 bind in 2025?") == ["MF/RES/2/4", "SB"]
    assert unknown_identifiers(sample.lexical, "Does MF/RES/2/4 or HUDERIA apply?") == ["HUDERIA"]
