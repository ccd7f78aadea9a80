import json
import sys
from pathlib import Path

import pytest

from pincite.eval.bench.verification.paraphrases import REWORDINGS, reworded
from pincite.eval.bench.verification.perturbations import CHANGES, Source, changed
from pincite.eval.bench.verification.scifact_claims import labelled
from pincite.eval.bench.verification.verifier import half_of, main, sources, statements, table
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index

SENTENCE = (
    "By 31 March 2026, the Facility in Kigali shall publish at least 4,000 figures, of which 15 per cent are new, "
    "and reports."
)
SOURCE = Source("a.md", SENTENCE, SENTENCE, "MF/RES/3/2", "para. 4", "Tallinn", "para. 7")


def test_each_change_changes_one_thing() -> None:
    texts = dict(changed(SOURCE))
    assert set(CHANGES) - set(texts) == {"swapped"}
    assert "Tallinn" in texts["name"]
    assert "Kigali" not in texts["name"]
    assert texts["pinpoint"] == f"According to MF/RES/3/2, para. 7: {SENTENCE}"
    assert "at most 4,000" in texts["opposite"]
    assert all(text != SENTENCE for text in texts.values())
    assert dict(changed(SOURCE)) == texts


def test_rewordings_keep_what_is_said() -> None:
    texts = dict(reworded(SOURCE))
    assert texts["per cent or %"] == SENTENCE.replace(" per cent", "%")
    assert texts["must for shall"] == SENTENCE.replace("shall", "must")
    assert texts["attributed"] == f"According to MF/RES/3/2, para. 4: {SENTENCE}"
    assert texts.keys() <= REWORDINGS.keys()


def test_documents_fall_in_halves_and_the_tables_count(sample: Index) -> None:
    drawn = {half: {source.document for source in sources(sample, half)} for half in ("dev", "test")}
    assert drawn["dev"]
    assert drawn["dev"].isdisjoint(drawn["test"])
    assert {half_of(document) for document in drawn["dev"]} == {"dev"}
    lines = list(table(sample, "dev", faithful=True))
    made = sum(1 for _ in statements(sample, "dev", faithful=True))
    assert [line for line in lines if line.startswith(f"| all | {made:,} | ")]


def test_changes_are_caught_and_faithful_statements_pass(sample: Index) -> None:
    shares = {}
    for faithful in (True, False):
        lines = [line for half in ("dev", "test") for line in table(sample, half, faithful=faithful)]
        shares[faithful] = [float(line.split(" | ")[2].strip(" |")) for line in lines if line.startswith("| all")]
    assert min(shares[False]) >= 0.95
    assert max(shares[True]) <= 0.03


def test_claims_come_with_their_sentences(tmp_path: Path) -> None:
    abstract = {"_id": "7", "title": "t", "text": "One fish swims. Two fish sleep. Red fish eat."}
    (tmp_path / "corpus.jsonl").write_text(json.dumps(abstract) + "\n", encoding="utf-8")
    rows = ["id,claim,evidence_doc_id,evidence_label,evidence_sentences,cited_doc_ids"]
    rows += ["1,Fish swim.,7,SUPPORT,[0 2],[7]", "2,Fish fly.,7,CONTRADICT,[1],[7]", "3,Nothing.,,,[],[7]"]
    (tmp_path / "claims_train.csv").write_text("\n".join(rows), encoding="utf-8")
    pairs = list(labelled(tmp_path))
    assert [(pair.text, pair.label) for pair in pairs] == [
        ("One fish swims. Red fish eat.", "SUPPORT"),
        ("Two fish sleep.", "CONTRADICT"),
    ]
    with pytest.raises(BadInput, match="--scifact"):
        list(labelled(tmp_path / "nowhere"))


def test_tables_without_their_files_are_left_out(
    tmp_path: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "--index", str(sample_folder), "--scifact", str(tmp_path)])
    assert main() == 0
    captured = capsys.readouterr()
    assert "| changed | statements | caught |" in captured.out
    assert captured.err.count("A table is left out: ") == 1
    monkeypatch.setattr(sys, "argv", ["bench", "--index", str(tmp_path / "no"), "--scifact", str(tmp_path)])
    assert main() == 1
