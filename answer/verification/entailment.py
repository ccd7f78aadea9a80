"""Optional check by a cross-encoder that scores entailment. It can only lower what the rules found."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from pincite.answer.retrieval.cross_encoder import Reranker, open_reranker
from pincite.answer.verification.findings import Finding, FindingKind

ENTAILED = 0.5  # lowest score at which a text entails a statement


class Entailment(Protocol):
    """Scores how far texts entail a statement."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """A statement and n texts -> n scores from 0 to 1. Deterministic."""


def open_entailment(name_or_path: str) -> Reranker:
    """Open a sentence-transformers `CrossEncoder` with one output, by its folder or its name on the model hub.

    Raises UnknownModel, ModelUnavailable.
    """
    return open_reranker(name_or_path)


def check_entailment(model: Entailment, statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """A finding where neither a single quote nor all of them together entail the statement."""
    best = max(model.scores(statement, list(dict.fromkeys([*quotes, "\n".join(quotes)]))), default=0.0)
    if best < ENTAILED:
        yield Finding(FindingKind.ENTAILMENT, f"The entailment model scores this {best:.2f} out of 1.")
