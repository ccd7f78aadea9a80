"""What SQLite, Chroma and Tantivy say of a disk or of damage -> one sentence of ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pincite.ingest.errors import BrokenIndex, IndexProblem


@contextmanager
def trouble_told(folder: Path) -> Iterator[None]:
    """Turn what Chroma and Tantivy say of a disk that takes no more into IndexProblem."""
    from chromadb.errors import ChromaError  # noqa: PLC0415  Chroma takes a second to load

    try:
        yield
    except (ChromaError, ValueError, OSError) as error:
        raise IndexProblem(
            f"What is searched in {folder} cannot be written ({error}): free space or mend permissions and "
            "run again; the documents are kept."
        ) from error


@contextmanager
def damage_told(folder: Path) -> Iterator[None]:
    """Turn what SQLite says of a damaged file into BrokenIndex."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise BrokenIndex(
            f"The catalog in {folder} cannot be read ({error}): remove the folder and ingest again."
        ) from error
