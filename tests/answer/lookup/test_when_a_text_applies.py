"""Questions for the date from which a text or a part of it applies."""

import pytest

from pincite.answer.lookup.effective_dates import titles_of_parts
from pincite.ingest.places.outline import OutlineNode
from support.families import Asking


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("When does the Pilotage Act enter into force?", "eu/pilotage.md", "applies from 1 January 2032"),
        ("Wann tritt das LotsG in Kraft?", "de/lotsg.md", "1. Juli 2019"),
        ("From which day does By-law 12-2020 apply?", "city/bylaw-12.md", "on the day of its passage"),
    ],
)
def test_the_clause_that_sets_the_date_answers(question: str, document: str, words: str, answer: Asking) -> None:
    given = answer(question)
    assert words in given.text
    assert [one.document for one in given.citations] == [document]
    assert len(given.text.split()) < 30


def test_a_question_for_a_date_of_something_else_is_searched(answer: Asking) -> None:
    assert "1 January 2032" not in answer("How often must a pilot report under the Pilotage Act?").text


def test_a_clause_that_begins_with_numbers_of_parts_is_about_their_titles() -> None:
    nodes = [OutlineNode(f"CHAPTER {number}", title, 0, 1) for number, title in (("I", "Scope"), ("V", "Models"))]
    assert list(titles_of_parts("(b) Chapters IV and V shall apply from 2 May 2027", nodes)) == ["Models"]
    assert list(titles_of_parts("An act under Chapter V shall apply from 2 May 2027", nodes)) == []
