"""Whether the corpus answers a question at all. A first rule, by two signs that can be explained to the reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.absent import absence
from answer.draft import DraftSentence
from answer.expected import gives
from answer.names import names_in
from answer.question import Question
from answer.retrieve import Evidence
from answer.words import phrase, unknown_identifiers
from ingest.index import Index

TOLD = ("date", "money", "number")  # what is asked for and can be told by its form
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
    if unknown := unknown_identifiers(index.lexical, question.text):
        return f"No document of the library mentions {phrase(unknown)}."
    if reason := absence(index, names_in(index), question, evidence):
        return reason
    if confidence < settings.strength:
        return f"No passage comes close enough to the question (the best reaches {confidence:.2f} of 1)."
    return None


def reason_to_withhold(index: Index, question: Question, draft: Sequence[DraftSentence]) -> str | None:
    """Why a draft is no answer: it has no date, sum or number where one is asked for; None when it may be one."""
    if question.comparison or question.wants not in TOLD or not draft:
        return None
    quotes = (index.excerpt(one.document, one.start, one.end) for sentence in draft for one in sentence.spans)
    if any(gives(question.wants, quote) for quote in quotes):
        return None
    return f"The passages nearest to the question give no {question.wants}."


def confidence_in(evidence: Sequence[Evidence]) -> float:
    """How sure it is that the evidence answers, 0 to 1: of its best passage the mean of cosine and coverage."""
    return max(((max(found.signs.cosine, 0.0) + found.signs.coverage) / 2 for found in evidence), default=0.0)
