"""Opens files without waiting for a pipe or a device, and copies them, so that they cannot change while being read."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from pincite.ingest.errors import RejectedFile
from pincite.ingest.isolation.limits import LARGEST_FILE

CHUNK = 1 << 20  # bytes


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """A file open for reading. Raises RejectedFile if it is no regular file, too large, or cannot be opened."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise RejectedFile(
            f"it cannot be opened ({error.strerror}); check that it is still there and may be read"
        ) from error
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise RejectedFile("it is not a file but a pipe, a device or a folder; leave it out")
        if state.st_size > LARGEST_FILE:
            raise RejectedFile(f"it is larger than {LARGEST_FILE >> 30} GiB; split it")
        yield file


def size_of(path: Path) -> int:
    """Bytes of a file, 0 if they cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def digest_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal. Raises RejectedFile as `open_regular`, and if it cannot be read."""
    with open_regular(path) as file, reporting_read_errors():
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_with_digest(path: Path, copy: Path) -> str:
    """Copy a file and return the sha256 of the bytes copied. Raises RejectedFile."""
    digest, size = hashlib.sha256(), 0
    with open_regular(path) as file, reporting_read_errors(), copy.open("wb") as out:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > LARGEST_FILE:
                raise RejectedFile(f"it grew beyond {LARGEST_FILE >> 30} GiB while it was read; ingest it again")
            out.write(chunk)
    return digest.hexdigest()


@contextmanager
def reporting_read_errors() -> Iterator[None]:
    """Turn errors of the disk into RejectedFile."""
    try:
        yield
    except OSError as error:
        raise RejectedFile(f"its bytes cannot be read or copied ({error.strerror}); check its disk") from error
