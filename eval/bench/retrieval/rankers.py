"""What `make bench-retrieval` compares, each system as a function: a question -> texts of documents, best first.

All read the canonical texts of one index and embed with the same weights. Knows nothing about gold or scores.
"""

from collections.abc import Callable, Sequence

from pincite.answer.query.filters import NO_FILTERS
from pincite.answer.retrieval.retrieve import RetrieveSettings, retrieve
from pincite.eval.judging.responses import RetrievedText
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

Ranker = Callable[[str], list[RetrievedText]]

DEEP = 60  # passages or chunks that a system ranks, as many as Pincite takes from each of its searches
LLAMA_INDEX = ("llama-index", "llama-index-256")  # its quickstart, in chunks of 1,024 tokens and of 256
SYSTEMS = ("pincite", "bm25", "embedding", *LLAMA_INDEX)


def open_ranker(name: str, index: Index, embedder: Embedder, settings: RetrieveSettings) -> Ranker:
    """A system over an index; `settings` are Pincite's. Raises ImportError where LlamaIndex's parts are missing."""
    if name in LLAMA_INDEX:
        return quickstart(name, index)
    if name == "bm25":
        return lambda question: passages(index, index.lexical.search(question, DEEP))
    if name == "embedding":
        return lambda question: passages(index, index.vectors.search(embedder.embed([question])[0], DEEP))
    return lambda question: evidence(index, embedder, question, settings)


def evidence(index: Index, embedder: Embedder, question: str, settings: RetrieveSettings) -> list[RetrievedText]:
    """What Pincite retrieves."""
    found = (one.passage for one in retrieve(index, embedder, question, NO_FILTERS, settings))
    return [RetrievedText(passage.document, passage.text, passage.start, passage.end) for passage in found]


def passages(index: Index, hits: Sequence[tuple[int, float]]) -> list[RetrievedText]:
    """The passages that one search alone finds, by number and score, in its order."""
    stored = {one.number: one.passage for one in index.catalog.passages([number for number, _ in hits])}
    found = (stored[number] for number, _ in hits)
    return [RetrievedText(passage.document, passage.text, passage.start, passage.end) for passage in found]


def quickstart(name: str, index: Index) -> Ranker:
    """LlamaIndex's splitter and vector index in memory, over the texts of an index."""
    from pincite.eval.bench.retrieval.peers import RECIPES, document_of, open_peer  # noqa: PLC0415  LlamaIndex takes seconds to load

    texts = {entry.path: index.document(entry.path).text for entry in index.entries}
    peer = open_peer(RECIPES[name], texts, None)
    return lambda question: [
        RetrievedText(document_of(one), one.node.get_content()) for one in peer.retriever.retrieve(question)
    ]
