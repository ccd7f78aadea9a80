"""Questions about one document as a whole, named or chosen: its date, its issuer, its main points."""

import pytest

from support.families import Asking


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("When was A/RES/90/12 adopted?", "un/res-90-12.md", "4 December 2035"),
        ("Wann wurde LotsG beschlossen?", "de/lotsg.md", "1 March 2019"),
        ("when was By-law 12-2020 passed", "city/bylaw-12.md", "14 September 2020"),
        ("Who issued Executive Order 20001?", "us/order-20001.md", "The White House"),
    ],
)
def test_the_masthead_answers(question: str, document: str, words: str, answer: Asking) -> None:
    given = answer(question)
    assert words in given.text
    assert [one.document for one in given.citations] == [document]


def test_a_chosen_document_is_meant(answer: Asking) -> None:
    assert "30 June 1999" in answer("when was it adopted?", "treaty/*").text


def test_a_question_on_something_else_is_searched(answer: Asking) -> None:
    assert answer("When was the log of A/RES/90/12 adopted?").confidence < 1
    assert answer("when was it adopted?").confidence < 1  # which of all documents?


def test_a_resolution_is_summed_up_by_its_paragraphs(answer: Asking) -> None:
    lines = answer("summarise this document", "un/*").text.splitlines()
    assert lines[1:3] == [
        "2. Decides to proclaim a year of harbours in 2037; [2]",
        "3. Requests the Secretary-General: [3]",
    ]
    assert len(lines) == 4


def test_a_law_is_summed_up_by_its_parts(answer: Asking) -> None:
    text = answer("What are the main points of the Pilotage Act?").text
    assert text.splitlines() == [
        "CHAPTER I: General provisions (Article 1 to Article 2) [1]",
        "CHAPTER II: Duties (Article 3 to Article 4) [2]",
    ]
    german = answer("Überblick über LotsG").text.splitlines()
    assert german[1:] == ["§ 2: Pflichten der Lotsen [2]", "§ 3: Inkrafttreten [3]"]
    assert answer("main points of By-law 12-2020").text.splitlines()[1] == "section 2: General prohibitions [2]"


def test_a_report_is_summed_up_by_its_own_summary(answer: Asking) -> None:
    given = answer("main points?", "reports/*")
    assert given.text.endswith("The others will follow by 2036. [1]")
    assert [one.pinpoint for one in given.citations] == ["Summary"]
