"""Decides whether the library can answer a question, before drafting and again from what a draft quotes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pincite.answer.answerability.missing_sources import missing_provision, missing_sources
from pincite.answer.answerability.premises import denial, missing_parties, only_preamble
from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import with_source
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.answer_types import contains_answer
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import joined_by_or, unknown_identifiers
from pincite.ingest.index.index import Index

CHECKED_TYPES = ("date", "duration", "money", "number", "share")  # whose answers have a recognisable form
TYPE_NAMES = {"money": "amount of money"}  # where the answer type needs other words for readers
NOT_IN_CORPUS = "The documents in this library do not answer this question."


class AbstentionKind(StrEnum):
    """Reasons for not answering."""

    EMPTY_LIBRARY = "empty library"
    FILTERED_OUT = "filters admit no document"
    UNKNOWN_NAME = "name in no document"
    MISSING_SOURCE = "source not in the library"
    MISSING_PLACE = "no such place"
    WEAK_EVIDENCE = "weak evidence"
    NO_SUCH_VALUE = "no value of the type asked for"
    MISSING_PARTIES = "too few of the names asked for"
    ONLY_PREAMBLE = "preamble only"
    PREMISE_DENIED = "premise denied"
    MODEL_ABSTAINED = "model found no answer"
    NOTHING_DRAFTED = "nothing to quote"


@dataclass(frozen=True, slots=True)
class Abstention:
    """An abstention: the kind for programs, the message for the reader."""

    kind: AbstentionKind
    message: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer: the confidence, 0 to 1, that the evidence answers, and the abstention if it does not."""

    confidence: float
    abstention: Abstention | None = None


@dataclass(frozen=True, slots=True)
class AbstainSettings:
    """`strength`: the confidence below which Pincite abstains."""

    threshold: float = 0.28


def decide(
    index: Index, question: Question, evidence: Sequence[Evidence], settings: AbstainSettings = AbstainSettings()
) -> Decision:
    """Whether the evidence answers the question."""
    confidence = evidence_confidence(evidence)
    return Decision(confidence, abstention_before_drafting(index, question, evidence, confidence, settings))


def abstention_before_drafting(
    index: Index, question: Question, evidence: Sequence[Evidence], confidence: float, settings: AbstainSettings
) -> Abstention | None:
    """The reason not to answer before drafting; None if there is none."""
    if not index.entries:
        return Abstention(AbstentionKind.EMPTY_LIBRARY, "The library contains no documents yet.")
    if not evidence:
        message = "No document in the library matches the filters, so nothing was searched."
        return Abstention(AbstentionKind.FILTERED_OUT, message)
    if unknown := unknown_identifiers(index.lexical, question):
        return Abstention(AbstentionKind.UNKNOWN_NAME, f"No document in the library mentions {joined_by_or(unknown)}.")
    if absent := missing_from_library(index, question, evidence):
        return absent
    if confidence < settings.threshold:
        message = f"No passage is close enough to the question (the best scores {confidence:.2f} out of 1)."
        return Abstention(AbstentionKind.WEAK_EVIDENCE, message)
    return None


def missing_from_library(index: Index, question: Question, evidence: Sequence[Evidence]) -> Abstention | None:
    """The reason why the library cannot contain the answer: a source or place that it lacks."""
    if source := next(missing_sources(question, aliases_of(index), evidence), None):
        message = f"The library does not contain {source}. The closest passages are shown below."
        return Abstention(AbstentionKind.MISSING_SOURCE, message)
    if (place := missing_provision(index, question)) and not any(place in found.passage.text for found in evidence):
        return Abstention(AbstentionKind.MISSING_PLACE, f"No document in question contains {place}.")
    return None


def reason_to_withhold(index: Index, question: Question, spans: Sequence[Span]) -> Abstention | None:
    """The reason why the quotes of a draft are no answer: they lack what is asked for, or deny a premise."""
    if question.comparison or not spans:
        return None
    quotes = [index.excerpt(one.document, one.start, one.end) for one in spans]
    wanted = question.answer_type
    if wanted in CHECKED_TYPES and not any(contains_answer(wanted, quote) for quote in quotes):
        message = f"The closest passages contain no {TYPE_NAMES.get(wanted, wanted)}."
        return Abstention(AbstentionKind.NO_SUCH_VALUE, message)
    if missing := missing_parties(question, quotes):
        message = f"The closest passages do not give {missing} asked for."
        return Abstention(AbstentionKind.MISSING_PARTIES, message)
    if only_preamble(question, [one.pinpoint for one in spans]):
        message = "Only the preamble mentions this, not an operative paragraph."
        return Abstention(AbstentionKind.ONLY_PREAMBLE, message)
    denials = ((span, denial(question, quote)) for span, quote in zip(spans, quotes, strict=True))
    return next((denied_premise(index, span, clause) for span, clause in denials if clause), None)


def denied_premise(index: Index, span: Span, clause: str) -> Abstention:
    """An abstention that quotes the clause denying a premise, with its source."""
    known = index.document(span.document).metadata
    said = with_source(f"“{clause}”", known, span.document, span.pinpoint, same_document=False)
    return Abstention(AbstentionKind.PREMISE_DENIED, f"The documents contradict a premise of this question. {said}")


def evidence_confidence(evidence: Sequence[Evidence]) -> float:
    """Confidence that the evidence answers, 0 to 1: the highest mean of cosine and coverage."""
    return max(((max(found.signals.cosine, 0.0) + found.signals.coverage) / 2 for found in evidence), default=0.0)
