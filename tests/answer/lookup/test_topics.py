"""What one document says on a topic."""

import pytest

from pincite.answer.lookup.topics import cut_around
from pincite.answer.query.address.terms import asked_topic
from pincite.ingest.index.index import Index
from support.families import Asking


def places(answer: Asking, question: str, document: str | None = None) -> list[str | None]:
    return [one.pinpoint for one in answer(question, document).citations]


def test_all_places_of_a_topic_are_told(answer: Asking) -> None:
    assert places(answer, "What does A/RES/90/12 say about harbours?") == ["para. 1", "para. 2", "para. 3 (a)"]


def test_a_long_sentence_is_cut_around_the_topic(families: Index) -> None:
    text = "The keeper shall " + "gladly " * 40 + "help small vessels " + "and others " * 20
    shown = cut_around(families, text, families.lexical.words("small vessels"))
    assert shown.startswith("The keeper shall gladly")
    assert shown.endswith("gladly help small vessels …")
    assert len(shown.split()) <= 33


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Що резолюція каже про малі держави?", "малі держави"),
        ("Que dit le règlement sur les amendes ?", "les amendes"),
        ("Was sagt das Gesetz zu Fristen?", "Fristen"),
        ("What does Article 26 say?", ""),
    ],
)
def test_the_topic_is_read_in_all_languages(question: str, topic: str) -> None:
    assert asked_topic(question) == topic
