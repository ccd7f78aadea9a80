"""Links near-duplicates: documents with the same text in another format, or extracts of one another.

Every run of eight words is hashed, and a fixed eighth of all hashes is stored, so that two documents are compared by
counting equal hashes (containment of FracMinHash sketches). The sketches are indexed by hash: adding a document reads
no other text.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

RUN_WORDS = 8  # so many that documents share a run only by copying
HASHES_PER_SAMPLE = 8  # one hash in so many is stored
MIN_HASHES = 8  # of a document that is compared: about 70 words
MIN_CONTAINMENT = 0.5  # share of the smaller document found in the other; LOG.md has the distribution
TABLES = """
CREATE TABLE sketches (
    hash INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    PRIMARY KEY (hash, document)
) WITHOUT ROWID;
CREATE INDEX sketches_of_document ON sketches (document);
CREATE TABLE twins (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    twin INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    containment REAL NOT NULL, PRIMARY KEY (document, twin)
) WITHOUT ROWID;
CREATE INDEX twins_of_twin ON twins (twin);
"""

Hashes = npt.NDArray[np.uint64]


def words_of(text: str) -> list[str]:
    """The words of a text, independent of its format: without case, ligatures, punctuation and hyphenation.

    >>> words_of("The ﬁrst inter-\\nnational Treaty’s Article 5(1)")
    ['the', 'first', 'international', 'treaty', 's', 'article', '5', '1']
    """
    joined = re.sub(r"(?<=\w)[-\u00ad]\n\s*(?=\w)", "", unicodedata.normalize("NFKC", text))
    return re.findall(r"[^\W_]+", joined.casefold())


def sketch(text: str) -> list[int]:
    """The sampled hashes of the runs of eight words in a text, ascending; the same on every machine."""
    words = np.fromiter((crc32(word.encode()) for word in words_of(text)), dtype=np.uint64)
    if len(words) < RUN_WORDS:
        return []
    runs = np.lib.stride_tricks.sliding_window_view(mixed(words), RUN_WORDS)
    weights = mixed(np.arange(1, RUN_WORDS + 1, dtype=np.uint64)) | np.uint64(1)
    hashes = mixed((runs * weights).sum(axis=1, dtype=np.uint64))
    sampled = np.unique(hashes[hashes % np.uint64(HASHES_PER_SAMPLE) == 0])
    return [int(value) for value in sampled >> np.uint64(1)]  # integers of SQLite are signed


def mixed(values: Hashes) -> Hashes:
    """Every value with its bits mixed (the finalizer of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def link(connection: sqlite3.Connection, document: int, hashes: Sequence[int]) -> None:
    """Store the sketch of a document and link its near-duplicates. Call it inside the document's transaction."""
    rows = [(value, document) for value in hashes]
    for other, containment in find_similar(connection, document, hashes):
        both = [(document, other, containment), (other, document, containment)]
        connection.executemany("INSERT OR REPLACE INTO twins VALUES (?, ?, ?)", both)
    connection.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", rows)


def find_similar(connection: sqlite3.Connection, document: int, hashes: Sequence[int]) -> list[tuple[int, float]]:
    """Documents that share enough with a sketch, with the share of the smaller one found in the other."""
    if len(hashes) < MIN_HASHES:
        return []
    shared: dict[int, int] = {}
    for value in hashes:
        for (other,) in connection.execute("SELECT document FROM sketches WHERE hash = ?", (value,)):
            shared[other] = shared.get(other, 0) + 1
    shared.pop(document, None)
    candidates = (other for other, count in shared.items() if count >= MIN_CONTAINMENT * MIN_HASHES)
    sizes = {other: sketch_size(connection, other) for other in candidates}
    contained = {other: shared[other] / min(size, len(hashes)) for other, size in sizes.items() if size >= MIN_HASHES}
    return [(other, share) for other, share in contained.items() if share >= MIN_CONTAINMENT]


def sketch_size(connection: sqlite3.Connection, document: int) -> int:
    """The number of hashes in the sketch of a document."""
    return int(connection.execute("SELECT count(*) FROM sketches WHERE document = ?", (document,)).fetchone()[0])


def near_duplicates_by_document(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Paths of the near-duplicates of each document that has any, closest first."""
    found: dict[int, tuple[str, ...]] = {}
    rows = connection.execute(
        "SELECT t.document, d.path FROM twins t JOIN documents d ON d.number = t.twin "
        "ORDER BY t.document, t.containment DESC, d.path"
    )
    for document, path in rows:
        found[document] = (*found.get(document, ()), path)
    return found
