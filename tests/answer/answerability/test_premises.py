import pytest

from pincite.answer.answerability.premises import denying_clauses
from pincite.answer.query.aliases import collect_aliases
from pincite.answer.query.question import read_question

NONE = "the guide does not prescribe a level that is accepted"
PRESCRIBES_NONE = f"The guide ranks risks; {NONE}. It is revised yearly."


@pytest.mark.parametrize(
    ("question", "text", "denied"),
    [
        (
            "What level does the guide prescribe?",
            PRESCRIBES_NONE,
            ["the guide does not prescribe a level that is accepted"],
        ),
        ("How often is the guide revised?", PRESCRIBES_NONE, []),
        ("How are reservations made?", "No reservations may be made to it.", ["No reservations may be made to it"]),
        ("How are fees charged?", "Fees may not be charged unless the keeper agrees.", []),  # tells when they are
        ("When do keepers inspect?", "Owners do not inspect.", []),  # somebody else
        ("Who identified the mark?", "The mark was not identified until 1901.", []),
    ],
)
def test_only_a_clause_on_the_same_subject_and_verb_denies(question: str, text: str, denied: list[str]) -> None:
    asked = read_question(question, collect_aliases((), {})).stems
    assert [text[start:end] for start, end in denying_clauses(asked, text)] == denied
