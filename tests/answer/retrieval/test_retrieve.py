from itertools import pairwise

import pytest

from pincite.answer.query.filters import make_filters
from pincite.answer.query.question import check_question
from pincite.answer.retrieval.ranking import explain_rank
from pincite.answer.retrieval.retrieve import RetrieveSettings, retrieve
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index

LISTS = (
    "Which duties does the resolution on transparency in the public sector lay on public bodies?",
    "What must an entry of the register of public systems contain?",
    "Which conditions must a host site of the facility meet?",
)
KIGALI = "How many accelerators were installed at Kigali?"


def test_the_answering_passage_is_among_the_first(sample: Index, embedder: Embedder) -> None:
    found = retrieve(sample, embedder, KIGALI)
    assert [evidence.rank for evidence in found] == list(range(1, 11))
    assert any("1,150" in evidence.passage.text for evidence in found[:5])
    assert all(first.score >= second.score for first, second in pairwise(found))


def test_the_same_question_gives_the_same_ranking(sample: Index, embedder: Embedder) -> None:
    assert retrieve(sample, embedder, KIGALI) == retrieve(sample, embedder, KIGALI)


def test_evidence_is_document_text_and_lists_its_passages(sample: Index, embedder: Embedder) -> None:
    found = retrieve(sample, embedder, "What must each public register contain?")
    assert any(len(evidence.parts) > 1 for evidence in found)
    for evidence in found:
        passage = evidence.passage
        assert sample.document(passage.document).text[passage.start : passage.end] == passage.text
        assert (evidence.parts[0].start, evidence.parts[-1].end) == (passage.start, passage.end)


def test_ranks_are_explained(sample: Index, embedder: Embedder) -> None:
    best = retrieve(sample, embedder, KIGALI)[0]
    assert 0 < best.signals.coverage <= 1
    assert best.signals.meaning_rank or best.signals.word_rank
    assert "covers" in explain_rank(best.signals, best.section)


def test_filters_apply_to_evidence(sample: Index, embedder: Embedder) -> None:
    found = retrieve(sample, embedder, KIGALI, make_filters(documents=("articles/*",)))
    assert {evidence.passage.document.split("/")[0] for evidence in found} == {"articles"}


def test_filters_without_matches_give_no_evidence(sample: Index, embedder: Embedder) -> None:
    assert retrieve(sample, embedder, KIGALI, make_filters(issuers=("Nobody",))) == []


def test_more_evidence_can_be_requested(sample: Index, embedder: Embedder) -> None:
    assert len(retrieve(sample, embedder, KIGALI, settings=RetrieveSettings(top=40, candidates=160))) == 40
    found = retrieve(sample, embedder, KIGALI, settings=RetrieveSettings(top=3, words=1500))
    read = [len(evidence.passage.text.split()) for evidence in found]
    assert sum(read[:-1]) < 1500 <= sum(read)


@pytest.mark.parametrize("question", ["", "   \n", "?!", "x" * 100_000])
def test_invalid_questions_are_rejected(question: str) -> None:
    with pytest.raises(BadInput):
        check_question(question)


def test_unknown_words_still_give_a_ranking(sample: Index, embedder: Embedder) -> None:
    assert len(retrieve(sample, embedder, "zyzzyva quokka")) == 10


def test_points_come_with_their_lead_in(sample: Index, embedder: Embedder) -> None:
    few = RetrieveSettings(candidates=2, top=4)
    found = [one for question in LISTS for one in retrieve(sample, embedder, question, settings=few)]
    assert [one for one in found if len(one.parts) > 1 and one.parts[0].text.endswith(":")]
    for one in found:
        passage = one.passage
        assert sample.document(passage.document).text[passage.start : passage.end] == passage.text


def test_references_are_downweighted_unless_asked_for(sample: Index, embedder: Embedder) -> None:
    held = retrieve(sample, embedder, "What does the article say of small states?")
    asked = retrieve(sample, embedder, "Which references does the article on small states list?")
    assert any(one.signals.downweight < 1 for one in held)
    assert all(one.signals.downweight == 1 for one in asked)
