"""Decides whether the library can answer a question, before drafting and again from what a draft quotes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pincite.answer.answerability.known_names import unknown_names
from pincite.answer.answerability.missing_sources import (
    missing_provision,
    missing_sources,
    missing_year,
    silent_document,
)
from pincite.answer.answerability.premises import denied_premise
from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import dated_name
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.answer_types import contains_value
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import document_name_stems, joined_by_or, question_weights
from pincite.ingest.index.index import Index
from pincite.ingest.structure.pinpoint_grammar import path_of

TYPE_NAMES = {"money": "amount of money"}  # where the answer type needs other words for readers
NOT_IN_CORPUS = "The documents in this library do not answer this question."


class AbstentionKind(StrEnum):
    """Reasons for not answering."""

    EMPTY_LIBRARY = "empty library"
    FILTERED_OUT = "filters admit no document"
    NO_TOPIC = "question names no topic"
    UNKNOWN_NAME = "name in no document"
    MISSING_SOURCE = "source not in the library"
    MISSING_PLACE = "no such place"
    WEAK_EVIDENCE = "weak evidence"
    NO_SUCH_VALUE = "no value of the type asked for"
    SILENT_DOCUMENT = "named document has none of the words"
    MISSING_YEAR = "year in no passage"
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
    confidence = evidence_confidence(index, question, evidence)
    return Decision(confidence, abstention_before_drafting(index, question, evidence, confidence, settings))


def abstention_before_drafting(
    index: Index, question: Question, evidence: Sequence[Evidence], confidence: float, settings: AbstainSettings
) -> Abstention | None:
    """The reason not to answer before drafting; None if there is none."""
    if nothing := nothing_to_search(index, question, evidence):
        return nothing
    if unknown := unknown_names(index.lexical, question, aliases_of(index)):
        message = f"None of the {len(index.entries)} documents in the library mentions {joined_by_or(unknown)}."
        return Abstention(AbstentionKind.UNKNOWN_NAME, message)
    if absent := missing_from_library(index, question, evidence):
        return absent
    if confidence < settings.threshold:
        message = f"No passage is close enough to the question (the best scores {confidence:.2f} out of 1)."
        return Abstention(AbstentionKind.WEAK_EVIDENCE, message)
    return premise_denied(index, question, evidence)


def nothing_to_search(index: Index, question: Question, evidence: Sequence[Evidence]) -> Abstention | None:
    """The reason why nothing could be searched: no documents, or a question without a topic."""
    if not index.entries:
        return Abstention(AbstentionKind.EMPTY_LIBRARY, "The library contains no documents yet.")
    if not evidence:
        message = "No document in the library matches the filters, so nothing was searched."
        return Abstention(AbstentionKind.FILTERED_OUT, message)
    if not question.names_a_topic:
        return Abstention(AbstentionKind.NO_TOPIC, "The question does not say what it is about: name it.")
    return None


def missing_from_library(index: Index, question: Question, evidence: Sequence[Evidence]) -> Abstention | None:
    """The reason why the library cannot contain the answer: a source, a place or a year that it lacks."""
    if source := next(missing_sources(question, aliases_of(index), evidence), None):
        mentioned = mention(index, source, evidence)
        message = f"{source} is not among the {len(index.entries)} documents in the library{mentioned}."
        return Abstention(AbstentionKind.MISSING_SOURCE, message)
    if (place := missing_provision(index, question)) and not any(place in found.passage.text for found in evidence):
        return Abstention(AbstentionKind.MISSING_PLACE, f"No document in question contains {place}.")
    if silent := silent_document(index, question):
        message = f"{place_of(index, silent.path, None)} does not contain {joined_by_or(silent.words)}."
        return Abstention(AbstentionKind.SILENT_DOCUMENT, message)
    if year := missing_year(index, question, evidence):
        message = f"None of the {len(evidence)} closest passages, nor the date of their documents, is of {year}."
        return Abstention(AbstentionKind.MISSING_YEAR, message)
    return None


def mention(index: Index, source: str, evidence: Sequence[Evidence]) -> str:
    """Where one of the closest passages mentions a source that the library lacks; empty if none does."""
    found = next((one.passage for one in evidence if source.strip("“”") in one.passage.text), None)
    if found is None:
        return ""
    return f"; it is mentioned in {place_of(index, found.document, found.pinpoint)}"


def place_of(index: Index, document: str, pinpoint: str | None) -> str:
    """A document with its date, and a pinpoint unless it is only a heading."""
    cited = pinpoint if pinpoint and path_of(pinpoint) else None
    return ", ".join(filter(None, [dated_name(index.document(document).metadata, document), cited]))


def premise_denied(index: Index, question: Question, evidence: Sequence[Evidence]) -> Abstention | None:
    """The abstention that quotes the clause denying a premise, with its source."""
    weight = question_weights(index.lexical, question.text, document_name_stems(index.lexical, question))
    clause = denied_premise(index.lexical, question, weight, evidence)
    if clause is None:
        return None
    said = " ".join(index.excerpt(clause.document, clause.start, clause.end).split())
    source = place_of(index, clause.document, clause.pinpoint)
    return Abstention(AbstentionKind.PREMISE_DENIED, f"“{said}” ({source}): this denies what the question presupposes.")


def reason_to_withhold(index: Index, question: Question, spans: Sequence[Span], searched: int = 0) -> Abstention | None:
    """The reason why the quotes of a draft are no answer: they lack the value asked for.

    `searched`: the number of passages in which it was looked for.
    """
    if question.comparison or not spans or not question.aspects.value:
        return None
    wanted = question.answer_type
    if any(contains_value(wanted, index.excerpt(one.document, one.start, one.end)) for one in spans):
        return None
    where = f"any of the {searched} closest passages" if searched else "the passages cited"
    message = f"No {TYPE_NAMES.get(wanted, wanted)} that answers the question was found in {where}."
    return Abstention(AbstentionKind.NO_SUCH_VALUE, message)


def evidence_confidence(index: Index, question: Question, evidence: Sequence[Evidence]) -> float:
    """Confidence that the evidence answers, 0 to 1: the highest mean of closeness and coverage.

    A text in another language than the question's has few of its words, so that its closeness counts alone.
    """
    return max((confidence_in(index, question, found) for found in evidence), default=0.0)


def confidence_in(index: Index, question: Question, found: Evidence) -> float:
    """Confidence that a piece of evidence answers."""
    closeness = max(found.signals.closeness, 0.0)
    language = index.entry(found.passage.document).metadata.language
    shared = language in {None, question.language}
    return (closeness + found.signals.coverage) / 2 if shared else max(closeness, found.signals.coverage)
