"""Comparisons of terms and of documents, and questions that a provision decides with yes or no."""

import pytest

from pincite.answer.lookup.comparisons import only_document_of
from pincite.answer.query.address.comparison import aspect_of, compared_terms
from pincite.answer.query.aliases import collect_aliases
from pincite.ingest.index.index import Index
from support.families import Asking


def cited(answer: Asking, question: str) -> list[tuple[str, str | None]]:
    return [(one.document, one.pinpoint) for one in answer(question).citations]


def test_the_documents_compared_and_a_provision_asked_for_are_named_in_front(answer: Asking) -> None:
    lines = answer("Compare the definition of a pilot in the Pilotage Act and in Executive Order 20001").text.split(
        "\n"
    )
    assert lines[0].startswith("Regulation (EU) 2031/77 (2 April 2031): ‘pilot’ means")
    assert lines[-1].startswith("Executive Order 20001 (6 May 2033): The term “pilot” means")
    assert answer("Which article prohibits turning in the narrows?").text.startswith(
        "Regulation (EU) 2031/77 (2 April 2031), Article 2(1)(a): "
    )
    assert answer("Which manoeuvres are prohibited, and in which article?").text.startswith("Article 2(1): ")


def test_two_terms_are_compared_by_their_definitions(answer: Asking) -> None:
    found = cited(answer, "What is the difference between a pilot and a harbour master?")
    assert found == [("eu/pilotage.md", "Article 1(a)"), ("eu/pilotage.md", "Article 1(b)")]


def test_documents_are_compared_by_their_definitions(answer: Asking) -> None:
    found = cited(answer, "Compare the definition of a pilot in the Pilotage Act and in Executive Order 20001")
    assert found == [("eu/pilotage.md", "Article 1(a)"), ("us/order-20001.md", "Sec. 2(b)")]


def test_an_issuer_with_one_document_stands_for_it(families: Index) -> None:
    entries = families.entries
    assert [one.path for one in only_document_of("Town of Eastmole", entries, entries)] == ["city/bylaw-12.md"]
    assert only_document_of("European Union", entries, entries) == []  # it has two


def test_the_issuer_may_be_named_in_place_of_its_document(answer: Asking) -> None:
    found = cited(answer, "Compare the Council of Coasts' and the by-law 12-2020's definition of a coast")
    assert ("treaty/lights.md", "Article 2") in found


def test_each_document_is_searched_by_itself(answer: Asking) -> None:
    found = cited(answer, "How do A/RES/90/12 and CC 14 differ on the duty to repair lights within a week?")
    assert "treaty/lights.md" in [document for document, _ in found]


def test_a_side_that_says_nothing_is_told(answer: Asking) -> None:
    given = answer("How do By-law 12-2020 and CC 14 differ on the notice of one year for withdrawal?")
    assert [one.document for one in given.citations] == ["treaty/lights.md"]
    assert any(note.startswith("Nothing on this was found in By-law 12-2020") for note in given.notes)


def test_what_is_compared_is_read_without_names() -> None:
    names = collect_aliases((), {})
    assert aspect_of("Compare the fees for berths, and how they differ.", (), (), names) == "fees for berths"
    assert compared_terms("provider versus deployer") == ("provider", "deployer")


def test_a_point_and_its_announcement_are_quoted_alone_on_two_lines(answer: Asking) -> None:
    lines = ["1. The following manoeuvres are prohibited:", "(a) turning in the narrows; [1][2]"]
    assert answer("Is turning in the narrows prohibited?").text.splitlines() == lines
    assert answer("Must a Party repair a broken light?").text.splitlines()[0].endswith(": …")


@pytest.mark.parametrize(
    ("question", "document", "pinpoints"),
    [
        ("Is turning in the narrows prohibited?", "eu/pilotage.md", ["Article 2(1)", "Article 2(1)(a)"]),
        ("Must a Party repair a broken light?", "treaty/lights.md", ["Article 3", "Article 3(b)"]),
        ("May a horn be sounded at a berth?", "city/bylaw-12.md", ["section 2.2"]),
    ],
)
def test_a_point_decides_together_with_its_announcement(
    question: str, document: str, pinpoints: list[str], answer: Asking
) -> None:
    assert cited(answer, question) == [(document, pinpoint) for pinpoint in pinpoints]
