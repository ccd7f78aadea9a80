import json
import sys
from pathlib import Path

import pytest

from pincite.eval.bench.verification import verifier
from pincite.eval.bench.verification.paraphrases import PARAPHRASES, paraphrases
from pincite.eval.bench.verification.perturbations import PERTURBATIONS, SourceSentence, perturbations
from pincite.eval.bench.verification.scifact_claims import labelled_pairs
from pincite.eval.bench.verification.verifier import english_documents, half_of, main, sources, statements, table
from pincite.ingest.document import Document
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import open_index

SENTENCE = (
    "By 31 March 2026, the Facility in Kigali shall publish at least 4,000 figures, of which 15 per cent are new, "
    "and reports."
)
SOURCE = SourceSentence("a.md", SENTENCE, SENTENCE, "MF/RES/3/2", "para. 4", "Tallinn", "para. 7")
HALVES = ("dev", "test")


@pytest.fixture(scope="module")
def documents(sample_folder: Path) -> list[Document]:
    with open_index(sample_folder) as index:
        return english_documents(index)


def test_a_perturbation_changes_one_detail() -> None:
    texts = dict(perturbations(SOURCE))
    assert set(PERTURBATIONS) - set(texts) == {"swapped"}
    assert "Tallinn" in texts["name"]
    assert "Kigali" not in texts["name"]
    assert texts["pinpoint"] == f"According to MF/RES/3/2, para. 7: {SENTENCE}"
    assert "at most 4,000" in texts["opposite"]
    assert all(text != SENTENCE for text in texts.values())
    assert dict(perturbations(SOURCE)) == texts


def test_a_paraphrase_keeps_the_meaning() -> None:
    texts = dict(paraphrases(SOURCE))
    assert texts["per cent or %"] == SENTENCE.replace(" per cent", "%")
    assert texts["must for shall"] == SENTENCE.replace("shall", "must")
    assert texts["attributed"] == f"According to MF/RES/3/2, para. 4: {SENTENCE}"
    assert texts.keys() <= PARAPHRASES.keys()


def test_each_document_belongs_to_one_half(documents: list[Document]) -> None:
    drawn = {half: {source.document for source in sources(documents, half)} for half in HALVES}
    assert drawn["dev"]
    assert drawn["dev"].isdisjoint(drawn["test"])
    assert {half_of(document) for document in drawn["dev"]} == {"dev"}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("faithful", [True, False])
def test_perturbations_are_caught_and_paraphrases_pass(documents: list[Document], half: str, *, faithful: bool) -> None:
    [total] = [line for line in table(documents, half, faithful=faithful) if line.startswith("| all |")]
    count = sum(1 for _ in statements(documents, half, faithful=faithful))
    assert total.startswith(f"| all | {count:,} | ")
    share = float(total.split(" | ")[2].strip(" |"))
    assert share <= 0.03 if faithful else share >= 0.95


def test_claims_have_their_sentences(tmp_path: Path) -> None:
    abstract = {"_id": "7", "title": "t", "text": "One fish swims. Two fish sleep. Red fish eat."}
    (tmp_path / "corpus.jsonl").write_text(json.dumps(abstract) + "\n", encoding="utf-8")
    rows = ["id,claim,evidence_doc_id,evidence_label,evidence_sentences,cited_doc_ids"]
    rows += ["1,Fish swim.,7,SUPPORT,[0 2],[7]", "2,Fish fly.,7,CONTRADICT,[1],[7]", "3,Nothing.,,,[],[7]"]
    (tmp_path / "claims_train.csv").write_text("\n".join(rows), encoding="utf-8")
    pairs = list(labelled_pairs(tmp_path))
    assert [(pair.text, pair.label) for pair in pairs] == [
        ("One fish swims. Red fish eat.", "SUPPORT"),
        ("Two fish sleep.", "CONTRADICT"),
    ]
    with pytest.raises(BadInput, match="--scifact"):
        list(labelled_pairs(tmp_path / "nowhere"))


def test_missing_files_are_reported(
    tmp_path: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verifier, "STATEMENTS_PER_KIND", 2)
    monkeypatch.setattr(sys, "argv", ["bench", "--index", str(sample_folder), "--scifact", str(tmp_path)])
    assert main() == 0
    captured = capsys.readouterr()
    assert "| perturbation | statements | caught |" in captured.out
    assert captured.err.count("A table is left out: ") == 1
    monkeypatch.setattr(sys, "argv", ["bench", "--index", str(tmp_path / "no"), "--scifact", str(tmp_path)])
    assert main() == 1
