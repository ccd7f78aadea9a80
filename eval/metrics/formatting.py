"""Formats values of measures, the same way on every page and in every table."""

from collections.abc import Mapping

from pincite.eval.metrics.bootstrap import Interval
from pincite.eval.metrics.measures import LATENCY, MEASURES
from pincite.eval.metrics.scores import Figure

NONE = "–"  # for an unknown value, which is not 0
UNITS: Mapping[str, str] = {
    "CitationPrecision": "citations",
    "QuoteFidelity": "citations",
    "PageAccuracy": "citations",
    "PinpointAccuracy": "citations",
    "StatementSupport": "statements",
    "NuggetsPer100Words": "words",
    "AnswerWords": "answers",
    "AbstentionPrecision": "abstentions",
    "AbstentionF1": "given or expected",
    "Latency p50": "answers",
    "Latency p95": "answers",
}  # what the denominator of a measure counts; questions for all others
DECIMALS: Mapping[str, int] = {"AnswerWords": 1, "NuggetsPer100Words": 2}
EXPLANATIONS: Mapping[str, str] = {
    **MEASURES,
    "Latency p50": "median time of an answer",
    "Latency p95": "95th percentile of the time of an answer",
}
SCALES: Mapping[str, tuple[float, float]] = {"Score": (-1.0, 1.0)}  # 0 to 1 for all others but UNBOUNDED
UNBOUNDED = {"AnswerWords", "NuggetsPer100Words", *LATENCY}


def format_value(name: str, value: float | None) -> str:
    """A measure's value. It is never rounded up to 1, since a fidelity below 1 is a defect.

    >>> format_value("Score", -0.25), format_value("QuoteFidelity", 0.9998)
    ('−0.250', '0.999')
    >>> format_value("RR@10", None), format_value("Latency p50", 0.038)
    ('–', '38 ms')
    """
    if value is None:
        return NONE
    if name in LATENCY:
        return duration(value)
    decimals = DECIMALS.get(name, 3)
    if name not in UNBOUNDED and value < 1:
        value = min(value, 1 - 10**-decimals)
    return f"{value + 0.0:.{decimals}f}".replace("-", "−")


def format_difference(name: str, value: float | None) -> str:
    """A difference of two values, with its sign.

    >>> format_difference("Score", 0.25), format_difference("Latency p95", -0.012), format_difference("RR@10", 0.0)
    ('+0.250', '−12 ms', '0.000')
    """
    if value is None:
        return NONE
    unsigned = duration(abs(value)) if name in LATENCY else f"{abs(value):.{DECIMALS.get(name, 3)}f}"
    return f"{'+' if value > 0 else '−'}{unsigned}" if any(digit in unsigned for digit in "123456789") else unsigned


def duration(seconds: float) -> str:
    """Seconds in a readable unit.

    >>> duration(0.0384), duration(1.26), duration(75)
    ('38 ms', '1.3 s', '75 s')
    """
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"  # noqa: PLR2004  two significant digits


def format_interval(name: str, interval: Interval) -> str:
    """An interval.

    >>> format_interval("RR@10", (0.5, 0.75)), format_interval("RR@10", None)
    ('0.500 to 0.750', '–')
    """
    return f"{format_value(name, interval[0])} to {format_value(name, interval[1])}" if interval else NONE


def format_count(name: str, figure: Figure) -> str:
    """The denominator of a figure with its unit.

    >>> format_count("CitationPrecision", Figure(1.0, None, 1.0)), format_count("Score", Figure(0.5, None, 1200.0))
    ('1 citation', '1,200 questions')
    """
    unit = UNITS.get(name, "questions")
    return f"{figure.of:,.0f} {unit.removesuffix('s') if figure.of == 1 else unit}"


def scale_position(name: str, value: float, top: float = 1.0) -> float:
    """Position of a value on its scale, in per cent; `top` is the upper end of a scale that has no fixed one.

    >>> scale_position("Score", 0.0), scale_position("RR@10", 0.25), scale_position("Latency p50", 1.0, top=4.0)
    (50.0, 25.0, 25.0)
    """
    low, high = (0.0, top) if name in UNBOUNDED else SCALES.get(name, (0.0, 1.0))
    return round(100 * min(max((value - low) / (high - low or 1.0), 0.0), 1.0), 2)
