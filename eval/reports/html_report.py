"""The report of a run as a self-contained HTML page: figures, charts and all questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from pincite.eval.judging.verdicts import AnswerOutcome
from pincite.eval.metrics.formatting import DECIMALS, EXPLANATIONS, format_value, scale_position
from pincite.eval.metrics.risk_coverage import RiskCurve
from pincite.eval.metrics.scores import NO_DOCUMENT, Figure, Figures, ScoredQuestion, Scores, answer_times
from pincite.eval.reports import plots
from pincite.eval.reports.question_details import FLAGS, question_details
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
OUTCOME_GROUPS: Mapping[str, tuple[AnswerOutcome, ...]] = {
    "Answered": (
        AnswerOutcome.COMPLETE,
        AnswerOutcome.HALF,
        AnswerOutcome.FEW,
        AnswerOutcome.WRONG,
        AnswerOutcome.SHOULD_ABSTAIN,
    ),
    "Abstained": (AnswerOutcome.RIGHTLY_ABSTAINED, AnswerOutcome.WRONGLY_ABSTAINED),
    "Failed": (AnswerOutcome.NOTHING,),
}
SYMBOLS: Mapping[AnswerOutcome, str] = {
    AnswerOutcome.COMPLETE: "✓",
    AnswerOutcome.HALF: "½",
    AnswerOutcome.FEW: "<½",
    AnswerOutcome.RIGHTLY_ABSTAINED: "✓",
    AnswerOutcome.WRONGLY_ABSTAINED: "✕",
    AnswerOutcome.NOTHING: "✕",
    AnswerOutcome.WRONG: "✕",
    AnswerOutcome.SHOULD_ABSTAIN: "✕",
}
FIRST_SETTINGS = ("index", "llm", "gold", "started", "machine", "passages", "retrieve", "versions")
HIDDEN_SETTINGS = ("schema", "document_kinds")
SETTING_NAMES = {"llm": "model", "started": "date", "retrieve": "retrieval"}


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A figure; positions of the value and of its interval on the measure's scale in per cent, None if unknown."""

    name: str
    figure: Figure
    value: float | None
    low: float | None
    high: float | None


def report_html(scores: Scores, scored: Sequence[ScoredQuestion], settings: Mapping[str, Any]) -> str:
    """The page. `settings` describe the run: `index`, `llm`, `gold`, `started` and others."""
    return render(
        "report.html.jinja",
        scores=scores,
        title=title_of(settings),
        settings=formatted_settings(settings),
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
        questions=[question_details(one) for one in scored],
    )


def summary(scores: Scores) -> str:
    """The outcomes in two sentences."""
    found = scores.outcomes
    answered = sum(found[outcome] for outcome in OUTCOME_GROUPS["Answered"])
    return (
        f"Of {scores.questions:,} questions, {answered:,} were answered: "
        f"{found[AnswerOutcome.COMPLETE]:,} with all vital facts, {found[AnswerOutcome.HALF]:,} with at least half of "
        f"them, {found[AnswerOutcome.SHOULD_ABSTAIN]:,} although no document answers them. The system abstained "
        f"rightly on {found[AnswerOutcome.RIGHTLY_ABSTAINED]:,} and wrongly on "
        f"{found[AnswerOutcome.WRONGLY_ABSTAINED]:,}; {found[AnswerOutcome.NOTHING]:,} failed."
    )


def risk_note(curve: RiskCurve) -> str:
    """The effect of a confidence threshold, in a sentence."""
    now = f"Score is {format_value('Score', curve.score_now)}"
    if not curve.suggested:
        return f"{now}; no threshold gives a better one than always abstaining."
    best = f"with the suggested threshold it would be {format_value('Score', curve.suggested.score)}"
    return f"{now}; {best}, and {format_value('Score', curve.score_held_out)} in cross-validation."


def title_of(settings: Mapping[str, Any]) -> str:
    """The model and the gold files of a run."""
    gold = ", ".join(PurePath(str(one["file"])).name for one in settings.get("gold", ()))
    return " on ".join(part for part in (str(settings.get("llm", "")), gold) if part) or "a run"


def cards(figures: Figures, names: Sequence[str] | Mapping[str, str]) -> list[MeasureCard]:
    """The named figures with their positions on a scale."""
    return [card(name, figures[name], scale_end(name, figures)) for name in names if name in figures]


def card(name: str, figure: Figure, top: float) -> MeasureCard:
    """One figure with its positions."""
    low, high = figure.interval or (None, None)
    positions = [
        None if at is None or name in DECIMALS else scale_position(name, at, top) for at in (figure.value, low, high)
    ]
    return MeasureCard(name, figure, *positions)


def scale_end(name: str, figures: Figures) -> float:
    """The upper end of a scale that has no fixed one; both quantiles of latency share it."""
    family = [one for other, one in figures.items() if other.partition(" ")[0] == name.partition(" ")[0]]
    ends = [one.interval[1] if one.interval else one.value for one in family]
    return max((end for end in ends if end is not None), default=1.0)


def document_kinds(scores: Scores) -> dict[str, Figures]:
    """Figures by kind of document; questions without evidence come last as "no document"."""
    known = {kind: figures for kind, figures in scores.by_document_kind.items() if kind != NO_DOCUMENT}
    none = scores.by_document_kind.get(NO_DOCUMENT)
    return known | ({"no document": none} if none else {})


def charts(scores: Scores, scored: Sequence[ScoredQuestion]) -> dict[str, Any]:
    """The charts as SVG; those without data are None or missing."""
    times = answer_times(scored)
    return {
        "kinds": bars(scores.by_kind, scores),
        "documents": bars(document_kinds(scores), scores),
        "risk": plots.risk_coverage(scores.risk) if scores.risk else None,
        "latency": plots.latency(times, scores.measures) if times else None,
    }


def bars(groups: Mapping[str, Figures], scores: Scores) -> dict[str, str]:
    """A bar chart for each measure that is shown by group."""
    return {name: plots.bars(groups, name, scores.measures[name]) for name in CHARTED if groups}


def formatted_settings(settings: Mapping[str, Any]) -> dict[str, str]:
    """The settings of a run by name, the most informative first."""
    first = [name for name in FIRST_SETTINGS if name in settings]
    ordered = [*first, *(name for name in settings if name not in (*first, *HIDDEN_SETTINGS))]
    return {SETTING_NAMES.get(name, name): formatted_setting(name, settings[name]) for name in ordered}


def formatted_setting(name: str, value: Any) -> str:
    """One setting as text."""
    if name == "gold":
        return "; ".join(map(gold_file, value))
    return format_time(str(value)) if name == "started" else as_text(value)


def gold_file(gold: Mapping[str, Any]) -> str:
    """A gold file with its number of questions and the beginning of its checksum, if known."""
    known = [f"{gold['questions']} questions"] if "questions" in gold else []
    return f"{gold['file']} ({', '.join([*known, str(gold.get('sha256', ''))[:12]])})"


def as_text(value: Any) -> str:
    """A value of JSON as text.

    >>> as_text({"top": 10, "rules": {"words": 120, "overlap": 0}}), as_text(["a", "b"])
    ('top 10 · rules (words 120, overlap 0)', 'a · b')
    """
    if isinstance(value, Mapping):
        return " · ".join(f"{key} {nested_text(part)}" for key, part in value.items())
    return " · ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def nested_text(value: Any) -> str:
    """A value inside another as text."""
    return f"({as_text(value).replace(' · ', ', ')})" if isinstance(value, (Mapping, list, tuple)) else str(value)


def format_time(text: str) -> str:
    """An ISO 8601 time in words; any other text unchanged.

    >>> format_time("2026-11-05T14:06:33+00:00"), format_time("today")
    ('5 November 2026, 14:06 UTC', 'today')
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{at.day} {at:%B %Y, %H:%M} {at:%Z}".strip()
