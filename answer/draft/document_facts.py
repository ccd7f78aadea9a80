"""Facts that a document states about itself: its date, issuer, authors. Search ranks these passages low."""

import re
from collections.abc import Container, Sequence

from pincite.answer.draft.sentence_windows import Sentence, passage_sentences
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import document_name_stems
from pincite.ingest.document import Metadata
from pincite.ingest.index.index import Index

ACT_VERB = re.compile(
    r"\b(?:adopted|published|issued|released|signed|done at|received|accepted|revised|dated?|authors?|by the)\b", re.I
)
LABEL = re.compile(r"\b(?:received|revised|accepted|approved|published|adopted|issued|date): ", re.IGNORECASE)
HAS_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}\.\d{1,2}\.\d\d\b")
OPENING_CHARACTERS = 1000  # characters at the beginning of a document that may identify it
HEAD, TAIL = 2500, 1500  # characters at the beginning and end that may state such facts
FACT_WORDS = (
    "adopted adoption published publication publish issued issue released release signed sign dated date wrote written "
    "author authors accepted received receive come came appear body day year month resolution article paper report "
    "document text journal organisation organization institution out reach clear approve analysis label"
)
MAX_OTHER_WORDS = 1  # words of the question about something else
MIN_SCORE = 3  # facts that a sentence must contain
MAX_SENTENCES = 2  # sentences


def document_facts(index: Index, question: Question, evidence: Sequence[Evidence]) -> list[Sentence]:
    """The sentences in which a document states the facts asked for; empty for other questions.

    The document is the one that the question names, or else the one whose opening is the first evidence.
    """
    if question.comparison or not question.aspects.document_facts:
        return []
    opening = [
        one.passage
        for one in evidence[:1]
        if one.passage.start < OPENING_CHARACTERS and not question.confident_documents
    ]
    named = [*question.confident_documents, *(passage.document for passage in opening)]
    name_stems = {stem for passage in opening for stem in index.lexical.words(passage.text)} | document_name_stems(
        index.lexical, question
    )
    if not named or asks_for_more(index, question, name_stems):
        return []
    entry, length = index.entry(named[0]), len(index.document(named[0]).text)
    passages = [
        stored.passage
        for first, last in ((0, HEAD), (length - TAIL, length))
        for stored in index.catalog.passages_of(entry.number, first, last)
    ]
    found = {one.span.start: one for passage in passages for one in passage_sentences(index.lexical, passage)}
    scores = {start: fact_score(one.text, entry.metadata) for start, one in found.items()}
    best = sorted(found, key=lambda start: (-scores[start], start))[:MAX_SENTENCES]
    return [found[start] for start in sorted(best) if scores[start] >= MIN_SCORE]


def asks_for_more(index: Index, question: Question, name_stems: Container[str]) -> bool:
    """Whether a question asks for more than facts about a document, which `name_stems` name."""
    about = set(index.lexical.words(FACT_WORDS))
    return sum(stem not in name_stems for stem in set(index.lexical.words(question.text)) - about) > MAX_OTHER_WORDS


def fact_score(text: str, known: Metadata) -> int:
    """The number of facts in a sentence: a date, the document's own date, authors, acts, labels."""
    year = bool(known.date and known.date[:4] in text)
    authors = any(name.split()[-1] in text for name in known.authors)
    return (
        (HAS_DATE.search(text) is not None)
        + year
        + authors
        + (ACT_VERB.search(text) is not None)
        + (LABEL.search(text) is not None)
    )
