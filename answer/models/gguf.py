"""Reads the header of a GGUF file: the context length of its model, and whether the file is complete.

A file that was cut off in download is named as such before llama.cpp is loaded, which says only that it failed.
Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import mmap
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from pincite.ingest.errors import ModelUnavailable

MAGIC = b"GGUF"
INCOMPLETE = "The model file {path} is incomplete, as after an interrupted download: download it again."
TEXT, LIST = 8, 9  # value types with a length of their own
NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
# Tensor type -> values per block, bytes per block. Unlisted types count as empty.
BLOCKS = {
    0: (1, 4),  # F32
    1: (1, 2),  # F16
    2: (32, 18),  # Q4_0
    3: (32, 20),  # Q4_1
    6: (32, 22),  # Q5_0
    7: (32, 24),  # Q5_1
    8: (32, 34),  # Q8_0
    10: (256, 84),  # Q2_K
    11: (256, 110),  # Q3_K
    12: (256, 144),  # Q4_K
    13: (256, 176),  # Q5_K
    14: (256, 210),  # Q6_K
    30: (1, 2),  # BF16
}


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor as described in the header: type, number of values, first byte counted from where the tensors begin."""

    kind: int
    values: int
    start: int

    @property
    def size(self) -> int:
        """Its size in bytes."""
        in_block, block_bytes = BLOCKS.get(self.kind, (1, 0))
        return self.values // in_block * block_bytes


@dataclass(frozen=True, slots=True)
class Header:
    """`context`: context length in tokens, if given. `begin`: byte where the tensors begin."""

    context: int | None
    begin: int
    tensors: tuple[Tensor, ...]

    @property
    def size(self) -> int:
        """Size in bytes of the complete file."""
        return self.begin + max(tensor.start + tensor.size for tensor in self.tensors)


def read_header(path: Path) -> Header:
    """Read the header of a GGUF file. Raises ModelUnavailable for other files and for incomplete ones."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            header = parse(Cursor(data)) if data[:4] == MAGIC else None
            complete = header is not None and len(data) >= header.size
    except OSError as error:
        raise ModelUnavailable(f"The model {path} cannot be read: {error.strerror}.") from error
    except (struct.error, ValueError, LookupError, OverflowError):
        raise ModelUnavailable(INCOMPLETE.format(path=path)) from None  # the file ends within its header, or is empty
    if header is None:
        raise ModelUnavailable(f"{path} is not a model: give a .gguf file.")
    if not complete:
        raise ModelUnavailable(INCOMPLETE.format(path=path))
    return header


class Cursor:
    """Reads the values of a GGUF file one after another; numbers are little-endian."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.place = len(MAGIC)

    def number(self, form: str) -> Any:
        """The next number, in a format of `struct`."""
        (value,) = struct.unpack_from(f"<{form}", self.data, self.place)
        self.place += struct.calcsize(f"<{form}")
        return value

    def text(self) -> str:
        """The next string."""
        length = self.number("Q")
        self.place += length
        return self.data[self.place - length : self.place].decode("utf-8", "replace")

    def value(self, kind: int) -> Any:
        """The next value of a type: a number, a string or a list."""
        if kind == TEXT:
            return self.text()
        if kind == LIST:
            kind, count = self.number("I"), self.number("Q")
            return [self.value(kind) for _ in range(count)]
        return self.number(NUMBERS[kind])


def parse(cursor: Cursor) -> Header:
    """Parse what follows the magic number: version, counts, properties of the model, descriptions of tensors."""
    _version, tensors, count = cursor.number("I"), cursor.number("Q"), cursor.number("Q")
    properties = {cursor.text(): cursor.value(cursor.number("I")) for _ in range(count)}
    described = tuple(tensor(cursor) for _ in range(tensors))
    step = properties.get("general.alignment", 32)
    begin = -(-cursor.place // step) * step
    context = properties.get(f"{properties['general.architecture']}.context_length")
    return Header(context, begin, described)


def tensor(cursor: Cursor) -> Tensor:
    """The next description of a tensor: name, dimensions, type, first byte."""
    cursor.text()
    values = prod(cursor.number("Q") for _ in range(cursor.number("I")))
    return Tensor(cursor.number("I"), values, cursor.number("Q"))
