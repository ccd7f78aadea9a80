"""Embeds passages and questions as vectors, by OpenVINO on a CPU, or by torch with a GPU or without OpenVINO."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from pincite.ingest.atomic_write import write_text
from pincite.ingest.data.toml_file import read_data
from pincite.ingest.embedding import openvino_runtime
from pincite.ingest.embedding.weights import DEFAULT_MODEL, cache_folder, find_weights

NEAR_ZERO = 0.2  # mean cosine of unrelated texts: MiniLM has .08, multilingual-e5-small .78
MAX_TOKENS = 256  # of a model that does not state its limit
MAX_QUESTIONS = 8  # so many texts at once are embedded with the lowest latency
BATCH_TOKENS = 2048  # with padding; on 2 cores 1,600 to 3,200 are equally fast; the fewer, the less memory
ENCODED_TEXTS = 512  # at a time
PADDED_BATCHES = 128  # given to the model at a time: more than most documents have

Vectors = npt.NDArray[np.float32]
Tokens = npt.NDArray[np.int64]  # (n, t)
Batch = tuple[Tokens, Tokens]  # token ids, padded to t, and mask
OnEmbedded = Callable[[int], None]  # called with the number of further texts embedded; may raise to stop


def ignore_embedded(_count: int) -> None:
    """Does nothing."""


class Runner(Protocol):
    """Runs the model on batches of n token sequences each: float32 (n, d), rows of norm 1."""

    name: str
    precision: str  # of the matrix products: `f32`, `bf16`

    def __call__(self, batches: Sequence[Batch], on_embedded: OnEmbedded = ignore_embedded) -> list[Vectors]:
        """Vectors of each batch, in the order of the batches."""
        ...


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a sentence-transformers folder says of its model: its limit in word pieces, and what is put before texts."""

    max_tokens: int = MAX_TOKENS
    question_prompt: str = ""
    passage_prompt: str = ""


def read_facts(folder: Path) -> ModelFacts:
    """The facts of a model, from the files in which sentence-transformers keeps them."""
    limit = json_file(folder / "sentence_bert_config.json").get("max_seq_length") or MAX_TOKENS
    prompts = json_file(folder / "config_sentence_transformers.json").get("prompts") or {}
    return ModelFacts(limit, prompts.get("query", ""), prompts.get("passage", prompts.get("document", "")))


def json_file(path: Path) -> Mapping[str, Any]:
    """The object in a file, empty if there is none."""
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


class Embedder:
    """An open embedding model with its tokenizer."""

    def __init__(self, model: str = DEFAULT_MODEL, runner: str = "auto") -> None:
        self.model = model
        self.folder = find_weights(model)
        self.facts = read_facts(self.folder)
        self.tokenizer = open_tokenizer(self.folder)
        self.runner = open_runner(self.folder, runner)

    def embed_question(self, question: str) -> Vectors:
        """The vector of a question: float32 (d,), norm 1."""
        vector: Vectors = self.embed_texts([self.facts.question_prompt + question])[0]
        return vector

    @cached_property
    def expected_cosine(self) -> float:
        """The mean cosine of sentences about unrelated things, 0 for a model that gives them about 0."""
        sentences = read_data("everyday")["sentences"]
        kept = cache_folder() / f"{folder_key(self.folder, *sentences)}.txt"
        if not kept.is_file():
            kept.parent.mkdir(parents=True, exist_ok=True)
            vectors = self.embed(sentences)
            cosines = (vectors @ vectors.T)[np.triu_indices(len(sentences), 1)]
            write_text(kept, [f"{cosines.mean():.4f}"])
        expected = float(kept.read_text(encoding="utf-8"))
        return expected if expected > NEAR_ZERO else 0.0

    def embed(self, passages: Sequence[str], on_embedded: OnEmbedded = ignore_embedded) -> Vectors:
        """Vectors of n passages: float32 (n, d), rows of norm 1."""
        return self.embed_texts([self.facts.passage_prompt + text for text in passages], on_embedded)

    def embed_texts(self, texts: Sequence[str], on_embedded: OnEmbedded = ignore_embedded) -> Vectors:
        """Vectors of n texts as they are: float32 (n, d), rows of norm 1. Texts in a batch have similar lengths."""
        limit = self.facts.max_tokens
        tokens = [np.array(truncated(one.ids, limit), dtype=np.int32) for one in encode(self.tokenizer, texts)]
        batches = list(length_batches([len(ids) for ids in tokens], BATCH_TOKENS))
        vectors: list[Vectors] = []
        for start in range(0, len(batches), PADDED_BATCHES):
            padded = [pad([tokens[index] for index in batch]) for batch in batches[start : start + PADDED_BATCHES]]
            vectors += self.runner(padded, on_embedded)
        out = np.empty((len(texts), vectors[0].shape[1] if vectors else 0), dtype=np.float32)
        for batch, rows in zip(batches, vectors, strict=True):
            out[batch] = rows
        return out


def length_batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Indices of sequences in batches of similar length, longest first, of at most `budget` tokens with padding.

    >>> list(length_batches([3, 8, 2, 7, 3], budget=16))
    [[1, 3], [0, 4, 2]]
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


@cache
def open_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a model, without limit; shared, since one of 250,000 pieces takes 280 MB."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def truncated(ids: list[int], limit: int) -> list[int]:
    """The first word pieces of a text that is too long, and the mark of its end.

    >>> truncated([101, 7, 8, 9, 102], 4)
    [101, 7, 8, 102]
    """
    return ids if len(ids) <= limit else [*ids[: limit - 1], ids[-1]]


class TokenCounter:
    """Counts word pieces as the model does, without its two special tokens; the model is not loaded."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.tokenizer = open_tokenizer(find_weights(model))

    def __call__(self, texts: Sequence[str]) -> list[int]:
        """Lengths of n texts in word pieces."""
        return [len(encoding.ids) for encoding in encode(self.tokenizer, texts, marks=False)]


def encode(tokenizer: Tokenizer, texts: Sequence[str], *, marks: bool = True) -> Iterator[Encoding]:
    """The encodings of texts; one takes 20 kB, so that of a long document not all are in memory at a time."""
    for start in range(0, len(texts), ENCODED_TEXTS):
        yield from tokenizer.encode_batch(list(texts[start : start + ENCODED_TEXTS]), add_special_tokens=marks)


def pad(sequences: Sequence[npt.NDArray[np.int32]]) -> Batch:
    """Token ids and mask, int64 (n, t), t the longest sequence."""
    width = max(map(len, sequences))
    ids = np.zeros((len(sequences), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    return ids, mask


def open_runner(folder: Path, name: str = "auto") -> Runner:
    """The runner of this name (`openvino`, `torch`), or the best one for the machine."""
    if name == "auto":
        name = "torch" if has_gpu() or find_spec("openvino") is None else "openvino"
    return OpenVinoRunner(folder) if name == "openvino" else TorchRunner(folder)


def has_gpu() -> bool:
    """Whether there is a usable GPU; without an NVIDIA driver, torch, which takes seconds to load, is not asked."""
    if not Path("/proc/driver/nvidia/version").exists() and find_spec("pynvml") is None:
        return False
    import torch  # noqa: PLC0415  loaded only where there may be a GPU

    return torch.cuda.is_available()


class OpenVinoRunner:
    """The model converted for OpenVINO, in bfloat16 if the processor supports it.

    Batches run in parallel, each on a share of the cores: 7 % faster than one batch on all cores, and half as sensitive
    to other load (see LOG.md). One batch more than can run is queued, so that no core is idle. A question uses all
    cores: 9 ms instead of 15. Each form is compiled when first needed.
    """

    name = "openvino"

    def __init__(self, folder: Path) -> None:
        self.openvino = openvino_runtime.load()
        self.core = self.openvino.Core()
        types = self.core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.core.set_property({"CACHE_DIR": str(cache_folder() / "compiled")})
        self.precision = "bf16" if "BF16" in types else "f32"
        self.model = converted_model(folder)
        self.lock = threading.Lock()  # a request serves one caller at a time, and sessions of the app share it

    def compiled(self, hint: str) -> Any:
        """The model, compiled for many batches (THROUGHPUT) or for one (LATENCY)."""
        settings = {"PERFORMANCE_HINT": hint, "INFERENCE_PRECISION_HINT": self.precision}
        return self.core.compile_model(self.model, "CPU", settings)

    @cached_property
    def queue(self) -> Any:
        """Requests that run in parallel."""
        compiled = self.compiled("THROUGHPUT")
        parallel = int(compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        return self.openvino.AsyncInferQueue(compiled, parallel + 1)

    @cached_property
    def single(self) -> Any:
        """A request that uses all cores."""
        return self.compiled("LATENCY").create_infer_request()

    def is_interactive(self, batches: Sequence[Batch]) -> bool:
        """Whether these are a few questions, in a process that embeds no documents: only one form is kept in memory."""
        return len(batches) == 1 and len(batches[0][0]) <= MAX_QUESTIONS and "queue" not in vars(self)

    def __call__(self, batches: Sequence[Batch], on_embedded: OnEmbedded = ignore_embedded) -> list[Vectors]:
        """Vectors of each batch, in the order of the batches."""
        done: dict[int, Vectors] = {}
        with self.lock:
            if self.is_interactive(batches):
                [(ids, mask)] = batches
                self.single.infer({"input_ids": ids, "attention_mask": mask})
                on_embedded(len(ids))
                return [result_of(self.single)]
            self.queue.set_callback(lambda request, number: done.update({number: result_of(request)}))
            try:
                for number, (ids, mask) in enumerate(batches):
                    self.queue.start_async({"input_ids": ids, "attention_mask": mask}, number)
                    on_embedded(len(ids))
            finally:
                self.queue.wait_all()
        return [done[number] for number in range(len(batches))]


def result_of(request: Any) -> Vectors:
    """A copy of the result of an OpenVINO request, whose memory the next batch reuses."""
    return np.array(request.get_output_tensor(0).data, dtype=np.float32)


class TorchRunner:
    """The model as sentence-transformers loads it."""

    name = "torch"
    precision = "f32"

    def __init__(self, folder: Path) -> None:
        from pincite.ingest.embedding.torch_model import open_pooled  # noqa: PLC0415  torch takes seconds to load

        self.model = open_pooled(folder)

    def __call__(self, batches: Sequence[Batch], on_embedded: OnEmbedded = ignore_embedded) -> list[Vectors]:
        """Vectors of each batch, in the order of the batches."""
        vectors: list[Vectors] = []
        for ids, mask in batches:
            vectors.append(self.model.vectors(ids, mask))
            on_embedded(len(ids))
        return vectors


def converted_model(folder: Path) -> Path:
    """The model in OpenVINO's format, converted once and kept in the cache folder."""
    target = cache_folder() / f"{folder_key(folder)}.xml"
    if not target.is_file():
        from pincite.ingest.embedding.torch_model import convert  # noqa: PLC0415  torch takes seconds to load

        convert(folder, target)
    return target


def folder_key(folder: Path, *further: str) -> str:
    """Name of the converted model, which depends on the weights and the version of OpenVINO; or of what it made."""
    state = (folder / "model.safetensors").stat()
    facts = " ".join([f"{folder} {state.st_size} {state.st_mtime_ns} {version('openvino')}", *further])
    return f"model-{hashlib.sha256(facts.encode()).hexdigest()[:16]}"
