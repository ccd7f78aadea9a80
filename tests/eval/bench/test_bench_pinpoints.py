"""The comparison of pinpoints with labels that a reader gave."""

import json
from pathlib import Path

import pytest

from pincite.eval.bench.ingestion import pinpoints
from pincite.eval.bench.ingestion.pinpoints import LabelledPlace, Verdict, compared, labelled_places

TREATY = """# Quay Treaty

## Article 1

1. Boats pass.

2. Boats pay:

(a) on arrival;

(b) on leaving.

## Remarks

Nobody paid in 2030.
"""


@pytest.fixture(autouse=True)
def treaty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "treaty.md").write_text(TREATY + "\n## Article 2\n\nBoats wait.\n", encoding="utf-8")
    monkeypatch.setattr(pinpoints, "ROOTS", (tmp_path,))
    pinpoints.searchable.cache_clear()


@pytest.mark.parametrize(
    ("words", "pinpoint", "verdict"),
    [
        ("on arrival", "Article 1(2)(a)", Verdict.EXACT),
        ("on arrival", "Article 1(2)", Verdict.INSIDE),
        ("Boats wait", "Article 2(1)", Verdict.AROUND),
        ("boats pass", "Article 1(2)", Verdict.WRONG),
        ("Nobody paid", "heading: Remarks", Verdict.EXACT),
        ("Nobody paid", "contents", Verdict.WRONG),
        ("Quay Treaty", "apparatus", Verdict.EXACT),
        ("Ships pass", "Article 1(1)", Verdict.MISSING),
        ("on leaving", "Article 7(1) > Article 1(2)(b)", Verdict.EXACT),
    ],
)
def test_verdicts(words: str, pinpoint: str, verdict: Verdict) -> None:
    assert compared(LabelledPlace("treaty.md", words, None, pinpoint)).verdict is verdict


def test_gold_and_lines_are_read_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = {"document": "treaty.md", "quote": "Boats pay", "page": None, "pinpoint": "Article 1(2)"}
    line = {"document": "treaty.md", "words": "Boats wait", "page": None, "pinpoint": "Article 9"}
    file = tmp_path / "places.jsonl"
    records = [{"id": "q", "evidence": [evidence]}, {"id": "none", "evidence": []}, line]
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    assert len(list(labelled_places(file))) == 2
    assert pinpoints.main([str(file), "--all"]) == 0
    printed = capsys.readouterr().out
    assert "places.jsonl: 2 places, 1 exact" in printed
    assert "wrong: 'Article 2' for 'Article 9'" in printed
