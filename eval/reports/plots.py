"""Charts as SVG with the colours of the page's variables, so that they fit its light and dark themes.

Altair describes them and vl-convert draws them; both are imported only when a chart is drawn.
"""

import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import escape

from pincite.eval.metrics.formatting import NONE, SCALES, duration, format_value
from pincite.eval.metrics.measures import LATENCY
from pincite.eval.metrics.risk_coverage import RiskCurve
from pincite.eval.metrics.scores import Figure, Figures

if TYPE_CHECKING:
    import altair as alt

INK, MUTED, LINE = "var(--ink)", "var(--muted)", "var(--line)"
BAR, MARKED = "var(--bar)", "var(--marked)"
NARROW, WIDE = 336, 430  # pixels
ROW = 21
HEIGHT = 240
LABEL = 24  # characters shown of a group's name
TEXT = 12
BINS = 24
HIGH = 0.85  # a risk from which the label is placed below the point
QUICKEST = 1e-4  # seconds; the least value on the logarithmic scale
DASH = (4, 3)
Row = dict[str, Any]
NOT_INSTALLED = "Reports have no charts until you install the library that draws them: pip install 'pincite[eval]'."
NAMESPACES = re.compile(r' (xmlns(:\w+)?|version)="[^"]*"')  # superfluous inside a page


def can_draw() -> bool:
    """Whether the library that draws charts is installed; it is large, and figures do without it."""
    return find_spec("vl_convert") is not None


def bars(groups: Mapping[str, Figures], name: str, overall: Figure) -> str:
    """A measure by group: bars with intervals, and the number of questions beside the group's name.

    The dashed line is the measure over all questions; a group without a value shows a dash.
    """
    import altair as alt  # noqa: PLC0415  takes half a second, which only a report needs

    rows = [bar_row(kind, figures, name) for kind, figures in groups.items()]
    low, high = SCALES.get(name, (0.0, 1.0))
    axis = alt.Axis(values=[low + (high - low) * step / 4 for step in range(5)], format=".2~f")
    scale = alt.Scale(domain=[low, high], nice=False)
    labels = alt.Axis(labelLimit=180, ticks=False, domain=False)
    every = alt.Scale(domain=[row["group"] for row in rows])  # also those without a value
    y = alt.Y("group", type="nominal", sort=None, title=None, axis=labels, scale=every)
    value = alt.X("value", type="quantitative", scale=scale, title=None, axis=axis)
    layers = [
        data("rows").mark_bar(color=BAR, height=11).encode(x=value, x2=alt.X2Datum(0.0), y=y),
        data("rows").mark_rule(color=INK, strokeWidth=1.5).encode(x=quantity("low"), x2=alt.X2("high"), y=y),
        data("overall").mark_rule(color=MARKED, strokeDash=DASH, strokeWidth=1.5).encode(x=quantity("value")),
    ]
    overall_row = [] if overall.value is None else [{"value": overall.value}]
    alt_text = f"{name} by group: " + "; ".join(f"{row['group']} {format_value(name, row['value'])}" for row in rows)
    return svg(layers, alt_text, (NARROW, len(rows) * ROW + 24), {"rows": rows, "overall": overall_row})


def bar_row(kind: str, figures: Figures, name: str) -> Row:
    """The data of one group."""
    figure = figures[name]
    short = kind if len(kind) <= LABEL else f"{kind[:LABEL]}…"
    label = f"{short} ({figures['Score'].of:.0f})"
    if figure.value is None:
        return {"group": f"{label} {NONE}", "value": None, "low": None, "high": None}
    low, high = figure.interval or (None, None)
    return {"group": label, "value": figure.value, "low": low, "high": high}


def risk_coverage(curve: RiskCurve) -> str:
    """Risk against coverage, with the suggested threshold."""
    import altair as alt  # noqa: PLC0415  takes half a second, which only a report needs

    rows = [{"coverage": point.coverage, "risk": point.risk} for point in curve.points]
    whole = alt.Scale(domain=[0, 1])
    x = alt.X("coverage", type="quantitative", scale=whole, title="coverage: share of questions answered")
    y = alt.Y("risk", type="quantitative", scale=whole, title="risk: share of answers that are bad")
    layers = [data("rows").mark_line(color=BAR, strokeWidth=2, point={"color": BAR, "size": 12}).encode(x=x, y=y)]
    alt_text, chosen = "Risk against coverage.", list[Row]()
    if point := curve.suggested:
        name = f"suggested threshold {point.threshold:.3f}"
        alt_text += f" At the {name}: coverage {point.coverage:.2f}, risk {point.risk:.2f}."
        chosen = [{"coverage": point.coverage, "risk": point.risk, "label": name}]
        right = point.coverage > 1 / 2
        label = data("chosen").mark_text(
            color=INK, size=TEXT, fontWeight=600, align="right" if right else "left", dx=-10 if right else 10,
            dy=-14 if point.risk < HIGH else 16,
        )  # fmt: skip
        layers += [
            data("chosen").mark_rule(color=MARKED, strokeDash=DASH, strokeWidth=1.5).encode(x=x),
            data("chosen").mark_point(color=MARKED, filled=True, size=110, opacity=1, shape="diamond").encode(x=x, y=y),
            label.encode(x=x, y=y, text=alt.Text("label", type="nominal")),
        ]
    return svg(layers, alt_text, (WIDE, HEIGHT), {"rows": rows, "chosen": chosen})


def latency(seconds: Sequence[float], figures: Figures) -> str:
    """Histogram of the seconds per answer, logarithmic since a few take very long, with the quantiles marked."""
    import altair as alt  # noqa: PLC0415  takes half a second, which only a report needs

    rows = histogram(seconds)
    low, high = rows[0]["low"], rows[-1]["high"]
    labels = "datum.value < 1 ? format(datum.value * 1000, '~r') + ' ms' : format(datum.value, '~r') + ' s'"
    axis = alt.Axis(values=round_values(low, high), labelExpr=labels, grid=False)
    logarithmic = alt.Scale(type="log", domain=[low, high], nice=False)
    x = alt.X("low", type="quantitative", scale=logarithmic, axis=axis, title=None)
    room = alt.Scale(domain=[0, 1.25 * max(row["answers"] for row in rows)], nice=False)  # for the labels
    counts = alt.Axis(tickMinStep=1, format="d", tickCount=5)
    y = alt.Y("answers", type="quantitative", title="answers", scale=room, axis=counts)
    layers = [data("rows").mark_bar(color=BAR, binSpacing=1).encode(x=x, x2=alt.X2("high"), y=y, y2=alt.Y2Datum(0))]
    datasets, labels_shown = {"rows": rows}, list[str]()
    for place, name in enumerate(LATENCY):
        if (value := figures[name].value) is not None:
            labels_shown.append(f"{name.removeprefix('Latency ')} {duration(value)}")
            datasets[name] = [{"at": value, "label": labels_shown[-1]}]
            layers += quantile(name, 10 + 17 * place)
    return svg(layers, f"Time of {len(seconds)} answers: {', '.join(labels_shown)}", (WIDE, HEIGHT), datasets)


def quantile(name: str, top: int) -> "list[alt.Chart]":
    """A quantile's line and label; the line begins `top` pixels down, so that it does not cross other labels."""
    import altair as alt  # noqa: PLC0415  takes half a second, which only a report needs

    line = data(name).mark_rule(color=MARKED, strokeDash=DASH, strokeWidth=1.5)
    label = data(name).mark_text(color=INK, size=TEXT, fontWeight=600, align="left", dx=6)
    return [
        line.encode(x=quantity("at"), y=alt.value(top), y2=alt.value("height")),
        label.encode(x=quantity("at"), y=alt.value(top), text=alt.Text("label", type="nominal")),
    ]


def histogram(seconds: Sequence[float]) -> list[Row]:
    """The number of answers that took between `low` and `high` seconds, in bins of equal ratio.

    >>> [row["answers"] for row in histogram([0.01, 0.1, 0.1]) if row["answers"]]
    [1, 2]
    """
    times = np.maximum(seconds, QUICKEST)
    counts, edges = np.histogram(times, np.geomspace(times.min() * 0.9, times.max() * 1.4, BINS + 1))
    return [
        {"low": float(low), "high": float(high), "answers": int(count)}
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    ]


def round_values(low: float, high: float) -> list[float]:
    """Round values for a logarithmic axis; only powers of ten if the range is wide.

    >>> round_values(0.015, 0.3), round_values(0.001, 90)
    ([0.02, 0.05, 0.1, 0.2], [0.001, 0.01, 0.1, 1.0, 10.0])
    """
    steps = (1, 2, 5) if high / low < 10**2.5 else (1,)
    found = [float(f"{step}e{power}") for power in range(-4, 5) for step in steps]
    return [value for value in found if low <= value <= high]


def data(name: str) -> "alt.Chart":
    """A chart of a named data set; Altair copies names much faster than the data itself."""
    import altair as alt  # noqa: PLC0415  takes half a second, which only a report needs

    return alt.Chart(alt.NamedData(name=name))


def quantity(name: str) -> "alt.X":
    """A number on the horizontal axis, with the scale of the first layer."""
    import altair as alt  # noqa: PLC0415  takes half a second, which only a report needs

    return alt.X(name, type="quantitative")


def svg(
    layers: "Sequence[alt.Chart]", alt_text: str, size: tuple[int, int], datasets: Mapping[str, Sequence[Row]]
) -> str:
    """A chart as an SVG element; `alt_text` is for screen readers."""
    import vl_convert  # noqa: PLC0415  loads a JavaScript engine

    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": size[0],
        "height": size[1],
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": [layer.to_dict(validate=False) for layer in layers],
        "datasets": datasets,
        "config": CONFIG,
    }
    opening, _, drawn = vl_convert.vegalite_to_svg(spec).partition(">")
    name = escape(alt_text)
    named = NAMESPACES.sub("", opening).replace('class="marks"', f'class="chart" role="img" aria-label="{name}"')
    return f"{named}><title>{name}</title>{drawn}"


CONFIG: Mapping[str, Any] = {
    "aria": False,
    "background": "transparent",
    "font": "sans-serif",
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "titleColor": MUTED, "gridColor": LINE, "tickColor": LINE, "domainColor": LINE,
        "labelFontSize": TEXT, "titleFontSize": TEXT, "titleFontWeight": "normal", "titlePadding": 8, "labelPadding": 5,
    },
    "axisX": {"labelColor": MUTED, "labelFlush": True},
    "style": {"cell": {"stroke": None}},
}  # fmt: skip
