import importlib.metadata
import json
from pathlib import Path

import numpy as np
import pytest

from pincite.eval.bench.ingestion.ingest_speed import (
    ModelShape,
    SpeedRound,
    embedded_flops,
    measure,
    report,
    shape_of,
    write_texts,
)
from pincite.ingest.embedding.embedder import Embedder

INSTALLED = {distribution.name.lower() for distribution in importlib.metadata.distributions()}
LLAMA_INDEX = {"llama-index-vector-stores-chroma", "llama-index-embeddings-huggingface"} <= INSTALLED


def test_texts_have_the_requested_size_and_copies_are_distinct(corpus: Path, tmp_path: Path) -> None:
    size = write_texts(corpus / "articles", tmp_path / "texts", 150_000)
    files = sorted((tmp_path / "texts").iterdir())
    assert 150_000 <= size < 150_010
    assert sum(file.stat().st_size for file in files) == size
    assert len({file.read_text(encoding="utf-8") for file in files}) == len(files) > 4


def test_operations_are_those_of_the_matrix_products(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(
        json.dumps({"hidden_size": 4, "intermediate_size": 8, "num_hidden_layers": 2})
    )
    shape, tokens = shape_of(tmp_path), 3
    assert shape == ModelShape(4, 8, 2)
    products = [(tokens, 4, 4)] * 4 + [(tokens, 4, 8), (tokens, 8, 4), (tokens, 4, tokens), (tokens, tokens, 4)]
    assert shape.flops(tokens) == 2 * sum(2 * int(np.prod(sizes)) for sizes in products)


def test_the_report_compares_medians() -> None:
    rounds = [SpeedRound(1.0, 0.8, 5.0, 100.0), SpeedRound(2.0, 1.6, 8.0, 100.0), SpeedRound(9.0, 8.0, 50.0, 100.0)]
    rows = dict(report(rounds, 300_000, int(120e9), "f32"))
    assert rows["ratio of medians"].startswith("4.00")
    assert rows["Pincite"].startswith("150.0 KB/s")
    assert rows["share of that reached in embedding"].startswith("75%")
    assert next(reversed(rows.values())) == "6.67"


@pytest.mark.skipif(not LLAMA_INDEX, reason="make bench-ingest installs LlamaIndex's Chroma store and embeddings")
@pytest.mark.filterwarnings("ignore")  # LlamaIndex's own
def test_both_are_measured(corpus: Path, tmp_path: Path, embedder: Embedder) -> None:
    write_texts(corpus / "articles", tmp_path / "texts", 8_000)
    (turn,) = measure(tmp_path / "texts", tmp_path, 1, embedder)
    assert min(turn.pincite, turn.embedding, turn.llama_index, turn.gflops) > 0
    assert embedded_flops(tmp_path / "pincite-0", embedder) > 10e9
