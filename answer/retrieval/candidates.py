"""Finds candidates by embedding and BM25, with the signals by which they are ranked.

The whole library is searched for the whole question, and each document that it names is also searched separately.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pincite.answer.query.effective_dates import CLAUSE_TERMS
from pincite.answer.query.question import Question
from pincite.answer.retrieval.boosts import document_boost, passage_boost
from pincite.answer.retrieval.ranking import DOWNWEIGHTS, Candidate, Signals
from pincite.answer.retrieval.term_weights import coverage, document_name_stems, question_weights
from pincite.ingest.embedding.embedder import Embedder, Vectors
from pincite.ingest.index.catalog import StoredPassage
from pincite.ingest.index.index import Index

MIN_CONFIDENCE = 0.3  # confidence from which a document is searched separately
MAX_NAMED = 4  # documents searched separately
PER_DOCUMENT = 15  # candidates of each search in one document

Admitted = Sequence[int] | None  # document numbers, None for all


@dataclass(frozen=True, slots=True)
class Search:
    """One search: its words besides the question's embedding, its documents, its number of candidates."""

    words: str
    documents: Admitted
    top: int


@dataclass(frozen=True, slots=True)
class SearchRanks:
    """Passage numbers from each search of the whole library, best first."""

    by_words: Sequence[int]
    by_meaning: Sequence[int]


@dataclass(frozen=True, slots=True)
class QuestionVector:
    """The vector of a question, float32 (d,), and the cosine to expect of unrelated texts."""

    vector: Vectors
    expected: float

    def cosine(self, passage: Vectors) -> float:
        """The cosine with a passage beyond the expected one, as a share of the way to 1: models differ in their range.

        (Chance-corrected agreement: Cohen 1960.)
        """
        return (float(passage @ self.vector) - self.expected) / max(1 - self.expected, 1e-6)


def find_candidates(
    index: Index, embedder: Embedder, question: Question, documents: Admitted, top: int
) -> list[Candidate]:
    """The candidates for a question in some documents, `top` from each search over all of them."""
    vector = embedder.embed_question(question.text)
    asked = QuestionVector(vector, embedder.expected_cosine)
    by_words: dict[int, float] = {}
    by_meaning: dict[int, None] = {}
    for search in searches(index, question, documents, top):
        for number, bm25 in index.lexical.search(search.words, search.top, search.documents):
            by_words.setdefault(number, bm25)
        nearest = index.vectors.search(vector, search.top, search.documents)
        by_meaning |= dict.fromkeys(number for number, _ in nearest)
    found = index.passages(sorted(by_words.keys() | by_meaning.keys()))
    ranks = SearchRanks(list(by_words)[:top], list(by_meaning)[:top])
    return with_signals(index, question, asked, found, by_words, ranks)


def searches(index: Index, question: Question, documents: Admitted, top: int) -> Iterator[Search]:
    """The searches for a question, the one over all documents first."""
    words = " ".join([question.text, *question.expansions, *question.transliterated])
    yield Search(words, documents, top)
    named = [index.entry(one.path).number for one in question.documents if one.confidence >= MIN_CONFIDENCE][:MAX_NAMED]
    within = [number for number in named if documents is None or number in documents]
    for number in within:
        yield Search(words, [number], PER_DOCUMENT)
    if within and question.aspects.effective_date:
        yield Search(CLAUSE_TERMS, within, PER_DOCUMENT)


def with_signals(
    index: Index,
    question: Question,
    asked: QuestionVector,
    found: Sequence[StoredPassage],
    by_words: Mapping[int, float],
    ranks: SearchRanks,
) -> list[Candidate]:
    """The passages found, each with its signals."""
    weight = question_weights(index.lexical, question.text, document_name_stems(index.lexical, question))
    word_ranks = {number: place for place, number in enumerate(ranks.by_words, 1)}
    meaning_ranks = {number: place for place, number in enumerate(ranks.by_meaning, 1)}
    boost = cache(lambda path: document_boost(question, path, index.entry(path).metadata))
    return [
        Candidate(
            stored,
            Signals(
                cosine=asked.cosine(stored.vector),
                bm25=by_words.get(stored.number, 0.0),
                coverage=coverage(weight, index.lexical.words_of(stored.number, stored.passage)),
                meaning_rank=meaning_ranks.get(stored.number),
                word_rank=word_ranks.get(stored.number),
                downweight=1.0 if question.aspects.apparatus else DOWNWEIGHTS.get(stored.passage.kind, 1.0),
                boost=boost(stored.passage.document) + passage_boost(question, stored.passage),
            ),
        )
        for stored in found
    ]
