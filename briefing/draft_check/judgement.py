"""Judges a claim by the places of a library: one that supports it, and those that speak against it.

A place supports a claim only if it has every name, figure and date of it, the same polarity, legal force and party, if
its words are near enough, and if no place of its document is nearly as near and says otherwise.
The thresholds were set on `eval/gold/claims_dev.jsonl`.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pincite.answer.citation.citation import Citation
from pincite.answer.language.alignment import TextMark
from pincite.answer.language.masking import blank_out
from pincite.answer.language.parsed_text import parse_text
from pincite.answer.query.aliases import Aliases
from pincite.answer.query.mentions import CONFIDENT, Mention, mentioned_documents
from pincite.briefing.draft_check.places import Place
from pincite.briefing.draft_check.signs import Signs, covered_share, signs_of
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

COMPARED = 14  # places that share most words with a claim, which are compared in full
SUPPORTING = 1.25  # lowest nearness of a place that supports a claim
MOST = 0.6  # covered share from which a place supports a claim, if only in part
CONTRADICTING = 1.2  # lowest nearness of one that contradicts a claim
EXPLAINING = 0.25  # by which a recital must be nearer than a provision to be shown as what contradicts a claim
RELATED = 1.0  # lowest nearness of one that is about the same
OTHER_PARTY = 0.6  # share of the words for who acts from which another party is named
# How much less near a place of the same document may be that still outweighs one that supports a claim.
# One that denies or forbids does so on purpose, and recitals, which only explain, yield most.
DENIAL_MARGIN, CONFLICT_MARGIN, OTHER_MARGIN, RECITAL_MARGIN = 0.2, 0.1, 0.0, 0.1
DENIED = 0.7  # lowest covered share from which a place denies a claim


@dataclass(frozen=True, slots=True)
class JudgedPlace:
    """A place with its signs for a claim."""

    place: Place
    signs: Signs

    @property
    def nearness(self) -> float:
        """How near its words are to those of the claim: 0 to 2."""
        return self.signs.covered + self.signs.cosine

    @property
    def other_party(self) -> bool:
        """Whether it speaks of another party."""
        return max(self.signs.subject, self.signs.agent) >= OTHER_PARTY

    @property
    def conflict(self) -> bool:
        """Whether it gives another fact in place of one of the claim."""
        return any(finding.conflict for finding in self.signs.findings)

    @property
    def agrees(self) -> bool:
        """Whether it says nothing else than the claim, as far as it says anything."""
        signs = self.signs
        return not (signs.findings or signs.reversed or signs.force or signs.limited or self.other_party)

    @property
    def explains(self) -> bool:
        """Whether it is a recital, which explains in other force what a provision lays down."""
        return (self.place.citation.pinpoint or "").startswith("Recital")


def judged_places(
    index: Index, embedder: Embedder, aliases: Aliases, claim: str, places: Iterable[Place]
) -> list[JudgedPlace]:
    """The places that share most words with a claim, nearest first, each with its signs."""
    mentions = [one for one in mentioned_documents(claim, aliases) if one.confidence >= CONFIDENT]
    masked = [(without_names(claim, mentions, place.citation), place) for place in places]
    masked.sort(key=lambda pair: -covered_share(index, *pair))
    near = masked[:COMPARED]
    vectors = embedder.embed([claim, *(place.citation.quote for _, place in near)])
    cosines = vectors[1:] @ vectors[0]
    judged = [
        JudgedPlace(place, signs_of(index, text, place, float(cosine)))
        for (text, place), cosine in zip(near, cosines, strict=True)
    ]
    return sorted(judged, key=lambda one: -one.nearness)


def without_names(claim: str, mentions: Iterable[Mention], cited: Citation) -> str:
    """A claim with blanks in place of the names of the cited document, unless the quote has their words itself."""
    known = parse_text(cited.quote).stems()
    named = [one for one in mentions if one.path == cited.document]
    absent = [one for one in named if not parse_text(claim[one.start : one.end]).stems() <= known]
    return blank_out(claim, [TextMark("", "", one.start, one.end) for one in absent])


def supporting(judged: Sequence[JudgedPlace]) -> list[JudgedPlace]:
    """The places that support a claim, nearest first."""
    return [one for one in agreeing(judged) if not outweighing(one, judged)]


def agreeing(judged: Sequence[JudgedPlace]) -> list[JudgedPlace]:
    """The places that say what a claim says, whatever others say, nearest first."""
    near = [one for one in judged if one.nearness >= SUPPORTING and one.signs.covered >= MOST]
    return [one for one in near if one.agrees]


def outweighing(supports: JudgedPlace, judged: Iterable[JudgedPlace]) -> JudgedPlace | None:
    """The nearest place of the same document that outweighs one that supports a claim."""
    document = supports.place.citation.document
    lowest = supports.nearness - RECITAL_MARGIN * supports.explains
    same = [one for one in judged if one.place.citation.document == document]
    return next((one for one in same if one.nearness > lowest - margin(one)), None)


def margin(rival: JudgedPlace) -> float:
    """How much less near a place may be to outweigh another; below any for one that says nothing else."""
    if rival.signs.reversed and rival.signs.negative:
        return DENIAL_MARGIN
    if rival.conflict:
        return CONFLICT_MARGIN
    says_otherwise = rival.signs.reversed or (rival.signs.force and not rival.explains)
    return OTHER_MARGIN if says_otherwise else -math.inf


def contradicting(judged: Sequence[JudgedPlace]) -> JudgedPlace | None:
    """The nearest place that gives another fact or says the opposite; a provision rather than a recital."""
    near = [one for one in judged if one.nearness >= CONTRADICTING]
    near.sort(key=lambda one: EXPLAINING * one.explains - one.nearness)
    return next((one for one in near if one.conflict or (one.signs.reversed and one.signs.covered >= DENIED)), None)
