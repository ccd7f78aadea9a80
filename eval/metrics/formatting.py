"""How figures are written: the same on every page and in every table."""

from collections.abc import Mapping

from pincite.eval.metrics.bootstrap import Interval
from pincite.eval.metrics.measures import LATENCY, MEASURES
from pincite.eval.metrics.scores import Figure

NONE = "–"  # of a value that is not known, never 0
UNITS: Mapping[str, str] = {
    "CitationPrecision": "citations",
    "QuoteFidelity": "citations",
    "PageAccuracy": "citations",
    "PinpointAccuracy": "citations",
    "StatementSupport": "statements",
    "NuggetsPer100Words": "words",
    "AnswerWords": "answers",
    "AbstentionPrecision": "abstentions",
    "AbstentionF1": "made or due",
    "Latency p50": "answers",
    "Latency p95": "answers",
}  # what a figure is a share of; every other: questions
DECIMALS: Mapping[str, int] = {"AnswerWords": 1, "NuggetsPer100Words": 2}
EXPLANATIONS: Mapping[str, str] = {
    **MEASURES,
    "Latency p50": "half of the answers take no longer",
    "Latency p95": "nineteen answers in twenty take no longer",
}
SCALES: Mapping[str, tuple[float, float]] = {"Score": (-1.0, 1.0)}  # every other share: 0 to 1
UNBOUNDED = {"AnswerWords", "NuggetsPer100Words", *LATENCY}


def written(name: str, value: float | None) -> str:
    """A measure's value. One below 1 is never rounded up to it, since a fidelity below 1 is a defect.

    >>> written("Score", -0.25), written("QuoteFidelity", 0.9998), written("RR@10", None), written("Latency p50", 0.038)
    ('−0.250', '0.999', '–', '38 ms')
    """
    if value is None:
        return NONE
    if name in LATENCY:
        return duration(value)
    decimals = DECIMALS.get(name, 3)
    if name not in UNBOUNDED and value < 1:
        value = min(value, 1 - 10**-decimals)
    return f"{value + 0.0:.{decimals}f}".replace("-", "−")


def difference_written(name: str, value: float | None) -> str:
    """A difference of two values, with its sign.

    >>> difference_written("Score", 0.25), difference_written("Latency p95", -0.012), difference_written("RR@10", 0.0)
    ('+0.250', '−12 ms', '0.000')
    """
    if value is None:
        return NONE
    plain = duration(abs(value)) if name in LATENCY else f"{abs(value):.{DECIMALS.get(name, 3)}f}"
    return f"{'+' if value > 0 else '−'}{plain}" if any(digit in plain for digit in "123456789") else plain


def duration(seconds: float) -> str:
    """Seconds as a person reads them.

    >>> duration(0.0384), duration(1.26), duration(75)
    ('38 ms', '1.3 s', '75 s')
    """
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"  # noqa: PLR2004  two figures that count


def interval_written(name: str, interval: Interval) -> str:
    """An interval.

    >>> interval_written("RR@10", (0.5, 0.75)), interval_written("RR@10", None)
    ('0.500 to 0.750', '–')
    """
    return f"{written(name, interval[0])} to {written(name, interval[1])}" if interval else NONE


def counted(name: str, figure: Figure) -> str:
    """What a figure is a share of.

    >>> counted("CitationPrecision", Figure(1.0, None, 1.0)), counted("Score", Figure(0.5, None, 1200.0))
    ('1 citation', '1,200 questions')
    """
    unit = UNITS.get(name, "questions")
    return f"{figure.of:,.0f} {unit.removesuffix('s') if figure.of == 1 else unit}"


def place_on_scale(name: str, value: float, top: float = 1.0) -> float:
    """Where a value stands between the ends of its scale, in per cent; `top` is the end of one without a fixed end.

    >>> place_on_scale("Score", 0.0), place_on_scale("RR@10", 0.25), place_on_scale("Latency p50", 1.0, top=4.0)
    (50.0, 25.0, 25.0)
    """
    low, high = (0.0, top) if name in UNBOUNDED else SCALES.get(name, (0.0, 1.0))
    return round(100 * min(max((value - low) / (high - low or 1.0), 0.0), 1.0), 2)
