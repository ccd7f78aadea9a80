"""Conversations on disk: one file for each user, to which turns are added as they come.

Collections of the file: `conversations` ({"title", "changed"} by id), and for each conversation one that is named by
its id, with its turns.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from time import time_ns
from typing import Any

from pincite.answer.citation.excerpt import shorten
from pincite.ingest.errors import BadInput, IndexProblem
from pincite.ingest.jsonl import validated
from pincite.ingest.record_store import RecordStore, StoreKind, open_store
from pincite.ui.conversation.schema import TURNS

FILE = "conversations.sqlite"  # in the user's folder
KIND = StoreKind("file of conversations", 0x50696E54)  # "PinT"
CONVERSATIONS = "conversations"
IDENTITY = re.compile(r"[0-9a-f]{32}")
LONGEST = 80  # characters of a title

TurnRecord = Mapping[str, Any]  # a turn, as pincite.ui.conversation.schema has it


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation; `turns` are checked records."""

    id: str
    title: str
    turns: tuple[TurnRecord, ...]


@dataclass(frozen=True, slots=True)
class ListedConversation:
    """A conversation in the list; `changed` is when its last turn was added, in ns."""

    id: str
    title: str
    changed: int


def new_conversation_id() -> str:
    """An id that nobody can guess."""
    return token_hex(16)


def list_conversations(folder: Path) -> list[ListedConversation]:
    """The conversations of a user, the newest first. Raises IndexProblem."""
    if not (folder / FILE).exists():
        return []
    with open_store(folder / FILE, KIND) as store:
        found = [ListedConversation(identity, **head) for identity, head in store.items(CONVERSATIONS)]
    return sorted(found, key=lambda one: one.changed, reverse=True)


def read(folder: Path, identity: str) -> Conversation:
    """A conversation. Raises BadInput where there is none or its turns are damaged, IndexProblem."""
    with existing(folder, identity) as store:
        return read_from(store, identity)


@contextmanager
def existing(folder: Path, identity: str) -> Iterator[RecordStore]:
    """A transaction in the user's file, which has this conversation. Raises BadInput where it has not, IndexProblem."""
    check_identity(identity)
    if (folder / FILE).exists():
        with open_store(folder / FILE, KIND) as store, store.transaction():
            if store.has(CONVERSATIONS, identity):
                yield store
                return
    raise BadInput("This conversation is not among yours: it was deleted, or it belongs to another user or browser.")


def check_identity(identity: str) -> None:
    """Raise BadInput for anything that is no id of a conversation."""
    if not IDENTITY.fullmatch(identity):
        raise BadInput("The address of this page names no conversation: choose one in the list, or begin a new one.")


def read_from(store: RecordStore, identity: str) -> Conversation:
    """A conversation of an open file. Raises BadInput with the field that is wrong."""
    turns = tuple(turn for _, turn in store.items(identity))
    validated(TURNS, json.dumps(turns), f"A conversation in {store.path} is damaged or of another version")
    return Conversation(identity, store.get(CONVERSATIONS, identity)["title"], turns)


def keep_turn(folder: Path, identity: str, turns: Sequence[TurnRecord]) -> Conversation:
    """Add the last of these turns to a conversation; all of them where there is no such conversation.

    Its turns are those given, unless another window has added some. Raises BadInput, IndexProblem.
    """
    check_identity(identity)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise IndexProblem(
            f"The conversation cannot be kept in {folder} ({error.strerror}): check the folder's permissions."
        ) from error
    with open_store(folder / FILE, KIND) as store, store.transaction():
        head = store.get(CONVERSATIONS, identity) or {"title": title_of(turns[0]["question"])}
        before = store.count(identity)
        for number, turn in enumerate(turns[-1:] if before else turns, before):
            store.put(identity, str(number), turn)
        store.put(CONVERSATIONS, identity, head | {"changed": time_ns()})
        if before in {0, len(turns) - 1}:
            return Conversation(identity, head["title"], tuple(turns))
        return read_from(store, identity)


def replace_turn(folder: Path, identity: str, number: int, turn: TurnRecord) -> None:
    """Put a turn in the place of the one with this number, from 0. Raises BadInput, IndexProblem."""
    with existing(folder, identity) as store:
        store.put(identity, str(number), turn)


def rename(folder: Path, identity: str, title: str) -> None:
    """Give a conversation another title; it keeps its place in the list. Raises BadInput, IndexProblem."""
    if not title.split():
        raise BadInput("A title needs at least one letter.")
    with existing(folder, identity) as store:
        store.put(CONVERSATIONS, identity, store.get(CONVERSATIONS, identity) | {"title": title_of(title)})


def delete(folder: Path, identity: str) -> None:
    """Delete a conversation; nothing happens where there is none. Raises BadInput, IndexProblem."""
    check_identity(identity)
    if (folder / FILE).exists():
        with open_store(folder / FILE, KIND) as store, store.transaction():
            store.delete(CONVERSATIONS, identity)
            store.clear(identity)


def title_of(question: str) -> str:
    """A title, cut short: the first question unless the user gave another.

    >>> title_of("What does the Council decide on the Trust Fund?")
    'What does the Council decide on the Trust Fund?'
    """
    return shorten(question, LONGEST)
