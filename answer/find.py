"""A question that is understood -> candidates of both searches, with the signs by which they are ranked.

The whole library is searched with the whole question; besides, each document that the question names, and for a
comparison each of its sides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.prefer import preference
from answer.question import Question
from answer.rank import KEPT, Candidate, Signs
from answer.words import covered, weights
from ingest.catalog import StoredPassage
from ingest.embed import Embedder, Vectors
from ingest.index import Index

NAMED = 0.3  # sureness from which a document that the question names is searched apart
NAMED_MOST = 4  # documents searched apart
OF_ONE = 15  # candidates that each search gives of one document, or for one side of a comparison
# Questions about what is otherwise held back.
ASKS_APPARATUS = re.compile(r"\b(?:references?|bibliography|footnotes?|endnotes?|reference list|works cited)\b", re.I)

Admitted = Sequence[int] | None  # numbers of documents, None for all


@dataclass(frozen=True, slots=True)
class Search:
    """One search: for which words and which text's meaning, in which documents, and how many candidates of it."""

    words: str
    meaning: str
    documents: Admitted
    top: int


@dataclass(frozen=True, slots=True)
class Ranks:
    """Numbers of the passages that each search of the whole library found, best first."""

    by_words: Sequence[int]
    by_meaning: Sequence[int]


def find(index: Index, embedder: Embedder, question: Question, documents: Admitted, top: int) -> list[Candidate]:
    """The candidates for a question in these documents, `top` of each search over all of them."""
    planned = list(searches(index, question, documents, top))
    texts = list(dict.fromkeys(search.meaning for search in planned))
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    by_words: dict[int, float] = {}
    by_meaning: dict[int, None] = {}
    for search in planned:
        for number, bm25 in index.lexical.search(search.words, search.top, search.documents):
            by_words.setdefault(number, bm25)
        nearest = index.vectors.search(vectors[search.meaning], search.top, search.documents)
        by_meaning |= dict.fromkeys(number for number, _ in nearest)
    found = index.catalog.passages(sorted(by_words.keys() | by_meaning.keys()))
    ranks = Ranks(list(by_words)[:top], list(by_meaning)[:top])
    return with_signs(index, question, vectors[question.text], found, by_words, ranks)


def searches(index: Index, question: Question, documents: Admitted, top: int) -> Iterator[Search]:
    """What is searched, the whole first."""
    words = " ".join([question.text, *question.expansions, *question.transliterated])
    yield Search(words, question.text, documents, top)
    named = [index.entry(one.path).number for one in question.documents if one.sureness >= NAMED][:NAMED_MOST]
    for number in named:
        if documents is None or number in documents:
            yield Search(words, question.text, [number], OF_ONE)
    if question.comparison and len(question.parts) > 1:
        for part in question.parts:
            yield Search(part.text, part.text, documents, OF_ONE)


def with_signs(
    index: Index,
    question: Question,
    vector: Vectors,
    found: Sequence[StoredPassage],
    by_words: Mapping[int, float],
    ranks: Ranks,
) -> list[Candidate]:
    """The passages found, with what each search says of them, and how much of the question each covers."""
    weight = weights(index.lexical, question.text)
    asked_for = ASKS_APPARATUS.search(question.text)
    word_ranks = {number: place for place, number in enumerate(ranks.by_words, 1)}
    meaning_ranks = {number: place for place, number in enumerate(ranks.by_meaning, 1)}
    known = {entry.path: entry.metadata for entry in index.entries}
    return [
        Candidate(
            stored,
            Signs(
                cosine=float(stored.vector @ vector),
                bm25=by_words.get(stored.number, 0.0),
                coverage=covered(weight, index.lexical.words_of(stored.number, stored.passage)),
                by_meaning=meaning_ranks.get(stored.number),
                by_words=word_ranks.get(stored.number),
                kept=1.0 if asked_for else KEPT.get(stored.passage.kind, 1.0),
                preferred=preference(question, stored.passage, known[stored.passage.document]),
            ),
        )
        for stored in found
    ]
