"""What a reading process and its parent send each other: JSON behind its length, checked against the expected type.

The answers come from a process that has read hostile bytes: they are data of known types and size, never code.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from pincite.ingest.chunking.passages import Passage, PassageRules
from pincite.ingest.document import Document
from pincite.ingest.embedding.weights import find_weights

LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Cutting:
    """How passages are cut: by which rules, counting word pieces by the tokenizer in which folder (in hexadecimal)."""

    rules: PassageRules
    tokenizer: str
    tokenizer_size: int


def cutting_for(rules: PassageRules, model: str) -> Cutting:
    """How passages are cut for an embedding model. Raises ModelProblem if it is not there."""
    folder = find_weights(model)
    return Cutting(rules, as_hexadecimal(folder), (folder / "tokenizer.json").stat().st_size)


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A file to be read: its path, the ingested folder, its name in the library, and where it may be copied to.

    Paths are in hexadecimal, since not all are text. `root`: None to leave out the metadata stated beside the file;
    `cutting`: None for a document without passages.
    """

    path: str
    name: str
    copies: str
    root: str | None = None
    cutting: Cutting | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that has been read: the document with its final metadata, and its passages."""

    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was rejected; `fault`: the traceback of a fault in this program."""

    reason: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a request; `last`: the process ends now and takes no more."""

    result: ReadFile | Refusal
    last: bool = False


REQUEST, REPLY = TypeAdapter(ReadRequest), TypeAdapter(Reply)


class TooLong(Exception):
    """A message is longer than allowed."""


def send(stream: IO[bytes], kind: TypeAdapter[Any], message: object, most: int) -> None:
    """Write a message. Raises TooLong."""
    content = kind.dump_json(message)
    if len(content) > most:
        raise TooLong
    stream.write(len(content).to_bytes(LENGTH_BYTES, "big") + content)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes | None:
    """The bytes of a message, None at the end of the stream. Raises TooLong."""
    length = int.from_bytes(header, "big") if len(header := stream.read(LENGTH_BYTES)) == LENGTH_BYTES else None
    if length is None:
        return None
    if length > most:
        raise TooLong
    content = stream.read(length)
    return content if len(content) == length else None


def as_hexadecimal(path: Path) -> str:
    """A path in hexadecimal, complete, as the other process may be in another folder.

    >>> from_hexadecimal(as_hexadecimal(Path("/a/b.md"))) == Path("/a/b.md")
    True
    """
    return os.fsencode(path.absolute()).hex()


def from_hexadecimal(path: str) -> Path:
    """The path that was written in hexadecimal."""
    return Path(os.fsdecode(bytes.fromhex(path)))
