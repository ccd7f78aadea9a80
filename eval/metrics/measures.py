"""The measures: each question's part of them as a pair (got, of); a measure is the one's sum over the other's.

So a mean over questions, a share of all citations and an F1 are the same kind of value, and one bootstrap serves all.
"""

from collections.abc import Iterable, Mapping, Sequence

from pincite.eval.judging.matching import held_by
from pincite.eval.judging.verdicts import Outcome, Verdict

Parts = dict[str, tuple[float, float]]

WORDS = 1500  # of retrieved text, in rank order: about what a model is given to read

MEASURES: Mapping[str, str] = {
    "Score": "CRAG's: +1 all vital facts, +0.5 half, -1 none or an unanswerable question answered; else 0",
    "NuggetRecall": "share of the vital facts that the answer states; an abstention states none",
    "CitationPrecision": "share of the citations that resolve and hold evidence, or a fact in one of its documents",
    "CitationRecall": "share of the facts that stand in the quotes cited",
    "QuoteFidelity": "share of the citations whose quote stands at its offsets, to the letter",
    "PageAccuracy": "of citations that hold evidence with a page: share with that page",
    "PinpointAccuracy": "of citations that hold evidence with a pinpoint: share with that pinpoint",
    "StatementSupport": "share of shown statements that the system's own check found supported",
    "NuggetsPer100Words": "facts stated in 100 words of answer",
    "AnswerWords": "words of an answer",
    "AbstentionPrecision": "of questions abstained on: share that no document answers",
    "AbstentionRecall": "of questions that no document answers: share abstained on",
    "AbstentionF1": "harmonic mean of both",
    "Evidence@5": "share of answerable questions with evidence among the first 5 passages",
    "Evidence@10": "the same among the first 10",
    "RR@10": "one over the rank of the first passage with evidence, 0 beyond 10",
    "Evidence@1500w": "share of answerable questions with evidence in the first 1,500 words retrieved",
    "EvidenceAll@1500w": "share of a question's evidence that stands in the first 1,500 words retrieved",
}
LATENCY = {"Latency p50": 0.5, "Latency p95": 0.95}  # quantiles of seconds.total
RANKED = ("Evidence@5", "Evidence@10", "RR@10", "Evidence@1500w", "EvidenceAll@1500w")
LESS_IS_BETTER = frozenset(LATENCY)
NEITHER_IS_BETTER = frozenset({"AnswerWords"})


def parts_of(verdict: Verdict, ranks: Mapping[str, float]) -> Parts:
    """One question's parts; `ranks` are its ranking measures, empty when nothing is known of what was retrieved."""
    parts = {"Score": (verdict.score, 1.0)} | citation_parts(verdict) | abstention_parts(verdict)
    if verdict.question.answerable:
        parts |= answer_parts(verdict) | {name: (value, 1.0) for name, value in ranks.items()}
    return {name: pair for name, pair in parts.items() if pair[1]}


def answer_parts(verdict: Verdict) -> Parts:
    """What an answerable question adds."""
    attempted = verdict.answered.attempts
    return {
        "NuggetRecall": (verdict.vital_stated, 1.0),
        "CitationRecall": (len(verdict.cited_nuggets) / len(verdict.question.nuggets), 1.0),
        "NuggetsPer100Words": (100.0 * len(verdict.stated), float(verdict.words * attempted)),
        "AnswerWords": (float(verdict.words), float(attempted)),
    }


def citation_parts(verdict: Verdict) -> Parts:
    """What the citations and statements of an answer add."""
    citations = verdict.citations
    return {
        "CitationPrecision": share(one.hit for one in citations),
        "QuoteFidelity": share(one.resolves for one in citations if one.cited.start is not None),
        "PageAccuracy": share(one.page for one in citations if one.hit and one.page is not None),
        "PinpointAccuracy": share(one.pinpoint for one in citations if one.hit and one.pinpoint is not None),
        "StatementSupport": share(support == "supported" for support in shown_support(verdict)),
    }


def shown_support(verdict: Verdict) -> list[str]:
    """What the system says of the statements that stand in the answer; those withheld are not shown."""
    answered = verdict.answered
    return [one.support for one in answered.statements if answered.attempts and one.text in answered.answer]


def abstention_parts(verdict: Verdict) -> Parts:
    """Abstaining as the positive class. F1 is 2 tp / (2 tp + fp + fn): twice the hits over all made and all due."""
    abstained, due = float(verdict.answered.abstains), float(not verdict.question.answerable)
    hit = float(verdict.outcome is Outcome.RIGHTLY_ABSTAINED)
    return {
        "AbstentionPrecision": (hit, abstained),
        "AbstentionRecall": (hit, due),
        "AbstentionF1": (2 * hit, abstained + due),
    }


def share(flags: Iterable[bool | None]) -> tuple[float, float]:
    """How many of how many.

    >>> share([True, False, True])
    (2.0, 3.0)
    """
    listed = [bool(flag) for flag in flags]
    return float(sum(listed)), float(len(listed))


def within_words(verdict: Verdict, words: int = WORDS) -> dict[str, float]:
    """Evidence@1500w and EvidenceAll@1500w of a question: the last text is read up to where the words end."""
    evidence, read = verdict.question.evidence, set[int]()
    for found, held in zip(verdict.answered.evidence, verdict.retrieved, strict=True):
        tokens = found.text.split()
        if len(tokens) > words:
            read.update(held_by(evidence, found.document, " ".join(tokens[:words])))
            break
        read.update(held)
        words -= len(tokens)
    return {"Evidence@1500w": float(bool(read)), "EvidenceAll@1500w": len(read) / len(evidence) if evidence else 0.0}


def mean(parts: Sequence[tuple[float, float]]) -> float | None:
    """The measure over several questions, None where nothing counts."""
    of = sum(pair[1] for pair in parts)
    return sum(pair[0] for pair in parts) / of if of else None
