from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import Question, read_question
from pincite.answer.retrieval.boosts import passage_boost
from pincite.answer.retrieval.candidates import find_candidates, searches
from pincite.answer.retrieval.ranking import Candidate
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

AMENDMENT = "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"
AMENDED = "resolutions/MF-RES-2-4-pooled-computing-facility.html"


def read(sample: Index, text: str) -> Question:
    return read_question(text, aliases_of(sample))


def found(sample: Index, embedder: Embedder, text: str, documents: list[int] | None = None) -> list[Candidate]:
    return find_candidates(sample, embedder, read(sample, text), documents, 20)


def test_a_named_document_is_searched_separately_and_boosted(sample: Index, embedder: Embedder) -> None:
    question = read(sample, "What does MF/RES/3/2 decide on fisheries?")
    numbers = [search.documents for search in searches(sample, question, None, 20)]
    assert numbers == [None, [sample.entry(AMENDMENT).number]]
    candidates = found(sample, embedder, question.text)
    of_it = [one for one in candidates if one.stored.passage.document == AMENDMENT]
    assert len(of_it) >= 5
    assert all(one.signals.boost > 1.1 for one in of_it)


def test_a_comparison_searches_both_documents_separately(sample: Index) -> None:
    question = read(sample, "Compare the share for private applicants in MF/RES/2/4 and in MF/RES/3/2.")
    assert question.comparison
    check_distinct = [search.documents for search in searches(sample, question, None, 20)]
    assert [sample.entry(AMENDMENT).number] in check_distinct
    assert [sample.entry(AMENDED).number] in check_distinct


def test_filters_apply_to_every_search(sample: Index, embedder: Embedder) -> None:
    only = sample.entry(AMENDED).number
    candidates = found(sample, embedder, "Compare MF/RES/2/4 and MF/RES/3/2 on private applicants.", [only])
    assert {one.stored.document_number for one in candidates} == {only}


def test_signals_contain_the_rank_in_each_search(sample: Index, embedder: Embedder) -> None:
    candidates = found(sample, embedder, "How many accelerators were installed at Kigali?")
    assert {one.signals.word_rank for one in candidates} - {None} == set(range(1, 21))
    assert {one.signals.meaning_rank for one in candidates} - {None} == set(range(1, 21))


def test_a_named_provision_is_boosted(sample: Index) -> None:
    question = read(sample, "What does paragraph 2 of MF/RES/3/2 ask?")
    stored = sample.catalog.passages_of(sample.entry(AMENDMENT).number)
    by_place = {one.passage.pinpoint: passage_boost(question, one.passage) for one in stored}
    assert by_place["para. 2"] > by_place["para. 3"]
