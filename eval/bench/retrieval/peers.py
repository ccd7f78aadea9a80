"""Plain LlamaIndex set-ups over the texts of an index, which `make bench-peers` compares with Pincite.

Each follows LlamaIndex's documentation: its splitter, its vector index or BM25 retriever, and `CitationQueryEngine`
with its defaults.
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

from pincite.answer.pipeline import SHOWN_EVIDENCE
from pincite.eval.judging.gold import GoldQuestion
from pincite.eval.judging.responses import CitedQuote, RetrievedText, SystemResponse
from pincite.eval.judging.verdicts import CITATION_MARKS
from pincite.ingest.embedding.embedder import read_facts
from pincite.ingest.embedding.weights import find_weights

DEPTH = 60  # chunks ranked, as many as Pincite takes from each of its searches
SOURCES = 3  # chunks given to the engine: `similarity_top_k` in its documentation
NO_SOURCE = "(no source)"  # document of a citation mark without a source
NOTHING_FOUND = "Empty Response"  # LlamaIndex's answer if there is no source
DOCUMENT = "file_path"  # metadata that LlamaIndex's readers include in the embedded text


@dataclass(frozen=True, slots=True)
class PeerSettings:
    """How documents are chunked and searched; `chunk` and `overlap` in tokens."""

    chunk: int
    overlap: int
    lexical: bool = False


PEER_SETTINGS: Mapping[str, PeerSettings] = {
    "llama-index": PeerSettings(1024, 200),
    "llama-index-256": PeerSettings(256, 20),
    "bm25": PeerSettings(256, 20, lexical=True),
}


@dataclass(frozen=True, slots=True)
class Peer:
    """An open set-up; without an engine it only retrieves."""

    retriever: BaseRetriever
    engine: CitationQueryEngine | None


def open_peer(settings: PeerSettings, texts: Mapping[str, str], llm: LLM | None) -> Peer:
    """Chunk and index texts by document path. Raises ImportError if LlamaIndex's packages are missing."""
    documents = [Document(text=text, metadata={DOCUMENT: path}) for path, text in texts.items()]
    splitter = SentenceSplitter(chunk_size=settings.chunk, chunk_overlap=settings.overlap)
    nodes = splitter.get_nodes_from_documents(documents)
    retriever = lexical_search(nodes) if settings.lexical else vector_search(nodes)
    return Peer(retriever, CitationQueryEngine(retriever, llm=llm) if llm else None)


def vector_search(nodes: Sequence[BaseNode]) -> BaseRetriever:
    """LlamaIndex's exact vector index in memory, with the embedding weights that Pincite uses."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding  # noqa: PLC0415  from an extra

    folder = find_weights()
    facts = read_facts(folder)
    model = HuggingFaceEmbedding(
        model_name=str(folder), query_instruction=facts.question_prompt, text_instruction=facts.passage_prompt
    )
    return VectorStoreIndex(nodes, embed_model=model).as_retriever(similarity_top_k=DEPTH)


def lexical_search(nodes: Sequence[BaseNode]) -> BaseRetriever:
    """LlamaIndex's BM25 retriever with its English stemmer and stop words."""
    from llama_index.retrievers.bm25 import BM25Retriever  # noqa: PLC0415  from an extra

    retriever: BaseRetriever = BM25Retriever.from_defaults(nodes=list(nodes), similarity_top_k=min(DEPTH, len(nodes)))
    return retriever


def answer_one(peer: Peer, question: GoldQuestion) -> SystemResponse:
    """A peer's answer with the retrieved texts and the seconds taken; a failure has its reason."""
    began = perf_counter()
    response = SystemResponse(id=question.id, question=question.question, answer="")
    try:
        found = peer.retriever.retrieve(question.question)
        retrieved = perf_counter() - began
        response = replace(response, evidence=tuple(retrieved_texts(found)))
        if peer.engine:
            response = with_answer(response, peer.engine, question, found[:SOURCES])
    except Exception as error:  # noqa: BLE001  any failure is recorded, and the other questions are asked
        return replace(response, failed=True, reason=f"{type(error).__name__}: {error}")
    return replace(response, seconds={"retrieve": retrieved, "total": perf_counter() - began})


def with_answer(
    response: SystemResponse, engine: CitationQueryEngine, question: GoldQuestion, found: Sequence[NodeWithScore]
) -> SystemResponse:
    """Adds the engine's answer from the top chunks, as its `query` does after retrieval."""
    written = engine.synthesize(QueryBundle(question.question), list(found))
    answer = str(written).strip()
    citations = tuple(citation_of(mark, written.source_nodes) for mark in citation_marks(answer))
    return replace(response, answer=answer, citations=citations, abstained=answer == NOTHING_FOUND)


def retrieved_texts(found: Sequence[NodeWithScore]) -> Iterator[RetrievedText]:
    """As much of a ranking as Pincite returns: at least ten texts, and more until they have 1,500 words."""
    words = 0
    for rank, one in enumerate(found):
        if rank >= SHOWN_EVIDENCE.top and words >= SHOWN_EVIDENCE.words:
            return
        text = one.node.get_content()
        words += len(text.split())
        yield RetrievedText(document_of(one), text)


def document_of(found: NodeWithScore) -> str:
    """The path of the document that a chunk comes from."""
    return str(found.node.metadata[DOCUMENT])


def citation_marks(answer: str) -> list[int]:
    """The distinct numbers in the citation marks of an answer.

    >>> citation_marks("Members report yearly [2], in March [1, 2].")
    [2, 1]
    """
    return list(
        dict.fromkeys(int(digits) for mark in CITATION_MARKS.findall(answer) for digits in re.findall(r"\d+", mark))
    )


def citation_of(mark: int, sources: Sequence[NodeWithScore]) -> CitedQuote:
    """The citation of a mark: the text of its source, or one that does not resolve."""
    if not 1 <= mark <= len(sources):
        return CitedQuote(NO_SOURCE, "", n=mark)
    source = sources[mark - 1]
    text = source.node.get_content().removeprefix(f"Source {mark}:\n")  # added by the engine
    return CitedQuote(document_of(source), text.strip(), n=mark)
