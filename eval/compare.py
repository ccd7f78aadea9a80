"""Paired comparison of two runs over the same questions: which measures rose or fell significantly.

The interval of a difference is a paired bootstrap over questions, its p value that of a permutation test that swaps
the two answers to a question (Smucker, Allan and Carterette 2007, "A Comparison of Statistical Significance Tests for
Information Retrieval Evaluation"). p values are not corrected for the number of measures.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap, permutation_test

from pincite.eval.judging.verdicts import AnswerOutcome
from pincite.eval.metrics.bootstrap import SEED, Interval, percentile_interval
from pincite.eval.metrics.measures import LATENCY, LOWER_IS_BETTER, MEASURES, NEITHER_IS_BETTER
from pincite.eval.metrics.scores import ScoredQuestion
from pincite.eval.reports.templates import render
from pincite.eval.runs.run_folder import EvaluationRun
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput

SCHEMA = 1
RESAMPLES = 2000
PERMUTATIONS = 9999
SIGNIFICANT = 0.05
DIRECTIONS = ("fell", "rose")

Statistic = Callable[[NDArray[np.int64], int], NDArray[np.float64]]  # a measure of the answers with these numbers


@dataclass(frozen=True, slots=True)
class MeasureDifference:
    """A measure in both runs; `difference` is after minus before, `p` is two-sided."""

    before: float
    after: float
    difference: float
    interval: Interval
    p: float
    verdict: str  # rose, fell, or no clear change


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A question whose outcome changed."""

    id: str
    question: str
    before: AnswerOutcome
    after: AnswerOutcome
    score: float  # change of the score


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side. `left_out`: ids of questions that are missing from one run or differ between the two."""

    questions: int
    left_out: tuple[str, ...]
    settings: dict[str, tuple[Any, Any]]  # those that differ
    measures: dict[str, MeasureDifference]
    changes: tuple[OutcomeChange, ...]

    def fell(self, names: Sequence[str]) -> list[str]:
        """Those of the measures that fell significantly. Raises BadInput for one without a value in both runs."""
        for name in names:
            if name not in self.measures:
                raise BadInput(f"{name} has no value in both runs; available: {', '.join(self.measures)}.")
        return [name for name in names if self.measures[name].verdict == "fell"]


def compare(before: EvaluationRun, after: EvaluationRun) -> Comparison:
    """Compares the questions that both runs share. Raises BadInput if there are fewer than two."""
    pairs, left_out = paired(before.scored, after.scored)
    if len(pairs) < 2:  # noqa: PLR2004  a single question has no variance
        raise BadInput(
            f"{before.folder} and {after.folder} cannot be compared: they share {len(pairs)} questions and need two."
        )
    settings = {
        name: (before.settings.get(name), after.settings.get(name))
        for name in ("index", "llm", "code", "retrieve", "passages", "versions", "machine")
        if before.settings.get(name) != after.settings.get(name)
    }
    return Comparison(len(pairs), left_out, settings, differences(pairs), changes(pairs))


Pairs = Sequence[tuple[ScoredQuestion, ScoredQuestion]]


def paired(before: Sequence[ScoredQuestion], after: Sequence[ScoredQuestion]) -> tuple[Pairs, tuple[str, ...]]:
    """The questions shared by both, and the ids of the others."""
    earlier = {one.verdict.question.id: one for one in before}
    later = {one.verdict.question.id: one for one in after}
    same = [
        identity
        for identity in earlier
        if identity in later and earlier[identity].verdict.question == later[identity].verdict.question
    ]
    left_out = sorted((earlier.keys() | later.keys()) - set(same))
    return [(earlier[identity], later[identity]) for identity in same], tuple(left_out)


def differences(pairs: Pairs) -> dict[str, MeasureDifference]:
    """The difference of each measure that has a value in both runs."""
    found = {name: difference(name, ratio_of(name, pairs), len(pairs)) for name in MEASURES if has_values(name, pairs)}
    timed = [(one, other) for one, other in pairs if answer_seconds(one) and answer_seconds(other)]
    if len(timed) > 1:
        found |= {name: difference(name, quantile_of(at, timed), len(timed)) for name, at in LATENCY.items()}
    return found


def has_values(name: str, pairs: Pairs) -> bool:
    """Whether a measure has a value in both runs."""
    return all(any(pair[side].parts.get(name) for pair in pairs) for side in (0, 1))


def answer_seconds(scored: ScoredQuestion) -> float:
    """The seconds of an answer, 0 if unknown."""
    return (scored.verdict.response.seconds or {}).get("total", 0.0)


def ratio_of(name: str, pairs: Pairs) -> Statistic:
    """A measure as a function of answer numbers: those of the first run from 0, then those of the second."""
    parts = np.array([pair[side].parts.get(name, (0.0, 0.0)) for side in (0, 1) for pair in pairs])

    def ratio(numbers: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        numerator, denominator = parts[numbers, 0].sum(axis=axis), parts[numbers, 1].sum(axis=axis)
        ratios: NDArray[np.float64] = np.divide(
            numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0
        )
        return ratios

    return ratio


def quantile_of(quantile: float, pairs: Pairs) -> Statistic:
    """A quantile of the seconds per answer as a function of answer numbers."""
    times = np.array([answer_seconds(pair[side]) for side in (0, 1) for pair in pairs])
    return lambda numbers, axis: np.asarray(np.quantile(times[numbers], quantile, axis=axis))


def difference(name: str, statistic: Statistic, count: int) -> MeasureDifference:
    """The difference of a measure over `count` questions."""

    def gain(one: NDArray[np.int64], other: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        return statistic(other, axis) - statistic(one, axis)

    numbers = (np.arange(count), np.arange(count, 2 * count))
    tested = permutation_test(
        numbers, gain, permutation_type="samples", vectorized=True, n_resamples=PERMUTATIONS, batch=500, rng=SEED
    )
    drawn = bootstrap(numbers, gain, paired=True, vectorized=True, n_resamples=RESAMPLES, method="percentile", rng=SEED)
    before, after = (float(statistic(side, 0)) for side in numbers)
    gained, p = after - before, float(tested.pvalue)
    interval = percentile_interval(drawn.bootstrap_distribution)
    return MeasureDifference(before, after, gained, interval, p, direction(name, interval, p))


def direction(name: str, interval: Interval, p: float) -> str:
    """Whether a measure improved (rose) or worsened (fell): lower latency is better, more words are neither.

    Both tests must agree: if the two answers have different weights in a ratio, swapping them alone changes it.

    >>> direction("RR@10", (-0.3, -0.1), 0.01), direction("Latency p50", (-0.3, -0.1), 0.01)
    ('fell', 'rose')
    >>> direction("RR@10", (-0.3, 0.0), 0.01), direction("RR@10", (-0.3, -0.1), 0.3)
    ('no clear change', 'no clear change')
    """
    if p >= SIGNIFICANT or name in NEITHER_IS_BETTER or interval is None or interval[0] <= 0 <= interval[1]:
        return "no clear change"
    return "rose" if (interval[0] > 0) != (name in LOWER_IS_BETTER) else "fell"


def changes(pairs: Pairs) -> tuple[OutcomeChange, ...]:
    """The questions whose outcome changed, the largest losses first."""
    changed = [
        OutcomeChange(
            one.verdict.question.id,
            one.verdict.question.question,
            one.verdict.outcome,
            other.verdict.outcome,
            other.verdict.score - one.verdict.score,
        )
        for one, other in pairs
        if one.verdict.outcome != other.verdict.outcome
    ]
    return tuple(sorted(changed, key=lambda change: (change.score, change.id)))


def comparison_record(found: Comparison, failing: Sequence[str] = ()) -> dict[str, Any]:
    """A comparison as JSON; `failing` lists the measures of `--fail-on` that fell."""
    measures: Mapping[str, dict[str, Any]] = {
        name: {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(one).items()}
        for name, one in found.measures.items()
    }
    return {
        "schema": SCHEMA,
        "questions": found.questions,
        "left_out": list(found.left_out),
        "settings": found.settings,
        "measures": measures,
        "changed": [asdict(change) for change in found.changes],
        "fell": list(failing),
    }


def write_page(path: Path, found: Comparison, before: EvaluationRun, after: EvaluationRun) -> None:
    """Write a comparison as a self-contained HTML page."""
    groups = {side: [name for name, one in found.measures.items() if one.verdict == side] for side in DIRECTIONS}
    write_text(path, [render("comparison.html.jinja", found=found, before=before, after=after, **groups)])
