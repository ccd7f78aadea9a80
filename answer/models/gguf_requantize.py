"""Rewrites a GGUF file whose weights OpenVINO GenAI would round, so that it reads them exactly.

A block of Q4_1 contains 32 numbers `scale * n + least`, n from 0 to 15. OpenVINO GenAI 2026.4 reads it as
`scale * (n - zero)` with an integer zero, which shifts all weights of a block by up to half a step: 8 to 9 % of
SmolLM2's weights by norm, enough to change its output. Q8_0 has no zero point to round, and steps so small that the
output is the same as from the exact weights.
"""

import mmap
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from pincite.answer.models.gguf import BLOCKS, Header, Tensor, read_header
from pincite.ingest.errors import ModelUnavailable

Q4_1, Q8_0 = 3, 8
Bytes = NDArray[np.uint8]


@contextmanager
def exact_weights(path: Path) -> Iterator[Path]:
    """A file from which OpenVINO GenAI reads a model's exact weights: the same file, or a temporary rewritten one.

    Raises ModelUnavailable for a broken file, and if there is no space for the temporary one.
    """
    header = read_header(path) if path.is_file() else None
    if header is None or not any(tensor.kind == Q4_1 for tensor in header.tensors):
        yield path
        return
    with TemporaryDirectory(prefix="pincite-", ignore_cleanup_errors=True) as folder:
        target = Path(folder) / path.name
        try:
            rewrite(path, header, target)
        except OSError as error:
            raise ModelUnavailable(
                f"Reading the model {path} takes a temporary file of {2 * header.size / 1e6:,.0f} MB, which cannot be "
                f"written ({error.strerror}): free some space, or set TMPDIR to a folder with enough."
            ) from error
        yield target


def rewrite(path: Path, header: Header, target: Path) -> None:
    """Copy a GGUF file with its Q4_1 tensors converted to Q8_0."""
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
        target.open("wb") as out,
    ):
        head, start = bytearray(data[: header.begin]), 0
        for tensor in header.tensors:
            new = Tensor(Q8_0 if tensor.kind == Q4_1 else tensor.kind, tensor.values, start, tensor.place)
            struct.pack_into("<IQ", head, new.place, new.kind, new.start)
            start = next_step(new.start + new.size, header.step)
        out.write(head)
        for tensor in header.tensors:
            begin = header.begin + tensor.start
            raw = data[begin : begin + tensor.size]
            data_out = (
                quantize_q8_0(dequantize_q4_1(np.frombuffer(raw, np.uint8))).tobytes() if tensor.kind == Q4_1 else raw
            )
            out.write(data_out.ljust(next_step(len(data_out), header.step), b"\0"))


def next_step(place: int, step: int) -> int:
    """The first multiple of a step at or after a place."""
    return -(-place // step) * step


def dequantize_q4_1(raw: Bytes) -> NDArray[np.float32]:
    """Bytes of Q4_1 -> float32 (blocks, 32). A block: scale and minimum (float16), then low and high nibbles."""
    blocks = raw.reshape(-1, BLOCKS[Q4_1][1])
    scale, least = (blocks[:, start : start + 2].copy().view("<f2").astype(np.float32) for start in (0, 2))
    numbers = np.concatenate([blocks[:, 4:] & 15, blocks[:, 4:] >> 4], axis=1)
    return (numbers * scale + least).astype(np.float32)


def quantize_q8_0(values: NDArray[np.float32]) -> Bytes:
    """float32 (blocks, 32) -> bytes of Q8_0 (blocks, 34). A block: scale (float16), then 32 signed bytes."""
    scale = np.abs(values).max(axis=1, keepdims=True) / 127
    numbers = np.round(values / np.where(scale == 0, 1, scale)).astype(np.int8)
    return np.concatenate([scale.astype("<f2").view(np.uint8), numbers.view(np.uint8)], axis=1)
