"""Exact vector search: all vectors in one memory-mapped file.

The file is derived from the catalog, whose generation it contains; a missing or damaged one is written again.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

import numpy as np
import numpy.typing as npt

from pincite.ingest.atomic_write import replacing
from pincite.ingest.embedding.embedder import Vectors

FILE = "matrix.bin"
ROWS = (
    "SELECT p.number, p.document, e.vector FROM passages p JOIN embeddings e ON e.digest = p.embedding "
    "ORDER BY p.number"
)

ALL_ROWS = slice(None)
BLOCK = 256  # rows multiplied at a time: more would not fit into the cache of a core, and would start further threads

Numbers = npt.NDArray[np.int64]
Rows = Numbers | slice  # of a matrix: int64 (r,), or ALL_ROWS


@dataclass(frozen=True, slots=True)
class Matrix:
    """n passages: their ascending numbers and those of their documents, int64 (n,); vectors float32 (n, d), norm 1."""

    numbers: Numbers
    documents: Numbers
    vectors: Vectors

    def __len__(self) -> int:
        return len(self.numbers)


def read_matrix(folder: Path, generation: int) -> Matrix | None:
    """The matrix of an index, memory-mapped; None if it is missing or of another generation."""
    try:
        with (folder / FILE).open("rb") as file:
            written_for, count, size = map(int, np.load(file))
            begin = file.tell()
            vectors = np.asarray(np.memmap(file, np.float32, "r", begin, (count, size)))
            file.seek(begin + vectors.nbytes)
            places = np.load(file)
    except (OSError, ValueError, EOFError):
        return None
    numbers, documents = np.ascontiguousarray(places.T)
    return Matrix(numbers, documents, vectors) if written_for == generation else None


def vector_blocks(folder: Path, rows: int) -> Iterator[Vectors]:
    """The vectors of the file, so many rows at a time: float32 (r, d) each.

    They are read, not mapped: pages of a mapped file stay in memory until it is unmapped.
    """
    with (folder / FILE).open("rb") as file:
        _, count, size = map(int, np.load(file))
        for start in range(0, count, rows):
            yield np.fromfile(file, np.float32, min(rows, count - start) * size).reshape(-1, size)


def write_matrix(folder: Path, generation: int, catalog: Connection) -> None:
    """Write the vectors of a catalog, atomically. Raises OSError if the disk is full."""
    with replacing(folder / FILE) as temporary:
        write_rows(temporary, generation, catalog.execute(ROWS))


def write_rows(path: Path, generation: int, rows: Iterator[tuple[int, int, bytes]]) -> None:
    """Write generation, n and d, then n vectors, then n pairs of numbers; one row is in memory at a time."""
    places, size = array("q"), 0
    with path.open("wb") as file:
        np.save(file, np.zeros(3, dtype=np.int64))
        for number, document, vector in rows:
            places.extend((number, document))
            size = file.write(vector) // 4
        np.save(file, np.array(places, dtype=np.int64).reshape(-1, 2))
        file.seek(0)
        np.save(file, np.array([generation, len(places) // 2, size], dtype=np.int64))


def rows_of(matrix: Matrix, documents: Sequence[int]) -> Rows:
    """The rows of the passages of some documents, int64 (r,), ascending; ALL_ROWS if these are all."""
    chosen = np.zeros(int(matrix.documents.max(initial=0)) + 1, dtype=np.bool_)  # by document's number
    asked = np.asarray(documents, dtype=np.int64)
    chosen[asked[asked < len(chosen)]] = True
    rows = np.flatnonzero(chosen[matrix.documents])
    return rows if len(rows) < len(matrix) else ALL_ROWS


def nearest(matrix: Matrix, vector: Vectors, top: int, rows: Rows = ALL_ROWS) -> list[tuple[int, float]]:
    """Numbers and cosines of the `top` passages nearest to a vector, float32 (d,), among some rows.

    >>> corners = Matrix(np.array([3, 5]), np.array([1, 2]), np.eye(2, dtype=np.float32))
    >>> nearest(corners, np.array([0, 1], dtype=np.float32), 1), nearest(corners, corners.vectors[1], 9, np.array([0]))
    ([(5, 1.0)], [(3, 0.0)])
    """
    numbers, cosines = matrix.numbers[rows], products(matrix.vectors, vector, rows)
    if top < len(cosines):
        best = np.argpartition(-cosines, top)[:top]
        numbers, cosines = numbers[best], cosines[best]
    order = np.lexsort((numbers, -cosines))
    return list(zip(numbers[order].tolist(), cosines[order].tolist(), strict=True))


def products(vectors: Vectors, vector: Vectors, rows: Rows) -> Vectors:
    """Inner products of r rows with a vector, float32 (r,)."""
    count = len(vectors) if isinstance(rows, slice) else len(rows)
    blocks = (slice(start, start + BLOCK) for start in range(0, count, BLOCK))
    out = [vectors[block if isinstance(rows, slice) else rows[block]] @ vector for block in blocks]
    return np.concatenate(out) if out else np.empty(0, dtype=np.float32)
