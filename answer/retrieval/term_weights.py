"""How much the words of a question weigh in this corpus, and which of them the corpus never uses."""

import math
import re
from collections.abc import Container, Mapping, Sequence

from pincite.answer.query.mentions import SURE
from pincite.answer.query.question import Question
from pincite.ingest.index.lexical import LexicalIndex

# A name that is written with two capitals or with a digit: an acronym, a bill, a document symbol.
IDENTIFIER = re.compile(r"\b(?=[\w./-]*(?:[A-Z][\w./-]*[A-Z]|\d))\w[\w./-]*\w\b")
PLAIN_NUMBER = re.compile(r"(?:1[89]|20)\d\d|\d{1,3}(?:[.,]\d+)?")


def weights(lexical: LexicalIndex, question: str) -> dict[str, float]:
    """Inverse document frequency of each stem of a question (Robertson and Sparck Jones 1976, as in BM25)."""
    count = lexical.count()
    frequencies = {word: lexical.document_frequency(word) for word in lexical.words(question)}
    return {word: math.log(1 + (count - held + 0.5) / (held + 0.5)) for word, held in frequencies.items()}


def asked_weights(lexical: LexicalIndex, question: str, said: Container[str]) -> dict[str, float]:
    """The same without the words that are `said` to name documents, unless there are no others.

    The name of a document says where to look, not for what.
    """
    weight = weights(lexical, question)
    return {stem: value for stem, value in weight.items() if stem not in said} or weight


def covered(weight: Mapping[str, float], text_words: Container[str]) -> float:
    """Share of a question's words, by weight, that stand in a text: 0 to 1, 0 for a question without words.

    >>> covered({"fine": 3.0, "cap": 1.0}, {"the", "fine"})
    0.75
    """
    total = sum(weight.values())
    return sum([value for word, value in weight.items() if word in text_words]) / total if total else 0.0


def naming(lexical: LexicalIndex, question: Question) -> set[str]:
    """The stems of a question that surely name documents."""
    names = [one for one in question.documents if one.sureness >= SURE]
    return {stem for one in names for stem in lexical.words(question.text[one.start : one.end])}


def identifiers(question: str) -> list[str]:
    """Acronyms and symbols named in a question; years and plain numbers are none.

    >>> identifiers("What did A/RES/78/265 and the OECD say on AI in 2024?")
    ['A/RES/78/265', 'OECD', 'AI']
    """
    return [name for name in IDENTIFIER.findall(question) if not PLAIN_NUMBER.fullmatch(name)]


def unknown_identifiers(lexical: LexicalIndex, question: str) -> list[str]:
    """Those named in a question of which some part stands in no passage and no title of the corpus."""
    return [name for name in identifiers(question) if not all(map(lexical.knows, lexical.words(name)))]


def phrase(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    >>> phrase(["SB 53", "HUDERIA"])
    'SB 53 or HUDERIA'
    """
    return " or ".join(names)
