"""The report of a run as one page that asks for nothing from outside: figures, charts, and every question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from pincite.eval.judging.verdicts import Outcome
from pincite.eval.metrics.formatting import DECIMALS, EXPLANATIONS, place_on_scale, written
from pincite.eval.metrics.risk_coverage import RiskCurve
from pincite.eval.metrics.scores import NO_DOCUMENT, Figure, Figures, Scored, Scores, seconds
from pincite.eval.reports import plots
from pincite.eval.reports.question_pages import FLAGS, question_shown
from pincite.eval.reports.templates import render

HEADLINE = (
    "Score", "NuggetRecall", "AbstentionF1",
    "CitationPrecision", "CitationRecall", "QuoteFidelity", "StatementSupport",
    "Evidence@1500w", "RR@10", "Latency p50", "Latency p95",
)  # fmt: skip
BY_GROUP = (
    "Score", "NuggetRecall", "CitationPrecision", "CitationRecall", "Evidence@1500w", "RR@10", "Latency p50",
)  # fmt: skip
CHARTED = ("Score", "NuggetRecall", "CitationPrecision")
OUTCOME_GROUPS: Mapping[str, tuple[Outcome, ...]] = {
    "Answered": (Outcome.COMPLETE, Outcome.HALF, Outcome.FEW, Outcome.WRONG, Outcome.SHOULD_ABSTAIN),
    "Abstained": (Outcome.RIGHTLY_ABSTAINED, Outcome.WRONGLY_ABSTAINED),
    "Failed": (Outcome.NOTHING,),
}
SYMBOLS: Mapping[Outcome, str] = {
    Outcome.COMPLETE: "✓",
    Outcome.HALF: "½",
    Outcome.FEW: "<½",
    Outcome.RIGHTLY_ABSTAINED: "✓",
    Outcome.WRONGLY_ABSTAINED: "✕",
    Outcome.NOTHING: "✕",
    Outcome.WRONG: "✕",
    Outcome.SHOULD_ABSTAIN: "✕",
}
FIRST_SETTINGS = ("index", "llm", "gold", "started", "machine", "passages", "retrieve", "versions")
UNSHOWN_SETTINGS = ("schema", "document_kinds")  # of no interest, and too long
SETTING_NAMES = {"llm": "model", "started": "date", "retrieve": "retrieval"}


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with where it and its interval stand on the measure's scale, in per cent; None where it has none."""

    name: str
    figure: Figure
    value: float | None
    low: float | None
    high: float | None


def report_html(scores: Scores, scored: Sequence[Scored], settings: Mapping[str, Any]) -> str:
    """The page. `settings` say what was run: `index`, `llm`, `gold`, `started` and whatever else is known."""
    return render(
        "report.html.jinja",
        scores=scores,
        title=title_of(settings),
        settings=settings_written(settings),
        cards=cards(scores.measures, HEADLINE),
        all_measures=cards(scores.measures, EXPLANATIONS),
        columns=BY_GROUP,
        groups={name: {one: scores.outcomes.get(one, 0) for one in group} for name, group in OUTCOME_GROUPS.items()},
        summary=summary(scores),
        risk_note=risk_note(scores.risk) if scores.risk else "",
        flags=FLAGS,
        symbols=SYMBOLS,
        by_kind=scores.by_kind,
        by_document_kind=document_kinds(scores),
        charts=charts(scores, scored) if plots.can_draw() else None,
        no_charts=plots.NOT_INSTALLED,
        questions=[question_shown(one) for one in scored],
    )


def summary(scores: Scores) -> str:
    """The outcomes in two sentences, for a reader in a hurry."""
    found = scores.outcomes
    answered = sum(found[outcome] for outcome in OUTCOME_GROUPS["Answered"])
    return (
        f"Of {scores.questions:,} questions, {answered:,} were answered: "
        f"{found[Outcome.COMPLETE]:,} with all vital facts, {found[Outcome.HALF]:,} with half of them or more, "
        f"{found[Outcome.SHOULD_ABSTAIN]:,} although no document answers them. "
        f"{found[Outcome.RIGHTLY_ABSTAINED]:,} were rightly left unanswered and "
        f"{found[Outcome.WRONGLY_ABSTAINED]:,} wrongly; {found[Outcome.NOTHING]:,} failed."
    )


def risk_note(curve: RiskCurve) -> str:
    """What the curve says of abstaining, in a sentence."""
    now = f"Score is {written('Score', curve.score_now)}"
    if not curve.suggested:
        return f"{now}; no threshold makes it better than answering nothing."
    best = f"with the suggested threshold it would be {written('Score', curve.suggested.score)}"
    return f"{now}; {best}, and {written('Score', curve.score_held_out)} on questions held out from choosing it."


def title_of(settings: Mapping[str, Any]) -> str:
    """What was judged, in a few words."""
    gold = ", ".join(PurePath(str(one["file"])).name for one in settings.get("gold", ()))
    return " on ".join(part for part in (str(settings.get("llm", "")), gold) if part) or "a run"


def cards(figures: Figures, names: Sequence[str] | Mapping[str, str]) -> list[Card]:
    """Figures with their place on a scale; those without a fixed end share one."""
    return [card(name, figures[name], scale_end(name, figures)) for name in names if name in figures]


def card(name: str, figure: Figure, top: float) -> Card:
    """One figure."""
    low, high = figure.interval or (None, None)
    places = [
        None if at is None or name in DECIMALS else place_on_scale(name, at, top) for at in (figure.value, low, high)
    ]
    return Card(name, figure, *places)


def scale_end(name: str, figures: Figures) -> float:
    """The end of the scale of a measure without a fixed one, with those beside it: quantiles of one time share it."""
    family = [one for other, one in figures.items() if other.partition(" ")[0] == name.partition(" ")[0]]
    ends = [one.interval[1] if one.interval else one.value for one in family]
    return max((end for end in ends if end is not None), default=1.0)


def document_kinds(scores: Scores) -> dict[str, Figures]:
    """Figures by kind of document, that of questions without evidence last and under a name that says so."""
    known = {kind: figures for kind, figures in scores.by_document_kind.items() if kind != NO_DOCUMENT}
    none = scores.by_document_kind.get(NO_DOCUMENT)
    return known | ({"no document": none} if none else {})


def charts(scores: Scores, scored: Sequence[Scored]) -> dict[str, Any]:
    """The charts as SVG; one that has nothing to show is None or not there."""
    times = seconds(scored)
    return {
        "kinds": bars(scores.by_kind, scores),
        "documents": bars(document_kinds(scores), scores),
        "risk": plots.risk_coverage(scores.risk) if scores.risk else None,
        "latency": plots.latency(times, scores.measures) if times else None,
    }


def bars(groups: Mapping[str, Figures], scores: Scores) -> dict[str, str]:
    """A chart for each measure that is shown by group."""
    return {name: plots.bars(groups, name, scores.measures[name]) for name in CHARTED if groups}


def settings_written(settings: Mapping[str, Any]) -> dict[str, str]:
    """What was run, by name, the most telling first."""
    first = [name for name in FIRST_SETTINGS if name in settings]
    ordered = [*first, *(name for name in settings if name not in (*first, *UNSHOWN_SETTINGS))]
    return {SETTING_NAMES.get(name, name): setting(name, settings[name]) for name in ordered}


def setting(name: str, value: Any) -> str:
    """One setting as a phrase."""
    if name == "gold":
        return "; ".join(map(gold_file, value))
    return date_written(str(value)) if name == "started" else phrase(value)


def gold_file(gold: Mapping[str, Any]) -> str:
    """A gold file with its size and the beginning of its checksum, as far as they are known."""
    known = [f"{gold['questions']} questions"] if "questions" in gold else []
    return f"{gold['file']} ({', '.join([*known, str(gold.get('sha256', ''))[:12]])})"


def phrase(value: Any) -> str:
    """A value as words, whatever it is made of.

    >>> phrase({"top": 10, "rules": {"words": 120, "overlap": 0}}), phrase(["a", "b"])
    ('top 10 · rules (words 120, overlap 0)', 'a · b')
    """
    if isinstance(value, Mapping):
        return " · ".join(f"{key} {within(part)}" for key, part in value.items())
    return " · ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def within(value: Any) -> str:
    """A value inside another."""
    return f"({phrase(value).replace(' · ', ', ')})" if isinstance(value, (Mapping, list, tuple)) else str(value)


def date_written(text: str) -> str:
    """A date and time as a person writes it; what is none stays as it is.

    >>> date_written("2026-11-05T14:06:33+00:00"), date_written("today")
    ('5 November 2026, 14:06 UTC', 'today')
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{at.day} {at:%B %Y, %H:%M} {at:%Z}".strip()
