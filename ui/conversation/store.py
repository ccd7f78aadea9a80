"""Conversations on disk: a folder for each user, a file of JSON Lines for each conversation, which grows turn by turn.

::

    FOLDER/<stands for the user>/<32 hexadecimal digits>.jsonl
    {"schema": 2, "title": "…"}
    {a turn, the oldest first}
    …

Knows nothing about who the user is, and nothing about the page.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from typing import Any

from filelock import FileLock
from pydantic import ValidationError

from pincite.answer.citation.excerpt import shortened
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput, IndexProblem
from pincite.ui.conversation.schema import HEAD, SCHEMA, TURN, TURNS

IDENTITY = re.compile(r"[0-9a-f]{32}")
SUFFIX = ".jsonl"
LONGEST = 80  # characters of a title
PATIENCE = 10.0  # seconds to wait while another process writes

Record = Mapping[str, Any]  # a turn, as pincite.ui.conversation.schema has it


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation; `turns` are checked records."""

    id: str
    title: str
    turns: tuple[Record, ...]


def new_identity() -> str:
    """A name that nobody can guess."""
    return token_hex(16)


def file_of(folder: Path, identity: str) -> Path:
    """The file of a conversation. Raises BadInput for what is no name of one, wherever it would lead."""
    if not IDENTITY.fullmatch(identity):
        raise BadInput("The address of this page names no conversation: choose one in the list, or begin a new one.")
    return folder / f"{identity}{SUFFIX}"


def read(folder: Path, identity: str) -> Conversation:
    """A conversation. Raises BadInput where there is none, or where its file is damaged or of another version."""
    path = file_of(folder, identity)
    if not path.is_file():
        raise BadInput("This conversation is not among yours: it was deleted, or another user or browser holds it.")
    return read_file(path)


def read_file(path: Path) -> Conversation:
    """The conversation of a file, without a last line that is torn. Raises BadInput with the field that is wrong."""
    with reading(path):
        head, *lines = path.read_bytes().split(b"\n")[:-1] or [b""]
        title = HEAD.validate_json(head).title
        TURNS.validate_python([TURN.validate_json(line) for line in lines])
        return Conversation(path.stem, title, tuple(map(json.loads, lines)))


def read_title(path: Path) -> str:
    """The title in a file, whose turns are not looked at. Raises BadInput."""
    with reading(path), path.open("rb") as file:
        return HEAD.validate_json(file.readline()).title


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Errors of reading a file as BadInput."""
    try:
        yield
    except OSError as error:
        raise BadInput(f"The conversation in {path} cannot be read: {error.strerror or error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise BadInput(
            f"The conversation in {path} is passed over, since it is damaged or of another version "
            f"({f'{field}: ' if field else ''}{first['msg'][:1].lower()}{first['msg'][1:]})."
        ) from error


def keep_turn(folder: Path, identity: str, turns: Sequence[Record]) -> Conversation:
    """Keep the last of these turns: behind what another window may have added; where there is no file, all of them.

    Its turns are those given, unless a window has added some. Raises BadInput where the file cannot be read,
    IndexProblem where it cannot be written.
    """
    path = file_of(folder, identity)
    with writing(path):
        if not path.is_file():
            conversation = Conversation(identity, title_of(turns[0]["question"]), tuple(turns))
            write(path, conversation)
        elif whole_lines(path) == len(turns):  # the title and all turns but the last
            conversation = Conversation(identity, read_title(path), tuple(turns))
            append(path, turns[-1])
        else:
            before = read_file(path)
            conversation = replace(before, turns=(*before.turns, turns[-1]))
            write(path, conversation)
    return conversation


def rename(folder: Path, identity: str, title: str) -> Conversation:
    """Give a conversation another title. Raises BadInput for an empty one or no conversation, IndexProblem."""
    if not title.split():
        raise BadInput("A title needs at least one letter.")
    path = file_of(folder, identity)
    with writing(path):
        conversation = replace(read(folder, identity), title=title_of(title))
        times = path.stat().st_atime_ns, path.stat().st_mtime_ns
        write(path, conversation)
        os.utime(path, ns=times)  # it stays where it is in the list
    return conversation


def delete(folder: Path, identity: str) -> None:
    """Delete a conversation; nothing happens where there is none. Raises BadInput, IndexProblem."""
    path = file_of(folder, identity)
    with writing(path):
        path.unlink(missing_ok=True)


def title_of(question: str) -> str:
    """A title, cut short: the first question unless the user gave another.

    >>> title_of("What does the Council decide on the Trust Fund?")
    'What does the Council decide on the Trust Fund?'
    """
    return shortened(question, LONGEST)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Alone in the folder of a user, which is made for nobody else's eyes. Raises IndexProblem."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(path.with_name(".lock"), timeout=PATIENCE):
            yield
    except OSError as error:
        raise IndexProblem(
            f"The conversation cannot be kept in {path} ({error.strerror or error}): "
            "check the folder's permissions and the room on the disk."
        ) from error


def write(path: Path, conversation: Conversation) -> None:
    """Write the file of a conversation, whole or not at all."""
    head = {"schema": SCHEMA, "title": conversation.title}
    write_text(path, map(line_of, (head, *conversation.turns)))


def append(path: Path, turn: Record) -> None:
    """Write a turn behind the others."""
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(line_of(turn))


def line_of(record: Record) -> str:
    """A record as a line."""
    return json.dumps(record, ensure_ascii=False) + "\n"


def whole_lines(path: Path) -> int | None:
    """How many lines a file has, None where the last is torn."""
    content = path.read_bytes()
    return content.count(b"\n") if content.endswith(b"\n") else None
