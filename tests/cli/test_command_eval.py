import json
import shutil
from pathlib import Path

import pytest

from support.command import Pincite, one_sentence

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "sample.jsonl"


@pytest.fixture
def few(tmp_path: Path) -> str:
    """A file with the first questions of the sample gold."""
    lines = GOLD.read_text(encoding="utf-8").split("\n")[:6]
    file = tmp_path / "few.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def test_gold_is_enough_for_a_run(pincite: Pincite, few: str, tmp_path: Path) -> None:
    run = pincite("eval", few, "--out", str(tmp_path / "run"), "--json")
    assert run.code == 0, run.err
    record = json.loads(run.out)
    assert (record["schema"], record["questions"]) == (1, 6)
    assert record["measures"]["QuoteFidelity"]["value"] == 1
    assert json.loads((tmp_path / "run" / "scores.json").read_text(encoding="utf-8"))["measures"] == record["measures"]


def test_the_output_for_people(pincite: Pincite, few: str, tmp_path: Path) -> None:
    run = pincite("eval", few, "--out", str(tmp_path / "run"))
    assert "NuggetRecall" in run.out
    assert "6 questions: " in run.out
    assert str(tmp_path / "run" / "report.html") in run.out.replace("\n", "")


def test_check_fails_for_a_missing_quote(pincite: Pincite, few: str, tmp_path: Path) -> None:
    good = pincite("eval", "check", few)
    assert (good.code, "6 questions" in good.out) == (0, True)
    question = json.loads(Path(few).read_text(encoding="utf-8").split("\n")[0])
    question["evidence"][0]["quote"] = "Cod may be caught in the North Sea by anybody"
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(json.dumps(question), encoding="utf-8")
    bad = pincite("eval", "check", str(wrong), "--json")
    assert bad.code == 1
    assert json.loads(bad.out)["errors"] == 1


def part_of(run: Path, folder: Path, count: int) -> Path:
    """A copy of a run with its first questions only."""
    folder.mkdir()
    for file in run.iterdir():
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = lines[:count] if file.suffix == ".jsonl" else lines
        (folder / file.name).write_text("".join(kept), encoding="utf-8")
    return folder


def without_facts(run: Path, folder: Path) -> Path:
    """A copy of a run in which no answer states or cites anything."""
    shutil.copytree(run, folder)
    lines = [json.loads(line) for line in (run / "answers.jsonl").read_text(encoding="utf-8").split("\n") if line]
    emptied = [line | {"answer": "Nobody knows.", "citations": []} for line in lines]
    (folder / "answers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in emptied), encoding="utf-8")
    return folder


def test_compare_exits_with_1_if_a_named_measure_fell(pincite: Pincite, sample_run: Path, tmp_path: Path) -> None:
    first = part_of(sample_run, tmp_path / "first", 20)
    second = without_facts(first, tmp_path / "second")
    page = tmp_path / "page.html"
    run = pincite("eval", "compare", str(first), str(second), "--out", str(page))
    assert run.code == 0
    assert "fell" in run.out
    assert "NuggetRecall" in page.read_text(encoding="utf-8")
    failing = ("compare", str(first), str(second), "--fail-on", "RR@10, NuggetRecall", "--json")
    run = pincite("eval", *failing)
    assert run.code == 1
    assert json.loads(run.out)["fell"] == ["NuggetRecall"]
    run = pincite("eval", "compare", str(first), str(second), "--fail-on", "Beauty")
    assert one_sentence(run)
    again = pincite("eval", "score", str(second), "--json")
    assert json.loads(again.out)["measures"]["NuggetRecall"]["value"] == 0


def test_mistakes_are_reported_in_one_sentence(pincite: Pincite, few: str, tmp_path: Path) -> None:
    assert one_sentence(pincite("eval", "no-such.jsonl", "--out", str(tmp_path / "run")))
    assert one_sentence(pincite("eval", few, "--answers", few, "--llm", "ollama:x", "--out", str(tmp_path / "run")))
    assert one_sentence(pincite("eval", few, "--index", str(tmp_path / "none"), "--out", str(tmp_path / "run")))
