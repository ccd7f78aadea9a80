"""Risk against coverage: what abstaining below a confidence would cost and spare (El-Yaniv and Wiener 2010).

Coverage is the share of all questions that are answered, risk the share of these answers that hold less than half of
the vital facts or meet an unanswerable question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from pincite.eval.judging.verdicts import Outcome, Verdict

FOLDS = 5
GOOD = {Outcome.COMPLETE, Outcome.HALF}


@dataclass(frozen=True, slots=True)
class Point:
    """What holds when only answers of this confidence or more are given; `score` is the mean `Score` then."""

    threshold: float
    coverage: float
    risk: float
    score: float


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """Points from few answers to all. `suggested` has the highest score; `score_held_out` is what thresholds chosen so
    on four fifths of the questions give on the last fifth, since the best on all is flattered. `area` under the curve.
    """

    points: tuple[Point, ...]
    suggested: Point | None
    score_now: float
    score_held_out: float
    area: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question for this purpose: `confidence` None where nothing was attempted; abstaining would score 0."""

    confidence: float | None
    good: bool
    score: float


def risk_curve(verdicts: Sequence[Verdict]) -> RiskCurve | None:
    """The curve of a run, None when the system says of no answer how sure it is."""
    attempts = [attempt(verdict) for verdict in verdicts]
    points = curve(attempts)
    if not points:
        return None
    return RiskCurve(
        tuple(points),
        best(points),
        fmean(one.score for one in attempts),
        held_out(attempts),
        fmean(point.risk for point in points),
    )


def attempt(verdict: Verdict) -> Attempt:
    """A verdict for this purpose."""
    confidence = verdict.answered.confidence if verdict.answered.attempts else None
    return Attempt(confidence, verdict.outcome in GOOD, verdict.score)


def curve(attempts: Sequence[Attempt]) -> list[Point]:
    """One point for each confidence that occurs, from the highest down.

    >>> curve([Attempt(0.9, True, 1.0), Attempt(0.4, False, -1.0)])[0]
    Point(threshold=0.9, coverage=0.5, risk=0.0, score=0.5)
    """
    points: list[Point] = []
    count = bad = 0
    total = 0.0
    sure = sorted((one for one in attempts if one.confidence is not None), key=lambda one: -(one.confidence or 0.0))
    for place, one in enumerate(sure):
        count, bad, total = count + 1, bad + (not one.good), total + one.score
        if place + 1 == len(sure) or sure[place + 1].confidence != one.confidence:
            points.append(Point(one.confidence or 0.0, count / len(attempts), bad / count, total / len(attempts)))
    return points


def best(points: Sequence[Point]) -> Point | None:
    """The point of the highest score, among equals the one that answers most; None when answering nothing is better."""
    top = max(points, key=lambda point: (point.score, point.coverage), default=None)
    return top if top and top.score > 0 else None


def held_out(attempts: Sequence[Attempt]) -> float:
    """Mean score of each fifth of the questions under the threshold that the others suggest."""
    scores: list[float] = []
    for fold in range(FOLDS):
        chosen = best(curve([one for place, one in enumerate(attempts) if place % FOLDS != fold]))
        floor = chosen.threshold if chosen else float("inf")
        scores += [score_above(one, floor) for one in attempts[fold::FOLDS]]
    return fmean(scores)


def score_above(one: Attempt, floor: float) -> float:
    """The score of a question when answers below a confidence are withheld."""
    return one.score if one.confidence is None or one.confidence >= floor else 0.0
