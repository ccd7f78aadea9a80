"""The verdict of a library on a claim, with the places that decide it and the reasons in plain English."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pincite.answer.citation.citation import Citation
from pincite.answer.verification.pinpoints import is_within
from pincite.briefing.draft_check.judgement import (
    MOST,
    RELATED,
    JudgedPlace,
    agreeing,
    contradicting,
    outweighing,
    supporting,
)
from pincite.ingest.structure.pinpoint_grammar import named_pinpoints, path_of

NEAR = 0.7  # nearness from which a place is shown beside a claim that was not found


class ClaimVerdict(StrEnum):
    """What the library says of a claim."""

    SUPPORTED = "supported"
    PARTLY = "partly supported"
    CONTRADICTED = "contradicted"
    ABSENT = "not found"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with the places that it rests on, and its reasons."""

    kind: ClaimVerdict
    citations: tuple[Citation, ...] = ()
    reasons: tuple[str, ...] = ()


def verdict_on(claim: str, judged: Sequence[JudgedPlace]) -> Verdict:
    """The verdict on a claim, from the judged places of a library, nearest first."""
    if supports := supporting(judged):
        return placed(claim, supports)
    if (
        (doubted := agreeing(judged))
        and (rival := outweighing(doubted[0], judged))
        and rival.nearness < doubted[0].nearness
    ):
        return Verdict(ClaimVerdict.PARTLY, (doubted[0].place.citation, second(rival)), tuple(faults(rival)))
    related = [one for one in judged if is_related(one)]
    against = contradicting(judged)
    if against and not (related and related[0].nearness >= against.nearness):
        return Verdict(ClaimVerdict.CONTRADICTED, (against.place.citation,), tuple(faults(against)))
    if related and not outweighing(related[0], judged):
        return Verdict(ClaimVerdict.PARTLY, (related[0].place.citation,), tuple(faults(related[0])))
    shown = [one for one in judged[:1] if one.nearness >= NEAR]
    reasons = tuple(fault for one in shown for fault in faults(one))
    return Verdict(ClaimVerdict.ABSENT, tuple(one.place.citation for one in shown), reasons)


def second(rival: JudgedPlace) -> Citation:
    """The citation of a place that speaks against the one cited first."""
    return replace(rival.place.citation, number=2)


def is_related(one: JudgedPlace) -> bool:
    """Whether a place has most of a claim, and nothing that speaks against it."""
    near = one.nearness >= RELATED and one.signs.covered >= MOST
    return near and not (one.signs.findings or one.signs.reversed)


def placed(claim: str, supports: Sequence[JudgedPlace]) -> Verdict:
    """The verdict on a claim that is supported: only in part if it stands elsewhere than the claim says."""
    named = named_pinpoints(claim)
    there = next((one for one in supports if is_at_all(one.place.citation, named)), None)
    if there:
        return Verdict(ClaimVerdict.SUPPORTED, (there.place.citation,))
    citation = supports[0].place.citation
    reason = f"What it says is right, but it stands at {name_of(citation)}, not at {' and '.join(named)}."
    return Verdict(ClaimVerdict.PARTLY, (citation,), (reason,))


def is_at_all(citation: Citation, named: Sequence[str]) -> bool:
    """Whether a citation is at, or mentions, each of the pinpoints that a claim names."""
    mentioned = [*named_pinpoints(citation.quote), *filter(None, [citation.pinpoint])]
    return not citation.pinpoint or all(any(is_within(one, pinpoint) for one in mentioned) for pinpoint in named)


def name_of(citation: Citation) -> str:
    """A cited place as the subject of a sentence: its pinpoint, a heading in quotation marks."""
    if not citation.pinpoint:
        return "The cited text"
    return citation.pinpoint if path_of(citation.pinpoint) else f"“{citation.pinpoint}”"


def faults(judged: JudgedPlace) -> Iterator[str]:
    """What speaks against a place as support, with its name."""
    name = name_of(judged.place.citation)
    for finding in judged.signs.findings:
        yield finding.message.replace("The cited text", name)
    if judged.signs.reversed:
        yield f"{name} says the opposite."
    if judged.signs.force:
        yield f"{name} has another legal force."
    if judged.other_party:
        yield f"{name} does not say who acts, or names another."
    if judged.signs.limited:
        yield f"{name} does not say “only”."
    if not judged.signs.findings and judged.signs.covered < 1:
        yield f"{name} has {judged.signs.covered:.0%} of its words."
