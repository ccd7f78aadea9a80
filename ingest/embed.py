"""Text -> vectors. One model, run by OpenVINO on a CPU, or by torch where there is a GPU or no OpenVINO.

Knows nothing about passages; the same function serves passages and questions.
"""

import hashlib
import threading
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from ingest import openvino_runtime
from ingest.weights import DEFAULT_MODEL, cache_folder, find_weights

MAX_TOKENS = 256  # what all-MiniLM-L6-v2 was trained to read
BATCH = 16

Vectors = npt.NDArray[np.float32]


class Runner(Protocol):
    """Runs the model: int64 (n, t) token ids and mask -> float32 (n, d), rows of norm 1."""

    name: str

    def __call__(self, ids: npt.NDArray[np.int64], mask: npt.NDArray[np.int64]) -> Vectors:
        """Vectors of n token sequences, padded to t."""
        ...


class Embedder:
    """An open embedding model with its tokenizer."""

    def __init__(self, model: str = DEFAULT_MODEL, runner: str = "auto") -> None:
        self.model = model
        self.folder = find_weights(model)
        self.tokenizer = open_tokenizer(self.folder)
        self.runner = open_runner(self.folder, runner)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of n texts: float32 (n, d), rows of norm 1. Texts are run by length, so that little is padding."""
        encodings = self.tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda index: len(encodings[index].ids))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        vectors = [self.runner(*pad([encodings[index] for index in batch])) for batch in batches]
        out = np.empty((len(texts), vectors[0].shape[1] if vectors else 0), dtype=np.float32)
        for batch, rows in zip(batches, vectors, strict=True):
            out[batch] = rows
        return out


def open_tokenizer(folder: Path) -> Tokenizer:
    """The model's tokenizer, cut at what the model reads."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


class TokenCounter:
    """Counts word pieces as the model does, without its two marks, and without opening the model."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.tokenizer = open_tokenizer(find_weights(model))
        self.tokenizer.no_truncation()

    def __call__(self, texts: Sequence[str]) -> list[int]:
        """Lengths of n texts in word pieces."""
        return [len(encoding.ids) for encoding in self.tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def pad(encodings: Sequence[Encoding]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Token ids and mask, int64 (n, t), t the longest sequence."""
    width = max(len(encoding.ids) for encoding in encodings)
    ids = np.zeros((len(encodings), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return ids, mask


def open_runner(folder: Path, name: str = "auto") -> Runner:
    """The runner of that name (`openvino`, `torch`), or the one that suits the machine."""
    if name == "auto":
        name = "torch" if has_gpu() or find_spec("openvino") is None else "openvino"
    return OpenVinoRunner(folder) if name == "openvino" else TorchRunner(folder)


def has_gpu() -> bool:
    """Whether an NVIDIA driver is loaded; asked first, since loading torch takes seconds."""
    if not Path("/proc/driver/nvidia/version").exists() and find_spec("pynvml") is None:
        return False
    import torch  # noqa: PLC0415  loaded only where there may be a GPU

    return torch.cuda.is_available()


class OpenVinoRunner:
    """The model converted for OpenVINO, in bfloat16 where the processor has it."""

    name = "openvino"

    def __init__(self, folder: Path) -> None:
        core = openvino_runtime.load().Core()
        types = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        core.set_property({"CACHE_DIR": str(cache_folder() / "compiled")})
        settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "bf16" if "BF16" in types else "f32"}
        compiled = core.compile_model(converted_model(folder), "CPU", settings)
        self.request: Any = compiled.create_infer_request()
        self.lock = threading.Lock()  # a request serves one caller at a time; the app's sessions share it

    def __call__(self, ids: npt.NDArray[np.int64], mask: npt.NDArray[np.int64]) -> Vectors:
        """Vectors of n token sequences."""
        with self.lock:
            outputs = self.request.infer({"input_ids": ids, "attention_mask": mask})
            return np.array(outputs[0], dtype=np.float32)


class TorchRunner:
    """The model as sentence-transformers loads it."""

    name = "torch"

    def __init__(self, folder: Path) -> None:
        from ingest.torch_model import open_pooled  # noqa: PLC0415  torch takes seconds to load

        self.model = open_pooled(folder)

    def __call__(self, ids: npt.NDArray[np.int64], mask: npt.NDArray[np.int64]) -> Vectors:
        """Vectors of n token sequences."""
        return self.model.vectors(ids, mask)


def converted_model(folder: Path) -> Path:
    """The model in OpenVINO's form, made from the weights the first time and kept in the cache folder."""
    target = cache_folder() / f"{folder_key(folder)}.xml"
    if not target.is_file():
        from ingest.torch_model import convert  # noqa: PLC0415  torch takes seconds to load

        convert(folder, target)
    return target


def folder_key(folder: Path) -> str:
    """Name of the converted model: changes with the weights and with the libraries that converted them."""
    state = (folder / "model.safetensors").stat()
    facts = f"{folder} {state.st_size} {state.st_mtime_ns} {version('openvino')}"
    return f"model-{hashlib.sha256(facts.encode()).hexdigest()[:16]}"
