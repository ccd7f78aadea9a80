"""The header of a GGUF file: how long a text its model reads, and whether the file is whole. Knows nothing of weights.

OpenVINO GenAI 2026.4 reads beyond the end of a file whose download broke off and takes the process down with it, so the
header is read first. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import mmap
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from pincite.ingest.errors import ModelUnavailable

MAGIC = b"GGUF"
NOT_WHOLE = "The model {path} is not whole, as when a download breaks off: fetch it again."
TEXT, LIST = 8, 9  # kinds of values that say their own length
NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
# Values in a block and bytes of a block, by the number of a tensor's type; a type that is not here counts as nothing.
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
    """A tensor as the header describes it: type, number of values, bytes from where the tensors begin.

    `place` is where in the file its type stands, with its start behind it.
    """

    kind: int
    values: int
    start: int
    place: int

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        in_block, block_bytes = BLOCKS.get(self.kind, (1, 0))
        return self.values // in_block * block_bytes


@dataclass(frozen=True, slots=True)
class Header:
    """`context` in tokens, None when the file does not say; `begin` is the byte where the tensors begin.

    Each tensor begins at a multiple of `step` bytes from there.
    """

    context: int | None
    begin: int
    step: int
    tensors: tuple[Tensor, ...]

    @property
    def size(self) -> int:
        """Bytes that the file has when it is whole."""
        return self.begin + max(tensor.start + tensor.size for tensor in self.tensors)


def read_header(path: Path) -> Header:
    """The header of a GGUF file. Raises ModelUnavailable for another kind of file and for one that was cut off."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            header = parse(Cursor(data)) if data[:4] == MAGIC else None
            whole = header is not None and len(data) >= header.size
    except OSError as error:
        raise ModelUnavailable(f"The model {path} cannot be read: {error.strerror}.") from error
    except (struct.error, ValueError, LookupError, OverflowError):
        raise ModelUnavailable(NOT_WHOLE.format(path=path)) from None  # it stops in the header, or is empty
    if header is None:
        raise ModelUnavailable(f"{path} is no model: give the folder of an OpenVINO model or a .gguf file.")
    if not whole:
        raise ModelUnavailable(NOT_WHOLE.format(path=path))
    return header


class Cursor:
    """A place in the bytes of a GGUF file that moves on as values are read; numbers are little-endian."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.place = len(MAGIC)

    def number(self, form: str) -> Any:
        """The next number, of a form that `struct` knows."""
        (value,) = struct.unpack_from(f"<{form}", self.data, self.place)
        self.place += struct.calcsize(f"<{form}")
        return value

    def text(self) -> str:
        """The next string."""
        length = self.number("Q")
        self.place += length
        return self.data[self.place - length : self.place].decode("utf-8", "replace")

    def value(self, kind: int) -> Any:
        """The next value of a kind: a number, a string or a list."""
        if kind == TEXT:
            return self.text()
        if kind == LIST:
            kind, count = self.number("I"), self.number("Q")
            return [self.value(kind) for _ in range(count)]
        return self.number(NUMBERS[kind])


def parse(cursor: Cursor) -> Header:
    """What follows the magic: version, counts, the model's properties, then where each tensor stands."""
    _version, tensors, count = cursor.number("I"), cursor.number("Q"), cursor.number("Q")
    properties = {cursor.text(): cursor.value(cursor.number("I")) for _ in range(count)}
    described = tuple(tensor(cursor) for _ in range(tensors))
    step = properties.get("general.alignment", 32)
    begin = -(-cursor.place // step) * step
    context = properties.get(f"{properties['general.architecture']}.context_length")
    return Header(context, begin, step, described)


def tensor(cursor: Cursor) -> Tensor:
    """The next tensor described: its name, its dimensions, its type and where it starts."""
    cursor.text()
    values = prod(cursor.number("Q") for _ in range(cursor.number("I")))
    place = cursor.place
    kind, start = cursor.number("I"), cursor.number("Q")
    return Tensor(kind, values, start, place)
