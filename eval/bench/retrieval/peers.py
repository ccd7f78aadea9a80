"""Plain LlamaIndex set-ups over the library's own texts: what `make bench-peers` compares Pincite with.

Each is what LlamaIndex's documentation shows: its splitter, its vector index or its BM25 retriever, and
`CitationQueryEngine` with its defaults. Knows nothing about scores.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from llama_index.core import Document, QueryBundle, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import LLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.schema import BaseNode, NodeWithScore

from pincite.answer.pipeline import SHOWN
from pincite.eval.judging.gold import GoldQuestion
from pincite.eval.judging.responses import CitedQuote, RetrievedText, SystemResponse
from pincite.eval.judging.verdicts import CITATION_MARKS
from pincite.ingest.embedding.weights import find_weights

DEEP = 60  # chunks ranked, as many as Pincite takes from each of its searches
SOURCES = 3  # chunks that the engine writes from: `similarity_top_k` in its documentation
NO_SOURCE = "(no source)"  # where a mark points that numbers none
NOTHING_FOUND = "Empty Response"  # what LlamaIndex answers without a source
DOCUMENT = "file_path"  # LlamaIndex's own readers leave it in the text that is embedded


@dataclass(frozen=True, slots=True)
class Recipe:
    """How documents are cut and searched; `chunk` and `overlap` in tokens."""

    chunk: int
    overlap: int
    by_words: bool = False


RECIPES: Mapping[str, Recipe] = {
    "llama-index": Recipe(1024, 200),
    "llama-index-256": Recipe(256, 20),
    "bm25": Recipe(256, 20, by_words=True),
}


@dataclass(frozen=True, slots=True)
class Peer:
    """An open set-up; without an engine it only ranks."""

    retriever: BaseRetriever
    engine: CitationQueryEngine | None


def open_peer(recipe: Recipe, texts: Mapping[str, str], llm: LLM | None) -> Peer:
    """Cut and index texts, given by their document's path. Raises ImportError where LlamaIndex's parts are missing."""
    documents = [Document(text=text, metadata={DOCUMENT: path}) for path, text in texts.items()]
    splitter = SentenceSplitter(chunk_size=recipe.chunk, chunk_overlap=recipe.overlap)
    nodes = splitter.get_nodes_from_documents(documents)
    retriever = word_search(nodes) if recipe.by_words else vector_search(nodes)
    return Peer(retriever, CitationQueryEngine(retriever, llm=llm) if llm else None)


def vector_search(nodes: Sequence[BaseNode]) -> BaseRetriever:
    """LlamaIndex's vector index in memory, which compares with every vector, over the weights that Pincite uses."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding  # noqa: PLC0415  an extra brings it

    model = HuggingFaceEmbedding(model_name=str(find_weights()))
    return VectorStoreIndex(nodes, embed_model=model).as_retriever(similarity_top_k=DEEP)


def word_search(nodes: Sequence[BaseNode]) -> BaseRetriever:
    """LlamaIndex's BM25 retriever: English stemmer and stop words."""
    from llama_index.retrievers.bm25 import BM25Retriever  # noqa: PLC0415  an extra brings it

    found: BaseRetriever = BM25Retriever.from_defaults(nodes=list(nodes), similarity_top_k=min(DEEP, len(nodes)))
    return found


def answer_one(peer: Peer, question: GoldQuestion) -> SystemResponse:
    """A peer's answer with what it retrieved and the seconds that both took; one that fails says why."""
    began = perf_counter()
    answered = SystemResponse(id=question.id, question=question.question, answer="")
    try:
        found = peer.retriever.retrieve(question.question)
        retrieved = perf_counter() - began
        answered = replace(answered, evidence=tuple(shown(found)))
        if peer.engine:
            answered = written(answered, peer.engine, question, found[:SOURCES])
    except Exception as error:  # noqa: BLE001  whatever it is, it is recorded, and the other questions are asked
        return replace(answered, failed=True, reason=f"{type(error).__name__}: {error}")
    return replace(answered, seconds={"retrieve": retrieved, "total": perf_counter() - began})


def written(
    answered: SystemResponse, engine: CitationQueryEngine, question: GoldQuestion, found: Sequence[NodeWithScore]
) -> SystemResponse:
    """With the engine's answer from the best chunks: what its `query` does after it has retrieved."""
    response = engine.synthesize(QueryBundle(question.question), list(found))
    answer = str(response).strip()
    citations = tuple(cited(mark, response.source_nodes) for mark in marks(answer))
    return replace(answered, answer=answer, citations=citations, abstained=answer == NOTHING_FOUND or None)


def shown(found: Sequence[NodeWithScore]) -> Iterator[RetrievedText]:
    """As much of a ranking as Pincite shows of its own: at least ten texts, and more until they have 1,500 words."""
    words = 0
    for rank, one in enumerate(found):
        if rank >= SHOWN.top and words >= SHOWN.words:
            return
        text = one.node.get_content()
        words += len(text.split())
        yield RetrievedText(document_of(one), text)


def document_of(found: NodeWithScore) -> str:
    """The path of the document that a chunk was cut from."""
    return str(found.node.metadata[DOCUMENT])


def marks(answer: str) -> list[int]:
    """Numbers of the sources that an answer marks, each once.

    >>> marks("Members report yearly [2], in March [1, 2].")
    [2, 1]
    """
    return list(
        dict.fromkeys(int(digits) for mark in CITATION_MARKS.findall(answer) for digits in re.findall(r"\d+", mark))
    )


def cited(mark: int, sources: Sequence[NodeWithScore]) -> CitedQuote:
    """The citation that a mark makes: the text of its source, or one that resolves nowhere."""
    if not 1 <= mark <= len(sources):
        return CitedQuote(NO_SOURCE, "", n=mark)
    source = sources[mark - 1]
    text = source.node.get_content().removeprefix(f"Source {mark}:\n")  # the engine writes it into the text
    return CitedQuote(document_of(source), text.strip(), n=mark)
