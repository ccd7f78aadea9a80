"""When a derived part of an index may be removed to be made again: only where nothing else explains its failure."""

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

from pincite.ingest.errors import IndexProblem

LEAST_FREE = 20_000_000  # bytes; with less, a full disk may be the reason
SPARE_DESCRIPTORS = 32  # files that SQLite, Chroma and Tantivy open at once, with some to spare


def require_damage(folder: Path, error: Exception) -> None:
    """Raise IndexProblem if permissions, disk or descriptors may be the reason why a folder cannot be opened."""
    cause = other_cause(folder)
    if cause:
        raise IndexProblem(
            f"The search index in {folder} cannot be opened ({error}), and {cause}: correct this and run the command "
            "again; nothing was removed."
        ) from error


def other_cause(folder: Path) -> str | None:
    """What else than damage may keep a folder from being opened, None if nothing was found."""
    try:
        with ExitStack() as opened:
            for _ in range(SPARE_DESCRIPTORS):
                opened.enter_context(Path(os.devnull).open("rb"))
        closed = [path for path in (folder, *folder.rglob("*")) if not os.access(path, os.R_OK | os.W_OK)]
        full = shutil.disk_usage(folder).free < LEAST_FREE
    except OSError as error:
        return f"the system reports: {error.strerror}"
    if closed:
        return f"{closed[0].name} may not be changed by this user"
    return "the disk is full" if full else None
