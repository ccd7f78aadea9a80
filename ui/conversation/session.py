"""The conversation that is open: named in the page's address, so that a reload finds it, and kept turn by turn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from pincite.ingest.errors import PinciteError
from pincite.ui.conversation.answering import STOPPED, drop
from pincite.ui.conversation.schema import turn_of, turn_record
from pincite.ui.conversation.store import Conversation, keep_turn, new_identity, read
from pincite.ui.conversation.turn import Turn
from pincite.ui.sidebar import Choice
from pincite.ui.source.panel import close_place

ADDRESS = "conversation"  # in the page's address: which conversation is open
OPEN = "conversation"  # in the session: the conversation that is open, as it is kept
TURNS = "turns"  # in the session: its turns as they are drawn
ARRIVED = "arrived"  # in the session: whether what is shown has just come, and its last question must be in view
COMPLAINT = "complaint"  # in the session: why a conversation could not be opened or kept
NONE_YET = Conversation("", "", ())


@dataclass(frozen=True, slots=True)
class Opened:
    """What is open: the id is empty while nothing is kept; `complaint` is said once."""

    id: str
    turns: list[Turn]
    complaint: str | None


def opened(own: Path) -> Opened:
    """The conversation of the page's address, else the one that was open before another page was."""
    wanted, known = st.query_params.get(ADDRESS), known_conversation()
    if wanted and wanted != known.id:
        open_conversation(own, wanted)
    elif known.id and not wanted:
        st.query_params[ADDRESS] = known.id
    turns: list[Turn] = st.session_state.setdefault(TURNS, [])
    return Opened(known_conversation().id, turns, st.session_state.pop(COMPLAINT, None))


def known_conversation() -> Conversation:
    """The conversation of the session."""
    known: Conversation = st.session_state.get(OPEN, NONE_YET)
    return known


def open_conversation(own: Path, identity: str | None) -> None:
    """Open a conversation of the user; None begins a new one, and so does one that cannot be opened."""
    drop()
    close_place()
    st.session_state[STOPPED] = None
    try:
        conversation = read(own, identity) if identity else NONE_YET
    except PinciteError as error:
        st.session_state[COMPLAINT] = str(error)
        conversation = NONE_YET
    show(conversation, turns_of(conversation))


def turns_of(conversation: Conversation) -> list[Turn]:
    """The turns of a conversation, to be drawn."""
    return [turn_of(record, number) for number, record in enumerate(conversation.turns)]


def show(conversation: Conversation, turns: list[Turn]) -> None:
    """Have the page show a conversation."""
    st.session_state[OPEN] = conversation
    st.session_state[TURNS] = turns
    st.session_state[ARRIVED] = bool(conversation.turns)
    if not conversation.id:
        st.query_params.pop(ADDRESS, None)
    elif st.query_params.get(ADDRESS) != conversation.id:  # each setting is a step of the browser's way back
        st.query_params[ADDRESS] = conversation.id


def keep(own: Path, turn: Turn, choice: Choice) -> list[Turn]:
    """Add a turn to the conversation and keep it: the turns there are now, also those of another window.

    A turn that cannot be kept is shown all the same, and that is said.
    """
    drop()
    known = known_conversation()
    records = (*known.turns, turn_record(turn, choice))
    try:
        kept = keep_turn(own, known.id or new_identity(), records)
    except PinciteError as error:
        st.session_state[COMPLAINT] = str(error)
        kept = replace(known, turns=records)
    before: list[Turn] = st.session_state[TURNS]
    turns = [*before, turn] if kept.turns is records else turns_of(kept)
    show(kept, turns)
    return turns


def only_grown(before: Opened, turns: Sequence[Turn]) -> bool:
    """Whether one turn more is all that has come: nothing of another window, and no complaint."""
    return len(turns) == len(before.turns) + 1 and COMPLAINT not in st.session_state
