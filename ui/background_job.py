"""Runs long work in a background thread while a page shows its progress and offers to stop it.

The work is a function that gets its job, appends to `results` and reports progress. Only the page's own thread draws.
"""

from collections.abc import Callable
from functools import partial
from threading import Thread
from time import monotonic
from typing import Generic, TypeVar

import streamlit as st

from pincite.ui.error_boundary import error_message, show_guarded
from pincite.ui.escaping import as_markdown

Found = TypeVar("Found")
POLL_INTERVAL = 0.5  # seconds between two updates of the page


class JobStopped(BaseException):
    """The reader stopped the work. Not an Exception, so that general handlers of errors let it pass."""


class BackgroundJob(Generic[Found]):
    """Work under way or done. `done` of `total` is what it tells, `current` what it works on, `error` a sentence."""

    def __init__(self, work: Callable[["BackgroundJob[Found]"], None]) -> None:
        self.work = work
        self.results: list[Found] = []
        self.current = ""
        self.done, self.total = 0.0, 0
        self.done_at_start: float | None = None
        self.error: str | None = None
        self.stopping = False
        self.began = monotonic()
        self.thread = Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        """Run the work; an error becomes a sentence in `error`."""
        try:
            self.work(self)
        except JobStopped:
            pass
        except Exception as error:  # noqa: BLE001  nothing above a thread could show the error
            self.error = error_message(error)

    def report_progress(self, done: float, of: int) -> None:
        """Note how far the work is. Raises Stopped."""
        self.done, self.total = done, of
        if self.done_at_start is None:
            self.done_at_start, self.began = done, monotonic()
        if self.stopping and done < of:
            raise JobStopped

    def stop(self) -> None:
        """Ask the work to stop after its current step."""
        self.stopping = True

    @property
    def running(self) -> bool:
        """Whether the work is still running."""
        return self.thread.is_alive()

    def seconds_left(self) -> float | None:
        """Estimated seconds left, None before the first progress."""
        gained = self.done - (self.done_at_start or 0)
        return (self.total - self.done) * (monotonic() - self.began) / gained if gained > 0 else None


@st.fragment(run_every=POLL_INTERVAL)
def watch(job: BackgroundJob[Found], verb: str, show: Callable[[BackgroundJob[Found]], None] | None = None) -> None:
    """Show progress, a stop button and results so far; rerun the whole page when the job is done."""
    show_guarded(partial(draw, job, verb, show))  # a fragment reruns outside its page's error boundary


def draw(job: BackgroundJob[Found], verb: str, show: Callable[[BackgroundJob[Found]], None] | None) -> None:
    """Draw the state of a job. `verb` describes it and distinguishes the jobs of a page."""
    share = min(job.done / job.total, 1.0) if job.total else 0.0
    st.progress(share, text=as_markdown(progress_line(job, verb)))
    st.button("Stop", key=f"stop-{verb}", icon=":material/stop_circle:", on_click=job.stop, disabled=job.stopping)
    if show:
        show(job)
    if not job.running:
        st.rerun()


def progress_line(job: BackgroundJob[Found], verb: str) -> str:
    """The progress of a job in words."""
    if job.stopping:
        return "Stopping after what is being done now …"
    count = f"{int(job.done)} of {job.total}" if job.total else "getting ready …"
    seconds = job.seconds_left()
    return " · ".join(filter(None, (f"{verb}: {count}", job.current, "" if seconds is None else time_left(seconds))))


def time_left(seconds: float) -> str:
    """Remaining time in words.

    >>> time_left(4.2), time_left(80), time_left(5400)
    ('a few seconds left', 'about 2 minutes left', 'about 90 minutes left')
    """
    if seconds < 10:  # noqa: PLR2004  a smaller number would only flicker
        return "a few seconds left"
    if seconds < 60:  # noqa: PLR2004  a minute
        return f"about {10 * round(seconds / 10)} seconds left"
    minutes = -int(-seconds // 60)
    return f"about {minutes} minute{'s' if minutes > 1 else ''} left"
