"""What a document says of itself: when it was adopted or published, by whom, who wrote it. Search holds that back."""

import re
from collections.abc import Container, Sequence

from pincite.answer.draft.sentence_windows import Sentence, of_passage
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import naming
from pincite.ingest.document import Metadata
from pincite.ingest.index.index import Index

ACTS = re.compile(
    r"\b(?:adopted|published|issued|released|signed|done at|received|accepted|revised|dated?|authors?|by the)\b", re.I
)
LABEL = re.compile(r"\b(?:received|revised|accepted|approved|published|adopted|issued|date): ", re.IGNORECASE)
DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}\.\d{1,2}\.\d\d\b")
OPENING = 1000  # characters at the beginning that name a document
HEAD, TAIL = 2500, 1500  # characters at the beginning and the end of a document where it speaks of itself
ABOUT = (
    "adopted adoption published publication publish issued issue released release signed sign dated date wrote written "
    "author authors accepted received receive come came appear body day year month resolution article paper report "
    "document text journal organisation organization institution out reach clear approve analysis label"
)
FEW = 1  # words that may be left
LEAST = 3  # of what is looked for that a sentence must have
MOST = 2  # sentences


def masthead(index: Index, question: Question, evidence: Sequence[Evidence]) -> list[Sentence]:
    """The sentences in which the one document that a question names says what is asked about it; mostly none.

    A document is named, too, by what stands on its first lines: then these are the first evidence.
    """
    if question.comparison or not question.aspects.document_facts:
        return []
    opening = [one.passage for one in evidence[:1] if one.passage.start < OPENING and not question.confident_documents]
    named = [*question.confident_documents, *(passage.document for passage in opening)]
    said = {stem for passage in opening for stem in index.lexical.words(passage.text)} | naming(index.lexical, question)
    if not named or beyond(index, question, said):
        return []
    entry, length = index.entry(named[0]), len(index.document(named[0]).text)
    passages = [
        stored.passage
        for first, last in ((0, HEAD), (length - TAIL, length))
        for stored in index.catalog.passages_of(entry.number, first, last)
    ]
    found = {one.span.start: one for passage in passages for one in of_passage(index.lexical, passage)}
    telling = {start: tells(one.text, entry.metadata) for start, one in found.items()}
    best = sorted(found, key=lambda start: (-telling[start], start))[:MOST]
    return [found[start] for start in sorted(best) if telling[start] >= LEAST]


def beyond(index: Index, question: Question, said: Container[str]) -> bool:
    """Whether a question asks for more than a document says of itself; what names the document is `said`."""
    about = set(index.lexical.words(ABOUT))
    return sum(stem not in said for stem in set(index.lexical.words(question.text)) - about) > FEW


def tells(text: str, known: Metadata) -> int:
    """How much of what a document says of itself stands in a sentence: dates, its own, authors, acts, labels."""
    year = bool(known.date and known.date[:4] in text)
    authors = any(name.split()[-1] in text for name in known.authors)
    return (
        (DATED.search(text) is not None)
        + year
        + authors
        + (ACTS.search(text) is not None)
        + (LABEL.search(text) is not None)
    )
