"""The reader in torch, before and after it is trained, and its conversion for OpenVINO.

It is the embedding model with other weights in its upper layers and a score of each token, so that only these weights
are written: embeddings and lower layers are those of the installed embedding model.
"""

import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import AutoModel
from transformers.utils import logging as transformers_logging

from pincite.eval.training.encoding import Sequences
from pincite.ingest.atomic_write import move_into_place
from pincite.ingest.embedding import openvino_runtime

transformers_logging.set_verbosity_error()
transformers_logging.disable_progress_bar()


FROZEN = ("embeddings.", "encoder.layer.0.", "encoder.layer.1.")  # general enough, and a quarter of the time
FIRST_SCORE = -4.0  # of a token before training: a text of fifty tokens is as likely to answer as not


class ReaderModel(nn.Module):
    """An encoder with a linear score of each token: int64 (n, t) ids, mask and segments -> float (n, t)."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder: Any = AutoModel.from_pretrained(
            str(base), local_files_only=True, add_pooling_layer=False, attn_implementation="eager"
        )
        self.score = nn.Linear(self.encoder.config.hidden_size, 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor) -> torch.Tensor:
        """Scores of tokens."""
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=segments).last_hidden_state
        return self.score(states).squeeze(-1)  # type: ignore[no-any-return]  # torch declares no type for a layer


def open_trained(base: Path, weights: Path) -> ReaderModel:
    """The trained reader. Raises RuntimeError if the weights are of another model."""
    model = ReaderModel(base)
    trained = {name: one.float() for name, one in load_file(str(weights)).items()}
    other = model.load_state_dict(trained, strict=False).unexpected_keys
    if other:
        raise RuntimeError(f"{weights} has weights of another model: {other[0]}")
    return model.eval()


def convert(base: Path, weights: Path, target: Path) -> None:
    """Convert the reader for OpenVINO, atomically, into `target` (.xml) and a .bin file of the same name."""
    openvino = openvino_runtime.load()
    sample = torch.ones((2, 8), dtype=torch.int64)
    names = ("ids", "mask", "segments")
    inputs: Any = [(name, [-1, -1], np.int64) for name in names]
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns about branches, which never vary in this model
        graph = openvino.convert_model(
            open_trained(base, weights), example_input=dict.fromkeys(names, sample), input=inputs
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        openvino.save_model(graph, made, compress_to_fp16=False)
        move_into_place(made.with_suffix(".bin"), target.with_suffix(".bin"))
        move_into_place(made, target)  # last: its presence means that the conversion is complete


def untrained(base: Path) -> ReaderModel:
    """The reader with the weights of the embedding model and a random score; nothing is dropped out, since each
    example is seen about once and none is learned by heart.
    """
    model = ReaderModel(base)
    nn.init.normal_(model.score.weight, std=0.02)
    nn.init.constant_(model.score.bias, FIRST_SCORE)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return model


def tensors(read: Sequences) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, mask and segments as the model takes them."""
    return torch.from_numpy(read.ids), torch.from_numpy(read.mask), torch.from_numpy(read.segments)


def log_share(scores: torch.Tensor, chosen: torch.Tensor, text: torch.Tensor) -> torch.Tensor:
    """Log of the share of chosen tokens among those of the text and no answer, whose score is 0; (n,).

    Where none is chosen, the share of no answer.
    """
    lowest = torch.finfo(scores.dtype).min
    nothing = torch.zeros(len(scores), 1)
    everything = torch.cat([nothing, scores.masked_fill(~text, lowest)], dim=1).logsumexp(dim=1)
    wanted = scores.masked_fill(~chosen, lowest).logsumexp(dim=1)
    return torch.where(chosen.any(dim=1), wanted, nothing[:, 0]) - everything
