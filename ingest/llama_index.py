"""LlamaIndex components for ingestion: reader, node parser and embedding model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import NodeParser
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import BaseNode, NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.core.schema import Document as LlamaDocument
from pydantic import PrivateAttr

from pincite.ingest.chunking.passages import Passage, PassageRules, cut_passages
from pincite.ingest.document import Block, BlockKind, Document, Metadata, Relation
from pincite.ingest.embedding.embedder import Embedder, TokenCounter
from pincite.ingest.isolation.file_reader import read_isolated

HIDDEN = ["page_starts", "blocks", "start", "end", "sha256"]  # metadata for programs, not for models


class PolicyReader(BaseReader):
    """Reads a policy document of any supported format into one LlamaIndex document."""

    def load_data(self, file: Path, name: str | None = None) -> list[LlamaDocument]:
        """The document of a file. Raises RejectedFile."""
        return [to_llama(read_isolated(Path(file), name or Path(file).name))]


class PassageParser(NodeParser):
    """Cuts documents of a `PolicyReader` into passages: nodes with `start`, `end`, `page` and `pinpoint`."""

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """Passages of all documents."""
        count_tokens = TokenCounter()
        return [
            passage_node(passage, node)
            for node in nodes
            for passage in cut_passages(from_llama(node), PassageRules(), count_tokens)
        ]


class PolicyEmbedding(BaseEmbedding):
    """The embedding model of Pincite."""

    _embedder: Embedder = PrivateAttr(default_factory=Embedder)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.embed_question(query).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def to_llama(document: Document) -> LlamaDocument:
    """A document for LlamaIndex, with its structure in the metadata."""
    known = document.metadata
    metadata = {
        "document": document.path, "title": known.title, "kind": known.kind, "issuer": known.issuer,
        "symbol": known.symbol, "date": known.date, "language": known.language, "url": known.url,
        "sha256": document.id, "page_starts": list(document.page_starts),
        "blocks": [(b.kind.value, b.start, b.end, b.level, b.pinpoint) for b in document.blocks],
        "relations": [(relation.kind, relation.target) for relation in known.relations],
    }  # fmt: skip
    hidden = {"excluded_embed_metadata_keys": HIDDEN, "excluded_llm_metadata_keys": HIDDEN}
    return LlamaDocument(text=document.text, id_=document.path, metadata=metadata, **hidden)


def from_llama(node: BaseNode) -> Document:
    """The document of a node; text of another reader becomes one block without pages."""
    known, text = node.metadata, node.get_content()
    names = ("title", "kind", "issuer", "symbol", "date", "language", "url")
    blocks = known.get("blocks") or [(BlockKind.PARAGRAPH.value, 0, len(text), 0, None)]
    return Document(
        known.get("sha256", node.hash), known.get("document", node.node_id), text, tuple(known.get("page_starts", ())),
        tuple(Block(BlockKind(kind), *rest) for kind, *rest in blocks),
        Metadata(
            **{name: known[name] for name in names if known.get(name)},
            relations=tuple(Relation(*relation) for relation in known.get("relations", ())),
        ),
    )  # fmt: skip


def passage_node(passage: Passage, source: BaseNode | None = None) -> TextNode:
    """A passage as a node; `source` is its document."""
    about = {name: source.metadata.get(name) for name in ("title", "symbol", "kind", "date")} if source else {}
    place = {"start": passage.start, "end": passage.end, "page": passage.page, "pinpoint": passage.pinpoint}
    metadata = {"document": passage.document, **about, "headings": " | ".join(passage.headings), **place}
    hidden = {"excluded_embed_metadata_keys": HIDDEN, "excluded_llm_metadata_keys": HIDDEN}
    relations = {NodeRelationship.SOURCE: RelatedNodeInfo(node_id=source.node_id)} if source else {}
    return TextNode(id_=passage.id, text=passage.text, metadata=metadata, relationships=relations, **hidden)
