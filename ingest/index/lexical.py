"""Word search by Tantivy: BM25 over stemmed words, on disk. Derived from the catalog; knows passages by number only."""

import json
import shutil
from collections.abc import Container, Sequence
from pathlib import Path

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from pincite.ingest.atomic_write import write_text
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.data.stop_words import FUNCTION, stop_words

FOLDER = "lexical"
STAMP = "generation.json"
ANALYZER = "policy"
CONTEXT_WEIGHT = 0.5  # a word in the title or heading path counts this much of one in the text
WRITER_MEMORY = 128_000_000
MANY, MORE = 300, 10  # documents that take longer to look for than it takes to find more, so many times, in all
PASSAGES_KEPT = 10_000  # whose stems are held in memory: some 40 MB
SEARCH_STOP_CLASSES = (*FUNCTION, "auxiliaries", "pronouns", "question_words")
# Further words of a question that say nothing about its topic.
STOP_WORDS = stop_words("en", SEARCH_STOP_CLASSES) | frozenset(
    "about according any as been being but if into me our shall so such than then under we you your say says said tell "
    "give please".split()
)


class LexicalIndex:
    """An open Tantivy index in a folder; one that is missing or cannot be opened is made anew, since it is derived."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        self.analyzer = analyzer()
        self.index = open_index(self.folder)
        self.index.register_tokenizer(ANALYZER, self.analyzer)
        self.known: dict[int, frozenset[str]] = {}

    @property
    def generation(self) -> int:
        """Generation of the catalog that the index follows, -1 when none."""
        try:
            return int(json.loads((self.folder / STAMP).read_text(encoding="utf-8"))["generation"])
        except (OSError, ValueError, KeyError, TypeError):
            return -1

    def set_generation(self, generation: int) -> None:
        """Note the generation of the catalog that the index follows, whole or not at all."""
        write_text(self.folder / STAMP, [json.dumps({"generation": generation})])

    def numbers(self) -> set[int]:
        """Numbers of all passages held."""
        searcher = self.index.searcher()
        if not searcher.num_docs:
            return set()
        return {number for number, _ in self.hits(Query.all_query(), searcher.num_docs)}

    def count(self) -> int:
        """How many passages are held."""
        return int(self.index.searcher().num_docs)

    def change(self, removed: Sequence[int], added: Sequence[tuple[int, int, str, str]]) -> None:
        """Take passages out and put others in: number, document's number, text, context. One commit."""
        if not removed and not added:
            return
        writer = self.index.writer(heap_size=WRITER_MEMORY, num_threads=1)
        # by query: deleting by term takes the number for a signed one and finds nothing
        writer.delete_documents_by_query(Query.term_set_query(self.index.schema, "number", list(removed)))
        for number, document, text, context in added:
            fields = {"number": number, "document": document, "text": text, "context": context}
            writer.add_document(tantivy.Document.from_dict(fields, self.index.schema))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def words(self, text: str) -> list[str]:
        """The stems of a text's words, in order, as the index holds them; stop words left out."""
        return [word for word in self.analyzer.analyze(text) if word]

    def words_of(self, number: int, passage: Passage) -> frozenset[str]:
        """The stems of a passage, its title, headings and lead-in; kept, since the same passages are found again."""
        words = self.known.get(number)
        if words is None:
            words = frozenset(self.words(f"{passage.context}\n{passage.text}"))
            if len(self.known) >= PASSAGES_KEPT:
                self.known.clear()
            self.known[number] = words
        return words

    def document_frequency(self, word: str) -> int:
        """In how many passages a stem stands."""
        return int(self.index.searcher().doc_freq("text", word))

    def knows(self, word: str) -> bool:
        """Whether a stem stands in any passage, title or heading."""
        searcher = self.index.searcher()
        return bool(searcher.doc_freq("text", word) or searcher.doc_freq("context", word))

    def search(self, question: str, top: int, documents: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `top` passages for a question with their BM25 scores; `documents` limits the search."""
        words = list(dict.fromkeys(self.words(question)))
        if not words or documents == []:
            return []
        query = Query.boolean_query([(Occur.Should, self.word_query(word)) for word in words])
        if documents is None:
            return self.hits(query, top)
        if len(documents) > MANY:
            found = self.hits(query, MORE * top, frozenset(documents))
            if len(found) >= top:
                return found[:top]
        within = Query.const_score_query(Query.term_set_query(self.index.schema, "document", list(documents)), 0.0)
        return self.hits(Query.boolean_query([(Occur.Must, query), (Occur.Must, within)]), top)

    def hits(self, query: Query, top: int, documents: Container[int] | None = None) -> list[tuple[int, float]]:
        """Numbers and scores of the `top` passages for a query, those of equal score in the order of their numbers.

        `documents` leaves out those found in others.
        """
        searcher = self.index.searcher()
        found = searcher.search(query, top).hits
        if documents is not None:
            held = searcher.fast_field_values("document", [address for _, address in found])
            found = [hit for hit, document in zip(found, held, strict=True) if document in documents]
        numbers = searcher.fast_field_values("number", [address for _, address in found])
        pairs = [(int(number or 0), float(score or 0)) for number, (score, _) in zip(numbers, found, strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def word_query(self, word: str) -> Query:
        """A word in the text, and for less in the context."""
        schema = self.index.schema
        context = Query.boost_query(Query.term_query(schema, "context", word), CONTEXT_WEIGHT)
        return Query.boolean_query([(Occur.Should, Query.term_query(schema, "text", word)), (Occur.Should, context)])


def analyzer() -> tantivy.TextAnalyzer:
    """Words in lower case, without stop words, English ones stemmed; other scripts stay as they are."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(60)).filter(Filter.lowercase())
    return builder.filter(Filter.custom_stopword(sorted(STOP_WORDS))).filter(Filter.stemmer("english")).build()


def open_index(folder: Path) -> tantivy.Index:
    """The index of a folder; one that cannot be opened is made anew, since it is derived."""
    try:
        return tantivy.Index(schema(), path=str(folder))
    except ValueError:
        shutil.rmtree(folder)
        folder.mkdir()
        return tantivy.Index(schema(), path=str(folder))


def schema() -> tantivy.Schema:
    """Number and document to find passages by, text and context to search."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=ANALYZER, index_option="position")
    builder.add_text_field("context", tokenizer_name=ANALYZER, index_option="position")
    return builder.build()
