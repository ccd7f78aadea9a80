import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest
import torch
from transformers import AutoTokenizer, BertForSequenceClassification

from pincite.answer.retrieval.cross_encoder import Reranker, RerankSettings, blend, open_reranker, rerank
from pincite.ingest.embedding.weights import find_weights
from pincite.ingest.errors import BadInput, ModelUnavailable, UnknownModel
from support.random_cross_encoder import save_model

QUESTION = "How many accelerators were installed at Kigali?"
TEXTS = ["Fees are due in March.", "At Kigali 1,150 accelerators were installed.", "The Forum meets. " * 400, "", "A"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_model(tmp_path_factory.mktemp("cross-encoder"), labels=1)


@pytest.fixture(scope="module")
def reranker(folder: Path) -> Reranker:
    return open_reranker(str(folder))


def test_scores_are_the_sigmoid_of_the_model_output(reranker: Reranker, folder: Path) -> None:
    model = BertForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    expected = []
    for text in TEXTS:
        read = tokenizer([QUESTION], [text], truncation=True, max_length=512, return_tensors="pt")
        with torch.inference_mode():
            expected.append(float(torch.sigmoid(model(**read).logits)))
    assert reranker.scores(QUESTION, TEXTS) == pytest.approx(expected, abs=1e-5)
    assert max(expected) - min(expected) > 0.05


def test_scores_are_deterministic(reranker: Reranker) -> None:
    many = [f"{text} {number}" for number in range(7) for text in TEXTS]
    assert reranker.scores(QUESTION, many) == reranker.scores(QUESTION, many)
    assert reranker.scores(QUESTION, []) == []


def test_only_the_best_candidates_are_rescored(reranker: Reranker) -> None:
    first = [0.9, 0.8, 0.7, 0.6, 0.5]
    read = reranker.scores(QUESTION, TEXTS[:3])
    blended = rerank(reranker, QUESTION, TEXTS, first, RerankSettings(candidates=3, weight=1.0))
    assert blended == [*read, 0.0, 0.0]
    half = rerank(reranker, QUESTION, TEXTS, first, RerankSettings(candidates=3, weight=0.5))
    assert half == pytest.approx([(a + b) / 2 for a, b in zip(first, [*read, 0.0, 0.0], strict=True)])
    assert rerank(reranker, QUESTION, TEXTS, first, RerankSettings(weight=0.0)) == first


def test_unscored_texts_never_rise_above_scored_ones() -> None:
    blended = blend([0.9, 0.8, 0.8, 0.8], [0.0, 0.0], weight=0.9)
    assert min(blended[:2]) >= max(blended[2:])


@pytest.mark.parametrize(("candidates", "weight"), [(0, 0.5), (5, 1.5), (5, -0.1), (5, float("nan"))])
def test_settings_out_of_range_are_rejected(candidates: int, weight: float) -> None:
    with pytest.raises(BadInput, match="weight from 0 to 1"):
        RerankSettings(candidates, weight)


def test_other_models_are_rejected(tmp_path: Path) -> None:
    with pytest.raises(UnknownModel, match="give the folder of one"):
        open_reranker(str(tmp_path / "nowhere"))
    with pytest.raises(UnknownModel, match="give the folder of one"):
        open_reranker(str(tmp_path))
    with pytest.raises(UnknownModel, match="BertModel"):
        open_reranker(str(find_weights()))
    with pytest.raises(UnknownModel, match="3 labels"):
        open_reranker(str(save_model(tmp_path / "three", labels=3)))


def test_damaged_weights_are_reported(folder: Path, tmp_path: Path) -> None:
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
    weights = damaged / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        open_reranker(str(damaged))


ASK_THE_HUB = """
import sys
from pincite.answer.retrieval.cross_encoder import open_reranker
from pincite.ingest.errors import ModelUnavailable
assert not {"torch", "transformers", "sentence_transformers"} & sys.modules.keys()
try:
    open_reranker("cross-encoder/ms-marco-MiniLM-L6-v2")
except ModelUnavailable as error:
    print(error)
"""


@pytest.mark.parametrize("offline", ["0", "1"])
def test_a_missing_network_is_reported_quickly(offline: str, tmp_path: Path) -> None:
    nobody = {"HF_HUB_OFFLINE": offline, "HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path)}
    began = perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", ASK_THE_HUB], env=os.environ | nobody, capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("The cross-encoder cross-encoder/ms-marco-MiniLM-L6-v2 is not a local folder")
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""
    assert perf_counter() - began < 30
