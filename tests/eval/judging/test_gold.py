import json
from pathlib import Path
from typing import Any

import pytest

from pincite.eval.judging.gold import KINDS, read_gold
from pincite.ingest.errors import BadInput

GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "When?",
    "answerable": True,
    "kind": "date",
    "nuggets": [{"any_of": ["2024"]}],
    "evidence": [{"document": "a.md", "quote": "It was founded in the year 2024."}],
}


def written(folder: Path, *lines: str) -> Path:
    file = folder / "gold.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_missing_fields_have_defaults(tmp_path: Path) -> None:
    [question] = read_gold(written(tmp_path, "\ufeff" + json.dumps(GOOD), ""))
    assert question.language == "en"
    assert question.nuggets[0].vital
    assert question.evidence[0].page is None
    assert len(KINDS) == 14


def test_a_unicode_line_separator_does_not_end_a_line(tmp_path: Path) -> None:
    line = json.dumps(GOOD | {"question": "When\u2028and where?"}, ensure_ascii=False)
    assert read_gold(written(tmp_path, line))[0].question == "When\u2028and where?"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"question": None}, "field question: input should be a valid string"),
        ({"answerable": "yes"}, "field answerable: input should be a valid boolean"),
        ({"kind": "riddle"}, "field kind: input should be 'fact'"),
        ({"nuggets": [{"any_of": []}]}, r"field nuggets\.0\.any_of: tuple should have at least 1"),
        ({"nuggets": [{"any_of": ["§"]}]}, r"field nuggets\.0\.any_of\.0: needs at least one letter"),
        ({"nuggets": [{"any_of": ["x"], "vital": False}]}, "nuggets: an answerable question needs at least one"),
        ({"evidence": []}, "evidence: an answerable question needs"),
        ({"evidence": [{"document": "a.md"}]}, r"field evidence\.0\.quote: field required"),
        ({"evidence": [{"document": "a.md", "quote": "x", "page": "3"}]}, r"field evidence\.0\.page"),
    ],
)
def test_errors_name_file_line_and_field(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    file = written(tmp_path, json.dumps(GOOD), json.dumps(GOOD | {"id": "q2"} | change))
    with pytest.raises(BadInput, match=rf"gold\.jsonl, line 2.*{message}"):
        read_gold(file)


def test_unusable_files_are_reported_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_gold(tmp_path / "missing.jsonl")
    with pytest.raises(BadInput, match="line 1: invalid JSON"):
        read_gold(written(tmp_path, "not json"))
    with pytest.raises(BadInput, match="no questions found"):
        read_gold(written(tmp_path, ""))
    with pytest.raises(BadInput, match="more than one question has the id q1"):
        read_gold(written(tmp_path, json.dumps(GOOD), json.dumps(GOOD)))
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "caf\xe9"}')
    with pytest.raises(BadInput, match="not UTF-8"):
        read_gold(tmp_path / "latin.jsonl")


def test_the_dev_questions_are_read(shared: Path) -> None:
    questions = read_gold(shared / "gold" / "dev.jsonl")
    assert len(questions) == 83
    assert (questions[0].id, questions[-1].id) == ("seed-001", "euus-089")
    assert sum(question.answerable for question in questions) == 67
