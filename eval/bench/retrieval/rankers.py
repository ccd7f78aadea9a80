"""The systems that `make bench-retrieval` compares, each as a function: question -> ranked texts of documents.

All use the canonical texts of one index and the same embedding weights.
"""

from collections.abc import Callable, Sequence

from pincite.answer.query.filters import NO_FILTERS
from pincite.answer.retrieval.retrieve import RetrieveSettings, retrieve
from pincite.eval.judging.responses import RetrievedText
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

Ranker = Callable[[str], list[RetrievedText]]

DEPTH = 60  # passages or chunks ranked, as many as Pincite takes from each of its searches
LLAMA_INDEX = ("llama-index", "llama-index-256")  # its quickstart with chunks of 1,024 and 256 tokens
SYSTEMS = ("pincite", "bm25", "embedding", *LLAMA_INDEX)


def open_ranker(name: str, index: Index, embedder: Embedder, settings: RetrieveSettings) -> Ranker:
    """A system over an index; `settings` are Pincite's. Raises ImportError if LlamaIndex's packages are missing."""
    if name in LLAMA_INDEX:
        return quickstart(name, index)
    if name == "bm25":
        return lambda question: passages(index, index.lexical.search(question, DEPTH))
    if name == "embedding":
        return lambda question: passages(index, index.vectors.search(embedder.embed_question(question), DEPTH))
    return lambda question: evidence(index, embedder, question, settings)


def evidence(index: Index, embedder: Embedder, question: str, settings: RetrieveSettings) -> list[RetrievedText]:
    """The evidence that Pincite retrieves."""
    found = (one.passage for one in retrieve(index, embedder, question, NO_FILTERS, settings))
    return [RetrievedText(passage.document, passage.text, passage.start, passage.end) for passage in found]


def passages(index: Index, hits: Sequence[tuple[int, float]]) -> list[RetrievedText]:
    """The passages of one search alone in its order, from their numbers and scores."""
    stored = {one.number: one.passage for one in index.catalog.passages([number for number, _ in hits])}
    found = (stored[number] for number, _ in hits)
    return [RetrievedText(passage.document, passage.text, passage.start, passage.end) for passage in found]


def quickstart(name: str, index: Index) -> Ranker:
    """LlamaIndex's splitter and vector index in memory, over the texts of an index."""
    from pincite.eval.bench.retrieval.peers import PEER_SETTINGS, document_of, open_peer  # noqa: PLC0415  LlamaIndex takes seconds to load

    texts = {entry.path: index.document(entry.path).text for entry in index.entries}
    peer = open_peer(PEER_SETTINGS[name], texts, None)
    return lambda question: [
        RetrievedText(document_of(one), one.node.get_content()) for one in peer.retriever.retrieve(question)
    ]
