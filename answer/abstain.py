"""Whether the corpus answers a question at all. A first rule, by two signs that can be explained to the reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.retrieve import Evidence
from answer.words import phrase, unknown_identifiers
from ingest.index import Index

NOT_IN_CORPUS = "The documents in this library do not answer this question."


@dataclass(frozen=True, slots=True)
class AbstainSettings:
    """`strength`: mean of cosine and of the share of the question's words covered that the best passage must reach."""

    strength: float = 0.33


def reason_to_abstain(
    index: Index,
    question: str,
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
    if confidence < settings.strength:
        return f"No passage comes close enough to the question (the best reaches {confidence:.2f} of 1)."
    return None


def confidence_in(evidence: Sequence[Evidence]) -> float:
    """How sure it is that the evidence answers, 0 to 1: of its best passage the mean of cosine and coverage."""
    return max(((max(found.signs.cosine, 0.0) + found.signs.coverage) / 2 for found in evidence), default=0.0)
