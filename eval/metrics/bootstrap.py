"""Bootstrap intervals of ratios of sums (see `pincite.eval.metrics.measures`) and of quantiles.

Percentile bootstrap over questions (Efron and Tibshirani 1993, chapter 13). The tests compare it with SciPy's, which
resamples one measure at a time; here all measures of a group share their resamples in one matrix product.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
BATCH = 250  # resamples in memory at a time
LEVEL = 95.0  # per cent
SEED = 20261121

Interval = tuple[float, float] | None


def ratio_intervals(parts: NDArray[np.float64]) -> list[Interval]:
    """95 % intervals of m measures from float64 (n questions, m measures, 2): numerators and denominators.

    None for a measure to which fewer than two questions contribute.
    """
    questions, got, of = len(parts), parts[..., 0], parts[..., 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.concatenate([(counts @ got) / (counts @ of) for counts in resamples(questions)])
    known = (of > 0).sum(axis=0) > 1
    return [
        percentile_interval(column[np.isfinite(column)]) if enough else None
        for column, enough in zip(values.T, known, strict=True)
    ]


def resamples(questions: int) -> Iterator[NDArray[np.float64]]:
    """How often each question is drawn in each resample: float64 (BATCH, questions), RESAMPLES rows in all."""
    generator = np.random.default_rng(SEED)
    uniform = np.full(questions, 1 / questions)
    for _ in range(RESAMPLES // BATCH):
        yield generator.multinomial(questions, uniform, size=BATCH).astype(np.float64)


def quantile_interval(values: Sequence[float], quantile: float) -> Interval:
    """The 95 % interval of a quantile, None for fewer than two values."""
    if len(values) < 2:  # noqa: PLR2004  one value has no spread
        return None
    generator, array = np.random.default_rng(SEED), np.asarray(values)
    drawn = [
        np.quantile(array[generator.integers(0, len(array), (BATCH, len(array)))], quantile, axis=1)
        for _ in range(RESAMPLES // BATCH)
    ]
    return percentile_interval(np.concatenate(drawn))


def percentile_interval(drawn: NDArray[np.float64]) -> Interval:
    """The middle 95 % of resampled values."""
    tail = (100 - LEVEL) / 2
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return float(low), float(high)
