import pytest

from pincite.answer.draft.document_facts import document_facts
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.answer.retrieval.retrieve import evidence_for
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index


def facts(index: Index, embedder: Embedder, question: str) -> str:
    read = read_question(question, aliases_of(index))
    return " ".join(one.text for one in document_facts(index, read, evidence_for(index, embedder, read)))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was MF/RES/2/7 adopted?", "on 18 October 2024"),
        ("On what date was MF/RES/3/2 adopted, and by which body?", "24 September 2025"),
    ],
)
def test_facts_about_a_document_are_found(sample: Index, embedder: Embedder, question: str, words: str) -> None:
    assert words in facts(sample, embedder, question)


@pytest.mark.parametrize(
    "question",
    [
        "When does MF/RES/2/7 ask for registers to be published?",
        "Who signs the agreements with the host States under MF/RES/2/4?",
        "When was the Meridian Forum founded?",
        "Compare when MF/RES/2/7 and MF/RES/3/2 were adopted.",
    ],
)
def test_questions_about_content_get_no_document_facts(sample: Index, embedder: Embedder, question: str) -> None:
    assert facts(sample, embedder, question) == ""
