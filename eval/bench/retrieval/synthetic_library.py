"""A library of any size that nobody wrote: random words as frequent as words are, and vectors in clusters.

Passages are as long as those of policy texts, a document's passages come from a few clusters, as those of texts about a
few matters. The same size draws the same library. Knows nothing about searching.
"""

from typing import Any

import numpy as np

from pincite.ingest.chunking.passages import Passage, passage_id
from pincite.ingest.document import Block, BlockKind, Document, Metadata
from pincite.ingest.embedding.embedder import Vectors
from pincite.ingest.index.catalog import NewPassage
from pincite.ingest.index.index import Index

DIMENSIONS = 384
OF_DOCUMENT = 60  # passages
TOPICS = 3  # clusters that a document's passages come from
OF_CLUSTER = 100  # passages
SPREAD = 0.8  # length of what is added to a cluster's centre: cosines of about .6 within it
VOCABULARY, ZIPF = 40_000, 1.05
LENGTH, SIGMA = 105, 0.45  # median words of a passage, and how they vary (log-normal)
QUESTION = slice(200, 6000)  # words of a question by frequency rank: neither "the" nor one that stands once
BATCH = 50  # documents written in one transaction


class Source:
    """Draws texts and vectors for a library of so many passages; the same size and seed draw the same."""

    def __init__(self, passages: int, seed: int = 7) -> None:
        self.random = np.random.default_rng(seed)
        letters = self.random.integers(97, 123, size=(VOCABULARY, 9), dtype=np.uint8)
        lengths = self.random.integers(3, 10, size=VOCABULARY)
        self.words = np.array([bytes(row[:length]).decode() for row, length in zip(letters, lengths, strict=True)])
        frequency = 1 / np.arange(1, VOCABULARY + 1) ** ZIPF
        self.cumulated = np.cumsum(frequency / frequency.sum())
        self.centres = unit(self.random.normal(size=(max(passages // OF_CLUSTER, TOPICS), DIMENSIONS)))

    def text(self) -> str:
        """The words of a passage."""
        count = max(int(self.random.lognormal(np.log(LENGTH), SIGMA)), 5)
        ranks = np.searchsorted(self.cumulated, self.random.random(count))
        return " ".join(self.words[np.minimum(ranks, VOCABULARY - 1)])

    def question(self) -> str:
        """Ten words."""
        return " ".join(self.random.choice(self.words[QUESTION], 10))

    def vectors(self, count: int) -> Vectors:
        """Vectors from a few clusters, float32 (count, d), rows of norm 1."""
        topics = self.centres[self.random.integers(0, len(self.centres), TOPICS)]
        noise = unit(self.random.normal(size=(count, DIMENSIONS)))
        return unit(topics[self.random.integers(0, TOPICS, count)] + SPREAD * noise)


def unit(vectors: Any) -> Vectors:
    """Rows of norm 1, float32."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def make_document(source: Source, number: int, documents: int, passages: int) -> tuple[Document, list[NewPassage]]:
    """A document by its number among so many: every second one is in French, every hundredth issued by the Registry."""
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


def fill(index: Index, source: Source, passages: int) -> None:
    """Write so many passages into an empty catalog."""
    documents = -(-passages // OF_DOCUMENT)
    for start in range(0, documents, BATCH):
        with index.catalog.transaction():
            for number in range(start, min(start + BATCH, documents)):
                count = min(OF_DOCUMENT, passages - number * OF_DOCUMENT)
                document, made = make_document(source, number, documents, count)
                vectors = source.vectors(count)
                index.catalog.add_embeddings({new.embedding: vector for new, vector in zip(made, vectors, strict=True)})
                index.catalog.add_document(document, "made-up", made)


def draw_questions(passages: int, count: int) -> dict[str, Vectors]:
    """Questions with their vectors, from the same words and clusters as the library of that size."""
    source = Source(passages)
    source.random = np.random.default_rng(count)
    return {source.question(): source.vectors(1)[0] for _ in range(count)}
