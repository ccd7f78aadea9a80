import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pincite.eval.bench import regression_gate
from pincite.eval.bench.regression_gate import Expectation, Expected, Finding, findings, measured, read_expected
from pincite.ingest.errors import BadInput


def test_the_shipped_run_holds() -> None:
    """The gate itself: what CI runs."""
    done = subprocess.run(
        [sys.executable, "-m", "pincite.eval.bench.regression_gate", "sample"],
        cwd=regression_gate.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(re.findall(r"sample +\S+ .* (?:held|better: raise it)\n", done.stdout)) >= 8


def test_the_file_holds_both_runs_with_measures_of_the_table() -> None:
    runs = {expected.name: expected for expected in read_expected()}
    assert set(runs) == {"sample", "shared"}
    for expected in runs.values():
        assert {"NuggetRecall", "CitationPrecision", "QuoteFidelity"} <= set(expected.measures)


def test_states() -> None:
    expected = Expectation(0.5, 0.1)
    assert Finding("x", expected, 0.39).state == "FELL"
    assert Finding("x", expected, 0.41).state == "held"
    assert Finding("x", expected, 0.61).state == "better: raise it"


def test_a_result_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    expected = Expected("any", ".", (), {"RR@10": Expectation(0.5, 0.1)})
    with pytest.raises(BadInput, match="cannot be read"):
        list(findings(expected, tmp_path))
    (tmp_path / "scores.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadInput, match="cannot be read as JSON"):
        list(findings(expected, tmp_path))
    (tmp_path / "scores.json").write_text(json.dumps({"measures": {"RR@10": {"value": None}}}), encoding="utf-8")
    with pytest.raises(BadInput, match=r"no value for RR@10, which any expects"):
        list(findings(expected, tmp_path))


def test_a_command_that_fails_is_an_error(tmp_path: Path) -> None:
    broken = Expected("any", ".", ("pincite eval no-such-gold.jsonl --index {index}",), {})
    with pytest.raises(BadInput, match=r"no-such-gold\.jsonl .* cannot be read"):
        measured(broken, tmp_path)
    with pytest.raises(BadInput, match="no command pinsight"):
        measured(Expected("any", ".", ("pinsight",), {}), tmp_path)


def test_what_is_not_here_is_skipped_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert regression_gate.holds(Expected("far", "no/such/folder", ("pincite",), {}))
    assert "far        skipped: no/such/folder is not here" in capsys.readouterr().out


def test_a_file_that_is_wrong_is_named_with_its_field(tmp_path: Path) -> None:
    file = tmp_path / "expected.toml"
    file.write_text('[[run]]\nname = "a"\nneeds = "."\ncommands = []\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"expected\.toml, field 0\.measures"):
        read_expected(file)
    file.write_text("[[run", encoding="utf-8")
    with pytest.raises(BadInput, match="is not TOML"):
        read_expected(file)
    with pytest.raises(BadInput, match="cannot be read"):
        read_expected(tmp_path / "none.toml")
