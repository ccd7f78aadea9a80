"""Two runs over the same questions, paired: what rose, what fell, and whether chance could have done it.

The interval of a difference is a paired bootstrap over questions, its p value a permutation test that swaps the two
answers of a question (Smucker, Allan and Carterette 2007, "A Comparison of Statistical Significance Tests for
Information Retrieval Evaluation"). p values are not corrected for the number of measures.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap, permutation_test

from pincite.eval.judging.verdicts import Outcome
from pincite.eval.metrics.bootstrap import SEED, Interval, bounds
from pincite.eval.metrics.measures import LATENCY, LESS_IS_BETTER, MEASURES, NEITHER_IS_BETTER
from pincite.eval.metrics.scores import Scored
from pincite.eval.reports.templates import render
from pincite.eval.runs.evaluate import Run
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput

SCHEMA = 1
RESAMPLES = 2000
PERMUTATIONS = 9999
SIGNIFICANT = 0.05
SIDES = ("fell", "rose")

Statistic = Callable[[NDArray[np.int64], int], NDArray[np.float64]]  # a measure of the answers with these numbers


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in both runs: `difference` is after less before; `p` two-sided."""

    before: float
    after: float
    difference: float
    interval: Interval
    p: float
    verdict: str  # rose, fell, or no clear change


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose outcome is another one now."""

    id: str
    question: str
    before: Outcome
    after: Outcome
    score: float  # by how much its score changed


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side. `left_out`: ids of questions that only one has, or that are not the same in both."""

    questions: int
    left_out: tuple[str, ...]
    settings: dict[str, tuple[Any, Any]]  # those that differ
    measures: dict[str, Difference]
    changes: tuple[Change, ...]

    def fell(self, names: Sequence[str]) -> list[str]:
        """Which of these measures fell significantly. Raises BadInput for one that has no value in both runs."""
        for name in names:
            if name not in self.measures:
                raise BadInput(f"{name} has no value in both runs; there are {', '.join(self.measures)}.")
        return [name for name in names if self.measures[name].verdict == "fell"]


def compare(before: Run, after: Run) -> Comparison:
    """Both runs over the questions that they share. Raises BadInput when there are fewer than two."""
    pairs, left_out = paired(before.scored, after.scored)
    if len(pairs) < 2:  # noqa: PLR2004  one question shows no spread
        raise BadInput(f"{before.folder} and {after.folder} share {len(pairs)} questions: they cannot be compared.")
    settings = {
        name: (before.settings.get(name), after.settings.get(name))
        for name in ("index", "llm", "code", "retrieve", "passages", "versions", "machine")
        if before.settings.get(name) != after.settings.get(name)
    }
    return Comparison(len(pairs), left_out, settings, differences(pairs), changes(pairs))


Pairs = Sequence[tuple[Scored, Scored]]


def paired(before: Sequence[Scored], after: Sequence[Scored]) -> tuple[Pairs, tuple[str, ...]]:
    """The questions that both have, and the ids of the others."""
    earlier = {one.verdict.question.id: one for one in before}
    later = {one.verdict.question.id: one for one in after}
    same = [
        identity
        for identity in earlier
        if identity in later and earlier[identity].verdict.question == later[identity].verdict.question
    ]
    left_out = sorted((earlier.keys() | later.keys()) - set(same))
    return [(earlier[identity], later[identity]) for identity in same], tuple(left_out)


def differences(pairs: Pairs) -> dict[str, Difference]:
    """Every measure that has a value in both runs."""
    found = {name: difference(name, ratio_of(name, pairs), len(pairs)) for name in MEASURES if known(name, pairs)}
    timed = [(one, other) for one, other in pairs if seconds(one) and seconds(other)]
    if len(timed) > 1:
        found |= {name: difference(name, quantile_of(at, timed), len(timed)) for name, at in LATENCY.items()}
    return found


def known(name: str, pairs: Pairs) -> bool:
    """Whether a measure has a value in both runs."""
    return all(any(pair[side].parts.get(name) for pair in pairs) for side in (0, 1))


def seconds(scored: Scored) -> float:
    """What an answer took, 0 where that is not known."""
    return (scored.verdict.answered.seconds or {}).get("total", 0.0)


def ratio_of(name: str, pairs: Pairs) -> Statistic:
    """A measure as a function of answers by number: those of the first run from 0, then those of the second."""
    parts = np.array([pair[side].parts.get(name, (0.0, 0.0)) for side in (0, 1) for pair in pairs])

    def ratio(numbers: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        got, of = parts[numbers, 0].sum(axis=axis), parts[numbers, 1].sum(axis=axis)
        shares: NDArray[np.float64] = np.divide(got, of, out=np.zeros_like(got), where=of > 0)
        return shares

    return ratio


def quantile_of(quantile: float, pairs: Pairs) -> Statistic:
    """A quantile of the seconds as a function of answers by number."""
    times = np.array([seconds(pair[side]) for side in (0, 1) for pair in pairs])
    return lambda numbers, axis: np.asarray(np.quantile(times[numbers], quantile, axis=axis))


def difference(name: str, statistic: Statistic, count: int) -> Difference:
    """A measure over the answers of `count` questions in both runs."""

    def gain(one: NDArray[np.int64], other: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        return statistic(other, axis) - statistic(one, axis)

    numbers = (np.arange(count), np.arange(count, 2 * count))
    tested = permutation_test(
        numbers, gain, permutation_type="samples", vectorized=True, n_resamples=PERMUTATIONS, batch=500, rng=SEED
    )
    drawn = bootstrap(numbers, gain, paired=True, vectorized=True, n_resamples=RESAMPLES, method="percentile", rng=SEED)
    before, after = (float(statistic(side, 0)) for side in numbers)
    gained, p = after - before, float(tested.pvalue)
    interval = bounds(drawn.bootstrap_distribution)
    return Difference(before, after, gained, interval, p, verdict(name, interval, p))


def verdict(name: str, interval: Interval, p: float) -> str:
    """What a difference means: for seconds less is better, and a number of words is neither good nor bad.

    Both tests must agree: where the two answers count unequally for a share, swapping them moves it by itself.

    >>> verdict("RR@10", (-0.3, -0.1), 0.01), verdict("Latency p50", (-0.3, -0.1), 0.01)
    ('fell', 'rose')
    >>> verdict("RR@10", (-0.3, 0.0), 0.01), verdict("RR@10", (-0.3, -0.1), 0.3)
    ('no clear change', 'no clear change')
    """
    if p >= SIGNIFICANT or name in NEITHER_IS_BETTER or interval is None or interval[0] <= 0 <= interval[1]:
        return "no clear change"
    return "rose" if (interval[0] > 0) != (name in LESS_IS_BETTER) else "fell"


def changes(pairs: Pairs) -> tuple[Change, ...]:
    """Questions with another outcome than before, what was lost first."""
    changed = [
        Change(
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
    """A comparison as JSON; `failing` are the named measures that fell."""
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


def write_page(path: Path, found: Comparison, before: Run, after: Run) -> None:
    """A page that shows a comparison; needs nothing but itself."""
    groups = {verdict: [name for name, one in found.measures.items() if one.verdict == verdict] for verdict in SIDES}
    write_text(path, [render("comparison.html.jinja", found=found, before=before, after=after, **groups)])
