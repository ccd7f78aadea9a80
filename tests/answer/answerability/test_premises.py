import pytest

from pincite.answer.answerability.premises import denial, missing_parties, only_preamble
from pincite.answer.query.aliases import collect_aliases
from pincite.answer.query.question import Question, read_question

PRESCRIBES_NONE = "The guide ranks risks; it does not prescribe a level that is accepted. It is revised yearly."
DISCOURAGED = "Agencies are discouraged from imposing bans"


def asked(text: str) -> Question:
    return read_question(text, collect_aliases((), {}))


@pytest.mark.parametrize(
    ("question", "quote", "refused"),
    [
        ("What level does the guide prescribe?", PRESCRIBES_NONE, "it does not prescribe a level that is accepted"),
        ("Does the guide prescribe a level?", PRESCRIBES_NONE, None),
        ("What does the guide not prescribe?", PRESCRIBES_NONE, None),
        ("How often is the guide revised?", PRESCRIBES_NONE, None),
        ("Where did it impose the ban?", DISCOURAGED, DISCOURAGED),
        ("From when was it binding?", "The code is not binding on members.", "The code is not binding on members"),
        ("How is use measured?", "Booking is not use.", None),
        ("In which votes does it take part?", "It attends, without taking part.", "It attends, without taking part"),
        ("How many votes does it cast?", "It votes without delay.", None),
        ("Which permit must a lab obtain?", "The framework is voluntary.", "The framework is voluntary"),
        ("What does the framework ask of a lab?", "The framework is voluntary.", None),
    ],
)
def test_the_clause_denying_a_premise_is_found(question: str, quote: str, refused: str | None) -> None:
    assert denial(asked(question), quote) == refused


@pytest.mark.parametrize(
    ("question", "quote", "missing"),
    [
        ("Which countries declined to sign?", "Signed by all but Kenya and the Republic of Korea.", None),
        ("Which countries declined to sign?", "Each State may decline to sign.", "the countries"),
        ("Which States voted against?", "Adopted by 33 votes to none, in Kenya.", "the countries"),
        ("Which States may accede?", "Any State may accede.", None),
        ("Which manufacturer made the machines?", "The machines cost USD 22,000; States paid.", "the names"),
        ("Which manufacturer made the machines?", "All came from Kestrel Works in June.", None),
        ("Which four countries abstained?", "Only Kenya abstained.", "the countries"),
        ("Which four countries abstained?", "Chile, Ghana and Kenya abstained.", None),
        ("Name the eight companies that will run it.", "Kestrel Works and Orlo Systems will run it.", "the names"),
        ("What is the name of the private employer?", "The team went to one private employer.", "the names"),
        ("What ceiling for firms did the session set?", "A ceiling of 15 per cent.", None),
        ("What are governments asked to do?", "Governments are asked to report.", None),
    ],
)
def test_names_asked_for_must_be_in_the_quotes(question: str, quote: str, missing: str | None) -> None:
    assert missing_parties(asked(question), [quote]) == missing


@pytest.mark.parametrize(
    ("question", "pinpoints", "only"),
    [
        ("Which operative paragraph says so?", ['preamble, second paragraph ("Recalling")'], True),
        ("Which operative paragraph says so?", ["preamble", "para. 6"], False),
        ("Which paragraph says so?", ["preamble"], False),
        ("Which operative paragraph says so?", [], False),
    ],
)
def test_a_preamble_is_not_an_operative_paragraph(question: str, pinpoints: list[str], *, only: bool) -> None:
    assert only_preamble(asked(question), pinpoints) == only
