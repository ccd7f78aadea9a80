"""Synthetic libraries of any size: random words with a natural frequency distribution, and clustered vectors.

Passages have the length of those in policy texts; the passages of a document come from a few clusters, like those of a
text on a few topics. The same size always gives the same library.
"""

from typing import Any

import numpy as np

from pincite.ingest.chunking.passages import Passage, passage_id
from pincite.ingest.document import Block, BlockKind, Document, Metadata
from pincite.ingest.embedding.embedder import Vectors
from pincite.ingest.index.catalog import NewPassage
from pincite.ingest.index.index import Index

DIMENSIONS = 384
PASSAGES_PER_DOCUMENT = 60
TOPICS = 3  # clusters per document
PASSAGES_PER_CLUSTER = 100
NOISE = 0.8  # length of the noise added to a cluster's centre: cosines of about .6 within a cluster
VOCABULARY, ZIPF = 40_000, 1.05
LENGTH, SIGMA = 105, 0.45  # words of a passage: median and deviation of a log-normal distribution
QUESTION = slice(200, 6000)  # frequency ranks of the words of questions: neither stop words nor rare ones
BATCH = 50  # documents written in one transaction


class RandomLibrary:
    """Draws texts and vectors for this number of passages; the same for the same size and seed."""

    def __init__(self, passages: int, seed: int = 7) -> None:
        self.random = np.random.default_rng(seed)
        letters = self.random.integers(97, 123, size=(VOCABULARY, 9), dtype=np.uint8)
        lengths = self.random.integers(3, 10, size=VOCABULARY)
        self.words = np.array([bytes(row[:length]).decode() for row, length in zip(letters, lengths, strict=True)])
        frequency = 1 / np.arange(1, VOCABULARY + 1) ** ZIPF
        self.cumulative = np.cumsum(frequency / frequency.sum())
        self.centres = unit(self.random.normal(size=(max(passages // PASSAGES_PER_CLUSTER, TOPICS), DIMENSIONS)))

    def text(self) -> str:
        """A passage."""
        count = max(int(self.random.lognormal(np.log(LENGTH), SIGMA)), 5)
        ranks = np.searchsorted(self.cumulative, self.random.random(count))
        return " ".join(self.words[np.minimum(ranks, VOCABULARY - 1)])

    def question(self) -> str:
        """A question of ten words."""
        return " ".join(self.random.choice(self.words[QUESTION], 10))

    def vectors(self, count: int) -> Vectors:
        """Vectors from a few clusters, float32 (count, d), rows of norm 1."""
        topics = self.centres[self.random.integers(0, len(self.centres), TOPICS)]
        noise = unit(self.random.normal(size=(count, DIMENSIONS)))
        return unit(topics[self.random.integers(0, TOPICS, count)] + NOISE * noise)


def unit(vectors: Any) -> Vectors:
    """Rows of norm 1, float32."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def make_document(
    source: RandomLibrary, number: int, documents: int, passages: int
) -> tuple[Document, list[NewPassage]]:
    """A document by its number: every second one is in French, every hundredth is issued by the Registry."""
    path, identity = f"{number:06d}.txt", f"{number:064x}"
    texts = [source.text() for _ in range(passages)]
    starts = np.cumsum([0, *(len(text) + 2 for text in texts)]).tolist()
    made = [
        Passage(passage_id(path, identity, start, start + len(text)), path, start, start + len(text), text, None, None,
                (), f"Document {number}")
        for start, text in zip(starts, texts, strict=False)
    ]  # fmt: skip
    metadata = Metadata(
        f"Document {number}",
        kind="report",
        issuer="Registry" if number % min(100, documents) == 0 else "Assembly",
        language="fr" if number % 2 else "en",
    )
    blocks = tuple(Block(BlockKind.PARAGRAPH, passage.start, passage.end) for passage in made)
    document = Document(identity, path, "\n\n".join(texts), (), blocks, metadata)
    return document, [NewPassage(passage, bytes.fromhex(passage.id)[:12]) for passage in made]


def fill(index: Index, source: RandomLibrary, passages: int) -> None:
    """Write this number of passages to an empty catalog."""
    documents = -(-passages // PASSAGES_PER_DOCUMENT)
    for start in range(0, documents, BATCH):
        with index.catalog.transaction():
            for number in range(start, min(start + BATCH, documents)):
                count = min(PASSAGES_PER_DOCUMENT, passages - number * PASSAGES_PER_DOCUMENT)
                document, made = make_document(source, number, documents, count)
                vectors = source.vectors(count)
                index.catalog.add_embeddings({new.embedding: vector for new, vector in zip(made, vectors, strict=True)})
                index.catalog.add_document(document, "made-up", made)


def draw_questions(passages: int, count: int) -> dict[str, Vectors]:
    """Questions with their vectors, from the words and clusters of the library of that size."""
    source = RandomLibrary(passages)
    source.random = np.random.default_rng(count)
    return {source.question(): source.vectors(1)[0] for _ in range(count)}
