"""The measures: each question contributes a numerator and a denominator, and a measure is the ratio of their sums.

So a mean over questions, a share of all citations and an F1 are of one kind, and one bootstrap serves them all.
"""

from collections.abc import Iterable, Mapping, Sequence

from pincite.eval.judging.matching import evidence_in
from pincite.eval.judging.verdicts import AnswerOutcome, Verdict

Parts = dict[str, tuple[float, float]]  # numerator and denominator by measure

WORDS = 1500  # of retrieved text, in rank order: about as much as a model is given

MEASURES: Mapping[str, str] = {
    "Score": "as in CRAG: +1 all vital facts, +0.5 half, -1 no fact or an unanswerable question answered, otherwise 0",
    "NuggetRecall": "share of the vital facts that the answer states; 0 for an abstention",
    "CitationPrecision": "share of citations that resolve and contain evidence or, in its document, a fact",
    "CitationRecall": "share of the facts that the cited quotes state",
    "QuoteFidelity": "share of citations whose quote equals the text at its offsets",
    "PageAccuracy": "share of citations with the correct page, of those that contain evidence with a page",
    "PinpointAccuracy": "share of citations with the correct pinpoint, of those that contain evidence with a pinpoint",
    "StatementSupport": "share of the statements shown that the system's own verifier found supported",
    "NuggetsPer100Words": "facts stated per 100 words of answer",
    "AnswerWords": "words per answer",
    "AbstentionPrecision": "share of abstentions on questions that no document answers",
    "AbstentionRecall": "share of the questions that no document answers on which the system abstained",
    "AbstentionF1": "harmonic mean of AbstentionPrecision and AbstentionRecall",
    "Evidence@5": "share of answerable questions with evidence among the first 5 passages",
    "Evidence@10": "share of answerable questions with evidence among the first 10 passages",
    "RR@10": "reciprocal rank of the first passage with evidence, 0 beyond rank 10",
    "Evidence@1500w": "share of answerable questions with evidence in the first 1,500 words retrieved",
    "EvidenceAll@1500w": "share of a question's evidence in the first 1,500 words retrieved",
}
LATENCY = {"Latency p50": 0.5, "Latency p95": 0.95}  # quantiles of seconds.total
RANKING_MEASURES = ("Evidence@5", "Evidence@10", "RR@10", "Evidence@1500w", "EvidenceAll@1500w")
LOWER_IS_BETTER = frozenset(LATENCY)
NEITHER_IS_BETTER = frozenset({"AnswerWords"})


def measure_parts(verdict: Verdict, ranking: Mapping[str, float]) -> Parts:
    """One question's parts; `ranking` has its ranking measures, none if the retrieved texts are unknown."""
    parts = {"Score": (verdict.score, 1.0)} | citation_parts(verdict) | abstention_parts(verdict)
    if verdict.question.answerable:
        parts |= answer_parts(verdict) | {name: (value, 1.0) for name, value in ranking.items()}
    return {name: pair for name, pair in parts.items() if pair[1]}


def answer_parts(verdict: Verdict) -> Parts:
    """The parts of an answerable question."""
    attempted = verdict.response.is_attempt
    return {
        "NuggetRecall": (verdict.vital_share, 1.0),
        "CitationRecall": (len(verdict.cited_nuggets) / len(verdict.question.nuggets), 1.0),
        "NuggetsPer100Words": (100.0 * len(verdict.stated_nuggets), float(verdict.words * attempted)),
        "AnswerWords": (float(verdict.words), float(attempted)),
    }


def citation_parts(verdict: Verdict) -> Parts:
    """The parts from the citations and statements of an answer."""
    citations = verdict.citations
    return {
        "CitationPrecision": share(one.hit for one in citations),
        "QuoteFidelity": share(one.resolves for one in citations if one.citation.start is not None),
        "PageAccuracy": share(one.page for one in citations if one.hit and one.page is not None),
        "PinpointAccuracy": share(one.pinpoint for one in citations if one.hit and one.pinpoint is not None),
        "StatementSupport": share(support == "supported" for support in shown_support(verdict)),
    }


def shown_support(verdict: Verdict) -> list[str]:
    """The `support` of each statement that the answer shows; withheld ones are left out."""
    response = verdict.response
    return [one.support for one in response.statements if response.is_attempt and one.text in response.answer]


def abstention_parts(verdict: Verdict) -> Parts:
    """Abstaining as the positive class; F1 is 2 tp / (2 tp + fp + fn), so its denominator is given + expected."""
    given, expected = float(verdict.response.is_abstention), float(not verdict.question.answerable)
    hit = float(verdict.outcome is AnswerOutcome.RIGHTLY_ABSTAINED)
    return {
        "AbstentionPrecision": (hit, given),
        "AbstentionRecall": (hit, expected),
        "AbstentionF1": (2 * hit, given + expected),
    }


def share(flags: Iterable[bool | None]) -> tuple[float, float]:
    """The number of true flags and of all flags.

    >>> share([True, False, True])
    (2.0, 3.0)
    """
    listed = [bool(flag) for flag in flags]
    return float(sum(listed)), float(len(listed))


def within_words(verdict: Verdict, words: int = WORDS) -> dict[str, float]:
    """Evidence@1500w and EvidenceAll@1500w of a question; the last text is cut at the limit."""
    evidence, found = verdict.question.evidence, set[int]()
    for text, contained in zip(verdict.response.evidence, verdict.retrieved, strict=True):
        tokens = text.text.split()
        if len(tokens) > words:
            found.update(evidence_in(evidence, text.document, " ".join(tokens[:words])))
            break
        found.update(contained)
        words -= len(tokens)
    return {"Evidence@1500w": float(bool(found)), "EvidenceAll@1500w": len(found) / len(evidence) if evidence else 0.0}


def ratio(parts: Sequence[tuple[float, float]]) -> float | None:
    """The measure over several questions, None if its denominator is 0."""
    of = sum(pair[1] for pair in parts)
    return sum(pair[0] for pair in parts) / of if of else None
