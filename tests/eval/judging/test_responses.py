"""What counts as an answer: the field `abstained` and the answer decide, not sentences written for the reader."""

import json
from pathlib import Path

from pincite.answer.answerability.abstain import NOT_IN_CORPUS
from pincite.eval.judging.responses import RESPONSE, read_responses
from support.judged import answer, gold, judged


def test_only_the_field_makes_an_abstention() -> None:
    worded_like_one = RESPONSE.validate_python({"id": "q1", "answer": NOT_IN_CORPUS})
    assert worded_like_one.is_attempt
    assert not worded_like_one.is_abstention
    assert RESPONSE.validate_python({"id": "q1", "answer": "No.", "abstained": True}).is_abstention


def test_reason_and_notes_are_not_judged() -> None:
    verdict = judged(gold(), answer(text="Nobody knows.", reason="EUR 7.5 million", notes=["See Article 5(1)."]))
    assert verdict.stated_nuggets == ()
    assert verdict.words == 2


def test_other_systems_need_only_id_and_answer(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps({"id": "q1", "answer": "EUR 7.5 million.", "model": "theirs"}) + "\n", encoding="utf-8")
    assert read_responses(file)["q1"].citations == ()
