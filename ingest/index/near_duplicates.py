"""Which documents are the same text in another format, or extracts of one another. They are linked, never deleted.

Of every run of eight words a hash is taken, and of the hashes a fixed eighth is kept: the same eighth for every
document, so that two are compared by counting equal hashes (containment over a FracMinHash sketch). The sketches
stand in a table by hash; a new document looks up its own and meets no other text. Knows nothing of files or passages.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

WORDS = 8  # of a run: long enough that two documents share one by copying only
KEPT = 8  # one hash in this many is kept
FEWEST = 8  # hashes of a document that can be compared: about 70 words
TWINS = 0.5  # share of the smaller document that stands in the other; see LOG.md for what lies on either side
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
    """The words of a text as every format has them: without case, ligatures, punctuation and breaks at line ends.

    >>> words_of("The ﬁrst inter-\\nnational Treaty’s Article 5(1)")
    ['the', 'first', 'international', 'treaty', 's', 'article', '5', '1']
    """
    joined = re.sub(r"(?<=\w)[-\u00ad]\n\s*(?=\w)", "", unicodedata.normalize("NFKC", text))
    return re.findall(r"[^\W_]+", joined.casefold())


def sketch(text: str) -> list[int]:
    """The kept hashes of a text's runs of eight words, ascending, each once; the same on every machine."""
    words = np.fromiter((crc32(word.encode()) for word in words_of(text)), dtype=np.uint64)
    if len(words) < WORDS:
        return []
    runs = np.lib.stride_tricks.sliding_window_view(mixed(words), WORDS)
    weights = mixed(np.arange(1, WORDS + 1, dtype=np.uint64)) | np.uint64(1)
    hashes = mixed((runs * weights).sum(axis=1, dtype=np.uint64))
    kept = np.unique(hashes[hashes % np.uint64(KEPT) == 0])
    return [int(value) for value in kept >> np.uint64(1)]  # SQLite's integers have a sign


def mixed(values: Hashes) -> Hashes:
    """Every value with its bits spread over all 64 (the finalizer of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def link(connection: sqlite3.Connection, document: int, hashes: Sequence[int]) -> None:
    """Keep a document's sketch and link it with its twins. To be called inside the document's transaction."""
    rows = [(value, document) for value in hashes]
    for twin, containment in twins_among(connection, document, hashes):
        both = [(document, twin, containment), (twin, document, containment)]
        connection.executemany("INSERT OR REPLACE INTO twins VALUES (?, ?, ?)", both)
    connection.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", rows)


def twins_among(connection: sqlite3.Connection, document: int, hashes: Sequence[int]) -> list[tuple[int, float]]:
    """Documents that share enough with a sketch, with the share of the smaller of the two that the other holds."""
    if len(hashes) < FEWEST:
        return []
    shared: dict[int, int] = {}
    for value in hashes:
        for (other,) in connection.execute("SELECT document FROM sketches WHERE hash = ?", (value,)):
            shared[other] = shared.get(other, 0) + 1
    shared.pop(document, None)
    sizes = {other: size_of(connection, other) for other, count in shared.items() if count >= TWINS * FEWEST}
    contained = {other: shared[other] / min(size, len(hashes)) for other, size in sizes.items() if size >= FEWEST}
    return [(other, share) for other, share in contained.items() if share >= TWINS]


def size_of(connection: sqlite3.Connection, document: int) -> int:
    """How many hashes a document's sketch holds."""
    return int(connection.execute("SELECT count(*) FROM sketches WHERE document = ?", (document,)).fetchone()[0])


def twins_of_all(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Paths of the twins of each document that has any, the closest first."""
    found: dict[int, tuple[str, ...]] = {}
    rows = connection.execute(
        "SELECT t.document, d.path FROM twins t JOIN documents d ON d.number = t.twin "
        "ORDER BY t.document, t.containment DESC, d.path"
    )
    for document, path in rows:
        found[document] = (*found.get(document, ()), path)
    return found
