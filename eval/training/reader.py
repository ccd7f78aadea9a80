"""The open reader: how well each sentence of a text answers a question.

A sentence's score is the logarithm of the sum of the exponentials of its tokens' scores; 0 is as likely as no answer.
"""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from pincite.eval.bench.paths import WORK
from pincite.eval.training.encoding import Reading, Sequences, open_tokenizer, pad, readings
from pincite.eval.training.reader_model import convert
from pincite.ingest.embedding import openvino_runtime
from pincite.ingest.embedding.embedder import length_batches
from pincite.ingest.embedding.weights import cache_folder, find_weights

WEIGHTS = WORK / "reader" / "reader.safetensors"
BATCH_TOKENS = 2048  # with padding


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences that are read together, and the title and headings above them."""

    context: str
    sentences: tuple[str, ...]


class Reader:
    """An open reader, run by OpenVINO on a CPU; it serves one caller at a time."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        base = find_weights()
        self.tokenizer = open_tokenizer(base / "tokenizer.json")
        core = openvino_runtime.load().Core()
        precision = "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"
        core.set_property({"CACHE_DIR": str(cache_folder() / "compiled")})
        settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision}
        self.request: Any = core.compile_model(converted(base, weights), "CPU", settings).create_infer_request()
        self.lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[Text]) -> list[list[float]]:
        """The score of each sentence of each text."""
        read = [readings(self.tokenizer, question, one.context, one.sentences) for one in texts]
        flat = [one for of_text in read for one in of_text]
        found: list[list[float]] = [[] for _ in flat]
        for batch in length_batches([one.length for one in flat], BATCH_TOKENS):
            for place, scores in zip(batch, self.read([flat[place] for place in batch]), strict=True):
                found[place] = scores
        following = iter(found)
        return [[score for _ in of_text for score in next(following)] for of_text in read]

    def read(self, batch: Sequence[Reading]) -> list[list[float]]:
        """The scores of the sentences of some sequences."""
        padded = pad(self.tokenizer, batch)
        with self.lock:
            self.request.infer({"ids": padded.ids, "mask": padded.mask, "segments": padded.segments})
            scores = np.array(self.request.get_output_tensor(0).data, dtype=np.float64)
        return [sentence_scores(padded, scores, row, len(one.sentences)) for row, one in enumerate(batch)]


def sentence_scores(padded: Sequences, scores: Any, row: int, count: int) -> list[float]:
    """The scores of the sentences of one sequence."""
    return [float(np.logaddexp.reduce(scores[row][padded.sentences[row] == place])) for place in range(count)]


def converted(base: Path, weights: Path) -> Path:
    """The reader in OpenVINO's format, converted once and kept in the cache folder."""
    states = [(file, file.stat().st_size, file.stat().st_mtime_ns) for file in (base / "model.safetensors", weights)]
    key = hashlib.sha256(f"{states} {version('openvino')}".encode()).hexdigest()[:16]
    target = cache_folder() / f"reader-{key}.xml"
    if not target.is_file():
        convert(base, weights, target)
    return target
