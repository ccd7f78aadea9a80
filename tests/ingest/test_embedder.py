import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Encoding, Tokenizer

from pincite.ingest.embedding.embedder import (
    ENCODED_TEXTS,
    PADDED_BATCHES,
    Batch,
    Embedder,
    OnEmbedded,
    TokenCounter,
    Vectors,
    converted_model,
    ignore_embedded,
)
from pincite.ingest.embedding.weights import ENGLISH, MULTILINGUAL, find_weights

TEXTS = ["Members shall report serious incidents.", "The cat sat on the mat.", "Incidents must be notified.", "ШІ"]
OPEN_AND_CONVERT = """
import sys
reached = []
outward = ("socket.connect", "socket.getaddrinfo")
sys.addaudithook(lambda event, args: reached.append(event) if event in outward else None)
from pathlib import Path
from pincite.ingest.embedding.torch_model import convert
from pincite.ingest.embedding.weights import find_weights
convert(find_weights(), Path(sys.argv[1]))
assert not reached, reached
assert not list(Path.home().iterdir()), list(Path.home().iterdir())
"""


def test_vectors_have_norm_one_and_meaning(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((4, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1] + 0.3


@pytest.fixture(scope="module")
def multilingual() -> Embedder:
    return Embedder(MULTILINGUAL)


def test_a_question_is_nearest_to_its_answer_in_any_language(multilingual: Embedder) -> None:
    answers = ["Der Zug fährt um neun Uhr ab.", "Vorfälle sind binnen drei Tagen zu melden.", "Katzen schlafen viel."]
    for question in ("When must incidents be reported?", "Коли треба повідомити про інциденти?", "何时报告事故？"):
        assert np.argmax(multilingual.embed(answers) @ multilingual.embed_question(question)) == 1


def test_a_question_and_a_passage_have_different_prompts(multilingual: Embedder) -> None:
    assert multilingual.embed(["quorum"])[0] @ multilingual.embed_question("quorum") < 0.999


def test_the_english_model_has_no_prompts(embedder: Embedder) -> None:
    assert embedder.embed_question(TEXTS[0]) == pytest.approx(embedder.embed(TEXTS)[0], abs=1e-3)


def test_what_two_texts_have_in_common_is_known_of_a_model(embedder: Embedder, multilingual: Embedder) -> None:
    assert embedder.expected_cosine == 0
    question = multilingual.embed_question("When must incidents be reported?")
    assert 0.7 < multilingual.expected_cosine < multilingual.embed(TEXTS)[2] @ question - 0.05


def test_order_and_company_do_not_matter(embedder: Embedder) -> None:
    together, alone = embedder.embed(TEXTS), np.vstack([embedder.embed([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1) == pytest.approx(1.0, abs=1e-3)


def test_openvino_and_torch_agree(embedder: Embedder) -> None:
    torch = Embedder(runner="torch")
    assert (embedder.runner.name, torch.runner.name) == ("openvino", "torch")
    assert (embedder.embed(TEXTS) * torch.embed(TEXTS)).sum(axis=1).min() >= 0.9999


def test_batches_that_run_beside_each_other_come_back_in_order(embedder: Embedder) -> None:
    texts = [f"Paragraph {number} of the report. " * (1 + number % 37) for number in range(150)]
    done: list[int] = []
    together = embedder.embed(texts, done.append)
    assert sum(done) == 150
    assert len(done) > 3
    alone = np.vstack([embedder.embed([text]) for text in texts[::10]])
    assert (together[::10] * alone).sum(axis=1).min() >= 0.9999


class CountingTokenizer:
    """Notes how many texts it was given at a time."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.most = 0

    def encode_batch(self, texts: list[str], *, add_special_tokens: bool) -> list[Encoding]:
        self.most = max(self.most, len(texts))
        return self.tokenizer.encode_batch(texts, add_special_tokens=add_special_tokens)


class CountingRunner:
    """In place of a vector gives the length of a text; notes how many batches it was given at a time."""

    name, precision = "counting", "f32"

    def __init__(self) -> None:
        self.most = 0

    def __call__(self, batches: Sequence[Batch], on_embedded: OnEmbedded = ignore_embedded) -> list[Vectors]:
        self.most = max(self.most, len(batches))
        for ids, _mask in batches:
            on_embedded(len(ids))
        return [mask.sum(axis=1, keepdims=True).astype(np.float32) for _ids, mask in batches]


def test_of_a_long_document_a_part_is_in_memory_at_a_time(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    tokenizer, runner, done = CountingTokenizer(embedder.tokenizer), CountingRunner(), list[int]()
    monkeypatch.setattr(embedder, "tokenizer", tokenizer)
    monkeypatch.setattr(embedder, "runner", runner)
    lengths = [1 + number % 200 for number in range(6000)]
    vectors = embedder.embed(["fish " * length for length in lengths], done.append)
    marks = vectors[0, 0] - 1  # of the model, and its prompt
    assert (vectors[:, 0] == np.array(lengths) + marks).all()
    assert sum(done) == 6000
    assert (tokenizer.most, runner.most) == (ENCODED_TEXTS, PADDED_BATCHES)


def test_a_watcher_can_stop_the_work_and_the_model_stays_usable(embedder: Embedder) -> None:
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embedder.embed(TEXTS * 50, stop)
    assert embedder.embed(TEXTS).shape == (4, 384)


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.embed([]).shape[0] == 0


def test_tokens_are_counted_without_the_marks() -> None:
    assert TokenCounter(ENGLISH)(["report", "report incidents", ""]) == [1, 2, 0]


def test_the_multilingual_tokenizer_gives_the_published_ids(multilingual: Embedder) -> None:
    assert multilingual.tokenizer.encode("Hello world").ids == [0, 35378, 8999, 2]


def test_the_model_is_converted_once(embedder: Embedder) -> None:
    assert embedder.runner.name == "openvino"
    made = converted_model(find_weights()).stat().st_mtime_ns
    assert converted_model(find_weights()).stat().st_mtime_ns == made


def test_conversion_reaches_out_to_nobody(tmp_path: Path) -> None:
    home, root = tmp_path / "home", Path(__file__).parents[2]
    home.mkdir()
    environment = {"HOME": str(home), "PINCITE_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(root), "CI": "false"}
    command = [sys.executable, "-c", OPEN_AND_CONVERT, str(tmp_path / "model.xml")]
    subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert (tmp_path / "model.bin").stat().st_size > 80_000_000
