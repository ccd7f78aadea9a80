"""From when a text, or a part of it, applies: the clauses of the document in question that set the date.

A clause often names only the number of a part ("Chapter V shall apply from …"): the words of that part's title are its
words, too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pincite.answer.citation.citation import Span
from pincite.answer.draft.quoted_text import ENUMERATOR, clean_quote, strip_enumerator
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.lookup.found import Found
from pincite.answer.query.effective_dates import is_effective_clause, sets_effective_date, without_effect_words
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import coverage, document_name_stems, question_weights
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.places.outline import OutlineNode, every_node

ABOUT_THE_ACT = re.compile(r"^\W*(?:[\w.]{1,5}[.)]?\s+)?(?:(?:this|the present)\s+\w|it\s+shall\b)", re.IGNORECASE)
MIN_COVERAGE = 0.4  # of what the question asks about, in a clause on a part of the text
MOST_CLAUSES = 6


@dataclass(frozen=True, slots=True)
class EffectiveClause:
    """A sentence that sets a date, with its own words and those of the titles of the parts that begin to apply."""

    span: Span
    text: str
    words: str


def find_effective_dates(
    index: Index, question: Question, documents: Sequence[Entry], evidence: Sequence[Evidence]
) -> Found | None:
    """The clauses on the date asked for, in the document named or else in that of the best evidence."""
    entry = documents[0] if len(documents) == 1 else document_of_best(index, evidence)
    if not question.aspects.effective_date or question.comparison or entry is None:
        return None
    clauses = list(effective_clauses(index, entry))
    weight = question_weights(
        index.lexical, without_effect_words(question.aspect), document_name_stems(index.lexical, question)
    )
    chosen = on_topic(index, clauses, weight) or (on_the_act(clauses) if len(documents) == 1 else [])
    return Found(tuple(map(said_clause, chosen)), certain=False) if chosen else None


def document_of_best(index: Index, evidence: Sequence[Evidence]) -> Entry | None:
    """The document of the best evidence."""
    return index.entry(evidence[0].passage.document) if evidence else None


def effective_clauses(index: Index, entry: Entry) -> Iterator[EffectiveClause]:
    """The sentences of a document that set a date from which something applies, in reading order."""
    document, nodes = index.document(entry.path), list(every_node(index.catalog.outline(entry.path)))
    for stored in index.catalog.passages_of(entry.number, 0, len(document.text)):
        passage = stored.passage
        for start, end in sentence_spans(passage.text) if is_effective_clause(passage) else ():
            text = passage.text[start:end]
            if sets_effective_date(text):
                span = Span(entry.path, passage.start + start, passage.start + end, passage.pinpoint)
                yield EffectiveClause(span, text, " ".join([text, *titles_of_parts(text, nodes)]))


def titles_of_parts(text: str, nodes: Sequence[OutlineNode]) -> Iterator[str]:
    """The titles of the parts with which a clause begins: `(a) Chapters I and II shall apply from …`."""
    words = re.findall(r"\w+", ENUMERATOR.sub("", text.casefold()))
    for node in nodes:
        kind, _, number = node.pinpoint.casefold().partition(" ")
        if node.title and words and words[0].removesuffix("s") == kind and number in words:
            yield node.title


def on_topic(
    index: Index, clauses: Sequence[EffectiveClause], weight: Mapping[str, float]
) -> Sequence[EffectiveClause]:
    """The clause that has most of what is asked about, if it has enough of it."""
    scored = [(coverage(weight, index.lexical.words(one.words)), -place) for place, one in enumerate(clauses)]
    best, place = max(scored, default=(0.0, 0))
    return [clauses[-place]] if best >= MIN_COVERAGE else []


def on_the_act(clauses: Sequence[EffectiveClause]) -> Sequence[EffectiveClause]:
    """The clauses on the document as a whole, which name it as `this Act`, with those on its parts that stand below."""
    last = next((one.span.pinpoint or "" for one in reversed(clauses) if ABOUT_THE_ACT.match(one.text)), None)
    return [one for one in clauses if last is not None and (one.span.pinpoint or "").startswith(last)][:MOST_CLAUSES]


def said_clause(clause: EffectiveClause) -> DraftSentence:
    """A clause as a sentence of an answer."""
    return DraftSentence(strip_enumerator(clean_quote(clause.text), clause.span.pinpoint), (clause.span,))
