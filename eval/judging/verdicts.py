"""Judges one response: which nuggets it states, which citations hit, and the outcome."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pincite.eval.judging.gold import GoldQuestion
from pincite.eval.judging.matching import evidence_in, is_same_pinpoint, states_nugget
from pincite.eval.judging.normalisation import normalise
from pincite.eval.judging.responses import CitedQuote, SystemResponse

CITATION_MARKS = re.compile(r"\[\d+(?:[,;\s]+\d+)*\]")


class AnswerOutcome(StrEnum):
    """The outcome of a question, from best to worst; the value is the wording used in reports."""

    COMPLETE = "all vital facts"
    HALF = "half of the vital facts or more"
    FEW = "fewer facts"
    RIGHTLY_ABSTAINED = "rightly abstained"
    WRONGLY_ABSTAINED = "abstained although answerable"
    NOTHING = "failed or empty"
    WRONG = "no fact"
    SHOULD_ABSTAIN = "answered although unanswerable"


SCORES = {
    AnswerOutcome.COMPLETE: 1.0,
    AnswerOutcome.HALF: 0.5,
    AnswerOutcome.WRONG: -1.0,
    AnswerOutcome.SHOULD_ABSTAIN: -1.0,
}  # all other outcomes: 0


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """The verdict on a citation; numbers index the question's evidence and nuggets.

    `resolves`: its document contains the quote, at its offsets where these are given.
    `evidence`: the pieces its quote contains; `nuggets`: those its quote states.
    `page` and `pinpoint`: whether they are correct, None if the gold gives none for the evidence it contains.
    """

    citation: CitedQuote
    resolves: bool
    evidence: tuple[int, ...]
    nuggets: tuple[int, ...]
    in_evidence_document: bool
    page: bool | None
    pinpoint: bool | None

    @property
    def hit(self) -> bool:
        """Whether it resolves and contains evidence, or states a nugget in a document of the evidence."""
        return self.resolves and bool(self.evidence or (self.nuggets and self.in_evidence_document))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question with the response to it and the verdict; numbers index the question's nuggets.

    `retrieved`: for each retrieved text, in rank order, the numbers of the pieces of evidence it contains.
    """

    question: GoldQuestion
    response: SystemResponse
    stated_nuggets: tuple[int, ...]
    cited_nuggets: tuple[int, ...]
    citations: tuple[CitationVerdict, ...]
    retrieved: tuple[tuple[int, ...], ...]
    words: int
    outcome: AnswerOutcome

    @property
    def score(self) -> float:
        """The outcome's score as in CRAG (Yang et al. 2024, arXiv 2406.04744): -1 to 1."""
        return SCORES.get(self.outcome, 0.0)

    @property
    def vital_share(self) -> float:
        """Share of the vital nuggets that the answer states, 0 for a question without any."""
        vital = vital_numbers(self.question)
        return len(vital & set(self.stated_nuggets)) / len(vital) if vital else 0.0


def vital_numbers(question: GoldQuestion) -> set[int]:
    """Numbers of the nuggets that a complete answer must state."""
    return {number for number, nugget in enumerate(question.nuggets) if nugget.vital}


def judge(question: GoldQuestion, response: SystemResponse, resolves: Mapping[int, bool]) -> Verdict:
    """The verdict on a response; `resolves` says for each citation, by its position, whether it resolves.

    Marks such as [1] are removed first: they neither state a number nor separate words.
    """
    text = CITATION_MARKS.sub("", response.answer)
    stated = nuggets_in(question, normalise(text) if response.is_attempt else "")
    cited = () if response.is_abstention else response.citations
    citations = tuple(judge_citation(question, one, resolves=resolves.get(n, False)) for n, one in enumerate(cited))
    covered = {number for verdict in citations if verdict.resolves for number in verdict.nuggets}
    retrieved = tuple(tuple(evidence_in(question.evidence, one.document, one.text)) for one in response.evidence)
    return Verdict(
        question,
        response,
        stated,
        tuple(sorted(covered)),
        citations,
        retrieved,
        len(text.split()),
        outcome_of(question, response, stated),
    )


def nuggets_in(question: GoldQuestion, normalised: str) -> tuple[int, ...]:
    """Numbers of the question's nuggets that a normalised text states."""
    return tuple(number for number, nugget in enumerate(question.nuggets) if states_nugget(normalised, nugget))


def judge_citation(question: GoldQuestion, citation: CitedQuote, *, resolves: bool) -> CitationVerdict:
    """The verdict on one citation."""
    contained = evidence_in(question.evidence, citation.document, citation.quote)
    pieces = [question.evidence[number] for number in contained]
    pages = [piece.page for piece in pieces if piece.page is not None]
    pinpoints = [piece.pinpoint for piece in pieces if piece.pinpoint]
    return CitationVerdict(
        citation,
        resolves,
        tuple(contained),
        nuggets_in(question, normalise(citation.quote)),
        citation.document in {piece.document for piece in question.evidence},
        citation.page in pages if pages else None,
        any(is_same_pinpoint(citation.pinpoint, gold) for gold in pinpoints) if pinpoints else None,
    )


def outcome_of(question: GoldQuestion, response: SystemResponse, stated: Sequence[int]) -> AnswerOutcome:
    """The outcome of a response that states these nuggets."""
    if response.failed or not (response.is_abstention or response.is_attempt):
        return AnswerOutcome.NOTHING
    if not question.answerable:
        return AnswerOutcome.RIGHTLY_ABSTAINED if response.is_abstention else AnswerOutcome.SHOULD_ABSTAIN
    if response.is_abstention:
        return AnswerOutcome.WRONGLY_ABSTAINED
    return outcome_by_nuggets(question, stated)


def outcome_by_nuggets(question: GoldQuestion, stated: Sequence[int]) -> AnswerOutcome:
    """The outcome of an answer to an answerable question."""
    if not stated:
        return AnswerOutcome.WRONG
    vital = vital_numbers(question)
    found = len(vital & set(stated))
    if found == len(vital):
        return AnswerOutcome.COMPLETE
    return AnswerOutcome.HALF if found * 2 >= len(vital) else AnswerOutcome.FEW
