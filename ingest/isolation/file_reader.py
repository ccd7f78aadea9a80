"""Reads files through a process with limits, which is replaced after a failure."""

import logging
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

from pincite.ingest.document import Document
from pincite.ingest.errors import RejectedFile
from pincite.ingest.isolation.limits import OUT_OF_MEMORY, Limits, limits_for
from pincite.ingest.isolation.messages import Cutting, ReadFile, ReadRequest, Refusal, Reply, as_hexadecimal
from pincite.ingest.isolation.processes import ReadingProcess, give_back, take
from pincite.ingest.isolation.regular_file import size_of
from pincite.ingest.reading import check_name

OUT_OF_TIME = {getattr(signal, name) for name in ("SIGPROF", "SIGXCPU") if hasattr(signal, name)}
PATIENCE = 1.0  # seconds for a process to end by itself
LOGGER = logging.getLogger(__name__)


class FileReader:
    """Reads files one by one. Not for two threads at once."""

    def __init__(self, cutting: Cutting | None = None) -> None:
        self.cutting = cutting
        self.copies: TemporaryDirectory[str] | None = None
        self.process: ReadingProcess | None = None

    def read(self, path: Path, root: Path | None, name: str) -> ReadFile:
        """The document of a file, under its name in the library, and its passages. Raises RejectedFile.

        `root`: the folder that is ingested, for the metadata stated in it; None for the document alone.
        """
        check_name(name)
        limits = limits_for(size_of(path), self.cutting.tokenizer_size if self.cutting else 0)
        result = self.reply(path, root, name, limits).result
        if isinstance(result, Refusal):
            LOGGER.info("%s: %s", path, result.fault or result.reason)
            raise RejectedFile(result.reason)
        return result

    def reply(self, path: Path, root: Path | None, name: str, limits: Limits) -> Reply:
        """The reply of the process. Raises RejectedFile if it ended without one."""
        process, copies = self.open()
        self.process = None  # until it has replied: whatever happens meanwhile, it is not used again
        folder = None if root is None else as_hexadecimal(root)
        request = ReadRequest(as_hexadecimal(path), name, as_hexadecimal(copies), folder, self.cutting)
        try:
            reply, late = process.ask(request, limits.seconds)
            self.process = process if reply and not reply.last else None
        finally:
            status = 0 if self.process else process.end(PATIENCE)
        if reply is None:
            raise RejectedFile(reason_of_end(status, limits, late=late))
        return reply

    def open(self) -> tuple[ReadingProcess, Path]:
        """A process, and the folder for its copies. Raises RejectedFile."""
        try:
            self.copies = self.copies or TemporaryDirectory(prefix="pincite-", ignore_cleanup_errors=True)
            self.process = self.process or take()
        except OSError as error:
            raise RejectedFile(
                f"no process can be started to read it, or no temporary folder made ({error.strerror}); "
                "make room and ingest it again"
            ) from error
        return self.process, Path(self.copies.name)

    def close(self) -> None:
        """Give the process back and remove the copies of files."""
        process, self.process = self.process, None
        if process:
            give_back(process)
        if self.copies:
            self.copies.cleanup()
            self.copies = None

    def __enter__(self) -> "FileReader":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def read_isolated(path: Path, name: str) -> Document:
    """The document of a file, read in a process with limits. Raises RejectedFile."""
    with FileReader() as reader:
        return reader.read(path, None, name).document


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
