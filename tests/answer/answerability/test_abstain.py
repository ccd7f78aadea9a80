import pytest

from pincite.answer.answerability.abstain import AbstentionKind, reason_to_withhold
from pincite.answer.citation.citation import Span
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.ingest.index.index import Index

RESOLUTION = "resolutions/MF-RES-1-3-shared-safety-testing.md"


def quoted(index: Index, words: str) -> list[Span]:
    start = index.document(RESOLUTION).text.index(words)
    return [Span(RESOLUTION, start, start + len(words))]


@pytest.mark.parametrize(
    ("question", "words", "answers"),
    [
        ("When are the protocols first issued?", "are first issued by 31 March 2024", True),
        ("When are the protocols first issued?", "cover at least the five areas", False),
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
    abstention = reason_to_withhold(sample, read_question("When do they apply?", aliases_of(sample)), draft)
    assert abstention is not None
    assert abstention.kind is AbstentionKind.NO_SUCH_VALUE
    assert abstention.message == "The closest passages contain no date."


def test_a_denied_premise_is_reported_with_its_source(sample: Index) -> None:
    draft = quoted(sample, "no centre may certify a model")
    question = read_question("Which model did the centre certify first?", aliases_of(sample))
    assert reason_to_withhold(sample, question, draft) is None  # a denial in other words stays unseen
    draft = quoted(sample, "participation should remain voluntary")
    question = read_question("What sanctions does MF/RES/1/3 set for staying away?", aliases_of(sample))
    abstention = reason_to_withhold(sample, question, draft)
    assert abstention is not None
    assert abstention.kind is AbstentionKind.PREMISE_DENIED
    assert "MF/RES/1/3 (9 November 2023)" in abstention.message
    assert "voluntary" in abstention.message
