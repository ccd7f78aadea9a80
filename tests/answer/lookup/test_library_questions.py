"""Questions about the library: which documents, how many, the latest, what mentions a word."""

from datetime import date

import pytest

from pincite.answer.query.aliases import collect_aliases
from pincite.answer.query.question import read_question
from support.families import Asking


def documents(answer: Asking, question: str) -> list[str]:
    return [one.document for one in answer(question).citations]


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        ("latest executive order", ["us/order-20050.md", "us/order-20001.md"]),
        ("oldest document", ["treaty/lights.md", "de/lotsg.md", "city/bylaw-12.md"]),
        ("List all documents by the White House", ["us/order-20050.md", "us/order-20001.md"]),
        ("Which documents mention ferry?", ["eu/pilotage.md"]),
        ("which texts mention a horn at a berth?", ["city/bylaw-12.md"]),
        ("all reports", ["reports/lanterns.md"]),
        ("Which resolutions are in the library?", ["un/res-90-12.md"]),
        ("What is new since January 2035?", ["us/order-20050.md", "un/res-90-12.md"]),
    ],
)
def test_documents_are_listed(question: str, paths: list[str], answer: Asking) -> None:
    assert documents(answer, question) == paths


def test_documents_are_counted(answer: Asking) -> None:
    assert answer("How many documents are there?").text.startswith("9 documents (7 laws, ")
    assert answer("How many resolutions are in the library?").text.startswith(
        "1 document:\n- Safe harbours for all (A/RES"
    )


def test_a_revoked_document_is_marked(answer: Asking) -> None:
    lines = answer("latest executive order").text.splitlines()
    assert lines[0] == "2 documents, newest first:"
    assert "revoked: see Executive Order 20050 (20 January 2036)" in lines[2]
    assert "revoked" not in lines[1]


def test_the_sentence_that_mentions_a_word_is_cited(answer: Asking) -> None:
    (citation,) = answer("Which documents mention ferry?").citations
    assert "ferry berth" in citation.quote


def test_a_month_without_a_year_is_the_last_one() -> None:
    read = read_question("What is new since May?", collect_aliases((), {}), date(2036, 3, 1))
    assert read.period.after == "2035-05-01"


@pytest.mark.parametrize(
    "question", ["What does the latest order say about lighthouses?", "Which manoeuvres are prohibited?", "new duties"]
)
def test_other_questions_are_not_about_the_library(question: str) -> None:
    assert read_question(question, collect_aliases((), {})).address.library is None
