"""Weights of a question's words in this corpus, and names that no document contains."""

import math
from collections.abc import Container, Mapping, Sequence

from pincite.answer.query.mentions import CONFIDENT
from pincite.answer.query.question import Question
from pincite.ingest.index.lexical import LexicalIndex


def idf_weights(lexical: LexicalIndex, question: str) -> dict[str, float]:
    """Inverse document frequency of each stem of a question (Robertson and Sparck Jones 1976, as in BM25)."""
    count = lexical.count()
    frequencies = {word: lexical.document_frequency(word) for word in lexical.words(question)}
    return {
        word: math.log(1 + (count - documents + 0.5) / (documents + 0.5)) for word, documents in frequencies.items()
    }


def question_weights(lexical: LexicalIndex, question: str, said: Container[str]) -> dict[str, float]:
    """The same without words that name documents, unless there are no others.

    The name of a document says where to look, not what for.
    """
    weight = idf_weights(lexical, question)
    return {stem: value for stem, value in weight.items() if stem not in said} or weight


def coverage(weight: Mapping[str, float], text_words: Container[str]) -> float:
    """Share of a question's words, by weight, in a text: 0 to 1, 0 for a question without words.

    >>> coverage({"fine": 3.0, "cap": 1.0}, {"the", "fine"})
    0.75
    """
    total = sum(weight.values())
    return sum([value for word, value in weight.items() if word in text_words]) / total if total else 0.0


def document_name_stems(lexical: LexicalIndex, question: Question) -> set[str]:
    """Stems of the words that name documents with confidence."""
    names = [one for one in question.documents if one.confidence >= CONFIDENT]
    return {stem for one in names for stem in lexical.words(question.text[one.start : one.end])}


def joined_by_or(names: Sequence[str]) -> str:
    """Names joined by `or`.

    >>> joined_by_or(["SB 53", "HUDERIA"])
    'SB 53 or HUDERIA'
    """
    return " or ".join(names)
