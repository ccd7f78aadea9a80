import json
import sys
from pathlib import Path

import pytest

from pincite.cli import main
from support.command import Run, one_sentence

TEXT = "The Facility shall publish, no later than 31 March, a report on energy."
CLAIMS = [
    {"id": "a", "claim": "The Facility must publish a report on energy by 31 March.", "text": TEXT},
    {"id": 2, "claim": "The Facility may publish a report on energy by 30 March.", "text": TEXT, "label": "ignored"},
    {"id": "c", "claim": "", "text": ""},
]


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(claim) + "\n\n" for claim in CLAIMS), encoding="utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> Run:
    monkeypatch.setattr(sys, "argv", ["pincite", "verify", *words])
    with pytest.raises(SystemExit) as stop:
        main.main()
    captured = capsys.readouterr()
    return Run(int(stop.value.code or 0), captured.out, captured.err)


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_each_claim_gets_one_line(
    option: list[str], claims: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = run(monkeypatch, capsys, str(claims), *option)
    records = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, done.err) == (0, "")
    assert [list(record) for record in records] == [["id", "support", "score", "reasons"]] * 3
    found = [(record["id"], record["support"]) for record in records]
    assert found == [("a", "supported"), (2, "unsupported"), ("c", "unsupported")]
    assert records[0]["reasons"] == []
    assert any("30 March" in reason for reason in records[1]["reasons"])


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("{", "line 7"),
        ('{"id": "d", "claim": "x"}', "line 7, field text"),
        ('{"id": "d", "claim": 5, "text": "x"}', "line 7, field claim"),
        ("[]", "line 7"),
    ],
)
def test_a_bad_line_is_reported_and_nothing_is_printed(
    line: str, place: str, claims: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    claims.write_text(claims.read_text(encoding="utf-8") + line, encoding="utf-8")
    done = run(monkeypatch, capsys, str(claims))
    assert one_sentence(done)
    assert f"claims.jsonl, {place}" in done.err


def test_files_without_claims_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    for name in ("empty.jsonl", "latin.jsonl", "none.jsonl"):
        assert one_sentence(run(monkeypatch, capsys, str(tmp_path / name)))


def test_help_has_an_example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Example: pincite verify" in run(monkeypatch, capsys, "--help").out
