import pytest

from pincite.answer.draft.extractive import extract
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.aspects import asks_effective_date
from pincite.answer.query.effective_dates import is_effective_clause
from pincite.answer.query.question import read_question
from pincite.answer.retrieval.retrieve import evidence_for
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index


def passage(text: str, pinpoint: str = "Article 9") -> Passage:
    return Passage("a", "a.md", 0, len(text), text, None, pinpoint, (), "")


@pytest.mark.parametrize(
    ("text", "sets_date"),
    [
        ("It shall enter into force on 1 May 2027.", True),
        ("This resolution takes effect thirty days after its adoption.", True),
        ("The ceiling shall apply from 1 January 2026.", True),
        ("The rules shall apply once the model is placed on the market.", False),
        ("An effective procedure was adopted in 2024.", False),
        ("It was published on 1 May 2027.", False),
    ],
)
def test_effective_date_clauses_are_recognised(text: str, *, sets_date: bool) -> None:
    assert is_effective_clause(passage(text)) == sets_date


def test_a_recital_sets_no_effective_date() -> None:
    text = "This Regulation should apply from 2 August 2026."
    assert is_effective_clause(passage(text, "Article 113"))
    assert not is_effective_clause(passage(text, "Recital 179"))


def test_adoption_date_is_not_effective_date() -> None:
    assert asks_effective_date("From which date is it in force?", "date")
    assert not asks_effective_date("When was it adopted?", "date")
    assert not asks_effective_date("Who must apply it?", "person or body")


def test_effective_date_clause_answers_without_shared_words(sample: Index, embedder: Embedder) -> None:
    question = read_question("When does the new ceiling of MF/RES/3/2 start to be binding?", aliases_of(sample))
    (first, *_) = extract(sample, question, evidence_for(sample, embedder, question))
    assert "January 2026" in first.text
