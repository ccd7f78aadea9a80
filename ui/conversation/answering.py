"""Answers a question in a background thread and shows the draft as it is written.

Clicks meanwhile do not interrupt it. A question that is stopped, or whose reader has left, is not added to the
conversation.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from pincite.answer.draft.draft import Model
from pincite.answer.query.conversation.follow_ups import complete_follow_up
from pincite.answer.query.conversation.model_rewrite import rewrite_follow_up
from pincite.answer.query.filters import Filters
from pincite.answer.query.question import check_question
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.catalog import Entry
from pincite.ui.background_job import BackgroundJob
from pincite.ui.conversation.turn import Turn, paragraph
from pincite.ui.engine import Engine, open_model
from pincite.ui.sidebar import SidebarChoice

WAITING = "waiting"  # in the session: the question being answered, or None
STOPPED = "stopped"  # in the session: the question that was stopped last, or None
QUIET_SECONDS = 0.3  # seconds before progress is shown
SECONDS_BEFORE_STOP_BUTTON = 0.4  # more seconds before the stop button is shown
POLL_INTERVAL = 0.25  # seconds between two updates of the draft


@dataclass(slots=True)
class PendingQuestion:
    """A question being answered, the choices in the sidebar when it was asked, and its job."""

    question: str
    choice: SidebarChoice | None = None
    job: BackgroundJob[Turn] | None = None


def pending_question() -> PendingQuestion | None:
    """The question being answered, or None."""
    waiting: PendingQuestion | None = st.session_state.get(WAITING)
    return waiting


def stopped_question() -> str | None:
    """The question that was stopped last, unless another has been asked since."""
    stopped: str | None = st.session_state.get(STOPPED)
    return stopped


def ask_later(question: str) -> None:
    """Queue a question; it replaces one that is being answered."""
    forget_pending()
    st.session_state[WAITING] = PendingQuestion(question)
    st.session_state[STOPPED] = None


def forget_pending() -> None:
    """Stop and forget the question being answered."""
    if (waiting := pending_question()) and waiting.job:
        waiting.job.stop()
    st.session_state[WAITING] = None


def stop() -> None:
    """Stop the answer and offer its question again."""
    if waiting := pending_question():
        st.session_state[STOPPED] = waiting.question
    forget_pending()


def answer_pending(engine: Engine, waiting: PendingQuestion, choice: SidebarChoice, turns: Sequence[Turn]) -> Turn:
    """Show progress; returns the turn when the answer is complete."""
    waiting.choice = waiting.choice or choice
    with forgotten_when_stopped():
        waiting.job = waiting.job or begin(engine, waiting.question, waiting.choice, turns)
        follow(waiting.job)
    if waiting.job.results:
        return waiting.job.results[0]
    return failed(len(turns), waiting.question, waiting.job.error or "")


@contextmanager
def forgotten_when_stopped() -> Iterator[None]:
    """Forget the question when the reader stops or leaves the page."""
    try:
        yield
    except StopException:
        forget_pending()
        raise


def begin(engine: Engine, question: str, choice: SidebarChoice, turns: Sequence[Turn]) -> BackgroundJob[Turn]:
    """Start a job for a question. Models are opened here, since only the page's own thread can show that."""
    try:
        model = open_model(choice.spec)
    except PinciteError as error:
        return BackgroundJob(partial(say, failed(len(turns), question, str(error))))
    return BackgroundJob(partial(work, engine, question, model, choice, tuple(turns)))


def say(turn: Turn, job: BackgroundJob[Turn]) -> None:
    """A job whose result exists already."""
    job.results.append(turn)


def work(
    engine: Engine,
    question: str,
    model: Model | None,
    choice: SidebarChoice,
    turns: Sequence[Turn],
    job: BackgroundJob[Turn],
) -> None:
    """Answer a question, a follow-up made whole from those before it, and tell what a model writes. Raises Stopped."""
    number, before = len(turns), [turn.understood or turn.question for turn in turns]
    whole = rewrite_follow_up(model.llm, question, before) if model and before else complete_follow_up(question, before)
    understood = whole if whole != question else None

    def tell(draft: str) -> None:
        job.current = draft
        job.report_progress(0, 1)

    try:
        filters = choice.filters()
        answer = engine.ask(check_question(whole), filters, model, tell)
        searched = documents_searched(choice, filters, engine.entries())
    except PinciteError as error:
        job.results.append(failed(number, question, str(error), understood))
    else:
        job.results.append(Turn(number, question, searched, answer, understood=understood))


def failed(number: int, question: str, error: str, understood: str | None = None) -> Turn:
    """The turn of a question that could not be answered."""
    return Turn(number, question, "", None, error, understood)


def follow(job: BackgroundJob[Turn]) -> None:
    """Wait for a job; if it takes longer, show the draft and a stop button."""
    job.thread.join(QUIET_SECONDS)
    if job.running:
        room = st.empty()
        with room.container():
            show_progress(job)
        room.empty()


def show_progress(job: BackgroundJob[Turn]) -> None:
    """Show the draft until the job is done."""
    draft = st.empty()
    draft.html(written_so_far(""))
    job.thread.join(SECONDS_BEFORE_STOP_BUTTON)
    if job.running:
        st.button("Stop", key="stop-answer", icon=":material/stop_circle:", on_click=stop)
    while job.running:
        draft.html(written_so_far(job.current))  # clicks of the reader take effect here
        job.thread.join(POLL_INTERVAL)


def written_so_far(draft: str) -> str:
    """The draft so far, as HTML."""
    said = paragraph("Draft, not yet checked:", "small") + paragraph(draft, "statement") if draft else ""
    return f'{said}<p class="pincite-busy" role="status">Reading the documents …</p>'


def documents_searched(choice: SidebarChoice, filters: Filters, entries: Sequence[Entry]) -> str:
    """The documents searched, as a sentence."""
    admitted = len(filters.admitted(entries))
    chosen = choice.described()
    return f"{admitted} of {len(entries)} documents were searched{f' ({chosen})' if chosen else ''}."
