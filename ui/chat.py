"""The Chat page: questions, answers statement by statement, and the sources beside them."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import StopException

from answer.filters import Filters
from answer.follow_up import made_whole
from answer.retrieve import check_question
from answer.rewrite import rewritten
from ingest.catalog import Entry
from ingest.errors import NoIndex, PinciteError
from ingest.index import DEFAULT_FOLDER
from ui.engine import Engine, open_engine, open_model
from ui.examples import example_questions
from ui.inert import as_markdown
from ui.look import STYLE
from ui.scroll import scroll_to_question
from ui.sidebar import Choice, choose
from ui.source import close_place
from ui.turn import Turn, paragraph, show_question, show_turn, side_by_side

TURNS = "turns"  # in the session: the conversation so far
ASKED = "asked"  # in the session: the question that waits for its answer, or none
ARRIVED = "arrived"  # in the session: whether the last answer is shown for the first time


def chat_page(folder: Path, server: str | None) -> None:
    """The page."""
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
            converse(engine, entries)
        else:
            show_no_library(folder)


def show_no_library(folder: Path) -> None:
    """What to do when nothing has been indexed."""
    where = "" if folder == DEFAULT_FOLDER else f" --index {shlex.quote(str(folder))}"
    st.title("Pincite")
    st.write("There is no library yet. In a terminal, name the folder with your documents (PDF, Word, HTML, Markdown):")
    st.code(f"pincite ingest PATH{where}", language=None, wrap_lines=True)
    st.button("Look again", icon=":material/refresh:")


def converse(engine: Engine, entries: Sequence[Entry]) -> None:
    """The conversation so far, and the question that is asked now."""
    turns: list[Turn] = st.session_state.setdefault(TURNS, [])
    st.sidebar.button("New conversation", icon=":material/restart_alt:", on_click=start_anew, disabled=not turns)
    choice = choose(entries)
    if written := st.chat_input("Ask a question, or follow up on the last"):
        ask_later(written)
    asked: list[str] = st.session_state.setdefault(ASKED, [])
    if not (turns or asked):
        show_welcome(entries)
    for turn in turns:
        show_turn(engine, turn, entries)
    if asked:
        with side_by_side(len(turns))[0], dropped_when_stopped(asked):
            turns.append(answered(engine, asked[0], choice, entries, turns))
        asked.clear()
        st.session_state[ARRIVED] = True
        st.rerun()
    if st.session_state.pop(ARRIVED, False):
        scroll_to_question(len(turns))


@contextmanager
def dropped_when_stopped(asked: list[str]) -> Iterator[None]:
    """Forget the question when the reader stops its answer."""
    try:
        yield
    except StopException:
        asked.clear()
        raise


def ask_later(question: str) -> None:
    """Keep a question until it has been answered, whatever is clicked meanwhile."""
    st.session_state[ASKED] = [question]
    close_place()


def start_anew() -> None:
    """Forget the conversation."""
    st.session_state[TURNS] = []
    st.session_state[ASKED] = []
    close_place()


def show_welcome(entries: Sequence[Entry]) -> None:
    """What can be done here, with examples from this library."""
    st.title("Ask your documents")
    st.write("Every sentence of an answer comes with the words it rests on. Click a number to see them in their place.")
    for number, question in enumerate(example_questions(entries), 1):
        st.button(as_markdown(question), key=f"example-{number}", on_click=ask_later, args=(question,))


def answered(engine: Engine, question: str, choice: Choice, entries: Sequence[Entry], turns: Sequence[Turn]) -> Turn:
    """The turn that comes of a question; a follow-up is made whole from those before it."""
    whole = understood_as(question, [turn.understood or turn.question for turn in turns], choice.spec)
    number, understood = len(turns), whole if whole != question else None
    show_question(question, understood)
    draft = st.empty()
    try:
        with st.spinner("Reading the documents …"):
            filters = choice.filters()
            answer = engine.ask(check_question(whole), filters, open_model(choice.spec), partial(show_draft, draft))
    except PinciteError as error:
        return Turn(number, question, "", None, str(error), understood)
    return Turn(number, question, searched(choice, filters, entries), answer, understood=understood)


def understood_as(question: str, before: Sequence[str], spec: str) -> str:
    """A follow-up made whole, by the model where one is chosen and can be opened."""
    try:
        model = open_model(spec) if before else None
    except PinciteError:
        model = None  # the question itself will say what is wrong with it
    return rewritten(model.llm, question, before) if model else made_whole(question, before)


def searched(choice: Choice, filters: Filters, entries: Sequence[Entry]) -> str:
    """Which documents were searched, as a sentence."""
    admitted = sum(map(filters.admits, entries))
    chosen = choice.described()
    return f"{admitted} of {len(entries)} documents were searched{f' ({chosen})' if chosen else ''}."


def show_draft(place: DeltaGenerator, text: str) -> None:
    """What a model has written so far."""
    place.html(paragraph("Draft, not yet checked:", "small") + paragraph(text, "statement"))
