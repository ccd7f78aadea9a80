"""Processes that read files: each a fresh interpreter that runs `pincite.ingest.isolation.worker`.

It imports neither the program that called this one nor any model. One that is idle is kept for a while, as starting it
takes as long as reading a few files: an upload of one file need not wait for it.
"""

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Timer
from time import monotonic

from pydantic import ValidationError

from pincite.ingest.isolation.limits import IDLE_SECONDS, MEBIBYTE, MOST_ANSWER
from pincite.ingest.isolation.messages import REPLY, REQUEST, ReadRequest, Reply, TooLong, receive, send

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")  # each thread takes memory of its own
LOCK = Lock()  # of IDLE
IDLE: list["ReadingProcess"] = []  # at most one
KEPT = IDLE_SECONDS / 2  # seconds: a process ends by itself after IDLE_SECONDS


@dataclass(slots=True)
class ReadingProcess:
    """A running process, where it finds modules, and when it was last used."""

    process: subprocess.Popen[bytes]
    modules: str
    used: float

    def ask(self, request: ReadRequest, seconds: float) -> tuple[Reply | None, bool]:
        """The reply to a request, None if the process ended without one, and whether it took more than `seconds`."""
        late = Event()
        watch = Timer(seconds, end_late, (self.process, late))
        watch.start()
        try:
            return exchange(self.process, request), late.is_set()
        finally:
            watch.cancel()

    def is_usable(self, modules: str) -> bool:
        """Whether the process still runs, has these modules, and does not end by itself soon."""
        return self.process.poll() is None and self.modules == modules and monotonic() - self.used < KEPT

    def end(self, patience: float = 0.0) -> int:
        """End the process and return its exit status, negative for a signal; it may end by itself for `patience` s."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        self.process.kill()
        with suppress(BrokenPipeError), self.process:  # closes its pipes
            pass
        return self.process.wait()


def take() -> ReadingProcess:
    """The process that is kept, if it has the same modules as this one, or else a new one. Raises OSError."""
    modules = os.pathsep.join(filter(None, sys.path))
    with LOCK:
        kept = [IDLE.pop()] if IDLE else []
    for process in kept:
        if process.is_usable(modules):
            return process
        process.end()
    return start(modules)


def give_back(process: ReadingProcess) -> None:
    """Keep a process for the next run, or end it if one is kept already."""
    process.used = monotonic()
    with LOCK:
        if not IDLE:
            IDLE.append(process)
            return
    process.end()


@atexit.register
def end_idle() -> None:
    """End the process that is kept."""
    with LOCK:
        while IDLE:
            IDLE.pop().end()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=IDLE.clear)  # two processes must not share the pipes to one


def start(modules: str) -> ReadingProcess:
    """A new process. Raises OSError.

    In a session of its own, so that Ctrl-C at a terminal reaches only its parent, which ends it.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "pincite.ingest.isolation.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": modules} | dict.fromkeys(ONE_THREAD, "1"),
        start_new_session=True,
    )
    return ReadingProcess(process, modules, monotonic())


def exchange(process: subprocess.Popen[bytes], request: ReadRequest) -> Reply | None:
    """The reply to a request, None if the process ends without one or sends what is none."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        send(process.stdin, REQUEST, request, MEBIBYTE)
        reply = receive(process.stdout, MOST_ANSWER)
        return None if reply is None else REPLY.validate_json(reply)
    except (BrokenPipeError, TooLong, ValidationError):
        return None


def end_late(process: subprocess.Popen[bytes], late: Event) -> None:
    """End a process whose time is over."""
    late.set()
    process.kill()
