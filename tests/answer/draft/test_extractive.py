import pytest

from pincite.answer.draft.extractive import ExtractSettings, clean_quote, extract, weighted_questions
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.named_sources import identifiers
from pincite.answer.query.question import read_question
from pincite.answer.retrieval.retrieve import retrieve
from pincite.answer.retrieval.term_weights import idf_weights, unknown_identifiers
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

COMPARE = "How do the article and the report differ on how much of the pooled computing facility is used?"
SIDES = "Compare MF/RES/2/4 and MF/RES/3/2 on the share of time for private applicants."


def drafted(index: Index, embedder: Embedder, question: str) -> list[DraftSentence]:
    return extract(index, read_question(question, aliases_of(index)), retrieve(index, embedder, question))


@pytest.mark.parametrize("question", ["When was the Meridian Forum founded?", COMPARE, SIDES])
def test_every_statement_ends_with_a_verbatim_quote(sample: Index, embedder: Embedder, question: str) -> None:
    draft = drafted(sample, embedder, question)
    assert draft
    for sentence in draft:
        (span,) = sentence.spans
        quoted = clean_quote(sample.document(span.document).text[span.start : span.end])
        said = sentence.text.partition(": ")[2] or sentence.text
        assert quoted.endswith(said[-200:])


def test_a_statement_begins_with_source_and_pinpoint(sample: Index, embedder: Embedder) -> None:
    draft = drafted(sample, embedder, "What does paragraph 6 (c) of MF/RES/1/3 say about test protocols?")
    assert draft[0].text.startswith("MF/RES/1/3 (9 November 2023), para. 6")
    assert all(not sentence.text.startswith("MF/RES/1/3") for sentence in draft[1:] if sentence.spans[0].document)


def test_each_side_of_a_comparison_comes_from_its_document(sample: Index, embedder: Embedder) -> None:
    assert len({sentence.spans[0].document for sentence in drafted(sample, embedder, SIDES)}) == 2


def test_lists_are_quoted_point_by_point(sample: Index, embedder: Embedder) -> None:
    draft = drafted(sample, embedder, "Which safeguards does paragraph 6 of MF/RES/2/7 attach to national security?")
    places = [sentence.spans[0].pinpoint for sentence in draft]
    assert {"para. 6 (a)", "para. 6 (b)", "para. 6 (c)"} <= set(places)
    assert places == sorted(places, key=str)


def test_answers_stay_short(sample: Index, embedder: Embedder) -> None:
    question = "How many accelerators were installed at Kigali?"
    read = read_question(question, aliases_of(sample))
    evidence = retrieve(sample, embedder, question)
    draft = extract(sample, read, evidence, ExtractSettings(first_words=40, further_words=20, max_blocks=1))
    longest = max(len(sentence.text.split()) for sentence in draft)
    assert sum(len(sentence.text.split()) for sentence in draft) <= max(40, longest) + 15


def test_no_evidence_gives_no_draft(sample: Index) -> None:
    assert extract(sample, read_question(COMPARE, aliases_of(sample)), []) == []


def test_document_names_have_no_weight(sample: Index) -> None:
    (asked,) = weighted_questions(
        sample.lexical, read_question("What share does MF/RES/2/4 reserve?", aliases_of(sample))
    )
    assert "share" in asked.weight
    assert "mf" not in asked.weight


def test_rare_words_weigh_more(sample: Index) -> None:
    weight = idf_weights(sample.lexical, "the Kigali forum")
    assert weight["kigali"] > weight["forum"]


def test_unknown_identifiers(sample: Index) -> None:
    assert identifiers("Does MF/RES/2/4 or SB 53 bind in 2025?") == ("MF/RES/2/4", "SB")
    assert unknown_identifiers(
        sample.lexical, read_question("Does MF/RES/2/4 or HUDERIA apply?", aliases_of(sample))
    ) == ["HUDERIA"]
