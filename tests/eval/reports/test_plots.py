"""Charts use the colours of the page, have accessible names, and escape texts."""

import re

import pytest

from pincite.eval.metrics.risk_coverage import RiskCurve, RiskPoint
from pincite.eval.metrics.scores import Figure, Figures
from pincite.eval.reports.plots import bars, latency, risk_coverage

HOSTILE = '<b>"A"</b> & co'


def group(value: float | None, questions: int = 4) -> Figures:
    interval = None if value is None else (value - 0.1, value + 0.1)
    return {"Score": Figure(0.5, None, questions), "NuggetRecall": Figure(value, interval, questions)}


def curve(suggested: RiskPoint | None) -> RiskCurve:
    points = (RiskPoint(0.9, 0.25, 0.0, 0.25), RiskPoint(0.5, 0.75, 0.2, 0.4), RiskPoint(0.1, 1.0, 0.5, 0.0))
    return RiskCurve(points, suggested, 0.0, 0.2, 0.23)


TIMES = {"Latency p50": Figure(0.04, None, 4), "Latency p95": Figure(1.25, None, 4)}
CHARTS = {
    "bars": bars({"fact": group(0.5), HOSTILE: group(None, 2)}, "NuggetRecall", Figure(0.4, None, 6)),
    "risk": risk_coverage(curve(RiskPoint(0.5, 0.75, 0.2, 0.4))),
    "latency": latency([0.03, 0.04, 0.04, 1.3], TIMES),
}


@pytest.mark.parametrize("name", CHARTS)
def test_colours_are_those_of_the_page(name: str) -> None:
    colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', CHARTS[name]))
    assert colours <= {"none", "transparent", *(f"var(--{one})" for one in ("ink", "muted", "line", "bar", "marked"))}
    assert {"var(--ink)", "var(--bar)"} <= colours
    assert "<rect" not in CHARTS[name]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_an_accessible_name_and_loads_nothing(name: str) -> None:
    name_found = re.search(r'role="img" aria-label="([^"]+)"', CHARTS[name])
    assert name_found is not None
    assert f"<title>{name_found[1]}</title>" in CHARTS[name]
    assert not re.search(r"https?:|href|<script|<style|@import", CHARTS[name])


def test_bars_show_counts_and_a_dash_without_a_value() -> None:
    assert ">fact (4)<" in CHARTS["bars"]
    assert re.search(r"\(2\) –<", CHARTS["bars"])
    assert CHARTS["bars"].count('stroke-dasharray="4,3"') == 1


def test_names_of_groups_are_escaped() -> None:
    assert "<b>" not in CHARTS["bars"]
    assert "&lt;b&gt;" in CHARTS["bars"]


def test_a_suggested_threshold_is_marked() -> None:
    assert "suggested threshold 0.500" in CHARTS["risk"]
    assert "suggested" not in risk_coverage(curve(None))


def test_quantiles_are_marked() -> None:
    assert ">p50 40 ms<" in CHARTS["latency"]
    assert ">p95 1.2 s<" in CHARTS["latency"]
    assert ">100 ms<" in CHARTS["latency"]


def test_a_single_answer_makes_a_chart() -> None:
    assert ">p50 0 ms<" in latency([0.0], {name: Figure(0.0, None, 1) for name in TIMES})
