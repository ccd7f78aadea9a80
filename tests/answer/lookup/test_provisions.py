"""Provisions looked up by their citation, in six families of documents."""

import pytest

from pincite.ingest.index.index import Index
from support.families import Asking


@pytest.mark.parametrize(
    ("question", "document", "pinpoint", "ends"),
    [
        (
            "What does Article 2 of the Pilotage Act say",
            "eu/pilotage.md",
            "Article 2",
            ("Prohibited", "emergency."),
        ),
        (
            "Article 2(1)(c), Regulation (EU) 2031/77",
            "eu/pilotage.md",
            "Article 2(1)(c)",
            ("(c) anchoring", "berth."),
        ),
        ("para 3(b) of A/RES/90/12", "un/res-90-12.md", "para. 3 (b)", ("(b) to advise", "pilotage;")),
        ("Show me the text of paragraph 3 of resolution 90/12", "un/res-90-12.md", "para. 3", ("3. ", "session;")),
        ("sec. 3(b) of Executive Order 20001", "us/order-20001.md", "Sec. 3(b)", ("(b) Within 180", "repair.")),
        ("Was steht in § 2 LotsG?", "de/lotsg.md", "§ 2", ("§ 2 Pflichten", "alle Durchfahrten.")),
        ("§ 2 Abs. 1 LotsG", "de/lotsg.md", "§ 2(1)", ("(1) Der Lotse", "Durchfahrt.")),
        ("Article 4, Convention on the Lighting of Coasts", "treaty/lights.md", "Article 4", ("Article 4", "year.")),
        ("section 2.1 of By-law 12-2020", "city/bylaw-12.md", "section 2.1", ("2.1 No person", "6 a.m.")),
    ],
)
def test_a_provision_is_quoted_whole(
    question: str, document: str, pinpoint: str, ends: tuple[str, str], answer: Asking, families: Index
) -> None:
    given = answer(question)
    (citation,) = given.citations
    assert (citation.document, citation.pinpoint) == (document, pinpoint)
    assert citation.quote.startswith(ends[0])
    assert citation.quote.endswith(ends[1])
    assert families.document(document).text[citation.start : citation.end] == citation.quote
    assert given.evidence[0].passage.document == document


def test_points_stand_on_lines_of_their_own(answer: Asking) -> None:
    text = answer("What does Article 2 of the Pilotage Act say?").text
    assert text.startswith("Prohibited manoeuvres\n1. The following")
    assert "\n(b) passing another vessel between the moles;\n" in text


def test_the_place_is_said_once_in_the_reference(answer: Asking) -> None:
    assert answer("section 2.1 of By-law 12-2020").text.startswith("No person")
    assert answer("para 3(b) of A/RES/90/12").text.startswith("to advise")


def test_several_documents_with_a_provision_are_named_and_the_reader_is_asked(answer: Asking) -> None:
    given = answer("What does Article 3 say?")
    assert [(one.document, one.pinpoint) for one in given.citations] == [
        ("eu/pilotage.md", "Article 3"),
        ("treaty/lights.md", "Article 3"),
    ]
    assert "Obligations of pilots" in given.text
    assert "hours" not in given.text
    assert given.notes[0].startswith("2 documents have Article 3: name")


def test_a_chosen_document_is_the_one_that_is_meant(answer: Asking) -> None:
    given = answer("What does Article 3 say?", "treaty/*")
    assert [one.document for one in given.citations] == ["treaty/lights.md"]
    assert given.text.endswith("a light that fails. [1]")


@pytest.mark.parametrize(
    "question", ["What does Article 3 of the Pilotage Act say about logs?", "Who changed Article 3?"]
)
def test_a_question_that_asks_for_more_is_searched(question: str, answer: Asking) -> None:
    assert answer(question).confidence < 1


def test_a_provision_that_is_not_there_is_not_made_up(answer: Asking) -> None:
    given = answer("What does Article 9 of the Pilotage Act say?")
    assert given.abstained
    assert "Article 9" in (given.reason or "")


def test_a_long_provision_is_begun_and_the_rest_counted(answer: Asking) -> None:
    given = answer("What does Article 1 of the Berths Act say?")
    assert given.text.endswith("berths. [1]")
    assert given.text.startswith("Rules for single berths\n1. The keeper of berth 1 shall")
    assert given.notes[0] == "Article 1 goes on: 31 more paragraphs."
    whole = answer("What does Article 1 of the Berths Act say?", whole=True)
    assert (given.more, whole.more) == (31, 0)
    assert whole.notes == ()
    assert whole.text.count("\n") == 40  # a title and forty paragraphs
