"""Turns errors of SQLite, Chroma and Tantivy into errors that tell the user what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pincite.ingest.errors import BrokenIndex, IndexBusy, IndexProblem

PRIMARY = 0xFF  # bits of an SQLite result code without its extension: https://sqlite.org/rescode.html
LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
UNUSABLE_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def catalog_problem(error: sqlite3.DatabaseError, folder: Path) -> IndexProblem:
    """The problem behind an error of SQLite; only a damaged file is a reason to remove the index."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY
    if code in LOCKED:
        return IndexBusy(f"Another process is writing to the catalog in {folder}: try again when it has finished.")
    if code in UNUSABLE_DISK:
        return IndexProblem(
            f"The catalog in {folder} cannot be used ({error}): free space on the disk or correct the permissions, "
            "then run the command again."
        )
    return BrokenIndex(f"The catalog in {folder} cannot be read ({error}): remove the folder and ingest again.")


@contextmanager
def reporting_catalog_problems(folder: Path) -> Iterator[None]:
    """Raise the IndexProblem behind an error of SQLite; errors in our own statements pass as they are."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError):
        raise
    except sqlite3.DatabaseError as error:
        raise catalog_problem(error, folder) from error


@contextmanager
def reporting_write_problems(folder: Path) -> Iterator[None]:
    """Raise IndexProblem where Chroma or Tantivy cannot write to the disk."""
    from chromadb.errors import ChromaError  # noqa: PLC0415  Chroma takes a second to load

    try:
        yield
    except (ChromaError, ValueError, OSError) as error:
        raise IndexProblem(
            f"The search indexes in {folder} cannot be written ({error}): free space on the disk or correct the "
            "permissions, then run the command again; the documents are not lost."
        ) from error
