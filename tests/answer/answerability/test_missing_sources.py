import pytest

from pincite.answer.answerability.abstain import missing_from_library
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.ingest.index.index import Index


def reason(index: Index, question: str) -> str | None:
    abstention = missing_from_library(index, read_question(question, aliases_of(index)), [])
    return abstention.message if abstention else None


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("What does memo M-25-21 ask of agencies?", "M-25-21"),
        ("How does bill 2338/2023 sort systems?", "bill 2338/2023"),
        ("Which risks does the profile AI 600-1 list?", "AI 600-1"),
        ("What does A/RES/79/325 establish?", "A/RES/79/325"),
        ("What does the paper 'Defining incidents of every kind' propose?", "“Defining incidents of every kind”"),
        ("What does the Observatory's 2019 report find?", "Observatory published in 2019"),
        ("What does Ruritania's testing statute demand of developers?", "Ruritania's testing statute"),
        ("Who refused to sign the declaration adopted at the Lake Summit?", "declaration adopted at the Lake Summit"),
        ("What does paragraph 99 of MF/RES/2/4 decide?", "para. 99"),
    ],
)
def test_missing_sources_are_named_in_the_reason(sample: Index, question: str, what: str) -> None:
    assert what in str(reason(sample, question))


@pytest.mark.parametrize(
    "question",
    [
        "What does paragraph 6 of MF/RES/2/4 ask of host sites?",
        "What does the Observatory's statement say of Kigali?",
        "Which resolution does MF/RES/3/2 amend, and does it recall A/RES/78/265?",
        "What did the Observatory's 2025 report find?",
        "How many of the 960 accelerators were installed in 2024-25?",
        "What does the report 'The state of pooled computing 2025' say of Kigali?",
    ],
)
def test_known_or_only_mentioned_sources_are_no_reason_to_abstain(sample: Index, question: str) -> None:
    assert reason(sample, question) is None


def test_a_named_document_without_any_word_of_the_question_is_told(sample: Index) -> None:
    assert reason(sample, "Which zebras does MF/RES/2/4 protect from poachers?") == (
        "MF/RES/2/4 (17 October 2024) does not contain “zebras” or “protect” or “poachers”."
    )
    assert reason(sample, "Which zebras does the Facility of MF/RES/2/4 protect?") is None
    assert reason(sample, "When was MF/RES/2/4 promulgated?") is None  # a fact about the document
