import pytest

from pincite.answer.answerability.abstain import reason_to_withhold
from pincite.answer.citation.citation import Span
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.ingest.index.index import Index

RESOLUTION = "resolutions/MF-RES-1-3-shared-safety-testing.md"


def draft_of(index: Index, words: str) -> list[DraftSentence]:
    start = index.document(RESOLUTION).text.index(words)
    return [DraftSentence(f"MF/RES/1/3 (9 November 2023): {words}", (Span(RESOLUTION, start, start + len(words)),))]


@pytest.mark.parametrize(
    ("question", "words", "kept"),
    [
        ("When are the protocols first issued?", "are first issued by 31 March 2024", True),
        ("When are the protocols first issued?", "cover at least the five areas", False),
        ("Who issues the protocols?", "cover at least the five areas", True),
        ("What fine does it set?", "cover at least the five areas", False),
    ],
)
def test_a_draft_without_what_is_asked_for_is_no_answer(
    sample: Index, question: str, words: str, *, kept: bool
) -> None:
    reason = reason_to_withhold(sample, read_question(question, aliases_of(sample)), draft_of(sample, words))
    assert (reason is None) == kept


def test_a_date_of_the_source_is_not_the_date_that_is_asked_for(sample: Index) -> None:
    draft = draft_of(sample, "cover at least the five areas")
    reason = reason_to_withhold(sample, read_question("When do they apply?", aliases_of(sample)), draft)
    assert reason == "The passages nearest to the question give no date."


def test_a_premise_is_refused_with_the_place_that_denies_it(sample: Index) -> None:
    draft = draft_of(sample, "no centre may certify a model")
    question = read_question("Which model did the centre certify first?", aliases_of(sample))
    assert reason_to_withhold(sample, question, draft) is None  # a denial in other words stays unseen
    draft = draft_of(sample, "participation should remain voluntary")
    question = read_question("What sanctions does MF/RES/1/3 set for staying away?", aliases_of(sample))
    reason = reason_to_withhold(sample, question, draft)
    assert str(reason).startswith(
        "The question takes for granted what the documents deny. MF/RES/1/3 (9 November 2023)"
    )
    assert "voluntary" in str(reason)
