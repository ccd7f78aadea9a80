"""The embedding model in torch, run directly or converted for OpenVINO; imported only when needed."""

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from pincite.ingest.atomic_write import move_into_place
from pincite.ingest.embedding import openvino_runtime

LARGE_TABLE = 100_000  # rows

transformers_logging.set_verbosity_error()
transformers_logging.disable_progress_bar()


class PooledModel(torch.nn.Module):
    """A sentence-transformers model as one module: int64 (n, t) ids and mask -> float32 (n, d), rows of norm 1."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model.eval()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Vectors of n token sequences, normalised even if the model itself does not do so."""
        features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
        return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)

    def vectors(self, ids: npt.NDArray[np.int64], mask: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """The same over numpy arrays."""
        device = self.model.device
        with torch.inference_mode():
            out = self(torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device))
        return np.asarray(out.cpu().numpy(), dtype=np.float32)


def open_pooled(folder: Path, device: str | None = None) -> PooledModel:
    """The model in a folder, on the GPU if there is one; nothing is downloaded."""
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    in_full = {"dtype": torch.float32}  # also weights that are stored in 16 bits
    return PooledModel(SentenceTransformer(str(folder), device=device, local_files_only=True, model_kwargs=in_full))


def compress_tables(graph: Any) -> None:
    """Store large tables of word vectors in 8 bits, each row with a scale of its own.

    250,000 words take 96 MB, not 384; vectors of texts keep a cosine of .9999 with those from the whole table.
    """
    operations = openvino_runtime.load("openvino.opset13")
    tables = [one for one in graph.get_ops() if one.get_type_name() == "Constant" and is_large(one.shape)]
    for table in tables:
        readers = table.output(0).get_target_inputs()
        numbers = table.data
        scales = np.maximum(np.abs(numbers).max(axis=1, keepdims=True) / 127, np.finfo(np.float32).tiny)
        rows = operations.convert(operations.constant(np.round(numbers / scales).astype(np.int8)), "f32")
        scaled = operations.multiply(rows, operations.constant(scales.astype(np.float32)))
        for reader in readers:
            reader.replace_source_output(scaled.output(0))


def is_large(shape: Sequence[int]) -> bool:
    """Whether a constant is a table of so many rows that its size matters."""
    return len(shape) == 2 and shape[0] >= LARGE_TABLE  # noqa: PLR2004  rows and columns


def convert(folder: Path, target: Path) -> None:
    """Convert the model for OpenVINO, atomically, into `target` (.xml) and a .bin file of the same name."""
    openvino = openvino_runtime.load()
    sample = torch.ones((2, 8), dtype=torch.int64)
    inputs: Any = [("input_ids", [-1, -1], np.int64), ("attention_mask", [-1, -1], np.int64)]
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns about branches, which never vary in this model
        graph = openvino.convert_model(
            open_pooled(folder, "cpu"), example_input={"input_ids": sample, "attention_mask": sample}, input=inputs
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder_name:
        made = Path(folder_name) / target.name
        compress_tables(graph)
        openvino.save_model(graph, made, compress_to_fp16=False)
        move_into_place(made.with_suffix(".bin"), target.with_suffix(".bin"))
        move_into_place(made, target)  # last: its presence means that the conversion is complete
