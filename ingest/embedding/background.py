"""Embedding beside everything else: one batch of texts is run in a thread while the next is read and the last written.

Knows nothing about documents; the model is opened with the first text, in the thread too.
"""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter

from pincite.ingest.embedding.embedder import Embedder, Vectors, Watch

Texts = Mapping[bytes, str]  # by the digest under which the vector is kept
Digested = dict[bytes, Vectors]  # float32 (d,) each


class Stopped(Exception):
    """Nobody waits for the vectors any more."""


class Ahead:
    """An embedding model at work. `seconds`: how long it has worked; `watch` is told of texts in the thread."""

    def __init__(self, model: str, embedder: Embedder | None, watch: Watch) -> None:
        self.model = model
        self.embedder = embedder
        self.watch = watch
        self.stopped = False
        self.seconds = 0.0
        self.threads = ThreadPoolExecutor(1, "embed")
        self.running: Future[Digested] | None = None

    def start(self, texts: Texts) -> None:
        """Begin with a batch. The result of the one before must have been fetched."""
        self.running = self.threads.submit(self.embed, texts) if texts else None

    def result(self) -> Digested:
        """The vectors of the batch begun last; waits for them."""
        running, self.running = self.running, None
        return running.result() if running else {}

    def embed(self, texts: Texts) -> Digested:
        """The vectors of a batch."""
        began = perf_counter()
        self.embedder = self.embedder or Embedder(self.model)
        vectors = self.embedder.embed(list(texts.values()), self.check)
        self.seconds += perf_counter() - began
        return dict(zip(texts, vectors, strict=True))

    def check(self, done: int) -> None:
        """Hand the news on. Raises Stopped."""
        if self.stopped:
            raise Stopped
        self.watch(done)

    def close(self) -> None:
        """Stop at the next batch of the model's, and let go of the model: what follows needs its memory."""
        self.stopped = True
        self.threads.shutdown()
        self.embedder = None
