import gzip
import json
from pathlib import Path

import pytest

from pincite.eval.bench.retrieval.passage_ranking import measured, open_rankings
from pincite.eval.bench.retrieval.passage_sets import make_index, read_squad
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import open_index

PARAGRAPHS = {
    "The ferry to the island leaves at nine.": "When does the boat depart?",
    "Bees store honey in wax cells.": "Where do bees keep their honey?",
    "The treaty enters into force in January.": "When does the treaty enter into force?",
}


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    asked = [
        {"context": context, "qas": [{"id": question, "question": question}, {"id": "no", "is_impossible": True}]}
        for context, question in PARAGRAPHS.items()
    ]
    file = tmp_path / "squad.json.gz"
    file.write_bytes(gzip.compress(json.dumps({"data": [{"title": "Things", "paragraphs": asked}]}).encode()))
    return file


def test_passages_of_a_set_are_ranked_as_they_are(squad: Path, tmp_path: Path, embedder: Embedder) -> None:
    passages = read_squad(squad)
    assert [one.relevant for one in passages.questions] == [{f"Things|{number}"} for number in range(3)]
    with open_index(make_index(passages, tmp_path / "index", embedder)) as index:
        rankings = open_rankings(index, embedder)
        assert measured(passages.questions, rankings["pincite"])[:2] == ["1.000", "1.000"]
        assert measured(passages.questions, rankings["bm25"])[0] != "1.000"
        assert index.document("Things").text.split("\n\n") == list(PARAGRAPHS)


def test_an_index_over_a_set_is_made_once(squad: Path, tmp_path: Path, embedder: Embedder) -> None:
    first = make_index(read_squad(squad), tmp_path / "index", embedder)
    made = (first / "catalog.sqlite").stat().st_mtime_ns
    assert make_index(read_squad(squad), tmp_path / "index", embedder) == first
    assert (first / "catalog.sqlite").stat().st_mtime_ns == made


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is missing"):
        read_squad(tmp_path / "none.json.gz")
