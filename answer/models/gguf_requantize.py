"""A GGUF file whose weights OpenVINO GenAI would round, as one that it reads as they are.

A block of Q4_1 holds 32 numbers `scale * n + least`, n from 0 to 15. OpenVINO GenAI 2026.4 reads it as
`scale * (n - zero)` with a whole number for zero, which moves all weights of a block by up to half a step: of SmolLM2's
weights 8 to 9 % (by norm), enough to make it write something else. Q8_0 has no zero to round, and a step so small that
the same text comes out as from the exact weights.
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
def unrounded(path: Path) -> Iterator[Path]:
    """A place from which OpenVINO GenAI reads a model's own weights: the same, or a file that is removed afterwards.

    Raises ModelUnavailable for a broken file, and when there is no room for the other one.
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
                f"The model {path} is read by way of a temporary file of about {2 * header.size / 1e6:,.0f} MB, which "
                f"cannot be written ({error.strerror}): make room, or set TMPDIR to a folder that has it."
            ) from error
        yield target


def rewrite(path: Path, header: Header, target: Path) -> None:
    """Write a GGUF file again with its tensors of Q4_1 as Q8_0."""
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
            kept = eight_bits(weights(np.frombuffer(raw, np.uint8))).tobytes() if tensor.kind == Q4_1 else raw
            out.write(kept.ljust(next_step(len(kept), header.step), b"\0"))


def next_step(place: int, step: int) -> int:
    """The first multiple of a step that is not before a place."""
    return -(-place // step) * step


def weights(raw: Bytes) -> NDArray[np.float32]:
    """Bytes of Q4_1 -> float32 (blocks, 32): a scale and a least value of 16 bits, then the low and the high halves."""
    blocks = raw.reshape(-1, BLOCKS[Q4_1][1])
    scale, least = (blocks[:, start : start + 2].copy().view("<f2").astype(np.float32) for start in (0, 2))
    numbers = np.concatenate([blocks[:, 4:] & 15, blocks[:, 4:] >> 4], axis=1)
    return (numbers * scale + least).astype(np.float32)


def eight_bits(values: NDArray[np.float32]) -> Bytes:
    """float32 (blocks, 32) -> bytes of Q8_0 (blocks, 34): a scale of 16 bits, then a signed byte each."""
    scale = np.abs(values).max(axis=1, keepdims=True) / 127
    numbers = np.round(values / np.where(scale == 0, 1, scale)).astype(np.int8)
    return np.concatenate([scale.astype("<f2").view(np.uint8), numbers.view(np.uint8)], axis=1)
