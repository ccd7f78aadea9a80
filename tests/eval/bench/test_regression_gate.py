import json
import subprocess
import sys
from pathlib import Path

import pytest

from pincite.eval.bench.paths import SAMPLE_GOLD
from pincite.eval.bench.regression_gate import (
    ExpectedRun,
    ExpectedValue,
    GateResult,
    check_run,
    compare_scores,
    measure,
    read_expected,
)
from pincite.ingest.errors import BadInput
from support.command import Pincite


def test_no_measure_of_the_sample_fell(sample_run: Path, pincite: Pincite) -> None:
    """The check of `make eval`, over the index and the run that other tests use, too."""
    [sample] = [expected for expected in read_expected() if expected.name == "sample"]
    assert [command.split()[:2] for command in sample.commands] == [["pincite", "ingest"], *[["pincite", "eval"]] * 2]
    assert pincite("eval", "check", str(SAMPLE_GOLD)).code == 0
    results = list(compare_scores(sample, sample_run))
    assert len(results) >= 8
    assert [one for one in results if one.fell] == []


def test_the_gate_runs_its_commands_and_fails_if_a_measure_fell(tmp_path: Path, sample_folder: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(SAMPLE_GOLD.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    file = tmp_path / "expected.toml"
    command = f"pincite eval {few} --index {sample_folder} --out {{run}}"
    run = f'name = "few"\nneeds = "corpus"\ncommands = ["{command}"]\n'
    values = "QuoteFidelity = { value = 1.0, tolerance = 0.0 }\nAnswerWords = { value = 9999, tolerance = 1 }"
    file.write_text(f"[[run]]\n{run}[run.measures]\n{values}\n", encoding="utf-8")
    gate = [sys.executable, "-m", "pincite.eval.bench.regression_gate", "few", "--expected", str(file)]
    done = subprocess.run(gate, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    fidelity, words = done.stdout.splitlines()
    assert fidelity.split() == ["few", "QuoteFidelity", "1.000", "expected", "1.000", "±", "0.000", "ok"]
    assert words.endswith("  FELL")


def test_the_file_has_both_runs_with_the_main_measures() -> None:
    runs = {expected.name: expected for expected in read_expected()}
    assert set(runs) == {"sample", "shared"}
    for expected in runs.values():
        assert {"NuggetRecall", "CitationPrecision", "QuoteFidelity"} <= set(expected.measures)


def test_results_in_words() -> None:
    expected = ExpectedValue(0.5, 0.1)
    assert GateResult("x", expected, 0.39).state == "FELL"
    assert GateResult("x", expected, 0.41).state == "ok"
    assert GateResult("x", expected, 0.61).state == "better: raise the expected value"


def test_an_unreadable_result_is_an_error(tmp_path: Path) -> None:
    expected = ExpectedRun("any", ".", (), {"RR@10": ExpectedValue(0.5, 0.1)})
    with pytest.raises(BadInput, match="cannot be read"):
        list(compare_scores(expected, tmp_path))
    (tmp_path / "scores.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadInput, match="cannot be read as JSON"):
        list(compare_scores(expected, tmp_path))
    (tmp_path / "scores.json").write_text(json.dumps({"measures": {"RR@10": {"value": None}}}), encoding="utf-8")
    with pytest.raises(BadInput, match=r"no value for RR@10, which any expects"):
        list(compare_scores(expected, tmp_path))


def test_a_failing_command_is_an_error(tmp_path: Path) -> None:
    broken = ExpectedRun("any", ".", ("pincite eval no-such-gold.jsonl --index {index}",), {})
    with pytest.raises(BadInput, match=r"no-such-gold\.jsonl .* cannot be read"):
        measure(broken, tmp_path)
    with pytest.raises(BadInput, match="no command pinsight"):
        measure(ExpectedRun("any", ".", ("pinsight",), {}), tmp_path)


def test_a_run_without_its_documents_is_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_run(ExpectedRun("far", "no/such/folder", ("pincite",), {}))
    assert "far        skipped: no/such/folder is missing" in capsys.readouterr().out


def test_a_wrong_file_is_named_with_its_field(tmp_path: Path) -> None:
    file = tmp_path / "expected.toml"
    file.write_text('[[run]]\nname = "a"\nneeds = "."\ncommands = []\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"expected\.toml, field 0\.measures"):
        read_expected(file)
    file.write_text("[[run", encoding="utf-8")
    with pytest.raises(BadInput, match="is not TOML"):
        read_expected(file)
    with pytest.raises(BadInput, match="cannot be read"):
        read_expected(tmp_path / "none.toml")
