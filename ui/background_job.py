"""Work that takes long goes on in a thread of its own, whatever is clicked meanwhile; a page watches and can stop it.

Knows nothing about the work: it is a function that is given its job, adds to `found` what it finds, and tells how far
it is. Only the page's own thread draws.
"""

from collections.abc import Callable
from functools import partial
from threading import Thread
from time import monotonic
from typing import Generic, TypeVar

import streamlit as st

from pincite.ui.error_boundary import guarded, told
from pincite.ui.escaping import as_markdown

Found = TypeVar("Found")
EVERY = 0.5  # seconds between two looks at a job


class Stopped(BaseException):
    """The reader has stopped the work. No error: what catches every error lets it pass."""


class Job(Generic[Found]):
    """Work under way or done. `done` of `of` is what it tells, `at` what it works on, `error` a sentence."""

    def __init__(self, work: Callable[["Job[Found]"], None]) -> None:
        self.work = work
        self.found: list[Found] = []
        self.at = ""
        self.done, self.of = 0.0, 0
        self.before: float | None = None
        self.error: str | None = None
        self.stopping = False
        self.began = monotonic()
        self.thread = Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        """Do the work."""
        try:
            self.work(self)
        except Stopped:
            pass
        except Exception as error:  # noqa: BLE001  a thread has nobody above it who could show the error
            self.error = told(error)

    def tell(self, done: float, of: int) -> None:
        """Note how far the work is. Raises Stopped."""
        self.done, self.of = done, of
        if self.before is None:
            self.before, self.began = done, monotonic()
        if self.stopping and done < of:
            raise Stopped

    def stop(self) -> None:
        """Have the work end with what is being done now."""
        self.stopping = True

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return self.thread.is_alive()

    def left(self) -> float | None:
        """Seconds that the rest will take at the pace so far, None while nothing is known of it."""
        gained = self.done - (self.before or 0)
        return (self.of - self.done) * (monotonic() - self.began) / gained if gained > 0 else None


@st.fragment(run_every=EVERY)
def watch(job: Job[Found], verb: str, show: Callable[[Job[Found]], None] | None = None) -> None:
    """Draw how far a job is, a button that stops it, and what it has found so far; the whole page when it is done."""
    guarded(partial(draw, job, verb, show))  # run again by itself, a fragment stands outside its page's guard


def draw(job: Job[Found], verb: str, show: Callable[[Job[Found]], None] | None) -> None:
    """How a job stands. `verb` says what it does, and tells jobs of one page apart."""
    share = min(job.done / job.of, 1.0) if job.of else 0.0
    st.progress(share, text=as_markdown(progress_line(job, verb)))
    st.button("Stop", key=f"stop-{verb}", icon=":material/stop_circle:", on_click=job.stop, disabled=job.stopping)
    if show:
        show(job)
    if not job.running:
        st.rerun()


def progress_line(job: Job[Found], verb: str) -> str:
    """How far a job is, in words."""
    if job.stopping:
        return "Stopping after what is being done now …"
    count = f"{int(job.done)} of {job.of}" if job.of else "getting ready …"
    seconds = job.left()
    return " · ".join(filter(None, (f"{verb}: {count}", job.at, "" if seconds is None else time_left(seconds))))


def time_left(seconds: float) -> str:
    """A time that is left, as a person says it.

    >>> time_left(4.2), time_left(80), time_left(5400)
    ('a few seconds left', 'about 2 minutes left', 'about 90 minutes left')
    """
    if seconds < 10:  # noqa: PLR2004  below it a number would only flicker
        return "a few seconds left"
    if seconds < 60:  # noqa: PLR2004  a minute
        return f"about {10 * round(seconds / 10)} seconds left"
    minutes = -int(-seconds // 60)
    return f"about {minutes} minute{'s' if minutes > 1 else ''} left"
