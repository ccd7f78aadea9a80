import pytest

from pincite.answer.draft.amendments import amendment_notes, status_sentences
from pincite.answer.pipeline import ask
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.answer.schema import answer_record
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

AMENDING = "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"
AMENDED = "resolutions/MF-RES-2-4-pooled-computing-facility.html"
NOTE = "MF/RES/2/4 was amended by MF/RES/3/2 (24 September 2025): check whether the cited text still applies."


def test_each_amendment_is_noted_once(sample: Index) -> None:
    assert amendment_notes(sample, [AMENDED, "articles/one-table-or-many.md", AMENDED]) == (NOTE,)
    assert amendment_notes(sample, ["articles/one-table-or-many.md"]) == ()


def test_answers_citing_an_amended_text_have_the_note(sample: Index, embedder: Embedder) -> None:
    answer = ask(sample, embedder, "What does paragraph 5 of MF/RES/2/4 reserve for least developed countries?")
    assert AMENDED in {citation.document for citation in answer.citations}
    assert answer.notes[0] == NOTE
    record = answer_record(answer)
    assert record["notes"][0] == NOTE
    assert NOTE not in record["answer"]


@pytest.mark.parametrize(
    "question",
    [
        "Is MF/RES/2/4 still in force?",
        "Does MF/RES/2/4 still apply?",
        "Has MF/RES/2/4 been amended since, or revoked?",
        "What has become of MF/RES/2/4?",
    ],
)
def test_the_status_of_a_document_is_quoted_from_the_amending_one(
    sample: Index, embedder: Embedder, question: str
) -> None:
    answer = ask(sample, embedder, question)
    assert {citation.document for citation in answer.citations} == {AMENDING}
    assert "amend" in answer.statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Is MF/RES/3/2 still in force?",
        "What does MF/RES/2/4 reserve for private applicants?",
        "Compare MF/RES/2/4 and MF/RES/3/2: are both still in force?",
        "Is it still in force?",
    ],
)
def test_without_known_changes_there_are_no_status_sentences(sample: Index, question: str) -> None:
    assert status_sentences(sample, read_question(question, aliases_of(sample))) == []
