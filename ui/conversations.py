"""Conversations on disk: a folder for each user, a JSON file for each conversation, written whole or not at all.

::

    FOLDER/<stands for the user>/<32 hexadecimal digits>.json
    {"schema": 1, "title": "…", "changed": "2026-03-01T09:30:00+00:00", "turns": [a record each, the oldest first]}

Knows nothing about who the user is, and nothing about the page.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from filelock import FileLock
from pydantic import ValidationError

from answer.excerpt import shortened
from ingest.aside import write_text
from ingest.errors import BadInput, IndexProblem
from ui.conversation_record import CONVERSATION, SCHEMA

IDENTITY = re.compile(r"[0-9a-f]{32}")
LONGEST = 80  # characters of a title
PATIENCE = 10.0  # seconds to wait while another process writes

Record = Mapping[str, Any]  # a turn, as ui.conversation_record has it


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation; `changed` is when its last turn came, in UTC as ISO 8601, `turns` are checked records."""

    id: str
    title: str
    changed: str
    turns: tuple[Record, ...]


def new_identity() -> str:
    """A name that nobody can guess."""
    return token_hex(16)


def file_of(folder: Path, identity: str) -> Path:
    """The file of a conversation. Raises BadInput for what is no name of one, wherever it would lead."""
    if not IDENTITY.fullmatch(identity):
        raise BadInput("The address of this page names no conversation: choose one in the list, or begin a new one.")
    return folder / f"{identity}.json"


def read(folder: Path, identity: str) -> Conversation:
    """A conversation. Raises BadInput where there is none, or where its file is damaged or of another version."""
    path = file_of(folder, identity)
    if not path.is_file():
        raise BadInput("This conversation is not among yours: it was deleted, or another user or browser holds it.")
    return read_file(path)


def read_file(path: Path) -> Conversation:
    """The conversation of a file. Raises BadInput with the first field that is wrong."""
    try:
        content = path.read_bytes()
        CONVERSATION.validate_json(content)
    except OSError as error:
        raise BadInput(f"The conversation in {path} cannot be read: {error.strerror or error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise BadInput(
            f"The conversation in {path} is passed over, since it is damaged or of another version "
            f"({f'{field}: ' if field else ''}{first['msg'][:1].lower()}{first['msg'][1:]})."
        ) from error
    record = json.loads(content)
    return Conversation(path.stem, record["title"], record["changed"], tuple(record["turns"]))


def keep_turn(folder: Path, identity: str, turns: Sequence[Record]) -> Conversation:
    """Keep the last of these turns: behind what another window may have added; where there is no file, all of them.

    Raises BadInput where the file cannot be read, IndexProblem where it cannot be written.
    """
    path = file_of(folder, identity)
    with writing(path):
        before = read_file(path) if path.is_file() else None
        told = (*before.turns, turns[-1]) if before else tuple(turns)
        title = before.title if before else title_of(turns[0]["question"])
        conversation = Conversation(identity, title, datetime.now(UTC).isoformat(timespec="microseconds"), told)
        write(path, conversation)
    return conversation


def rename(folder: Path, identity: str, title: str) -> Conversation:
    """Give a conversation another title. Raises BadInput for an empty one or no conversation, IndexProblem."""
    if not title.split():
        raise BadInput("A title needs at least one letter.")
    path = file_of(folder, identity)
    with writing(path):
        before = read(folder, identity)
        conversation = Conversation(identity, title_of(title), before.changed, before.turns)
        write(path, conversation)
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
    """Write the file of a conversation."""
    record = {
        "schema": SCHEMA,
        "title": conversation.title,
        "changed": conversation.changed,
        "turns": conversation.turns,
    }
    write_text(path, [json.dumps(record, ensure_ascii=False), "\n"])
