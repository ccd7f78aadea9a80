"""LlamaIndex components over a Pincite index: a retriever and a query engine."""

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from pincite.answer.citation.citation import Citation
from pincite.answer.draft.draft import Model
from pincite.answer.pipeline import ask
from pincite.answer.query.filters import NO_FILTERS, Filters
from pincite.answer.retrieval.retrieve import RetrieveSettings, retrieve
from pincite.answer.schema import citation_record
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index
from pincite.ingest.llama_index import passage_node


class PinciteRetriever(BaseRetriever):
    """Retrieves passages like `pincite search`; each node has document, page, pinpoint and offsets."""

    def __init__(
        self, index: Index, embedder: Embedder, filters: Filters = NO_FILTERS, settings: RetrieveSettings | None = None
    ) -> None:
        super().__init__()
        self.index = index
        self.embedder = embedder
        self.filters = filters
        self.settings = settings or RetrieveSettings()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """Passages for a question, best first."""
        found = retrieve(self.index, self.embedder, query_bundle.query_str, self.filters, self.settings)
        return [NodeWithScore(node=passage_node(evidence.passage), score=evidence.score) for evidence in found]


class PinciteQueryEngine(BaseQueryEngine):
    """Answers like `pincite ask`; the source nodes are the citations, with their fields as metadata."""

    def __init__(
        self, index: Index, embedder: Embedder, filters: Filters = NO_FILTERS, model: Model | None = None
    ) -> None:
        super().__init__(callback_manager=None)
        self.index = index
        self.embedder = embedder
        self.filters = filters
        self.model = model

    def _query(self, query_bundle: QueryBundle) -> Response:
        """The answer with its citations; the metadata says whether it abstained and why."""
        answer = ask(self.index, self.embedder, query_bundle.query_str, self.filters, self.model)
        metadata = {"abstained": answer.abstained, "reason": answer.reason, "llm": answer.llm}
        return Response(answer.text, [citation_node(citation) for citation in answer.citations], metadata)

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        """The same, synchronously."""
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        """None: the prompts are in pincite.answer.models.prompts."""
        return {}


def citation_node(citation: Citation) -> NodeWithScore:
    """A citation as a source node: its text is the quote, its metadata the citation's record."""
    return NodeWithScore(node=TextNode(text=citation.quote, metadata=citation_record(citation)), score=None)
