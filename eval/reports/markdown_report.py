"""The report of a run as Markdown: what a pull request or a mail can hold."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pincite.eval.judging.verdicts import Verdict
from pincite.eval.metrics.formatting import counted, interval_written, written
from pincite.eval.metrics.scores import Figures, Scored, Scores
from pincite.eval.reports.html_report import BY_GROUP, HEADLINE, OUTCOME_GROUPS, settings_written, summary, title_of
from pincite.eval.reports.question_pages import failed

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|~&!$])")


def report_markdown(scores: Scores, scored: Sequence[Scored], settings: Mapping[str, Any]) -> str:
    """The summary: figures, outcomes, figures by kind, and each question that failed in a line."""
    wrong = [one.verdict for one in scored if failed(one.verdict)]
    parts = [
        f"# Evaluation: {plain(title_of(settings))}",
        summary(scores),
        "\n".join(f"- {plain(name)}: {plain(value)}" for name, value in settings_written(settings).items()),
        "## Headline figures",
        figures_table(scores.measures),
        "## Outcomes",
        outcomes_table(scores),
        "## By kind of question",
        kinds_table(scores.by_kind),
        f"## Failures ({len(wrong)})",
        "\n".join(map(failure, wrong)) or "None.",
    ]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """A text as one line that Markdown and HTML leave alone.

    >>> plain("a|b <b>*c*\\n[d]")
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
        (name, written(name, one.value), interval_written(name, one.interval), counted(name, one))
        for name, one in figures.items()
        if name in HEADLINE
    ]
    return table(("Measure", "Value", "95 % interval", "Over"), rows)


def outcomes_table(scores: Scores) -> str:
    """How many questions had which outcome; abstentions and failures apart."""
    rows = [
        (f"{group}: {outcome.value}", f"{scores.outcomes[outcome]:,}")
        for group, outcomes in OUTCOME_GROUPS.items()
        for outcome in outcomes
    ]
    return table(("Outcome", "Questions"), rows)


def kinds_table(groups: Mapping[str, Figures]) -> str:
    """Figures by kind of question."""
    rows = [
        (plain(kind), f"{figures['Score'].of:,.0f}", *(written(name, figures[name].value) for name in BY_GROUP))
        for kind, figures in groups.items()
    ]
    return table(("Kind", "Questions", *BY_GROUP), rows)


def failure(verdict: Verdict) -> str:
    """One question in a line: what became of it, what it asks, which vital facts are missing."""
    question = verdict.question
    missed = [
        plain(nugget.any_of[0])
        for number, nugget in enumerate(question.nuggets)
        if nugget.vital and number not in verdict.stated
    ]
    line = f"- **{plain(question.id)}** ({question.kind}), {verdict.outcome.value}: {plain(question.question)}"
    return line + (f" Missed: {'; '.join(missed)}." if missed else "")
