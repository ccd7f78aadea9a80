"""The open conversation: its id is in the page's address, so that a reload finds it; turns are stored one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from pincite.ingest.errors import PinciteError
from pincite.ui.conversation.answering import STOPPED, forget_pending
from pincite.ui.conversation.schema import choice_of, turn_of, turn_record
from pincite.ui.conversation.store import Conversation, TurnRecord, keep_turn, new_conversation_id, read, replace_turn
from pincite.ui.conversation.turn import Turn
from pincite.ui.sidebar import SidebarChoice
from pincite.ui.source.panel import close_source

ADDRESS = "conversation"  # query parameter with the id of the open conversation
OPEN = "conversation"  # in the session: the open conversation as stored
TURNS = "turns"  # in the session: its turns as they are drawn
ARRIVED = "arrived"  # in the session: the question to scroll to, -1 for the last; None to stay
COMPLAINT = "complaint"  # in the session: why a conversation could not be opened or stored
NONE_YET = Conversation("", "", ())


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """The open conversation: the id is empty until a turn is stored; `complaint` is shown once."""

    id: str
    turns: list[Turn]
    complaint: str | None


def opened(own: Path) -> OpenConversation:
    """The conversation in the page's address, else the one last open in this session."""
    wanted, known = st.query_params.get(ADDRESS), known_conversation()
    if wanted and wanted != known.id:
        open_conversation(own, wanted)
    elif known.id and not wanted:
        st.query_params[ADDRESS] = known.id
    turns: list[Turn] = st.session_state.setdefault(TURNS, [])
    return OpenConversation(known_conversation().id, turns, st.session_state.pop(COMPLAINT, None))


def known_conversation() -> Conversation:
    """The stored conversation of this session."""
    known: Conversation = st.session_state.get(OPEN, NONE_YET)
    return known


def open_conversation(own: Path, identity: str | None) -> None:
    """Open a conversation; None, or one that cannot be opened, starts a new one."""
    forget_pending()
    close_source()
    st.session_state[STOPPED] = None
    try:
        conversation = read(own, identity) if identity else NONE_YET
    except PinciteError as error:
        st.session_state[COMPLAINT] = str(error)
        conversation = NONE_YET
    show(conversation, turns_of(conversation))


def turns_of(conversation: Conversation) -> list[Turn]:
    """The turns of a conversation for drawing."""
    return [turn_of(record, number) for number, record in enumerate(conversation.turns)]


def show(conversation: Conversation, turns: list[Turn]) -> None:
    """Make a conversation the open one."""
    st.session_state[OPEN] = conversation
    st.session_state[TURNS] = turns
    st.session_state[ARRIVED] = -1 if conversation.turns else None
    if not conversation.id:
        st.query_params.pop(ADDRESS, None)
    elif st.query_params.get(ADDRESS) != conversation.id:  # each assignment adds a step to the browser's history
        st.query_params[ADDRESS] = conversation.id


def keep(own: Path, turn: Turn, choice: SidebarChoice) -> list[Turn]:
    """Add a turn and store it; returns all turns, including those of another window.

    A turn that cannot be stored is shown with a warning.
    """
    forget_pending()
    known = known_conversation()
    records = (*known.turns, turn_record(turn, choice))
    try:
        kept = keep_turn(own, known.id or new_conversation_id(), records)
    except PinciteError as error:
        st.session_state[COMPLAINT] = str(error)
        kept = replace(known, turns=records)
    before: list[Turn] = st.session_state[TURNS]
    turns = [*before, turn] if kept.turns is records else turns_of(kept)
    show(kept, turns)
    return turns


def record_of(turn: Turn) -> TurnRecord:
    """The record of a turn of the open conversation."""
    return known_conversation().turns[turn.number]


def keep_instead(own: Path, turn: Turn) -> None:
    """Put a turn with another answer in the place of the one with its number, and store it.

    Raises BadInput, IndexProblem if it cannot be stored.
    """
    known, number = known_conversation(), turn.number
    record = turn_record(turn, choice_of(record_of(turn)))
    st.session_state[OPEN] = replace(known, turns=(*known.turns[:number], record, *known.turns[number + 1 :]))
    st.session_state[TURNS][number] = turn
    st.session_state[ARRIVED] = number - len(st.session_state[TURNS])
    if known.id:
        replace_turn(own, known.id, number, record)


def only_one_turn_added(before: OpenConversation, turns: Sequence[Turn]) -> bool:
    """Whether exactly one turn was added, and nothing is to be reported."""
    return len(turns) == len(before.turns) + 1 and COMPLAINT not in st.session_state
