"""When a text holds a piece of gold evidence, and the measures of retrieval that rest on it.

Definitions: a quote and a text are folded (NFKC, case, every run of characters other than letters and digits as one
space); the text holds the quote when one contains the other, or when they align.
"""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.fuzz import partial_ratio

from eval.gold import GoldEvidence

SHORTEST = 25  # characters that a text inside the evidence must have
ALIGNED = 88.0
ALIGNED_SHORT = 92.0  # for a text shorter than this share of the evidence
SHORT_SHARE = 0.6
SHORT_LENGTH = 40


def fold(text: str) -> str:
    """Text without case, marks and line breaks.

    >>> fold("Article 5(1): EUR 7.5 million")
    'article 5 1 eur 7 5 million'
    """
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def holds(evidence: GoldEvidence, document: str, text: str) -> bool:
    """Whether a text of a document holds the evidence."""
    if document != evidence.document:
        return False
    quote, found = fold(evidence.quote), fold(text)
    if f" {quote} " in f" {found} ":
        return True
    if len(found) >= SHORTEST and f" {found} " in f" {quote} ":
        return True
    if len(found) < SHORT_SHARE * len(quote):
        return len(found) >= SHORT_LENGTH and partial_ratio(quote, found) >= ALIGNED_SHORT
    return partial_ratio(quote, found) >= ALIGNED


def evidence_at(evidence: Sequence[GoldEvidence], ranked: Sequence[tuple[str, str]], depth: int) -> bool:
    """Evidence@depth of one question: whether any evidence is held by the first `depth` (document, text) pairs."""
    return any(holds(piece, *found) for piece in evidence for found in ranked[:depth])


def reciprocal_rank(evidence: Sequence[GoldEvidence], ranked: Sequence[tuple[str, str]], depth: int = 10) -> float:
    """RR@depth of one question: one over the rank of the first pair that holds evidence, 0 when none does."""
    hits = (rank for rank, found in enumerate(ranked[:depth], 1) if any(holds(piece, *found) for piece in evidence))
    return 1 / next(hits, float("inf"))
