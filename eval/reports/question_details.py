"""What the report shows of one question: the lines of the answer, facts, citations, evidence, and what is wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio

from pincite.eval.judging.gold import GoldEvidence, GoldQuestion, Nugget
from pincite.eval.judging.normalisation import normalise
from pincite.eval.judging.verdicts import AnswerOutcome, CitationVerdict, Verdict, vital_numbers
from pincite.eval.metrics.scores import ScoredQuestion
from pincite.eval.reports.highlight import Segment, answer_spans, line_segments, nugget_spans, segments

FLAGS = {
    "failures": "Failures",
    "missed": "Missed facts",
    "misses": "Citations that miss",
    "wrongly-answered": "Wrongly answered",
    "wrongly-abstained": "Wrongly abstained",
}
SUCCESSES = {AnswerOutcome.COMPLETE, AnswerOutcome.HALF, AnswerOutcome.RIGHTLY_ABSTAINED}
WRONGLY_ANSWERED = {AnswerOutcome.WRONG, AnswerOutcome.SHOULD_ABSTAIN}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A line of an answer, with the result of the system's own verification of its statement."""

    segments: list[Segment]
    support: str | None


@dataclass(frozen=True, slots=True)
class NuggetResult:
    """A nugget, and whether the answer and a cited quote state it."""

    nugget: Nugget
    stated: bool
    cited: bool


@dataclass(frozen=True, slots=True)
class CitationDetails:
    """A citation. `gold` has the gold quotes to compare it with, by number, and `gold_label` describes them."""

    mark: int
    verdict: CitationVerdict
    reason: str
    quote: list[Segment]
    gold: dict[int, GoldEvidence]
    gold_label: str


@dataclass(frozen=True, slots=True)
class EvidenceDetails:
    """A piece of gold evidence, with the ranks of retrieved texts and the marks of citations that contain it."""

    evidence: GoldEvidence
    ranks: list[int]
    marks: list[int]


@dataclass(frozen=True, slots=True)
class QuestionDetails:
    """A question as the report shows it. `flags` are for the filters of the page."""

    anchor: str
    verdict: Verdict
    flags: dict[str, bool]
    lines: list[AnswerLine]
    withheld: list[str]
    facts: list[NuggetResult]
    vital: tuple[int, int]
    citations: list[CitationDetails]
    evidence: list[EvidenceDetails]
    retrieved: int
    seconds: float | None


def question_details(scored: ScoredQuestion) -> QuestionDetails:
    """What the report shows of a question."""
    verdict = scored.verdict
    question, response = verdict.question, verdict.response
    vital = vital_numbers(question)
    return QuestionDetails(
        anchor_of(question),
        verdict,
        flags(verdict),
        answer_lines(verdict),
        [one.text for one in response.statements if one.support == "unsupported" and one.text not in response.answer],
        [
            NuggetResult(nugget, n in verdict.stated_nuggets, n in verdict.cited_nuggets)
            for n, nugget in enumerate(question.nuggets)
        ],
        (len(vital & set(verdict.stated_nuggets)), len(vital)),
        [citation_details(question, mark, one) for mark, one in numbered_citations(verdict)],
        evidence_details(verdict),
        len(response.evidence),
        (response.seconds or {}).get("total"),
    )


def anchor_of(question: GoldQuestion) -> str:
    """The HTML id of a question.

    >>> anchor_of(GoldQuestion("intl 3/a", "Why?", False, "fact"))
    'q-intl-3-a'
    """
    return "q-" + re.sub(r"[^\w.-]+", "-", question.id)


def is_failure(verdict: Verdict) -> bool:
    """Whether a question failed: less than half of the vital facts, wrongly abstained, or wrongly answered."""
    return verdict.outcome not in SUCCESSES


def flags(verdict: Verdict) -> dict[str, bool]:
    """The filters of the page that a question matches."""
    return {
        "failures": is_failure(verdict),
        "missed": len(verdict.stated_nuggets) < len(verdict.question.nuggets),
        "misses": any(not one.hit for one in verdict.citations),
        "wrongly-answered": verdict.outcome in WRONGLY_ANSWERED,
        "wrongly-abstained": verdict.outcome is AnswerOutcome.WRONGLY_ABSTAINED,
    }


def answer_lines(verdict: Verdict) -> list[AnswerLine]:
    """The lines of an answer; facts are found in the whole text, since one may cross a line break."""
    response = verdict.response
    spans = answer_spans(response.answer, verdict.question.nuggets) if response.is_attempt else []
    lines = line_segments(response.answer, spans)
    return [AnswerLine(line, support_of(verdict, "".join(segment.text for segment in line))) for line in lines]


def support_of(verdict: Verdict, line: str) -> str | None:
    """The `support` of the statement at the beginning of a line."""
    statements = (one for one in verdict.response.statements if line.startswith(one.text))
    return next((one.support for one in statements), None)


def numbered_citations(verdict: Verdict) -> Iterator[tuple[int, CitationVerdict]]:
    """Citations with their numbers in the answer, or else their positions."""
    for position, one in enumerate(verdict.citations, 1):
        yield position if one.citation.n is None else one.citation.n, one


def citation_details(question: GoldQuestion, mark: int, verdict: CitationVerdict) -> CitationDetails:
    """A citation, why it hits or misses, and the gold quotes to compare it with."""
    quote = verdict.citation.quote
    highlighted = segments(quote, nugget_spans(quote, question.nuggets))
    compared = gold_to_compare(question.evidence, verdict)
    return CitationDetails(mark, verdict, hit_reason(question, verdict), highlighted, *compared)


def hit_reason(question: GoldQuestion, verdict: CitationVerdict) -> str:
    """Why a citation hits or misses; evidence and facts are numbered from 1."""
    if not verdict.resolves:
        return "does not resolve: the document does not contain this quote there"
    if verdict.evidence:
        return f"contains evidence {numbers(verdict.evidence)}"
    if not verdict.nuggets:
        return "contains no evidence and states no fact" if question.evidence else "the question has no evidence"
    where = "a document of the evidence" if verdict.in_evidence_document else "a document without evidence"
    return f"states fact {numbers(verdict.nuggets)} in {where}"


def numbers(found: Sequence[int]) -> str:
    """Numbers from 0, shown from 1.

    >>> numbers((0, 2))
    '1, 3'
    """
    return ", ".join(str(number + 1) for number in found)


def gold_to_compare(evidence: Sequence[GoldEvidence], verdict: CitationVerdict) -> tuple[dict[int, GoldEvidence], str]:
    """The gold quotes that a citation contains, or else the most similar of its document, or else all; and a label."""
    if verdict.evidence:
        return {number: evidence[number] for number in verdict.evidence}, "Gold quote"
    same = {n: piece for n, piece in enumerate(evidence) if piece.document == verdict.citation.document}
    if not same:
        return dict(enumerate(evidence)), "Gold quotes, all from other documents"
    quote = normalise(verdict.citation.quote)
    nearest = max(same, key=lambda number: partial_ratio(normalise(same[number].quote), quote))
    return {nearest: same[nearest]}, "Most similar gold quote of this document"


def evidence_details(verdict: Verdict) -> list[EvidenceDetails]:
    """The gold evidence, with where it was retrieved and cited."""
    return [
        EvidenceDetails(
            piece,
            [rank for rank, contained in enumerate(verdict.retrieved, 1) if number in contained],
            [mark for mark, one in numbered_citations(verdict) if one.resolves and number in one.evidence],
        )
        for number, piece in enumerate(verdict.question.evidence)
    ]
