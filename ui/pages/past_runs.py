"""Earlier evaluation runs, as a table and over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

import altair as alt
import streamlit as st

from pincite.eval.metrics.formatting import EXPLANATIONS
from pincite.eval.metrics.measures import LATENCY
from pincite.eval.runs.run_folder import SCORES, SETTINGS, EvaluationRun, read_json, read_run
from pincite.ingest.errors import BadInput
from pincite.ui.escaping import as_markdown

SHOWN = (
    "Score", "NuggetRecall", "CitationPrecision", "CitationRecall", "QuoteFidelity", "AbstentionF1", "RR@10",
    "Latency p50",
)  # fmt: skip

Stamp = int  # when the scores of a run were written, in ns


@dataclass(frozen=True, slots=True)
class PastRun:
    """A finished run with its figures by measure (`value`, `low`, `high`)."""

    folder: Path
    stamp: Stamp
    started: datetime
    gold: str
    llm: str
    index: str
    questions: int
    figures: Mapping[str, Mapping[str, Any]]


def past_runs(runs: Path) -> list[PastRun]:
    """The finished runs in a folder, the newest first."""
    found = [past_run(file.parent, file.stat().st_mtime_ns) for file in sorted(runs.glob(f"*/{SCORES}"))]
    return sorted((one for one in found if one), key=lambda one: one.started, reverse=True)


@st.cache_data(show_spinner=False, max_entries=500)
def past_run(folder: Path, stamp: Stamp) -> PastRun | None:
    """A run by its folder, None if it cannot be read."""
    try:
        settings, scores = read_json(folder / SETTINGS), read_json(folder / SCORES)
        return PastRun(
            folder,
            stamp,
            datetime.fromisoformat(settings["started"]),
            ", ".join(PurePath(one["file"]).stem for one in settings["gold"]),
            str(settings["llm"]),
            str(settings["index"]),
            int(scores["questions"]),
            scores["measures"],
        )
    except (BadInput, KeyError, TypeError, ValueError):
        return None


@st.cache_resource(show_spinner="Reading the run …", max_entries=6)
def judged_run(folder: Path, stamp: Stamp) -> EvaluationRun:  # noqa: ARG001  the stamp is the cache's key
    """A run with all questions, shared read-only by all sessions. Raises BadInput."""
    return read_run(folder)


def show_runs(past: Sequence[PastRun]) -> None:
    """Show the runs as a table."""
    columns = {name: st.column_config.NumberColumn(format="%.3f", help=EXPLANATIONS[name]) for name in SHOWN}
    columns |= {name: st.column_config.NumberColumn(f"{name} (s)", format="%.3f") for name in LATENCY}
    columns["Started"] = st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")
    st.dataframe([row_of(one) for one in past], hide_index=True, column_config=columns, alt="Runs so far")


def row_of(one: PastRun) -> dict[str, Any]:
    """A run as a table row."""
    named = {
        "Run": one.folder.name, "Started": one.started, "Gold": one.gold, "Model": one.llm, "Questions": one.questions,
    }  # fmt: skip
    return named | {name: one.figures.get(name, {}).get("value") for name in SHOWN}


def show_over_time(past: Sequence[PastRun]) -> None:
    """Show one measure of all runs as a chart with intervals."""
    name = st.selectbox("Measure over time", SHOWN, key="measure")
    st.caption(as_markdown(f"{EXPLANATIONS[name]}. The bars are 95 % intervals."))
    points = [point for one in past if (point := point_of(one, name))]
    if points:
        st.altair_chart(chart_of(points, name), alt=f"{name} of the runs over time")


def point_of(one: PastRun, name: str) -> dict[str, Any] | None:
    """A run as a point of the chart, None if the measure has no value."""
    figure = one.figures.get(name, {})
    if figure.get("value") is None:
        return None
    known = {"value": figure["value"], "low": figure.get("low"), "high": figure.get("high")}
    return known | {"run": one.folder.name, "started": one.started.isoformat(), "of": f"{one.gold}, {one.llm}"}


def chart_of(points: Sequence[Mapping[str, Any]], name: str) -> alt.LayerChart | alt.FacetChart:
    """A line for each gold set and model, with its own colour and shape."""
    base = alt.Chart(alt.InlineData(list(points))).encode(
        x=alt.X("started:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(format="%d %b %H:%M")),
        color=alt.Color("of:N", title=None, legend=alt.Legend(orient="bottom", labelLimit=400)),
    )
    value = alt.Y("value:Q", title=name, scale=alt.Scale(zero=False))
    tips = [alt.Tooltip(field) for field in ("run:N", "value:Q", "low:Q", "high:Q")]
    line = base.mark_line().encode(y=value)
    bars = base.mark_rule().encode(y=alt.Y("low:Q", title=name), y2="high:Q")
    dots = base.mark_point(filled=True, size=90).encode(y=value, shape=alt.Shape("of:N", title=None), tooltip=tips)
    return alt.layer(line, bars, dots).properties(height=260)
