import pytest

from pincite.answer.query.aliases import collect_aliases
from pincite.answer.query.conversation.follow_ups import complete_follow_up, is_follow_up
from pincite.answer.query.question import read_question
from pincite.ingest.document import Metadata
from pincite.ingest.index.catalog import Entry

SHARE = "What share of computing time is kept for public bodies?"


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("And in 2025?", SHARE, "What share of computing time is kept for public bodies in 2025?"),
        ("And in 2025?", "How much was spent in 2024 on machines?", "How much was spent in 2025 on machines?"),
        ("А у 2025 році?", "Хто головував у 2024 році?", "Хто головував у 2025 році?"),
        ("What about private applicants?", SHARE, f"What about private applicants? (following: {SHARE})"),
        ("Who decides on it?", SHARE, f"Who decides on it? (following: {SHARE})"),
        ("why?", SHARE, f"why? (following: {SHARE})"),
        ("the second one?", SHARE, f"the second one? (following: {SHARE})"),
        ("Which article says so?", SHARE, f"Which article says so? (following: {SHARE})"),
        ("Чому?", "Хто платить?", "Чому? (following: Хто платить?)"),
    ],
)
def test_follow_ups_are_completed(question: str, before: str, whole: str) -> None:
    assert complete_follow_up(question, [before]) == whole


@pytest.mark.parametrize(
    "question",
    [
        "What does Article 5 of the AI Act forbid?",
        "Which treaty binds States, and when does it enter into force?",
        "How much did it really cost to deliver one accelerator-hour in spring 2025?",
        "What does it take for an applicant to be treated as small?",
        "It is 1 December 2025: which ceiling on private applicants applies, and why not the other one?",
        "Can a company be compelled to bring a model to its centre?",
        "What is CETS 225?",
    ],
)
def test_self_contained_questions_are_unchanged(question: str) -> None:
    assert complete_follow_up(question, [SHARE]) == question


def test_without_earlier_questions_nothing_is_added() -> None:
    assert complete_follow_up("And in 2025?", []) == "And in 2025?"


def test_chained_follow_ups_refer_to_the_first_question() -> None:
    before = [SHARE, "And in 2024?", "Who decides on it?"]
    asked = "What share of computing time is kept for public bodies in 2024?"
    assert complete_follow_up("why?", before) == f"why? (following: {asked})"
    assert (
        complete_follow_up("And in 2025?", before) == "What share of computing time is kept for public bodies in 2025?"
    )


def test_a_pronoun_with_an_antecedent_makes_no_follow_up() -> None:
    assert not is_follow_up("When a State leaves, who tells its neighbours?")
    assert is_follow_up("Does it apply to firms?")


def test_a_named_document_carries_over_unless_the_follow_up_names_another() -> None:
    entries = [
        Entry(n, f"{n}.pdf", "/", "0", Metadata(title, "law", None, symbol), 1, 1, ())
        for n, (title, symbol) in enumerate([("On machines", "A/RES/78/265"), ("On teachers", "A/RES/79/300")])
    ]
    names = collect_aliases(entries, {})
    first = "What does A/RES/78/265 ask of States?"
    (kept,) = read_question(complete_follow_up("Who decides on it?", [first]), names).documents
    assert (kept.path, kept.confidence) == ("0.pdf", 1.0)
    other = read_question(complete_follow_up("And A/RES/79/300?", [first]), names).documents
    assert [(one.path, one.confidence) for one in other] == [("1.pdf", 1.0), ("0.pdf", 0.5)]


@pytest.mark.parametrize("said", ["hello", "Thanks!", "What can you do?"])
def test_small_talk_is_no_follow_up_and_nothing_follows_on_it(said: str) -> None:
    assert complete_follow_up(said, [SHARE]) == said
    assert complete_follow_up("And in 2025?", [SHARE, said]) == complete_follow_up("And in 2025?", [SHARE])
