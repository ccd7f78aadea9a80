"""Whether the corpus answers a question at all. A first rule, by two signs that can be explained to the reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from pincite.answer.answerability.missing_sources import absence
from pincite.answer.answerability.premises import denial, missing_parties, only_preamble
from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import credited
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.answer_types import gives
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import phrase, unknown_identifiers
from pincite.ingest.index.index import Index

TOLD = ("date", "duration", "money", "number", "share")  # what is asked for and can be told by its form
SAID = {"duration": "span of time", "money": "sum of money"}
NOT_IN_CORPUS = "The documents in this library do not answer this question."


@dataclass(frozen=True, slots=True)
class AbstainSettings:
    """`strength`: mean of cosine and of the share of the question's words covered that the best passage must reach."""

    strength: float = 0.28


def reason_to_abstain(
    index: Index,
    question: Question,
    evidence: Sequence[Evidence],
    confidence: float,
    settings: AbstainSettings = AbstainSettings(),
) -> str | None:
    """Why the corpus does not answer, as a sentence for the reader; None when it seems to."""
    if not index.entries:
        return "The library holds no documents yet."
    if not evidence:
        return "No document of the library fits the filters, so nothing was searched."
    if unknown := unknown_identifiers(index.lexical, question):
        return f"No document of the library mentions {phrase(unknown)}."
    if reason := absence(index, aliases_of(index), question, evidence):
        return reason
    if confidence < settings.strength:
        return f"No passage comes close enough to the question (the best reaches {confidence:.2f} of 1)."
    return None


def reason_to_withhold(index: Index, question: Question, draft: Sequence[DraftSentence]) -> str | None:
    """Why a draft is no answer: it lacks what is asked for, or denies what the question takes for granted."""
    if question.comparison or not draft:
        return None
    spans = [span for sentence in draft for span in sentence.spans]
    quotes = [index.excerpt(one.document, one.start, one.end) for one in spans]
    if question.answer_type in TOLD and not any(gives(question.answer_type, quote) for quote in quotes):
        return f"The passages nearest to the question give no {SAID.get(question.answer_type, question.answer_type)}."
    if missing := missing_parties(question, quotes):
        return f"The passages nearest to the question do not give {missing} that it asks for."
    if only_preamble(question, [one.pinpoint for one in spans]):
        return "Only the preamble speaks of this, no operative paragraph."
    denials = ((span, denial(question, quote)) for span, quote in zip(spans, quotes, strict=True))
    return next((refusal(index, span, denied) for span, denied in denials if denied), None)


def refusal(index: Index, span: Span, denied: str) -> str:
    """A premise refused, with the clause that denies it and where that stands."""
    known = index.document(span.document).metadata
    said = credited(f"“{denied}”", known, span.document, span.pinpoint, again=False)
    return f"The question takes for granted what the documents deny. {said}"


def confidence_in(evidence: Sequence[Evidence]) -> float:
    """How sure it is that the evidence answers, 0 to 1: of its best passage the mean of cosine and coverage."""
    return max(((max(found.signs.cosine, 0.0) + found.signs.coverage) / 2 for found in evidence), default=0.0)
