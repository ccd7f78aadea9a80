import pytest

from pincite.answer.draft.extractive import ExtractSettings, clean_quote, extract, weighted_questions
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.answer_types import contains_answer
from pincite.answer.query.named_sources import identifiers
from pincite.answer.query.question import read_question
from pincite.answer.retrieval.retrieve import retrieve
from pincite.answer.retrieval.term_weights import idf_weights
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
        said = sentence.text.partition(": ")[2] if question in {COMPARE, SIDES} else sentence.text  # behind its source
        assert quoted.endswith(said[-200:])


def test_a_statement_is_its_quote_without_the_source(sample: Index, embedder: Embedder) -> None:
    (first, *_) = drafted(sample, embedder, "When was the Meridian Forum founded?")
    (span,) = first.spans
    assert first.text == clean_quote(sample.document(span.document).text[span.start : span.end])


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Which paragraph of MF/RES/1/3 says what test protocols must cover?", "para. "),
        ("Who claims that the facility is full?", "MF/OBS/2025/1 (12 August 2025)"),
        ("Which resolution sets up the registers?", "MF/RES/"),
    ],
)
def test_a_place_or_a_document_that_is_asked_for_is_said(
    sample: Index, embedder: Embedder, question: str, source: str
) -> None:
    assert drafted(sample, embedder, question)[0].text.startswith(source)


def test_a_value_is_looked_for_in_all_evidence(sample: Index, embedder: Embedder) -> None:
    question = "How many days does a provider have for the first notice of a serious incident?"
    read, evidence = read_question(question, aliases_of(sample)), retrieve(sample, embedder, question)
    without = [one for one in evidence if not contains_answer(read.answer_type, one.passage.text)]
    last = next(one for one in evidence if contains_answer(read.answer_type, one.passage.text))
    draft = extract(sample, read, [*without, last], ExtractSettings(min_value_coverage=0.0))
    assert any(contains_answer(read.answer_type, one.text) for one in draft)


def test_each_side_of_a_comparison_comes_from_its_document(sample: Index, embedder: Embedder) -> None:
    assert len({sentence.spans[0].document for sentence in drafted(sample, embedder, SIDES)}) == 2


def test_a_list_is_quoted_point_by_point_the_first_with_its_lead_in(sample: Index, embedder: Embedder) -> None:
    draft = drafted(sample, embedder, "Which safeguards does paragraph 6 of MF/RES/2/7 attach to national security?")
    points = [one for one in draft if (one.spans[0].pinpoint or "").startswith("para. 6 (")]
    assert [one.spans[0].pinpoint for one in points] == ["para. 6 (a)", "para. 6 (b)", "para. 6 (c)"]
    assert ":\n(a) " in points[0].text
    assert not any(one.left_out for one in draft)


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


def test_identifiers() -> None:
    assert identifiers("Does MF/RES/2/4 or SB 53 bind in 2025?") == ("MF/RES/2/4", "SB")
