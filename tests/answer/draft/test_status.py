import pytest

from pincite.answer.draft.amendments import status_sentences
from pincite.answer.pipeline import ask
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

AMENDING = "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"


@pytest.mark.parametrize(
    "question",
    [
        "Is MF/RES/2/4 still in force?",
        "Does MF/RES/2/4 still apply?",
        "Has MF/RES/2/4 been amended since, or revoked?",
        "What has become of MF/RES/2/4?",
    ],
)
def test_what_became_of_a_document_is_said_by_the_one_that_changes_it(
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
def test_where_nothing_is_known_of_it_nothing_is_said(sample: Index, question: str) -> None:
    assert status_sentences(sample, read_question(question, aliases_of(sample))) == []
