"""Embeds one batch of texts in a thread while the next is read and the last written."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter

from pincite.ingest.embedding.embedder import Embedder, OnEmbedded, Vectors

Texts = Mapping[bytes, str]  # by digest
VectorsByDigest = dict[bytes, Vectors]  # float32 (d,) each


class EmbeddingStopped(Exception):
    """The vectors are no longer needed."""


class BackgroundEmbedder:
    """An embedding model in a thread, loaded with the first text. `seconds`: its working time.

    `on_embedded` is called in the thread.
    """

    def __init__(self, model: str, embedder: Embedder | None, on_embedded: OnEmbedded) -> None:
        self.model = model
        self.embedder = embedder
        self.on_embedded = on_embedded
        self.stopped = False
        self.seconds = 0.0
        self.threads = ThreadPoolExecutor(1, "embed")
        self.running: Future[VectorsByDigest] | None = None

    def start(self, texts: Texts) -> None:
        """Start a batch; call `result` for the one before first."""
        self.running = self.threads.submit(self.embed, texts) if texts else None

    def result(self) -> VectorsByDigest:
        """Wait for the batch started last and return its vectors."""
        running, self.running = self.running, None
        return running.result() if running else {}

    def embed(self, texts: Texts) -> VectorsByDigest:
        """The vectors of a batch."""
        began = perf_counter()
        self.embedder = self.embedder or Embedder(self.model)
        vectors = self.embedder.embed(list(texts.values()), self.report)
        self.seconds += perf_counter() - began
        return dict(zip(texts, vectors, strict=True))

    def report(self, count: int) -> None:
        """Report embedded texts. Raises EmbeddingStopped."""
        if self.stopped:
            raise EmbeddingStopped
        self.on_embedded(count)

    def close(self) -> None:
        """Stop after the current batch of the model and release the model: the next stage needs its memory."""
        self.stopped = True
        self.threads.shutdown()
        self.embedder = None
