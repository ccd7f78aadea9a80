"""The gold questions of the sample corpus: number, kinds and documents."""

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


def test_there_are_enough_distinct_questions(questions: list[dict[str, Any]]) -> None:
    assert len(questions) >= 60
    assert [question["id"] for question in questions] == [f"sample-{n:03d}" for n in range(1, len(questions) + 1)]
    assert len({normalise(question["question"]) for question in questions}) == len(questions)


def test_all_kinds_occur_and_a_third_is_hard(questions: list[dict[str, Any]]) -> None:
    kinds = Counter(question["kind"] for question in questions)
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 3
    assert sum(kinds[kind] for kind in HARD) * 3 >= len(questions)
    assert sum(not question["answerable"] for question in questions) >= 14


def test_quotes_have_6_to_60_words(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        for evidence in question["evidence"]:
            assert 6 <= len(normalise(evidence["quote"]).split()) <= 60, (question["id"], evidence["quote"])


def test_each_document_is_evidence_of_a_question(questions: list[dict[str, Any]], sample: Index) -> None:
    asked = {evidence["document"] for question in questions for evidence in question["evidence"]}
    assert asked == {entry.path for entry in sample.entries}


def test_no_question_contains_its_answer(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        asked = f" {normalise(question['question'])} "
        for wording in (wording for nugget in question["nuggets"] for wording in nugget["any_of"]):
            assert f" {normalise(wording)} " not in asked, (question["id"], wording)
