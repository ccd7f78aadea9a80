"""What is embedded of a passage, and how the passages of an index are embedded again by another model."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pincite.ingest.chunking.passages import Passage
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.catalog import FILE, Catalog
from pincite.ingest.index.index import Index, IndexSettings, open_for_writing, steps
from pincite.ingest.progress import IngestState, Progress

DIGEST_BYTES = 16


def embedded_text(passage: Passage) -> str:
    """The text that is embedded for a passage: its context, then its own words."""
    return f"{passage.context}\n{passage.text}"


def embedding_digest(passage: Passage, model: str) -> bytes:
    """The digest under which the vector of a passage is stored, so that equal texts are embedded once."""
    return hashlib.sha256(f"{model}\n{embedded_text(passage)}".encode()).digest()[:DIGEST_BYTES]


def change_model(folder: Path, model: str, server: str | None, progress: Progress) -> None:
    """Make an index one of another embedding model, if it is of another. Raises ModelProblem, IndexProblem.

    Passages stay as they were cut. The new vectors are stored beside the old ones, so that a run that was killed is
    taken up, and replace them in one transaction.
    """
    if not (folder / FILE).is_file():
        return
    with open_for_writing(folder, None, server) as index:
        if index.settings.model == model:
            return
        embedder, numbers = Embedder(model), index.catalog.passage_numbers()
        done = 0
        for step in steps(numbers):
            embed_passages(index.catalog, step, embedder)
            done += len(step)
            progress(IngestState(0, 0, done, done / len(numbers), syncing=False))
        adopt_vectors(index, model)
        index.sync()


def embed_passages(catalog: Catalog, numbers: Sequence[int], embedder: Embedder) -> None:
    """Store the vectors of some passages, beside those that they have."""
    passages = [stored.passage for stored in catalog.passages(numbers)]
    texts = {embedding_digest(one, embedder.model): embedded_text(one) for one in passages}
    missing = catalog.missing_embeddings(texts)
    vectors = embedder.embed([text for digest, text in texts.items() if digest in missing])
    with catalog.connection:
        catalog.add_embeddings(dict(zip([digest for digest in texts if digest in missing], vectors, strict=True)))


def adopt_vectors(index: Index, model: str) -> None:
    """Give all passages the vectors of another model and new numbers, by which the search indexes know the change."""
    catalog = index.catalog
    with catalog.transaction():
        for step in steps(catalog.passage_numbers()):
            digests = [(embedding_digest(one.passage, model), one.number) for one in catalog.passages(step)]
            catalog.connection.executemany("UPDATE passages SET embedding = ? WHERE number = ?", digests)
        catalog.renumber_passages()
        catalog.drop_unused_embeddings()
        index.settings = IndexSettings(model)
        catalog.set_setting("settings", index.settings.stored())
