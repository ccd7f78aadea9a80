"""Definitions looked up in the index of definitions, in several families of documents and languages."""

import pytest

from support.families import Asking


@pytest.mark.parametrize(
    ("question", "document", "quote"),
    [
        ("What is a pilot under the Pilotage Act?", "eu/pilotage.md", "(a) ‘pilot’ means a person who"),
        ("define harbour master", "eu/pilotage.md", "(b) ‘harbour master’ means the officer"),
        ("What counts as a lighthouse?", "us/order-20001.md", "(a) The term “lighthouse” means a tower"),
        ("Was ist ein Lotse?", "de/lotsg.md", "(1) „Lotse“ bezeichnet eine Person"),
        ("How does the Convention on the Lighting of Coasts define coast?", "treaty/lights.md", "For the purposes of"),
        ("Meaning of “noise” in the by-law?", "city/bylaw-12.md", "1.2 “noise” means any sound"),
        ("In the by-law, what is a quay?", "city/bylaw-12.md", "1.1 “quay” means a wall"),
    ],
)
def test_a_definition_is_quoted(question: str, document: str, quote: str, answer: Asking) -> None:
    (citation,) = answer(question).citations
    assert citation.document == document
    assert citation.quote.startswith(quote)


def test_the_points_of_a_definition_belong_to_it(answer: Asking) -> None:
    given = answer("What is a pilot under the Pilotage Act?")
    assert given.text.endswith("including:\n(i) a deputy;\n(ii) a trainee under supervision; [1]")


def test_documents_that_define_a_term_stand_side_by_side_those_revoked_last(answer: Asking) -> None:
    given = answer("What is a pilot?")
    assert [one.document for one in given.citations] == ["eu/pilotage.md", "us/order-20001.md"]


def test_a_chosen_document_defines_alone(answer: Asking) -> None:
    assert [one.document for one in answer("What is a pilot?", "us/*").citations] == ["us/order-20001.md"]


@pytest.mark.parametrize("question", ["What is a gull?", "What are the wages of a pilot?", "Who is bound?"])
def test_what_is_not_defined_is_searched(question: str, answer: Asking) -> None:
    assert answer(question).confidence < 1
