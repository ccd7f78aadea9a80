"""When a text holds a piece of gold evidence or a nugget, by the rules of the gold format."""

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import partial_ratio

from pincite.eval.judging.gold import GoldEvidence, Nugget
from pincite.eval.judging.normalisation import fold, fold_gold, stands_in

SHORTEST = 25  # characters that a text inside the evidence must have
ALIGNED = 88.0
ALIGNED_SHORT = 92.0  # for a text shorter than this share of the evidence
SHORT_SHARE = 0.6
SHORT_LENGTH = 40
# What a person adds to a pinpoint: opening words, a remark, the end of a range.
REMARK = re.compile(r"[-–]\(\w\)$|\s\([^)]*\w{4}[^)]*\)$")


def holds(evidence: GoldEvidence, document: str, text: str) -> bool:
    """Whether a text of a document holds the evidence."""
    return bool(held_by([evidence], document, text))


def aligned(quote: str, found: str) -> bool:
    """Whether a folded text holds a folded quote: one contains the other, or they align.

    >>> aligned("fines of up to eur 7 5 million", "they risk fines of up to eur 7 5 mil lion")
    True
    """
    if f" {quote} " in f" {found} ":
        return True
    if len(found) >= SHORTEST and f" {found} " in f" {quote} ":
        return True
    if len(found) < SHORT_SHARE * len(quote):
        return len(found) >= SHORT_LENGTH and partial_ratio(quote, found, score_cutoff=ALIGNED_SHORT) > 0
    return partial_ratio(quote, found, score_cutoff=ALIGNED) > 0


def states(folded: str, nugget: Nugget) -> bool:
    """Whether a folded text states a nugget in one of its wordings."""
    return any(stands_in(variant, folded) for variant in nugget.any_of)


def same_pinpoint(cited: str | None, gold: str) -> bool:
    """Whether two pinpoints name the same place, remarks left out.

    >>> same_pinpoint("Article 3(1)", "Article 3(1) (definitions)"), same_pinpoint("Article 31", "Article 3(1)")
    (True, False)
    """
    return fold(REMARK.sub("", cited or "")) == fold(REMARK.sub("", gold))


def held_by(evidence: Sequence[GoldEvidence], document: str, text: str) -> list[int]:
    """Numbers, from 0, of the pieces of evidence that a text of a document holds."""
    of_document = [(number, piece) for number, piece in enumerate(evidence) if piece.document == document]
    found = fold(text) if of_document else ""
    return [number for number, piece in of_document if aligned(fold_gold(piece.quote), found)]
