"""Work in a thread of its own: how far it is, stopping it, and what becomes of an error in it."""

import logging
import time

import pytest

from pincite.ingest.errors import BadInput
from pincite.ui.background_job import BackgroundJob, progress_line
from pincite.ui.error_boundary import BUG
from support.paged import opened


def test_job_is_stopped_between_two_steps() -> None:
    def work(job: BackgroundJob[int]) -> None:
        for number in range(1000):
            job.report_progress(number, 1000)
            job.results.append(number)
            time.sleep(0.01)

    job = BackgroundJob(work)
    while not job.results:
        time.sleep(0.01)
    job.stop()
    job.thread.join(10)
    assert not job.running
    assert job.error is None
    assert 0 < len(job.results) < 1000


def test_time_left_counts_only_what_was_done_here() -> None:
    def work(job: BackgroundJob[int]) -> None:
        job.report_progress(90, 100)
        job.began -= 10
        job.report_progress(95, 100)

    job = BackgroundJob(work)
    job.thread.join(10)
    assert job.seconds_left() == pytest.approx(10, abs=1)
    assert progress_line(job, "Asking") == "Asking: 95 of 100 · about 10 seconds left"


@pytest.mark.parametrize(("error", "said"), [(BadInput("Do this."), "Do this."), (ZeroDivisionError("x"), BUG)])
def test_error_is_told_and_a_bug_is_logged(error: Exception, said: str, caplog: pytest.LogCaptureFixture) -> None:
    def work(_job: BackgroundJob[int]) -> None:
        raise error

    with caplog.at_level(logging.ERROR):
        job = BackgroundJob(work)
        job.thread.join(10)
    assert job.error == said
    assert ("ZeroDivisionError" in caplog.text) == (said == BUG)


def broken_page() -> None:
    from pincite.ui.error_boundary import show_guarded  # noqa: PLC0415  see opened

    show_guarded(lambda: {}["missing"])


def test_bug_in_a_page_is_one_sentence(caplog: pytest.LogCaptureFixture) -> None:
    app = opened(broken_page)
    assert [error.value.replace("\\", "") for error in app.error] == [BUG]
    assert "KeyError: 'missing'" in caplog.text


def broken_watch() -> None:
    import time  # noqa: PLC0415  see opened

    from pincite.ui.background_job import BackgroundJob, watch  # noqa: PLC0415  see opened

    watch(BackgroundJob(lambda _job: time.sleep(1)), "Working", lambda _job: {}["missing"])


def test_bug_in_what_a_job_shows_is_one_sentence(caplog: pytest.LogCaptureFixture) -> None:
    app = opened(broken_watch)
    assert [error.value.replace("\\", "") for error in app.error] == [BUG]
    assert "KeyError: 'missing'" in caplog.text
