"""The numbered sentences of evidence that a model is given: those that matter, since a processor reads slowly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import short_name
from pincite.answer.draft.extractive import ExtractSettings, meaning_score, weighted_questions
from pincite.answer.draft.quoted_text import clean_quote
from pincite.answer.draft.sentence_windows import Sentence, sentences
from pincite.answer.models.prompts import sentence_text
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import coverage
from pincite.ingest.index.index import Index

BYTES = 1800  # of sentences that a model is given: some 450 tokens, with their sources 500 to 700
MOST_EVIDENCE = 6
LONGEST = 700  # characters of a sentence; the rest of a longer one is not shown to the model, but quoted
QUOTED = 10.0  # what a sentence gains that the extractive answer quotes: more than all other scores
MEANING = ExtractSettings().meaning_weight


@dataclass(frozen=True, slots=True)
class NumberedSentence:
    """A sentence with its number in the prompt, its source, and the stems that are compared with what is said of it.

    `score`: how well it may answer.
    """

    number: int
    span: Span
    text: str
    source: str
    stems: frozenset[str]
    score: float


def numbered_sentences(
    index: Index, question: Question, evidence: Sequence[Evidence], quoted: Sequence[Span]
) -> list[NumberedSentence]:
    """The sentences of the best evidence that fit, in its order; what would be `quoted` takes precedence."""
    weight = weighted_questions(index.lexical, question)[0].weight
    scored: list[tuple[float, int, Sentence]] = []
    for found in evidence[:MOST_EVIDENCE]:
        for one in sentences(index.lexical, found.parts):
            score = coverage(weight, one.stems | one.context_stems) + MEANING * meaning_score(found, one)
            scored.append((score + QUOTED * any(holds(span, one.span) for span in quoted), found.rank, one))
    kept = sorted(within_bytes(sorted(scored, key=lambda one: -one[0])), key=lambda one: (one[1], one[2].span.start))
    return [numbered(index, number, one, score) for number, (score, _, one) in enumerate(kept, 1)]


def holds(outer: Span, inner: Span) -> bool:
    """Whether a span holds the beginning of another."""
    return outer.document == inner.document and outer.start <= inner.start < outer.end


def within_bytes(ordered: Sequence[tuple[float, int, Sentence]]) -> Iterator[tuple[float, int, Sentence]]:
    """The first sentences that fit, each place once."""
    room, taken = BYTES, set[Span]()
    for score, rank, one in ordered:
        size = len(one.text[:LONGEST].encode())
        if size <= room and one.span not in taken:
            room -= size
            taken.add(one.span)
            yield score, rank, one


def numbered(index: Index, number: int, one: Sentence, score: float) -> NumberedSentence:
    """A sentence with its number and source."""
    name = short_name(index.document(one.span.document).metadata, one.span.document)
    source = ", ".join(filter(None, [name, one.span.pinpoint]))
    return NumberedSentence(number, one.span, clean_quote(one.text)[:LONGEST], source, one.stems, score)


def sentence_lines(found: Sequence[NumberedSentence]) -> Iterator[str]:
    """The sentences in the prompt; a source that several share stands before the first of them."""
    before = ""
    for one in found:
        yield sentence_text(one.number, one.source if one.source != before else "", one.text)
        before = one.source
