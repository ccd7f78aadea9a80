"""The gold questions of the sample corpus: enough of them, of every kind, over every document."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pincite.eval.judging.gold import KINDS
from pincite.eval.judging.normalisation import normalise
from pincite.ingest.index.index import Index

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "sample.jsonl"
HARD = {"comparison", "multi-document", "temporal", "false-premise", "absent-document", "unanswerable"}


@pytest.fixture
def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def test_enough_questions_each_with_its_own_number(questions: list[dict[str, Any]]) -> None:
    assert len(questions) >= 60
    assert [question["id"] for question in questions] == [f"sample-{n:03d}" for n in range(1, len(questions) + 1)]
    assert len({normalise(question["question"]) for question in questions}) == len(questions)


def test_every_kind_and_a_third_of_them_hard(questions: list[dict[str, Any]]) -> None:
    kinds = Counter(question["kind"] for question in questions)
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 3
    assert sum(kinds[kind] for kind in HARD) * 3 >= len(questions)
    assert sum(not question["answerable"] for question in questions) >= 14


def test_quotes_are_neither_a_scrap_nor_a_page(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        for evidence in question["evidence"]:
            assert 6 <= len(normalise(evidence["quote"]).split()) <= 60, (question["id"], evidence["quote"])


def test_each_document_is_asked_about(questions: list[dict[str, Any]], sample: Index) -> None:
    asked = {evidence["document"] for question in questions for evidence in question["evidence"]}
    assert asked == {entry.path for entry in sample.entries}


def test_no_question_gives_its_answer_away(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        told = f" {normalise(question['question'])} "
        for wording in (wording for nugget in question["nuggets"] for wording in nugget["any_of"]):
            assert f" {normalise(wording)} " not in told, (question["id"], wording)
