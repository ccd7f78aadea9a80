"""The scores of a run: each measure over all questions, by kind of question and kind of document, with intervals."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from pincite.eval.judging.verdicts import AnswerOutcome, Verdict
from pincite.eval.metrics.bootstrap import Interval, quantile_interval, ratio_intervals
from pincite.eval.metrics.measures import (
    LATENCY,
    MEASURES,
    RANKING_MEASURES,
    Parts,
    measure_parts,
    ratio,
    within_words,
)
from pincite.eval.metrics.risk_coverage import RiskCurve, risk_curve
from pincite.eval.metrics.trec import measures_by_question, run_and_qrels

SCHEMA = 1
NO_DOCUMENT = "none"  # the kind of document of a question without evidence
ZERO_IF_MISSING = ("CitationPrecision", "StatementSupport")  # 0, not unknown, for answers that cite or state nothing


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a measure for a group of questions. `of` is its denominator: questions, citations, answers, …

    `value` is None if the denominator is 0; `interval` if fewer than two questions contribute.
    """

    value: float | None
    interval: Interval
    of: float


Figures = dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Scores:
    """A run's figures by measure, overall and by group, the number of each outcome, and the risk-coverage curve."""

    questions: int
    outcomes: dict[AnswerOutcome, int]
    measures: Figures
    by_kind: dict[str, Figures]
    by_document_kind: dict[str, Figures]
    risk: RiskCurve | None


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """A verdict with its parts of each measure and the kinds of the documents in its gold evidence."""

    verdict: Verdict
    parts: Parts
    document_kinds: tuple[str, ...]


def score_all(verdicts: Sequence[Verdict], document_kinds: Mapping[str, str]) -> list[ScoredQuestion]:
    """The parts of each question; ranking measures only if the system says what it retrieved."""
    run, qrels = run_and_qrels(verdicts)
    by_question = measures_by_question(run, qrels) if run else {}
    return [
        ScoredQuestion(
            verdict,
            measure_parts(verdict, ranking_measures(verdict, by_question)),
            kinds_of(verdict, document_kinds),
        )
        for verdict in verdicts
    ]


def ranking_measures(verdict: Verdict, by_question: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """A question's ranking measures in the order of the table; empty if the retrieved texts are unknown."""
    known = by_question.get(verdict.question.id)
    values = {**known, **within_words(verdict)} if known is not None else {}
    return {name: values[name] for name in RANKING_MEASURES if name in values}


def kinds_of(verdict: Verdict, document_kinds: Mapping[str, str]) -> tuple[str, ...]:
    """The kinds of the documents in a question's gold evidence."""
    kinds = {document_kinds.get(piece.document, NO_DOCUMENT) for piece in verdict.question.evidence}
    return tuple(sorted(kinds)) or (NO_DOCUMENT,)


def summarise(scored: Sequence[ScoredQuestion]) -> Scores:
    """The scores of a run."""
    kinds, document_kinds = defaultdict[str, list[ScoredQuestion]](list), defaultdict[str, list[ScoredQuestion]](list)
    for one in scored:
        kinds[one.verdict.question.kind].append(one)
        for kind in one.document_kinds:
            document_kinds[kind].append(one)
    outcomes = Counter(one.verdict.outcome for one in scored)
    return Scores(
        len(scored),
        {outcome: outcomes[outcome] for outcome in AnswerOutcome},
        figures(scored),
        {kind: figures(group) for kind, group in sorted(kinds.items())},
        {kind: figures(group) for kind, group in sorted(document_kinds.items())},
        risk_curve([one.verdict for one in scored]),
    )


def figures(scored: Sequence[ScoredQuestion]) -> Figures:
    """All measures of a group of questions."""
    table = np.array([[one.parts.get(name, (0.0, 0.0)) for name in MEASURES] for one in scored])
    intervals = ratio_intervals(table)
    found = {
        name: figure([(float(numerator), float(of)) for numerator, of in table[:, column]], intervals[column])
        for column, name in enumerate(MEASURES)
    }
    if any(not one.verdict.response.is_abstention for one in scored):
        found |= {name: Figure(0.0, None, 0.0) for name in ZERO_IF_MISSING if found[name].value is None}
    return found | latency(scored)


def figure(parts: Sequence[tuple[float, float]], interval: Interval) -> Figure:
    """One measure."""
    return Figure(ratio(parts), interval, sum(of for _, of in parts))


def latency(scored: Sequence[ScoredQuestion]) -> Figures:
    """Quantiles of the seconds per answer."""
    times = answer_times(scored)
    return {
        name: Figure(
            float(np.quantile(times, quantile)) if times else None, quantile_interval(times, quantile), len(times)
        )
        for name, quantile in LATENCY.items()
    }


def answer_times(scored: Sequence[ScoredQuestion]) -> list[float]:
    """The seconds of each answer, if known and the question did not fail."""
    responses = (one.verdict.response for one in scored)
    return [
        response.seconds["total"]
        for response in responses
        if response.seconds and "total" in response.seconds and not response.failed
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
    """Figures as JSON, without those that have no value."""
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
