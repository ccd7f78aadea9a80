"""The Chat page: questions, answers statement by statement, and sources beside them."""

import shlex
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import monotonic_ns

import streamlit as st

from pincite.ingest.errors import NoIndex, PinciteError
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import DEFAULT_FOLDER
from pincite.ui.conversation.answering import answer_pending, ask_later, pending_question, stopped_question
from pincite.ui.conversation.clipboard import SCRIPT
from pincite.ui.conversation.examples import example_questions
from pincite.ui.conversation.export import show_downloads
from pincite.ui.conversation.history import show_past
from pincite.ui.conversation.owner import conversations_folder, cookie_script, folder_of_user
from pincite.ui.conversation.session import (
    ARRIVED,
    OpenConversation,
    keep,
    only_one_turn_added,
    open_conversation,
    opened,
)
from pincite.ui.conversation.turn import Turn, locations_of, paragraph, show_answer_of, show_question, show_turn
from pincite.ui.conversation.whole_answer import opened_whole
from pincite.ui.engine import Engine, open_engine
from pincite.ui.escaping import as_markdown
from pincite.ui.scroll import scroll_to_question
from pincite.ui.sidebar import choose
from pincite.ui.source.panel import close_source, room_for_source, show_opened
from pincite.ui.style import STYLE

RECENT = 3  # turns of a longer conversation drawn at first
WHOLE = "conversation-whole"  # in the session: id of the conversation that is drawn completely


def chat_page(folder: Path, server: str | None, conversations: Path | None = None) -> None:
    """The page; conversations are stored in the index folder unless another is given."""
    st.html(STYLE)
    try:
        engine = open_engine(folder, server)
        entries = engine.entries()
    except NoIndex:
        show_no_library(folder)
    except PinciteError as error:
        st.error(as_markdown(str(error)))
    else:
        if entries:
            converse(engine, entries, folder_of_user(conversations_folder(folder, conversations)))
        else:
            show_no_library(folder)


def show_no_library(folder: Path) -> None:
    """Explain how to create a library."""
    where = "" if folder == DEFAULT_FOLDER else f" --index {shlex.quote(str(folder))}"
    st.title("Pincite")
    st.write("There is no library yet. In a terminal, name the folder with your documents (PDF, Word, HTML, Markdown):")
    st.code(f"pincite ingest PATH{where}", language=None, wrap_lines=True)
    st.button("Look again", icon=":material/refresh:")


def converse(engine: Engine, entries: Sequence[Entry], own: Path) -> None:
    """Show the conversation and answer a new question; `own` is the user's folder of conversations."""
    current = opened(own)
    if written := st.chat_input("Ask a question, or follow up on the last"):
        ask(written)
    waiting = pending_question()
    with st.sidebar:
        past = show_past(own, current.id, bool(current.turns or waiting), partial(open_conversation, own))
        downloads = st.container()
    choice = choose(entries)
    with st.sidebar:
        st.html(f"<span></span><script>{cookie_script()}{SCRIPT}</script>", unsafe_allow_javascript=True)
    if current.complaint:
        st.warning(as_markdown(current.complaint))
    turns = current.turns
    if not (turns or waiting):
        show_welcome(entries)
    talk, beside = room_for_source()
    with beside:
        show_opened(engine, range(len(turns)), lambda number: locations_of(current.turns[number], entries))
    with talk:
        for turn in recent(current):
            show_turn(engine.folder, opened_whole(engine, own, turn), entries)
        if waiting:
            show_question(waiting.question)
            turns = keep(own, answer_pending(engine, waiting, choice, turns), waiting.choice or choice)
            is_newest = bool(past) and past[0].id == current.id
            if not (is_newest and only_one_turn_added(current, turns)):
                st.rerun()  # the list, or more of the conversation, must be drawn again
            show_answer_of(engine.folder, turns[-1], entries)
    with downloads:
        title = next((one.title for one in past if one.id == current.id), "")
        show_downloads(title, turns, entries)
    if stopped := stopped_question():
        with talk:
            show_stopped(stopped)
    if (place := st.session_state.pop(ARRIVED, None)) is not None:
        scroll_to_question(place, monotonic_ns())


def recent(current: OpenConversation) -> Sequence[Turn]:
    """The turns to draw: the last ones, until all are requested."""
    earlier = len(current.turns) - RECENT
    if earlier <= 0 or st.session_state.get(WHOLE) == current.id:
        return current.turns
    label = f"Show {earlier} earlier question{'s' if earlier > 1 else ''}"
    st.button(label, type="tertiary", icon=":material/history:", on_click=show_whole, args=(current.id,))
    return current.turns[-RECENT:]


def show_whole(identity: str) -> None:
    """Draw the whole conversation."""
    st.session_state[WHOLE] = identity


def ask(question: str) -> None:
    """Ask a question and close the source panel."""
    ask_later(question)
    close_source()


def show_stopped(question: str) -> None:
    """Show that a question was stopped, with a button to ask it again."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(paragraph(f"Stopped before it was answered: {question}", "small"), width="content")
        st.button("Ask again", key="ask-again", icon=":material/replay:", on_click=ask, args=(question,))


def show_welcome(entries: Sequence[Entry]) -> None:
    """Show an introduction with example questions."""
    st.title("Ask your documents")
    st.write("Every sentence of an answer cites its source. Click a number to see the quote in its document.")
    for number, question in enumerate(example_questions(entries), 1):
        st.button(as_markdown(question), key=f"example-{number}", on_click=ask, args=(question,))
