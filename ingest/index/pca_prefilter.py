"""The vectors of a large library in few dimensions, to tell quickly which are worth comparing in full.

The dimensions are the principal axes of the library's own vectors (Jolliffe, Principal Component Analysis, 2002), not
centred, since cosines are to be kept. Derived from the matrix, of which it holds the generation.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pincite.ingest.atomic_write import replacing
from pincite.ingest.embedding.embedder import Vectors
from pincite.ingest.index.exact_search import EVERY, Matrix, Numbers, Rows

FILE = "coarse.bin"
DIMENSIONS = 96
SAMPLE = 20_000  # vectors from which the axes are found
STEP = 50_000  # vectors turned at a time
MANY = 8  # one row in so many, and all are computed
KEPT, SHARE = 8000, 0.02  # vectors worth comparing in full: so many, or that share of a library that has more


@dataclass(frozen=True, slots=True)
class Coarse:
    """A matrix of n rows in k dimensions: `axes` float32 (d, k), `rows` float32 (n, k)."""

    axes: Vectors
    rows: Vectors


def read_coarse(folder: Path, generation: int) -> Coarse | None:
    """What an index's folder holds, left on disk until used; None when nothing follows the generation."""
    try:
        with (folder / FILE).open("rb") as file:
            follows, axes = int(np.load(file)), np.load(file)
            rows = np.asarray(np.memmap(file, np.float32, "r", file.tell()).reshape(-1, axes.shape[1]))
    except (OSError, ValueError, EOFError):
        return None
    return Coarse(axes, rows) if follows == generation else None


def write_coarse(folder: Path, generation: int, matrix: Matrix) -> None:
    """Write a matrix in few dimensions, whole or not at all. Raises OSError when the disk takes no more."""
    axes = principal_axes(matrix.vectors)
    with replacing(folder / FILE) as temporary, temporary.open("wb") as file:
        np.save(file, np.array(generation))
        np.save(file, axes)
        for start in range(0, len(matrix), STEP):
            file.write((matrix.vectors[start : start + STEP] @ axes).tobytes())


def principal_axes(vectors: Vectors, dimensions: int = DIMENSIONS) -> Vectors:
    """The axes on which vectors, float32 (n, d), differ most: float32 (d, k), columns of norm 1, right angles.

    >>> principal_axes(np.array([[0, 1], [0, -1], [0.1, 0.9]], dtype=np.float32), 1).round(1).tolist()
    [[0.0], [1.0]]
    """
    sample = vectors[:: max(len(vectors) // SAMPLE, 1)].astype(np.float64)
    _, axes = np.linalg.eigh(sample.T @ sample)  # ascending
    axes = axes[:, ::-1][:, :dimensions]
    return np.ascontiguousarray(axes * np.sign(axes.sum(axis=0)), dtype=np.float32)  # one sign on every machine


def worth_comparing(coarse: Coarse, vector: Vectors, rows: Rows = EVERY) -> Numbers:
    """The rows, int64 (r,), ascending, among which the nearest to a vector, float32 (d,), will be."""
    numbers = np.arange(len(coarse.rows)) if isinstance(rows, slice) else rows
    kept = max(KEPT, int(SHARE * len(numbers)))
    if len(numbers) <= kept:
        return numbers
    products = products_of(coarse, vector @ coarse.axes, numbers)
    return np.sort(numbers[np.argpartition(products, len(numbers) - kept)[len(numbers) - kept :]])


def products_of(coarse: Coarse, turned: Vectors, numbers: Numbers) -> Vectors:
    """Products of some rows with a vector in few dimensions, float32 (r,)."""
    if MANY * len(numbers) < len(coarse.rows):
        return coarse.rows[numbers] @ turned
    return (coarse.rows @ turned)[numbers]  # to gather many takes longer than to compute all
