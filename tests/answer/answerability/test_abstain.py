import pytest

from pincite.answer.answerability.abstain import Abstention, AbstentionKind, decide, reason_to_withhold
from pincite.answer.citation.citation import Span
from pincite.answer.pipeline import ask
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.answer.retrieval.retrieve import evidence_for
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

RESOLUTION = "resolutions/MF-RES-1-3-shared-safety-testing.md"


def quoted(index: Index, words: str) -> list[Span]:
    start = index.document(RESOLUTION).text.index(words)
    return [Span(RESOLUTION, start, start + len(words))]


@pytest.mark.parametrize(
    ("question", "words", "answers"),
    [
        ("When are the protocols first issued?", "are first issued by 31 March 2024", True),
        ("When were the protocols first issued?", "cover at least the five areas", False),
        ("When is a test repeated?", "cover at least the five areas", True),  # on a condition, or on a date
        ("Who issues the protocols?", "cover at least the five areas", True),
        ("What fine does it set?", "cover at least the five areas", False),
    ],
)
def test_drafts_without_a_value_of_the_answer_type_are_withheld(
    sample: Index, question: str, words: str, *, answers: bool
) -> None:
    abstention = reason_to_withhold(sample, read_question(question, aliases_of(sample)), quoted(sample, words))
    assert (abstention is None) == answers


def test_the_date_of_the_source_does_not_count_as_an_answer(sample: Index) -> None:
    draft = quoted(sample, "cover at least the five areas")
    question = read_question("From when do they apply?", aliases_of(sample))
    abstention = reason_to_withhold(sample, question, draft, searched=10)
    assert abstention is not None
    assert abstention.kind is AbstentionKind.NO_SUCH_VALUE
    assert abstention.message == "No date that answers the question was found in any of the 10 closest passages."


def decision(index: Index, embedder: Embedder, question: str) -> Abstention | None:
    read = read_question(question, aliases_of(index))
    return decide(index, read, evidence_for(index, embedder, read)).abstention


def test_a_denied_premise_opens_with_the_clause_and_its_source(sample: Index, embedder: Embedder) -> None:
    abstention = decision(sample, embedder, "Which was the first model that the Seoul centre certified as safe?")
    assert abstention is not None
    assert abstention.kind is AbstentionKind.PREMISE_DENIED
    assert abstention.message.startswith("“")
    assert "no centre may certify a model" in abstention.message
    assert "MF/RES/1/3 (9 November 2023), para. " in abstention.message


def test_a_year_that_no_close_passage_names_is_a_reason(sample: Index, embedder: Embedder) -> None:
    abstention = decision(sample, embedder, "How many accelerators were installed at Kigali in 2031?")
    assert abstention is not None
    assert abstention.kind is AbstentionKind.MISSING_YEAR
    assert "2031" in abstention.message
    assert decision(sample, embedder, "How many accelerators were installed at Kigali in 2025?") is None


def test_names_are_unknown_only_if_no_form_of_them_is_in_the_library(sample: Index, embedder: Embedder) -> None:
    abstention = decision(sample, embedder, "Does HUDERIA apply to the facility?")
    assert abstention is not None
    assert abstention.message == "None of the 12 documents in the library mentions HUDERIA."
    assert decision(sample, embedder, "What does the KIGALI site offer?") is None


@pytest.mark.parametrize("question", ["In which year?", "How many?", "Who?"])
def test_a_question_without_a_topic_is_told_so(sample: Index, embedder: Embedder, question: str) -> None:
    given = ask(sample, embedder, question)
    assert given.abstained
    assert given.reason == "The question does not say what it is about: name it."
