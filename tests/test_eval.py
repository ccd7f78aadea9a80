from pathlib import Path

import pytest

from eval.gold import GoldEvidence, read_gold
from eval.measure import evidence_at, holds, reciprocal_rank
from ingest.errors import BadInput

EVIDENCE = GoldEvidence("a.md", "fines of up to EUR 7.5 million under Article 5(1)", None, None)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("They risk FINES of up to EUR 7.5\nmillion, under Article 5(1).", True),
        ("fines of up to EUR 7.5 million", True),  # inside the evidence, 25 characters or more
        ("EUR 7.5 million", False),  # inside it, but too short to tell
        ("fines of up to EUR 7.5 mil- lion under Article 5(1)", True),  # aligned
        ("rules on transparency of public registers and their upkeep", False),
    ],
)
def test_when_a_text_holds_evidence(text: str, held: bool) -> None:  # noqa: FBT001  a parameter of the table above
    assert holds(EVIDENCE, "a.md", text) is held
    assert not holds(EVIDENCE, "b.md", text)


def test_ranks_by_hand() -> None:
    ranked = [("b.md", EVIDENCE.quote), ("a.md", "nothing here"), ("a.md", EVIDENCE.quote)]
    assert not evidence_at([EVIDENCE], ranked, 2)
    assert evidence_at([EVIDENCE], ranked, 3)
    assert reciprocal_rank([EVIDENCE], ranked) == pytest.approx(1 / 3)
    assert reciprocal_rank([EVIDENCE], ranked[:2]) == 0


def test_gold_errors_name_file_line_and_field(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('\n{"id": "q1", "answerable": true}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"gold\.jsonl, line 2: the field 'question'"):
        read_gold(file)
    with pytest.raises(BadInput, match="cannot be read"):
        read_gold(tmp_path / "missing.jsonl")


def test_the_dev_questions_are_read(shared: Path) -> None:
    questions = read_gold(shared / "gold" / "dev.jsonl")
    assert len(questions) == 83
    assert (questions[0].id, questions[-1].id) == ("seed-001", "euus-089")
    assert sum(question.answerable for question in questions) == 67
