"""Reads files through a child process, which is started with the first and replaced after a failure.

The child is a fresh interpreter that runs `pincite.ingest.isolation.worker`: it imports neither the program that called
this one nor any model, and it works from every thread.
"""

import logging
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Timer

from pydantic import ValidationError

from pincite.ingest.document import Document
from pincite.ingest.errors import RejectedFile
from pincite.ingest.isolation.limits import MEBIBYTE, MOST_ANSWER, Limits, limits_for
from pincite.ingest.isolation.messages import (
    REPLY,
    REQUEST,
    Cutting,
    ReadFile,
    ReadRequest,
    Refusal,
    Reply,
    TooLong,
    as_hexadecimal,
    receive,
    send,
)
from pincite.ingest.isolation.worker import OUT_OF_MEMORY
from pincite.ingest.reading import check_name

OUT_OF_TIME = {getattr(signal, name) for name in ("SIGPROF", "SIGXCPU") if hasattr(signal, name)}
PATIENCE = 5.0  # seconds
LOGGER = logging.getLogger(__name__)
ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "RAYON_NUM_THREADS",
)  # each thread would take memory of its own


class FileReader:
    """A process that reads files one by one. Not for two threads at once; to be closed by the thread that used it."""

    def __init__(self, cutting: Cutting | None = None) -> None:
        self.cutting = cutting
        self.copies: TemporaryDirectory[str] | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path, root: Path | None, name: str) -> ReadFile:
        """The document of a file, under its name in the library, and its passages. Raises RejectedFile.

        `root`: the folder that is ingested, for the metadata stated in it; None for the document alone.
        """
        check_name(name)
        limits = limits_for(size_of(path))
        reply, late = self.reply(path, root, name, limits.seconds)
        if reply is None:
            raise RejectedFile(reason_of_end(self.end(PATIENCE), limits, late=late))
        if reply.last:
            self.end()
        if isinstance(reply.result, Refusal):
            LOGGER.info("%s: %s", path, reply.result.fault or reply.result.reason)
            raise RejectedFile(reply.result.reason)
        return reply.result

    def reply(self, path: Path, root: Path | None, name: str, seconds: float) -> tuple[Reply | None, bool]:
        """The reply of the process, None if it ended without one, and whether it took more than `seconds`."""
        process, copies = self.open()
        folder = None if root is None else as_hexadecimal(root)
        request = ReadRequest(as_hexadecimal(path), name, as_hexadecimal(copies), folder, self.cutting)
        late = Event()
        watch = Timer(seconds, end_late, (process, late))
        watch.start()
        try:
            return exchange(process, request), late.is_set()
        finally:
            watch.cancel()

    def open(self) -> tuple[subprocess.Popen[bytes], Path]:
        """The process, started if there is none, and the folder for its copies. Raises RejectedFile."""
        try:
            self.copies = self.copies or TemporaryDirectory(prefix="pincite-", ignore_cleanup_errors=True)
            self.process = self.process or start()
        except OSError as error:
            raise RejectedFile(
                f"no process can be started to read it, or no temporary folder made ({error.strerror}); "
                "make room and ingest it again"
            ) from error
        return self.process, Path(self.copies.name)

    def end(self, patience: float = 0.0) -> int:
        """End the process, if there is one, and return its exit status, negative for a signal.

        `patience`: seconds that it is given to end by itself.
        """
        process, self.process = self.process, None
        if process is None:
            return 0
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        process.kill()
        with suppress(BrokenPipeError), process:  # closes its pipes and waits
            return process.wait()
        return process.returncode

    def close(self) -> None:
        """End the process and remove the copies of files."""
        self.end()
        if self.copies:
            self.copies.cleanup()

    def __enter__(self) -> "FileReader":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def read_isolated(path: Path, name: str) -> Document:
    """The document of a file, read in a process of its own. Raises RejectedFile."""
    with FileReader() as reader:
        return reader.read(path, None, name).document


def start() -> subprocess.Popen[bytes]:
    """A new process that reads files. Raises OSError.

    In a session of its own, so that Ctrl-C at a terminal reaches only its parent, which ends it.
    """
    command = [sys.executable, "-P", "-m", "pincite.ingest.isolation.worker"]
    found = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | dict.fromkeys(ONE_THREAD, "1")
    return subprocess.Popen(  # noqa: S603  this program itself
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | found,
        start_new_session=True,
    )


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


def reason_of_end(status: int, limits: Limits, *, late: bool) -> str:
    """Why a process ended while it read a file, as a message to users."""
    if late or -status in OUT_OF_TIME:
        seconds = limits.seconds if late else limits.processor_seconds
        return f"it takes more than {seconds:.0f} seconds to read; split it or save it again in a simpler form"
    needs = f"needs more than {limits.memory >> 20} MiB of memory to be read"
    if status == OUT_OF_MEMORY:
        return f"it {needs}; split it or save it again in a simpler form"
    name = signal.Signals(-status).name if -status in set(signal.Signals) else f"exit status {status}"
    return f"the program that reads it crashed ({name}): it is damaged, or {needs}; save it again or split it"


def size_of(path: Path) -> int:
    """Bytes of a file, 0 if they cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
