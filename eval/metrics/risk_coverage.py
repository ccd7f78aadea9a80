"""The risk-coverage curve: the effect of abstaining below a confidence threshold (El-Yaniv and Wiener 2010).

Coverage is the share of all questions that are answered; risk is the share of these answers that state less than half
of the vital facts or answer an unanswerable question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from pincite.eval.judging.verdicts import AnswerOutcome, Verdict

FOLDS = 5
GOOD = {AnswerOutcome.COMPLETE, AnswerOutcome.HALF}


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The effect of giving only answers of at least this confidence; `score` is the resulting mean `Score`."""

    threshold: float
    coverage: float
    risk: float
    score: float


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """Points from the highest threshold to the lowest.

    `suggested` has the highest score. As its score is optimistic, `score_held_out` is the cross-validated one:
    thresholds chosen on four fifths of the questions, applied to the other fifth. `area`: mean risk of the points.
    """

    points: tuple[RiskPoint, ...]
    suggested: RiskPoint | None
    score_now: float
    score_held_out: float
    area: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One question: `confidence` is None if the system gave no answer; abstaining would score 0."""

    confidence: float | None
    good: bool
    score: float


def risk_curve(verdicts: Sequence[Verdict]) -> RiskCurve | None:
    """The curve of a run, None if the system gives no confidences."""
    attempts = [attempt(verdict) for verdict in verdicts]
    points = curve_points(attempts)
    if not points:
        return None
    return RiskCurve(
        tuple(points),
        best_point(points),
        fmean(one.score for one in attempts),
        held_out(attempts),
        fmean(point.risk for point in points),
    )


def attempt(verdict: Verdict) -> Attempt:
    """The confidence and result of one verdict."""
    confidence = verdict.response.confidence if verdict.response.is_attempt else None
    return Attempt(confidence, verdict.outcome in GOOD, verdict.score)


def curve_points(attempts: Sequence[Attempt]) -> list[RiskPoint]:
    """One point for each confidence that occurs, from the highest down.

    >>> curve_points([Attempt(0.9, True, 1.0), Attempt(0.4, False, -1.0)])[0]
    RiskPoint(threshold=0.9, coverage=0.5, risk=0.0, score=0.5)
    """
    points: list[RiskPoint] = []
    count = bad = 0
    total = 0.0
    given = sorted((one for one in attempts if one.confidence is not None), key=lambda one: -(one.confidence or 0.0))
    for place, one in enumerate(given):
        count, bad, total = count + 1, bad + (not one.good), total + one.score
        if place + 1 == len(given) or given[place + 1].confidence != one.confidence:
            points.append(RiskPoint(one.confidence or 0.0, count / len(attempts), bad / count, total / len(attempts)))
    return points


def best_point(points: Sequence[RiskPoint]) -> RiskPoint | None:
    """The point with the highest score, the higher coverage on ties; None if answering nothing scores as well."""
    top = max(points, key=lambda point: (point.score, point.coverage), default=None)
    return top if top and top.score > 0 else None


def held_out(attempts: Sequence[Attempt]) -> float:
    """Mean score of all questions, each fifth under the threshold chosen on the others."""
    scores: list[float] = []
    for fold in range(FOLDS):
        chosen = best_point(curve_points([one for place, one in enumerate(attempts) if place % FOLDS != fold]))
        threshold = chosen.threshold if chosen else float("inf")
        scores += [score_at(one, threshold) for one in attempts[fold::FOLDS]]
    return fmean(scores)


def score_at(attempt: Attempt, threshold: float) -> float:
    """The score of a question if answers below a confidence are withheld."""
    return attempt.score if attempt.confidence is None or attempt.confidence >= threshold else 0.0
