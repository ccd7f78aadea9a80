"""Prefilter for exact search in large libraries: vectors reduced by principal component analysis.

The axes are those of the library itself (Jolliffe, Principal Component Analysis, 2002), not centred, so that inner
products approximate cosines. The file is derived from the matrix and contains its generation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np

from pincite.ingest.atomic_write import replacing
from pincite.ingest.embedding.embedder import Vectors
from pincite.ingest.index.exact_search import ALL_ROWS, Numbers, Rows, vector_blocks

FILE = "coarse.bin"
DIMENSIONS = 96
SAMPLE = 20_000  # vectors, at least, from which the axes of a larger library are computed
STEP = 4096  # vectors in memory at a time: 6 MB
DENSE = 8  # with more than one row in so many, the products of all rows are computed
MIN_CANDIDATES, CANDIDATE_SHARE = 8000, 0.02  # compared in full: so many, or this share of a larger library


@dataclass(frozen=True, slots=True)
class ReducedMatrix:
    """n vectors reduced to k dimensions: `axes` float32 (d, k), `rows` float32 (n, k)."""

    axes: Vectors
    rows: Vectors


def read_reduced(folder: Path, generation: int) -> ReducedMatrix | None:
    """The reduced matrix of an index, memory-mapped; None if it is missing or of another generation."""
    try:
        with (folder / FILE).open("rb") as file:
            written_for, axes = int(np.load(file)), np.load(file)
            rows = np.asarray(np.memmap(file, np.float32, "r", file.tell()).reshape(-1, axes.shape[1]))
    except (OSError, ValueError, EOFError):
        return None
    return ReducedMatrix(axes, rows) if written_for == generation else None


def write_reduced(folder: Path, generation: int, count: int) -> None:
    """Reduce the `count` vectors of the exact search and write them, atomically. Raises OSError if the disk is full."""
    axes = principal_axes(every_nth(vector_blocks(folder, STEP), max(count // SAMPLE, 1)))
    with replacing(folder / FILE) as temporary, temporary.open("wb") as file:
        np.save(file, np.array(generation))
        np.save(file, axes)
        for block in vector_blocks(folder, STEP):
            file.write((block @ axes).tobytes())


def every_nth(blocks: Iterable[Vectors], step: int) -> Iterator[Vectors]:
    """Of n vectors in blocks, the first and then every `step`-th, in blocks.

    >>> [block.tolist() for block in every_nth([np.arange(4), np.arange(4, 8)], 3)]
    [[0, 3], [6]]
    """
    passed = 0
    for block in blocks:
        yield block[-passed % step :: step]
        passed += len(block)


def principal_axes(blocks: Iterable[Vectors], dimensions: int = DIMENSIONS) -> Vectors:
    """The principal axes of vectors in blocks, float32 (n, d) each: float32 (d, k), orthonormal columns.

    >>> principal_axes([np.array([[0, 1], [0, -1]]), np.array([[0.1, 0.9]])], 1).round(1).tolist()
    [[0.0], [1.0]]
    """
    doubles = (block.astype(np.float64) for block in blocks)
    products = reduce(np.add, (block.T @ block for block in doubles))
    _, axes = np.linalg.eigh(products)  # ascending
    axes = axes[:, ::-1][:, :dimensions]
    return np.ascontiguousarray(axes * np.sign(axes.sum(axis=0)), dtype=np.float32)  # the same sign on every machine


def candidate_rows(reduced: ReducedMatrix, vector: Vectors, rows: Rows = ALL_ROWS) -> Numbers:
    """The rows, int64 (r,), ascending, among which those nearest to a vector, float32 (d,), very likely are."""
    numbers = np.arange(len(reduced.rows)) if isinstance(rows, slice) else rows
    count = max(MIN_CANDIDATES, int(CANDIDATE_SHARE * len(numbers)))
    if len(numbers) <= count:
        return numbers
    products = reduced_products(reduced, vector @ reduced.axes, numbers)
    return np.sort(numbers[np.argpartition(products, len(numbers) - count)[len(numbers) - count :]])


def reduced_products(reduced: ReducedMatrix, reduced_vector: Vectors, numbers: Numbers) -> Vectors:
    """Inner products of some rows with a reduced vector, float32 (r,)."""
    if DENSE * len(numbers) < len(reduced.rows):
        return reduced.rows[numbers] @ reduced_vector
    return (reduced.rows @ reduced_vector)[numbers]  # gathering many rows takes longer than computing all products
