import pytest

from pincite.answer.answerability.missing_sources import missing_instruments
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.answer.retrieval.retrieve import evidence_for
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index


def missing(index: Index, embedder: Embedder, question: str) -> list[str]:
    read = read_question(question, aliases_of(index))
    return list(missing_instruments(read, aliases_of(index), evidence_for(index, embedder, read)))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does Ruritania's testing statute demand of developers?", "“Ruritania's testing statute”"),
        ("What do Ruritania's Interim Measures demand?", "“Ruritania's Interim Measures”"),
        ("What did the signatories of the Lakes Declaration promise?", "“Lakes Declaration”"),
        ("Who refused to sign the declaration adopted at the Lake Summit?", "declaration adopted at the Lake Summit"),
    ],
)
def test_missing_instruments_are_found(sample: Index, embedder: Embedder, question: str, named: str) -> None:
    assert named in " ".join(missing(sample, embedder, question))


@pytest.mark.parametrize(
    "question",
    [
        "What does the Forum's resolution on registers demand?",
        "What do the Guiding Principles demand?",
        "Compare the Lakes Declaration with the pooled computing resolution.",
        "What does the Lakes Declaration say, according to the April 2025 article?",
        "What does MF/RES/2/4 take from the Lakes Declaration?",
        "When was the OECD Recommendation on artificial intelligence last revised?",
    ],
)
def test_known_or_reported_instruments_are_not_missing(sample: Index, embedder: Embedder, question: str) -> None:
    assert missing(sample, embedder, question) == []
