"""The report of a run as Markdown, short enough for a pull request or an e-mail."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pincite.eval.judging.verdicts import Verdict
from pincite.eval.metrics.formatting import format_count, format_interval, format_value
from pincite.eval.metrics.scores import Figures, ScoredQuestion, Scores
from pincite.eval.reports.html_report import BY_GROUP, HEADLINE, OUTCOME_GROUPS, formatted_settings, summary, title_of
from pincite.eval.reports.question_details import is_failure

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|~&!$])")


def report_markdown(scores: Scores, scored: Sequence[ScoredQuestion], settings: Mapping[str, Any]) -> str:
    """Figures, outcomes, figures by kind, and a line for each failure."""
    failures = [one.verdict for one in scored if is_failure(one.verdict)]
    parts = [
        f"# Evaluation: {escaped(title_of(settings))}",
        summary(scores),
        "\n".join(f"- {escaped(name)}: {escaped(value)}" for name, value in formatted_settings(settings).items()),
        "## Headline figures",
        figures_table(scores.measures),
        "## Outcomes",
        outcomes_table(scores),
        "## By kind of question",
        kinds_table(scores.by_kind),
        f"## Failures ({len(failures)})",
        "\n".join(map(failure_line, failures)) or "None.",
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """A text on one line, without markup for Markdown or HTML.

    >>> escaped("a|b <b>*c*\\n[d]")
    'a\\\\|b \\\\<b\\\\>\\\\*c\\\\* \\\\[d\\\\]'
    """
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    lines = [heads, ["---", *(["---:"] * (len(heads) - 1))], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def figures_table(figures: Figures) -> str:
    """The headline figures."""
    rows = [
        (name, format_value(name, one.value), format_interval(name, one.interval), format_count(name, one))
        for name, one in figures.items()
        if name in HEADLINE
    ]
    return table(("Measure", "Value", "95 % interval", "Over"), rows)


def outcomes_table(scores: Scores) -> str:
    """The number of questions by outcome."""
    rows = [
        (f"{group}: {outcome.value}", f"{scores.outcomes[outcome]:,}")
        for group, outcomes in OUTCOME_GROUPS.items()
        for outcome in outcomes
    ]
    return table(("Outcome", "Questions"), rows)


def kinds_table(groups: Mapping[str, Figures]) -> str:
    """Figures by kind of question."""
    rows = [
        (escaped(kind), f"{figures['Score'].of:,.0f}", *(format_value(name, figures[name].value) for name in BY_GROUP))
        for kind, figures in groups.items()
    ]
    return table(("Kind", "Questions", *BY_GROUP), rows)


def failure_line(verdict: Verdict) -> str:
    """One failure: the outcome, the question, and the vital facts that are missing."""
    question = verdict.question
    missed = [
        escaped(nugget.any_of[0])
        for number, nugget in enumerate(question.nuggets)
        if nugget.vital and number not in verdict.stated_nuggets
    ]
    line = f"- **{escaped(question.id)}** ({question.kind}), {verdict.outcome.value}: {escaped(question.question)}"
    return line + (f" Missed: {'; '.join(missed)}." if missed else "")
