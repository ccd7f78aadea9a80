"""Word search by Tantivy: BM25 over stemmed words. The index on disk is derived from the catalog.

Texts are analysed before (see `word_analysis`): Tantivy gets the words of any script and only parts them at spaces.
"""

import json
from collections.abc import Container, Sequence
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Occur, Query, TextAnalyzerBuilder, Tokenizer

from pincite.ingest.atomic_write import write_text
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.errors import BrokenIndex
from pincite.ingest.index.exact_search import Numbers
from pincite.ingest.index.word_analysis import ANALYSIS, WordAnalysis

FOLDER = "lexical"
STAMP = "generation.json"
SPACES = "spaces"  # Tantivy's name for what parts analysed texts
CONTEXT_WEIGHT = 0.5  # of a word in the title or heading path, relative to one in the text
WRITER_MEMORY = 128_000_000
LISTED = 20_000  # passages whose numbers are listed at a time
# With more documents in a filter, more passages are searched for and then filtered: that is faster.
MANY_DOCUMENTS, OVERFETCH = 300, 10
CACHED_PASSAGES = 10_000  # whose stems are in memory: some 40 MB


class LexicalIndex:
    """An open Tantivy index in a folder; a missing one is created. Raises BrokenIndex if it cannot be opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        self.analysis = WordAnalysis()
        self.index = open_index(self.folder)
        self.index.register_tokenizer(SPACES, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
        self.cached_stems: dict[int, frozenset[str]] = {}

    @property
    def generation(self) -> int:
        """Generation of the catalog when the index was written, -1 for none, or if words were analysed otherwise."""
        try:
            stamp = json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
            return int(stamp["generation"]) if stamp.get("analysis") == ANALYSIS else -1
        except (OSError, ValueError, KeyError, TypeError):
            return -1

    def set_generation(self, generation: int) -> None:
        """Record the generation of the catalog, atomically."""
        write_text(self.folder / STAMP, [json.dumps({"generation": generation, "analysis": ANALYSIS})])

    def numbers(self) -> Numbers:
        """The numbers of all passages, int64 (n,), ascending."""
        searcher = self.index.searcher()
        starts = range(0, searcher.num_docs, LISTED)
        pages = (searcher.search(Query.all_query(), LISTED, offset=start).hits for start in starts)
        found = (searcher.fast_field_values("number", [address for _, address in page]) for page in pages)
        return np.sort(np.fromiter((int(number or 0) for page in found for number in page), dtype=np.int64))

    def count(self) -> int:
        """The number of passages."""
        return int(self.index.searcher().num_docs)

    def update(self, removed: Sequence[int], added: Sequence[tuple[int, int, str, str]]) -> None:
        """Remove passages and add others (number, number of the document, text, context), in one commit."""
        if not removed and not added:
            return
        writer = self.index.writer(heap_size=WRITER_MEMORY, num_threads=1)
        # by query: deletion by term would take the number for a signed one and find nothing
        writer.delete_documents_by_query(Query.term_set_query(self.index.schema, "number", list(removed)))
        for number, document, text, context in added:
            analysed = {"text": " ".join(self.words(text)), "context": " ".join(self.words(context))}
            fields = {"number": number, "document": document, **analysed}
            writer.add_document(tantivy.Document.from_dict(fields, self.index.schema))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def words(self, text: str) -> list[str]:
        """The stems of the words of a text in order, as in the index, without stop words."""
        return self.analysis(text)

    def words_of(self, number: int, passage: Passage) -> frozenset[str]:
        """The stems of a passage with title, headings and lead-in; cached, since searches repeat themselves."""
        words = self.cached_stems.get(number)
        if words is None:
            words = frozenset(self.words(f"{passage.context}\n{passage.text}"))
            if len(self.cached_stems) >= CACHED_PASSAGES:
                self.cached_stems.clear()
            self.cached_stems[number] = words
        return words

    def document_frequency(self, word: str) -> int:
        """The number of passages that contain a stem in their text."""
        return int(self.index.searcher().doc_freq("text", word))

    def knows(self, word: str) -> bool:
        """Whether a passage, title or heading contains a stem."""
        searcher = self.index.searcher()
        return bool(searcher.doc_freq("text", word) or searcher.doc_freq("context", word))

    def search(self, question: str, top: int, documents: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `top` passages for a question with their BM25 scores; `documents` restricts the search."""
        words = list(dict.fromkeys(self.words(question)))
        if not words or documents == []:
            return []
        query = Query.boolean_query([(Occur.Should, self.word_query(word)) for word in words])
        if documents is None:
            return self.hits(query, top)
        if len(documents) > MANY_DOCUMENTS:
            found = self.hits(query, OVERFETCH * top, frozenset(documents))
            if len(found) >= top:
                return found[:top]
        within = Query.const_score_query(Query.term_set_query(self.index.schema, "document", list(documents)), 0.0)
        return self.hits(Query.boolean_query([(Occur.Must, query), (Occur.Must, within)]), top)

    def passages_with(self, phrase: str) -> list[tuple[int, int]]:
        """Numbers of all passages whose text has these words in this order, each with that of its document."""
        words, searcher = self.words(phrase), self.index.searcher()
        if not words or not searcher.num_docs:
            return []
        of_one = Query.term_query(self.index.schema, "text", words[0])
        query = of_one if len(words) == 1 else Query.phrase_query(self.index.schema, "text", list(words))
        addresses = [address for _, address in searcher.search(query, searcher.num_docs).hits]
        numbers = searcher.fast_field_values("number", addresses)
        documents = searcher.fast_field_values("document", addresses)
        return sorted(
            (int(number or 0), int(document or 0)) for number, document in zip(numbers, documents, strict=True)
        )

    def hits(self, query: Query, top: int, documents: Container[int] | None = None) -> list[tuple[int, float]]:
        """Numbers and scores of the `top` passages for a query, those of equal score in order of their numbers.

        Passages of other documents than `documents` are left out.
        """
        searcher = self.index.searcher()
        found = searcher.search(query, top).hits
        if documents is not None:
            found_documents = searcher.fast_field_values("document", [address for _, address in found])
            found = [hit for hit, document in zip(found, found_documents, strict=True) if document in documents]
        numbers = searcher.fast_field_values("number", [address for _, address in found])
        pairs = [(int(number or 0), float(score or 0)) for number, (score, _) in zip(numbers, found, strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def word_query(self, word: str) -> Query:
        """A word in the text, or with less weight in the context."""
        schema = self.index.schema
        context = Query.boost_query(Query.term_query(schema, "context", word), CONTEXT_WEIGHT)
        return Query.boolean_query([(Occur.Should, Query.term_query(schema, "text", word)), (Occur.Should, context)])


def open_index(folder: Path) -> tantivy.Index:
    """The index of a folder, which is left as it is. Raises BrokenIndex if it cannot be opened."""
    try:
        return tantivy.Index(schema(), path=str(folder))
    except (ValueError, OSError) as error:
        raise BrokenIndex(
            f"The word index in {folder} cannot be opened ({error}): "
            "let its owner run pincite search, which makes it again."
        ) from error


def schema() -> tantivy.Schema:
    """The fields: number and document for filters, text and context for search."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=SPACES, index_option="position")
    builder.add_text_field("context", tokenizer_name=SPACES, index_option="position")
    return builder.build()
