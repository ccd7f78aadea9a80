"""Writes files atomically: a reader, or a crash, sees the old content or the new, never half of it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path in the same folder; what is written there replaces `path`, or is removed on an error.

    The temporary name is always the same, so that a crash leaves at most one file, which the next write overwrites.
    Processes that might write the same file at the same time need a lock.
    """
    temporary = path.with_name(f".{path.name}.new")
    try:
        yield temporary
        move_into_place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, parts: Iterable[str]) -> None:
    """Write a UTF-8 text file; line ends are written as given."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a binary file."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def move_into_place(written: Path, path: Path) -> None:
    """Replace `path` by a file from the same file system, once its content has reached the disk."""
    with written.open("r+b") as file:
        os.fsync(file.fileno())
    os.replace(written, path)  # noqa: PTH105  atomic on every system
