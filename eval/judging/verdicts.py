"""What is right and wrong in one answer: nuggets found or missed, citations that hit or miss, and its outcome."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pincite.eval.judging.answers import Answered, Cited
from pincite.eval.judging.gold import GoldQuestion
from pincite.eval.judging.matching import held_by, same_pinpoint, states
from pincite.eval.judging.normalisation import fold

MARKS = re.compile(r"\[\d+(?:[,;\s]+\d+)*\]")


class Outcome(StrEnum):
    """What became of a question, from best to worst; the value is what a report says."""

    COMPLETE = "all vital facts"
    HALF = "half of the vital facts or more"
    FEW = "fewer facts"
    RIGHTLY_ABSTAINED = "rightly abstained"
    WRONGLY_ABSTAINED = "abstained although answerable"
    NOTHING = "failed or empty"
    WRONG = "no fact"
    SHOULD_ABSTAIN = "answered although unanswerable"


SCORES = {
    Outcome.COMPLETE: 1.0,
    Outcome.HALF: 0.5,
    Outcome.WRONG: -1.0,
    Outcome.SHOULD_ABSTAIN: -1.0,
}  # every other outcome: 0


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """What is found of a citation. `resolves`: its quote stands in its document where it says, or anywhere in it when
    it gives no place; `evidence`: numbers of the pieces it holds; `nuggets`: numbers of those its quote states.

    `page` and `pinpoint` say whether these are right, None where gold or the citation's hit does not name them.
    """

    cited: Cited
    resolves: bool
    evidence: tuple[int, ...]
    nuggets: tuple[int, ...]
    in_evidence_document: bool
    page: bool | None
    pinpoint: bool | None

    @property
    def hit(self) -> bool:
        """Whether it resolves and holds evidence of its document, or a nugget in a document that the evidence names."""
        return self.resolves and bool(self.evidence or (self.nuggets and self.in_evidence_document))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question with its answer and what is found of it; numbers index the question's nuggets.

    `retrieved`: for each retrieved text, in rank order, the numbers of the pieces of evidence that it holds.
    """

    question: GoldQuestion
    answered: Answered
    stated: tuple[int, ...]
    cited_nuggets: tuple[int, ...]
    citations: tuple[CitationVerdict, ...]
    retrieved: tuple[tuple[int, ...], ...]
    words: int
    outcome: Outcome

    @property
    def score(self) -> float:
        """What CRAG gives for the outcome (Yang et al. 2024, arXiv 2406.04744): -1 to 1."""
        return SCORES.get(self.outcome, 0.0)

    @property
    def vital_stated(self) -> float:
        """Share of the vital nuggets that the answer states, 0 for a question without."""
        vital = vital_numbers(self.question)
        return len(vital & set(self.stated)) / len(vital) if vital else 0.0


def vital_numbers(question: GoldQuestion) -> set[int]:
    """Numbers of the nuggets that a complete answer must state."""
    return {number for number, nugget in enumerate(question.nuggets) if nugget.vital}


def judge(question: GoldQuestion, answered: Answered, resolves: Mapping[int, bool]) -> Verdict:
    """What is found of an answer; `resolves` says by its place in the list whether a citation's quote stands there.

    Marks such as [1] are no part of the text: neither does a mark state a number, nor does it part two words.
    """
    text = MARKS.sub("", answered.answer)
    folded = fold(text) if answered.attempts else ""
    stated = nuggets_in(question, folded)
    cited = () if answered.abstains else answered.citations
    citations = tuple(judge_citation(question, one, resolves.get(n, False)) for n, one in enumerate(cited))
    covered = {number for verdict in citations if verdict.resolves for number in verdict.nuggets}
    retrieved = tuple(tuple(held_by(question.evidence, found.document, found.text)) for found in answered.evidence)
    return Verdict(
        question,
        answered,
        stated,
        tuple(sorted(covered)),
        citations,
        retrieved,
        len(text.split()),
        outcome_of(question, answered, stated),
    )


def nuggets_in(question: GoldQuestion, folded: str) -> tuple[int, ...]:
    """Numbers of the question's nuggets that a folded text states."""
    return tuple(number for number, nugget in enumerate(question.nuggets) if states(folded, nugget))


def judge_citation(question: GoldQuestion, cited: Cited, resolves: bool) -> CitationVerdict:  # noqa: FBT001  a fact about the citation, not a switch
    """What is found of one citation."""
    held = held_by(question.evidence, cited.document, cited.quote)
    pieces = [question.evidence[number] for number in held]
    pages = [piece.page for piece in pieces if piece.page is not None]
    places = [piece.pinpoint for piece in pieces if piece.pinpoint]
    return CitationVerdict(
        cited,
        resolves,
        tuple(held),
        nuggets_in(question, fold(cited.quote)),
        cited.document in {piece.document for piece in question.evidence},
        cited.page in pages if pages else None,
        any(same_pinpoint(cited.pinpoint, place) for place in places) if places else None,
    )


def outcome_of(question: GoldQuestion, answered: Answered, stated: Sequence[int]) -> Outcome:
    """The outcome of an answer that states these nuggets."""
    if answered.failed or not (answered.abstains or answered.attempts):
        return Outcome.NOTHING
    if not question.answerable:
        return Outcome.RIGHTLY_ABSTAINED if answered.abstains else Outcome.SHOULD_ABSTAIN
    if answered.abstains:
        return Outcome.WRONGLY_ABSTAINED
    return outcome_by_facts(question, stated)


def outcome_by_facts(question: GoldQuestion, stated: Sequence[int]) -> Outcome:
    """The outcome of an attempt at an answerable question."""
    if not stated:
        return Outcome.WRONG
    vital = vital_numbers(question)
    found = len(vital & set(stated))
    if found == len(vital):
        return Outcome.COMPLETE
    return Outcome.HALF if found * 2 >= len(vital) else Outcome.FEW
