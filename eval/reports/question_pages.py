"""What the report shows of a question: its answer by lines, facts, citations, evidence, and what is wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio

from pincite.eval.judging.gold import GoldEvidence, GoldQuestion, Nugget
from pincite.eval.judging.normalisation import fold
from pincite.eval.judging.verdicts import CitationVerdict, Outcome, Verdict, vital_numbers
from pincite.eval.metrics.scores import Scored
from pincite.eval.reports.highlight import Segment, answer_spans, line_segments, nugget_spans, segments

FLAGS = {
    "failures": "Failures",
    "missed": "Missed facts",
    "misses": "Citations that miss",
    "wrongly-answered": "Wrongly answered",
    "wrongly-abstained": "Wrongly abstained",
}
RIGHT = {Outcome.COMPLETE, Outcome.HALF, Outcome.RIGHTLY_ABSTAINED}  # every other outcome is a failure
WRONGLY_ANSWERED = {Outcome.WRONG, Outcome.SHOULD_ABSTAIN}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer, and what the system's own check says of the statement there."""

    segments: list[Segment]
    support: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A nugget, and whether the answer states it and a cited quote holds it."""

    nugget: Nugget
    found: bool
    cited: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A citation. `beside` are the gold quotes to compare it with, by number, and `beside_why` says which these are."""

    mark: int
    verdict: CitationVerdict
    why: str
    quote: list[Segment]
    beside: dict[int, GoldEvidence]
    beside_why: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of gold evidence, the ranks of the texts retrieved that hold it, and the marks of citations that do."""

    evidence: GoldEvidence
    ranks: list[int]
    marks: list[int]


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question as the report shows it. `flags` are what the filters of the page look for."""

    anchor: str
    verdict: Verdict
    flags: dict[str, bool]
    lines: list[Line]
    withheld: list[str]
    facts: list[Fact]
    vital: tuple[int, int]
    citations: list[Shown]
    evidence: list[Piece]
    retrieved: int
    seconds: float | None


def question_shown(scored: Scored) -> QuestionShown:
    """What the report shows of a question."""
    verdict = scored.verdict
    question, answered = verdict.question, verdict.answered
    vital = vital_numbers(question)
    facts = enumerate(question.nuggets)
    return QuestionShown(
        anchor_of(question),
        verdict,
        flags(verdict),
        answer_lines(verdict),
        [one.text for one in answered.statements if one.support == "unsupported" and one.text not in answered.answer],
        [Fact(nugget, n in verdict.stated, n in verdict.cited_nuggets) for n, nugget in facts],
        (len(vital & set(verdict.stated)), len(vital)),
        [citation_shown(question, mark, one) for mark, one in marked(verdict)],
        pieces(verdict),
        len(answered.evidence),
        (answered.seconds or {}).get("total"),
    )


def anchor_of(question: GoldQuestion) -> str:
    """Where a question stands in the page.

    >>> anchor_of(GoldQuestion("intl 3/a", "Why?", False, "fact"))
    'q-intl-3-a'
    """
    return "q-" + re.sub(r"[^\w.-]+", "-", question.id)


def failed(verdict: Verdict) -> bool:
    """Whether a question counts among the failures: an answer with less than half of the facts, or none, or undue."""
    return verdict.outcome not in RIGHT


def flags(verdict: Verdict) -> dict[str, bool]:
    """Which filters of the page a question meets."""
    return {
        "failures": failed(verdict),
        "missed": len(verdict.stated) < len(verdict.question.nuggets),
        "misses": any(not one.hit for one in verdict.citations),
        "wrongly-answered": verdict.outcome in WRONGLY_ANSWERED,
        "wrongly-abstained": verdict.outcome is Outcome.WRONGLY_ABSTAINED,
    }


def answer_lines(verdict: Verdict) -> list[Line]:
    """The lines of an answer; facts are looked for in the whole, since one may go over a line's end."""
    answered = verdict.answered
    spans = answer_spans(answered.answer, verdict.question.nuggets) if answered.attempts else []
    lines = line_segments(answered.answer, spans)
    return [Line(line, support_of(verdict, "".join(segment.text for segment in line))) for line in lines]


def support_of(verdict: Verdict, line: str) -> str | None:
    """What the system's own check says of the statement that a line begins with."""
    stated = (one for one in verdict.answered.statements if line.startswith(one.text))
    return next((one.support for one in stated), None)


def marked(verdict: Verdict) -> Iterator[tuple[int, CitationVerdict]]:
    """Citations with the number that the answer gives them, their place where it gives none."""
    for place, one in enumerate(verdict.citations, 1):
        yield place if one.cited.n is None else one.cited.n, one


def citation_shown(question: GoldQuestion, mark: int, verdict: CitationVerdict) -> Shown:
    """A citation, why it hits or misses, and the gold quotes to see it with."""
    quote = verdict.cited.quote
    cut = segments(quote, nugget_spans(quote, question.nuggets))
    return Shown(mark, verdict, why(question, verdict), cut, *beside(question.evidence, verdict))


def why(question: GoldQuestion, verdict: CitationVerdict) -> str:
    """Why a citation hits or misses; evidence and facts are counted from 1."""
    if not verdict.resolves:
        return "does not resolve: the document does not hold this quote there"
    if verdict.evidence:
        return f"holds evidence {numbers(verdict.evidence)}"
    if not verdict.nuggets:
        return "holds no evidence and states no fact" if question.evidence else "the question has no evidence"
    where = "a document of the evidence" if verdict.in_evidence_document else "a document without evidence"
    return f"states fact {numbers(verdict.nuggets)} in {where}"


def numbers(found: Sequence[int]) -> str:
    """Numbers from 0 as a reader counts.

    >>> numbers((0, 2))
    '1, 3'
    """
    return ", ".join(str(number + 1) for number in found)


def beside(evidence: Sequence[GoldEvidence], verdict: CitationVerdict) -> tuple[dict[int, GoldEvidence], str]:
    """The gold quotes that a citation holds; else the nearest of its document; else all."""
    if verdict.evidence:
        return {number: evidence[number] for number in verdict.evidence}, "Gold quote"
    same = {n: piece for n, piece in enumerate(evidence) if piece.document == verdict.cited.document}
    if not same:
        return dict(enumerate(evidence)), "Gold quotes, all of other documents"
    quote = fold(verdict.cited.quote)
    nearest = max(same, key=lambda number: partial_ratio(fold(same[number].quote), quote))
    return {nearest: same[nearest]}, "Nearest gold quote of the document"


def pieces(verdict: Verdict) -> list[Piece]:
    """The gold evidence and where it was found."""
    return [
        Piece(
            piece,
            [rank for rank, held in enumerate(verdict.retrieved, 1) if number in held],
            [mark for mark, one in marked(verdict) if one.resolves and number in one.evidence],
        )
        for number, piece in enumerate(verdict.question.evidence)
    ]
