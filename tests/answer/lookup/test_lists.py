"""Lists looked up by the words that announce them and the titles above them, in several families of documents."""

import pytest

from support.families import Asking


@pytest.mark.parametrize(
    ("question", "document", "pinpoint", "last"),
    [
        ("Which manoeuvres are prohibited?", "eu/pilotage.md", "Article 2(1)", "in front of the ferry berth."),
        ("obligations of pilots", "eu/pilotage.md", "Article 3", "more than ten hours without rest."),
        ("What are the obligations of the Parties?", "treaty/lights.md", "Article 3", "of a light that fails."),
        (
            "What does the resolution request the Secretary-General to do?",
            "un/res-90-12.md",
            "para. 3",
            "ninety-second session;",
        ),
        ("Pflichten der Lotsen", "de/lotsg.md", "§ 2", "Tagebuch über alle Durchfahrten."),
        ("What must an application for an exemption include?", "city/bylaw-12.md", "section 3.1", "be granted."),
    ],
)
def test_a_list_is_given_whole(question: str, document: str, pinpoint: str, last: str, answer: Asking) -> None:
    citations = answer(question).citations
    assert {citation.document for citation in citations} == {document}
    assert all((citation.pinpoint or "").startswith(pinpoint) for citation in citations)
    assert len({citation.pinpoint for citation in citations}) in {1, len(citations)}
    assert citations[-1].quote.endswith(last)


def test_each_item_is_on_a_line_of_its_own_with_its_points_and_its_place(answer: Asking) -> None:
    lines = answer("Which manoeuvres are prohibited?").text.splitlines()
    assert lines[1:] == [
        "(a) turning in the narrows; [1]",
        "(b) passing another vessel between the moles; [2]",
        "(c) anchoring in the channel: (i) at night, without lights; (ii) at any time, in front of the ferry "
        "berth. [3]",
    ]


def test_of_a_long_list_the_first_items_are_shown_and_all_on_request(answer: Asking) -> None:
    given = answer("rules for single berths")
    assert len(given.text.splitlines()) == 15
    assert given.notes[0] == "15 of 40 items are shown."
    whole = answer("rules for single berths", whole=True)
    assert len(whole.text.splitlines()) == 40
    assert (given.more, whole.more) == (25, 0)


@pytest.mark.parametrize(
    "question", ["fees for prohibited manoeuvres", "When are manoeuvres prohibited?", "What are the fines of pilots?"]
)
def test_a_list_of_something_else_is_no_answer(question: str, answer: Asking) -> None:
    assert answer(question).confidence < 1


def test_a_list_does_not_stand_in_for_a_text_that_the_library_lacks(answer: Asking) -> None:
    given = answer("What are the obligations of pilots under the Tugboat Convention?")
    assert given.abstained
    assert "Tugboat Convention" in (given.reason or "")
