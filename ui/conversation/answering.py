"""A question between being asked and being answered: written in a thread of its own, and stopped when the reader says.

Whatever is clicked meanwhile, the answer goes on being written and the page goes on showing it. A question that is
stopped, or whose reader has gone, leaves nothing in the conversation.
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
from pincite.ui.background_job import Job
from pincite.ui.conversation.turn import Turn, paragraph
from pincite.ui.engine import Engine, open_model
from pincite.ui.sidebar import Choice

WAITING = "waiting"  # in the session: the question that waits for its answer, or none
STOPPED = "stopped"  # in the session: the question that was stopped last, or none
AT_ONCE = 0.3  # seconds within which nothing is said of the work
SOON = 0.4  # seconds of work thereafter within which no button is offered that stops
EVERY = 0.25  # seconds between two looks at what is being written


@dataclass(slots=True)
class Waiting:
    """A question, what the sidebar said when it was asked, and the work on it once that has begun."""

    question: str
    choice: Choice | None = None
    job: Job[Turn] | None = None


def waiting_question() -> Waiting | None:
    """The question that waits for its answer."""
    waiting: Waiting | None = st.session_state.get(WAITING)
    return waiting


def stopped_question() -> str | None:
    """The question that was stopped last, unless another was asked since."""
    stopped: str | None = st.session_state.get(STOPPED)
    return stopped


def ask_later(question: str) -> None:
    """Keep a question until it has been answered; one that was being answered gives way."""
    drop()
    st.session_state[WAITING] = Waiting(question)
    st.session_state[STOPPED] = None


def drop() -> None:
    """Forget the question that waits."""
    if (waiting := waiting_question()) and waiting.job:
        waiting.job.stop()
    st.session_state[WAITING] = None


def stop() -> None:
    """Have the answer end here, and offer its question again."""
    if waiting := waiting_question():
        st.session_state[STOPPED] = waiting.question
    drop()


def answer_waiting(engine: Engine, waiting: Waiting, choice: Choice, turns: Sequence[Turn]) -> Turn:
    """Draw how far the answer is; the turn, once it is there."""
    waiting.choice = waiting.choice or choice
    with dropped_when_stopped():
        waiting.job = waiting.job or begin(engine, waiting.question, waiting.choice, turns)
        follow(waiting.job)
    if waiting.job.found:
        return waiting.job.found[0]
    return failed(len(turns), waiting.question, waiting.job.error or "")


@contextmanager
def dropped_when_stopped() -> Iterator[None]:
    """Forget the question when the reader has Streamlit stop the page, or leaves it."""
    try:
        yield
    except StopException:
        drop()
        raise


def begin(engine: Engine, question: str, choice: Choice, turns: Sequence[Turn]) -> Job[Turn]:
    """The work on a question, begun. Models are opened here, since only the page's own thread may say so."""
    try:
        model = open_model(choice.spec)
    except PinciteError as error:
        return Job(partial(say, failed(len(turns), question, str(error))))
    return Job(partial(work, engine, question, model, choice, tuple(turns)))


def say(turn: Turn, job: Job[Turn]) -> None:
    """Nothing to work on: the turn is there."""
    job.found.append(turn)


def work(
    engine: Engine, question: str, model: Model | None, choice: Choice, turns: Sequence[Turn], job: Job[Turn]
) -> None:
    """Answer a question, a follow-up made whole from those before it, and tell what a model writes. Raises Stopped."""
    number, before = len(turns), [turn.understood or turn.question for turn in turns]
    whole = rewrite_follow_up(model.llm, question, before) if model and before else complete_follow_up(question, before)
    understood = whole if whole != question else None

    def tell(draft: str) -> None:
        job.at = draft
        job.tell(0, 1)

    try:
        filters = choice.filters()
        answer = engine.ask(check_question(whole), filters, model, tell)
        searched = documents_searched(choice, filters, engine.entries())
    except PinciteError as error:
        job.found.append(failed(number, question, str(error), understood))
    else:
        job.found.append(Turn(number, question, searched, answer, understood=understood))


def failed(number: int, question: str, error: str, understood: str | None = None) -> Turn:
    """The turn of a question that has no answer."""
    return Turn(number, question, "", None, error, understood)


def follow(job: Job[Turn]) -> None:
    """Wait until it is done; where that is not at once, show what is being written, and soon a button that stops it."""
    job.thread.join(AT_ONCE)
    if job.running:
        room = st.empty()
        with room.container():
            show_progress(job)
        room.empty()


def show_progress(job: Job[Turn]) -> None:
    """What is being written, until it is done."""
    draft = st.empty()
    draft.html(written_so_far(""))
    job.thread.join(SOON)
    if job.running:
        st.button("Stop", key="stop-answer", icon=":material/stop_circle:", on_click=stop)
    while job.running:
        draft.html(written_so_far(job.at))  # also where a click of the reader takes effect
        job.thread.join(EVERY)


def written_so_far(draft: str) -> str:
    """How far the answer is, as HTML."""
    said = paragraph("Draft, not yet checked:", "small") + paragraph(draft, "statement") if draft else ""
    return f'{said}<p class="pincite-busy" role="status">Reading the documents …</p>'


def documents_searched(choice: Choice, filters: Filters, entries: Sequence[Entry]) -> str:
    """Which documents were searched, as a sentence."""
    admitted = sum(map(filters.admits, entries))
    chosen = choice.described()
    return f"{admitted} of {len(entries)} documents were searched{f' ({chosen})' if chosen else ''}."
