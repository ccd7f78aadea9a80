"""Whether a text contains a piece of gold evidence or states a nugget, by the rules of the gold format."""

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import partial_ratio

from pincite.eval.judging.gold import GoldEvidence, Nugget
from pincite.eval.judging.normalisation import normalise, normalise_gold, occurs_in

SHORTEST = 25  # characters a text must have to match as a part of the evidence
ALIGNED = 88.0
ALIGNED_SHORT = 92.0  # for a text shorter than SHORT_SHARE of the evidence
SHORT_SHARE = 0.6
SHORT_LENGTH = 40
# What annotators add to a pinpoint: a remark in brackets, the end of a range.
REMARK = re.compile(r"[-–]\(\w\)$|\s\([^)]*\w{4}[^)]*\)$")


def contains_evidence(evidence: GoldEvidence, document: str, text: str) -> bool:
    """Whether a text of a document contains the evidence."""
    return bool(evidence_in([evidence], document, text))


def is_aligned(quote: str, text: str) -> bool:
    """Whether a normalised text contains a normalised quote: either includes the other, or they align.

    >>> is_aligned("fines of up to eur 7 5 million", "they risk fines of up to eur 7 5 mil lion")
    True
    """
    if f" {quote} " in f" {text} ":
        return True
    if len(text) >= SHORTEST and f" {text} " in f" {quote} ":
        return True
    if len(text) < SHORT_SHARE * len(quote):
        return len(text) >= SHORT_LENGTH and partial_ratio(quote, text, score_cutoff=ALIGNED_SHORT) > 0
    return partial_ratio(quote, text, score_cutoff=ALIGNED) > 0


def states_nugget(normalised: str, nugget: Nugget) -> bool:
    """Whether a normalised text states a nugget in one of its wordings."""
    return any(occurs_in(wording, normalised) for wording in nugget.any_of)


def is_same_pinpoint(cited: str | None, gold: str) -> bool:
    """Whether two pinpoints refer to the same place; remarks are ignored.

    >>> is_same_pinpoint("Article 3(1)", "Article 3(1) (definitions)"), is_same_pinpoint("Article 31", "Article 3(1)")
    (True, False)
    """
    return normalise(REMARK.sub("", cited or "")) == normalise(REMARK.sub("", gold))


def evidence_in(evidence: Sequence[GoldEvidence], document: str, text: str) -> list[int]:
    """Numbers, from 0, of the pieces of evidence that a text of a document contains."""
    of_document = [(number, piece) for number, piece in enumerate(evidence) if piece.document == document]
    normalised = normalise(text) if of_document else ""
    return [number for number, piece in of_document if is_aligned(normalise_gold(piece.quote), normalised)]
