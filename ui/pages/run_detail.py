"""One evaluation run: headline figures, failures, comparison and report."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from pincite.eval.compare import Comparison, compare
from pincite.eval.judging.verdicts import AnswerOutcome
from pincite.eval.metrics.formatting import EXPLANATIONS, format_count, format_difference, format_interval, format_value
from pincite.eval.metrics.scores import Figure, ScoredQuestion
from pincite.eval.reports.html_report import HEADLINE, report_html, summary
from pincite.eval.runs.run_folder import EvaluationRun
from pincite.ui.escaping import as_html, as_markdown
from pincite.ui.pages.past_runs import PastRun, judged_run

FAILURES = (
    AnswerOutcome.SHOULD_ABSTAIN,
    AnswerOutcome.WRONG,
    AnswerOutcome.NOTHING,
    AnswerOutcome.WRONGLY_ABSTAINED,
    AnswerOutcome.FEW,
)
REPORT_HEIGHT = 800  # pixels


def show_run(past: PastRun, others: Sequence[PastRun]) -> None:
    """Show a run."""
    run = judged_run(past.folder, past.stamp)
    st.write(as_markdown(summary(run.scores)))
    st.html(f'<div class="pincite-figures">{"".join(cards_of(run))}</div>')
    failures, comparison, report = st.tabs(["Failures", "Compare", "Report"])
    with failures:
        show_failures(run.scored)
    with comparison:
        show_comparison(past, others)
    with report:
        show_report(past)


def cards_of(run: EvaluationRun) -> list[str]:
    """The headline figures as HTML."""
    return [card_of(name, run.scores.measures[name]) for name in HEADLINE if name in run.scores.measures]


def card_of(name: str, figure: Figure) -> str:
    """A figure with interval and counts, as HTML."""
    interval = f"95 %: {format_interval(name, figure.interval)}"
    lines = [
        f'<p class="pincite-{style}">{as_html(line)}</p>'
        for style, line in (
            ("small", name),
            ("value", format_value(name, figure.value)),
            ("small", interval),
            ("small", format_count(name, figure)),
        )
    ]
    return f'<div class="pincite-figure" title="{as_html(EXPLANATIONS.get(name, ""))}">{"".join(lines)}</div>'


def show_failures(scored: Sequence[ScoredQuestion]) -> None:
    """Show the failed questions, the worst kind first."""
    failed = sorted(
        (one for one in scored if one.verdict.outcome in FAILURES), key=lambda one: FAILURES.index(one.verdict.outcome)
    )
    st.caption(f"{len(failed)} of {len(scored)} questions")
    if failed:
        st.dataframe([failure_of(one) for one in failed], hide_index=True, alt="Failed questions")


def failure_of(one: ScoredQuestion) -> dict[str, Any]:
    """A failed question as a table row."""
    verdict = one.verdict
    return {
        "Outcome": verdict.outcome.value,
        "Question": verdict.question.question,
        "Answer": verdict.response.answer or verdict.response.reason,
        "Kind": verdict.question.kind,
        "Id": verdict.question.id,
    }


def show_comparison(past: PastRun, others: Sequence[PastRun]) -> None:
    """Compare with another run over their common questions."""
    names = {one.folder.name: one for one in others if one.folder != past.folder}
    key = f"compared-{past.folder.name}"
    name = st.selectbox("Compare with", list(names), index=None, key=key, placeholder="Choose the run before")
    if not name:
        return
    found = compared(names[name], past)
    st.caption(f"{found.questions} questions in both runs; before: {as_markdown(name)}.")
    rows = [{"Measure": measure, **difference_of(measure, one)} for measure, one in found.measures.items()]
    st.dataframe(rows, hide_index=True, alt="Measures of both runs")
    if found.changes:
        st.write("Questions whose outcome changed, losses first:")
        changed = [
            {"Before": one.before.value, "After": one.after.value, "Question": one.question, "Id": one.id}
            for one in found.changes
        ]
        st.dataframe(changed, hide_index=True, alt="Questions whose outcome changed")


def difference_of(name: str, one: Any) -> dict[str, str]:
    """A measure of both runs as a table row."""
    low_high = one.interval and " to ".join(format_difference(name, end) for end in one.interval)
    return {
        "Verdict": one.verdict,
        "Before": format_value(name, one.before),
        "After": format_value(name, one.after),
        "Difference": format_difference(name, one.difference),
        "95 %": low_high or "",
        "p": f"{one.p:.3f}",
    }


def compared(before: PastRun, after: PastRun) -> Comparison:
    """The comparison of two runs, cached for each pair."""
    return comparison_of(before, after, (before.folder, before.stamp, after.folder, after.stamp))


@st.cache_data(show_spinner="Comparing …", max_entries=12)
def comparison_of(_before: PastRun, _after: PastRun, pair: tuple[Any, ...]) -> Comparison:  # noqa: ARG001  the cache's key
    """Compare two runs. Raises BadInput if they have no questions in common."""
    return compare(judged_run(_before.folder, _before.stamp), judged_run(_after.folder, _after.stamp))


def show_report(past: PastRun) -> None:
    """Show the report, generated anew: an embedded page runs its scripts, so it must not come from a file."""
    make = partial(report_of, past, (past.folder, past.stamp))
    st.download_button("Download the report", make, f"{past.folder.name}.html", "text/html", on_click="ignore")
    if st.toggle("Show it here", key="show-report"):
        st.iframe(make(), height=REPORT_HEIGHT, alt="Report of the run")


@st.cache_data(show_spinner="Making the report …", max_entries=6)
def report_of(_past: PastRun, key: tuple[Any, ...]) -> str:  # noqa: ARG001  the key is the cache's
    """The report of a run as one HTML page; text of documents is escaped."""
    run = judged_run(_past.folder, _past.stamp)
    return report_html(run.scores, run.scored, run.settings)
