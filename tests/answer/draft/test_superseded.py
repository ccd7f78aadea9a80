from pincite.answer.draft.amendments import amendment_notes
from pincite.answer.pipeline import ask
from pincite.answer.schema import answer_record
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

AMENDED = "resolutions/MF-RES-2-4-pooled-computing-facility.html"
SAID = "MF/RES/2/4 was amended by MF/RES/3/2 (24 September 2025): check whether the cited text still applies."


def test_what_was_amended_is_said_once(sample: Index) -> None:
    assert amendment_notes(sample, [AMENDED, "articles/one-table-or-many.md", AMENDED]) == (SAID,)
    assert amendment_notes(sample, ["articles/one-table-or-many.md"]) == ()


def test_an_answer_that_rests_on_it_carries_the_note(sample: Index, embedder: Embedder) -> None:
    answer = ask(sample, embedder, "What does paragraph 5 of MF/RES/2/4 reserve for least developed countries?")
    assert AMENDED in {citation.document for citation in answer.citations}
    assert answer.notes[0] == SAID
    record = answer_record(answer)
    assert record["notes"][0] == SAID
    assert SAID not in record["answer"]
