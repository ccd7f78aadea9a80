"""A model that judges whether a text entails a statement: an option; it may lower what the other checks found.

The seam is a Protocol; behind it a sentence-transformers `CrossEncoder`, opened as the reranker's are.
"""

from collections.abc import Sequence
from typing import Protocol

from pincite.answer.retrieval.cross_encoder import Reranker, open_reranker

ENTAILED = 0.5  # below it the model denies that the text entails the statement


class Entailment(Protocol):
    """Says how far a text entails a statement."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """For a statement, 0 to 1 for each of n texts; the same input, the same scores."""


def open_entailment(name_or_path: str) -> Reranker:
    """The model of a folder or a name on the model hub, which must give one score a pair.

    Raises UnknownModel, ModelUnavailable.
    """
    return open_reranker(name_or_path)


def doubts(model: Entailment, statement: str, quotes: Sequence[str]) -> str | None:
    """What a model has against a statement, None where some quote, or all together, entail it."""
    best = max(model.scores(statement, list(dict.fromkeys([*quotes, "\n".join(quotes)]))), default=0.0)
    return None if best >= ENTAILED else f"the model of entailment gives it {best:.2f} of 1"
