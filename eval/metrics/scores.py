"""The scores of a run: every measure over all questions, by their kind and by kind of document, with intervals."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from pincite.eval.judging.verdicts import Outcome, Verdict
from pincite.eval.metrics.bootstrap import Interval, quantile_interval, ratio_intervals
from pincite.eval.metrics.measures import LATENCY, MEASURES, RANKED, Parts, mean, parts_of, within_words
from pincite.eval.metrics.risk_coverage import RiskCurve, risk_curve
from pincite.eval.metrics.trec import ranking, ranks

SCHEMA = 1
NO_DOCUMENT = "none"  # the kind of document of a question without evidence
MUST_CITE = ("CitationPrecision", "StatementSupport")  # 0, not unknown, for answers that cite or state nothing


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of a group of questions. `of` is what it is a share of: questions, citations, statements or answers.

    `value` is None where nothing counts; `interval` where fewer than two questions do.
    """

    value: float | None
    interval: Interval
    of: float


Figures = dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Scores:
    """A run's figures by measure, over all and by group, the count of each outcome, and the curve of abstention."""

    questions: int
    outcomes: dict[Outcome, int]
    measures: Figures
    by_kind: dict[str, Figures]
    by_document_kind: dict[str, Figures]
    risk: RiskCurve | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A verdict with its question's parts of every measure, and the kinds of the documents that its evidence names."""

    verdict: Verdict
    parts: Parts
    document_kinds: tuple[str, ...]


def score_all(verdicts: Sequence[Verdict], document_kinds: Mapping[str, str]) -> list[Scored]:
    """Every question's parts; ranking measures stand only where the system says what it retrieved."""
    run, qrels = ranking(verdicts)
    by_question = ranks(run, qrels) if run else {}
    return [
        Scored(
            verdict,
            parts_of(verdict, ranked_measures(verdict, by_question)),
            kinds_of(verdict, document_kinds),
        )
        for verdict in verdicts
    ]


def ranked_measures(verdict: Verdict, by_question: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """A question's ranking measures, in the order of the table; empty where nothing is known of a retrieval."""
    known = by_question.get(verdict.question.id)
    values = {**known, **within_words(verdict)} if known is not None else {}
    return {name: values[name] for name in RANKED if name in values}


def kinds_of(verdict: Verdict, document_kinds: Mapping[str, str]) -> tuple[str, ...]:
    """Kinds of the documents that a question's evidence names."""
    kinds = {document_kinds.get(piece.document, NO_DOCUMENT) for piece in verdict.question.evidence}
    return tuple(sorted(kinds)) or (NO_DOCUMENT,)


def summarise(scored: Sequence[Scored]) -> Scores:
    """The scores of a run."""
    kinds, document_kinds = defaultdict[str, list[Scored]](list), defaultdict[str, list[Scored]](list)
    for one in scored:
        kinds[one.verdict.question.kind].append(one)
        for kind in one.document_kinds:
            document_kinds[kind].append(one)
    outcomes = Counter(one.verdict.outcome for one in scored)
    return Scores(
        len(scored),
        {outcome: outcomes[outcome] for outcome in Outcome},
        figures(scored),
        {kind: figures(group) for kind, group in sorted(kinds.items())},
        {kind: figures(group) for kind, group in sorted(document_kinds.items())},
        risk_curve([one.verdict for one in scored]),
    )


def figures(scored: Sequence[Scored]) -> Figures:
    """Every measure of a group of questions."""
    table = np.array([[one.parts.get(name, (0.0, 0.0)) for name in MEASURES] for one in scored])
    intervals = ratio_intervals(table)
    found = {
        name: figure([(float(got), float(of)) for got, of in table[:, column]], intervals[column])
        for column, name in enumerate(MEASURES)
    }
    if any(not one.verdict.answered.abstains for one in scored):
        found |= {name: Figure(0.0, None, 0.0) for name in MUST_CITE if found[name].value is None}
    return found | latency(scored)


def figure(parts: Sequence[tuple[float, float]], interval: Interval) -> Figure:
    """One measure."""
    return Figure(mean(parts), interval, sum(of for _, of in parts))


def latency(scored: Sequence[Scored]) -> Figures:
    """Quantiles of the seconds that answers took."""
    times = seconds(scored)
    return {
        name: Figure(
            float(np.quantile(times, quantile)) if times else None, quantile_interval(times, quantile), len(times)
        )
        for name, quantile in LATENCY.items()
    }


def seconds(scored: Sequence[Scored]) -> list[float]:
    """What each answer took, where that is known and the question did not fail."""
    answers = (one.verdict.answered for one in scored)
    return [
        answered.seconds["total"]
        for answered in answers
        if answered.seconds and "total" in answered.seconds and not answered.failed
    ]


def scores_record(scores: Scores) -> dict[str, Any]:
    """The scores as JSON."""
    return {
        "schema": SCHEMA,
        "questions": scores.questions,
        "outcomes": {outcome.value: count for outcome, count in scores.outcomes.items()},
        "measures": figures_record(scores.measures),
        "by_kind": {kind: figures_record(found) for kind, found in scores.by_kind.items()},
        "by_document_kind": {kind: figures_record(found) for kind, found in scores.by_document_kind.items()},
        "risk_coverage": asdict(scores.risk) if scores.risk else None,
    }


def figures_record(found: Figures) -> dict[str, dict[str, float | None]]:
    """Figures as JSON; one without a value is left out."""
    return {
        name: {
            "value": round(one.value, 4),
            "low": round(one.interval[0], 4) if one.interval else None,
            "high": round(one.interval[1], 4) if one.interval else None,
            "of": round(one.of, 4),
        }
        for name, one in found.items()
        if one.value is not None
    }
