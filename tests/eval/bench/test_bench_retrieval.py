import importlib.metadata
import json
import math
import sys
from pathlib import Path

import pytest

from pincite.answer.pipeline import SHOWN_EVIDENCE
from pincite.eval.bench.retrieval import scifact
from pincite.eval.bench.retrieval.rankers import DEPTH, open_ranker
from pincite.eval.bench.retrieval.retrieval import gold_scores, gold_table, main, open_rankers
from pincite.eval.judging.gold import GoldEvidence, GoldQuestion, read_gold
from pincite.eval.judging.responses import RetrievedText
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index, open_index
from support.judged import gold

INSTALLED = {distribution.name.lower() for distribution in importlib.metadata.distributions()}
KIGALI = "How many accelerators were installed at Kigali?"
ABSTRACTS = {
    "10": ("Vitamin C and colds", "Vitamin C does not shorten the common cold in adults."),
    "11": ("Bacteria in soil", "Soil bacteria fix nitrogen and feed legumes."),
    "12": ("Sleep", "Adults who sleep less than six hours forget more words."),
}
CLAIMS = {"1": "Soil bacteria fix nitrogen.", "2": "Short sleep harms memory of words.", "4": "Nobody judged this."}
JUDGED = {"1": "11", "2": "12"}


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A small task in the format of SciFact."""
    folder = tmp_path / "task"
    folder.mkdir()
    corpus = [{"_id": name, "title": title, "text": text} for name, (title, text) in ABSTRACTS.items()]
    queries = [{"_id": name, "text": text} for name, text in CLAIMS.items()]
    for name, lines in ((scifact.CORPUS, corpus), (scifact.QUERIES, queries)):
        (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    rows = ["query-id\tcorpus-id\tscore", *(f"{claim}\t{abstract}\t1" for claim, abstract in JUDGED.items())]
    (folder / scifact.RELEVANCE).write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_abstracts_become_documents_that_are_ranked_for_claims(
    claims: Path, tmp_path: Path, embedder: Embedder
) -> None:
    task = scifact.read_task(claims)
    assert task.claims.keys() == JUDGED.keys()
    folder = scifact.make_index(claims, tmp_path / "made")
    scifact.check_index(claims, folder)
    with open_index(folder) as index:
        assert index.document("11.md").metadata.title == "Bacteria in soil"
        for name in ("bm25", "embedding", "pincite"):
            result = scifact.measure(task, open_ranker(name, index, embedder, SHOWN_EVIDENCE))
            assert [value for value, _ in result.figures.values()] == [1.0, 1.0, 1.0], name
            assert result.seconds > 0


def test_an_index_over_other_files_is_refused(claims: Path, sample_folder: Path) -> None:
    with pytest.raises(BadInput, match="not over SciFact's abstracts: 15 documents are missing or different"):
        scifact.check_index(claims, sample_folder)


def test_missing_files_are_named(claims: Path) -> None:
    (claims / scifact.QUERIES).unlink()
    with pytest.raises(BadInput, match=r"SciFact is not in .* \(queries\.jsonl missing\)"):
        scifact.read_task(claims)


def test_a_document_has_the_rank_of_its_first_passage(claims: Path) -> None:
    ranking = [RetrievedText(f"{name}.md", name) for name in ("10", "10", "11", "12", "11")]
    result = scifact.measure(scifact.read_task(claims), lambda question: ranking if "Soil" in question else [])
    values = {name: value for name, (value, _) in result.figures.items()}
    second = 1 / math.log2(3)  # nDCG of one relevant document in second place
    assert values == pytest.approx({"all": second / 2, "even ids": 0.0, "odd ids": second})


def test_each_search_alone_has_its_own_order(sample: Index, embedder: Embedder) -> None:
    hits = dict(sample.lexical.search(KIGALI, DEPTH))
    vector = embedder.embed_question(KIGALI)
    stored = {(one.passage.document, one.passage.start): one for one in sample.catalog.passages(sorted(hits))}
    by_words = open_ranker("bm25", sample, embedder, SHOWN_EVIDENCE)(KIGALI)
    scores = [hits[stored[one.document, one.start or 0].number] for one in by_words]
    assert scores == sorted(scores, reverse=True)
    by_meaning = open_ranker("embedding", sample, embedder, SHOWN_EVIDENCE)(KIGALI)
    everything = sample.catalog.passages(sample.catalog.passage_numbers().tolist())
    nearest = max(everything, key=lambda one: float(one.vector @ vector)).passage
    assert (by_meaning[0].document, by_meaning[0].text) == (nearest.document, nearest.text)
    assert len(by_words) <= DEPTH == len(by_meaning)


def test_the_table_begins_with_all_questions_and_the_hard_kinds(sample: Index, embedder: Embedder) -> None:
    site = GoldEvidence("resolutions/MF-RES-3-2-amendments-pooled-computing.pdf", "a fourth host site, Windhoek")
    questions: list[GoldQuestion] = [
        gold(kind, question="Which fourth host site was added?", kind=kind, evidence=(site,))
        for kind in ("date", "fact", "table", "comparison")
    ]
    scores = gold_scores(questions, open_ranker("pincite", sample, embedder, SHOWN_EVIDENCE))
    assert scores.measures["Evidence@10"].value == 1.0
    lines = list(gold_table({"pincite": scores, "twice": scores}))
    groups = [line.split(" | ")[0] for line in lines[2::2]]
    assert groups == ["| all (4)", "| comparison (1)", "| table (1)", "| date (1)", "| fact (1)"]
    assert lines[2].startswith("| all (4) | pincite | 1.000 (1.000 to 1.000) |")
    assert {line.count("|") for line in lines} == {10}


def test_evidence_beyond_the_words_and_ranks_does_not_count(shared: Path) -> None:
    question = next(one for one in read_gold(shared / "gold" / "dev.jsonl") if one.answerable)
    piece = question.evidence[0]
    long = [RetrievedText(piece.document, "other words " * 20)] * 50
    scores = gold_scores([question], lambda _: [*long[:7], RetrievedText(piece.document, piece.quote)])
    assert [scores.measures[name].value for name in ("Evidence@5", "RR@10", "Evidence@1500w")] == [0.0, 1 / 8, 1.0]
    scores = gold_scores([question], lambda _: [*long, RetrievedText(piece.document, piece.quote)])
    assert [scores.measures[name].value for name in ("Evidence@10", "Evidence@1500w")] == [0.0, 0.0]


def test_a_missing_package_is_reported(
    sample: Index, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.embeddings.huggingface", None)
    names = [name for name, _ in open_rankers(("llama-index", "bm25"), sample, embedder, SHOWN_EVIDENCE)]
    assert names == ["bm25"]
    assert capsys.readouterr().err.startswith("llama-index is left out: llama_index.embeddings.huggingface is missing")


def test_missing_files_are_reported(
    tmp_path: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--index", str(sample_folder), "--scifact", str(tmp_path), "--systems", "bm25", "--gold"]
    monkeypatch.setattr(sys, "argv", ["bench", *here, str(Path("eval/gold/sample.jsonl").resolve())])
    assert main() == 0
    captured = capsys.readouterr()
    assert "| bm25 |" in captured.out
    assert captured.err.count("\n") == 1
    monkeypatch.setattr(sys, "argv", ["bench", *here, str(tmp_path / "none.jsonl")])
    assert main() == 1
    assert capsys.readouterr().err.count("A table is left out: ") == 2


@pytest.mark.skipif("llama-index-embeddings-huggingface" not in INSTALLED, reason="make bench-retrieval installs it")
@pytest.mark.filterwarnings("ignore")  # LlamaIndex's own
def test_llama_index_ranks_the_same_texts(claims: Path, tmp_path: Path, embedder: Embedder) -> None:
    with open_index(scifact.make_index(claims, tmp_path / "made")) as index:
        found = open_ranker("llama-index", index, embedder, SHOWN_EVIDENCE)(CLAIMS["1"])
        assert found[0].document == "11.md"
        assert {one.text for one in found} == {index.document(one.document).text for one in found}
