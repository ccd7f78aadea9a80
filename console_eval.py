"""How runs, comparisons and gold look on a terminal and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from console import OUT, SCHEMA, complain, print_json, say

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.evaluate import Run
    from eval.questions import GoldQuestion
    from eval.quotes import Finding

STYLES = {"rose": "green", "fell": "bold red"}
SHOWN_FAILURES = 5
SHOWN_CHANGES = 20


def show_run(run: "Run", *, as_json: bool) -> None:
    """The scores of a run, what became of its questions, and where its report is."""
    if as_json:
        from eval.evaluate import run_record  # noqa: PLC0415  loaded only when there is a run to show

        print_json({"run": str(run.folder), **run_record(run)})
        return
    OUT.print(measures_table(run))
    counts = [f"{count} {outcome.value}" for outcome, count in run.scores.outcomes.items() if count]
    say(f"{run.scores.questions} questions: {', '.join(counts)}.")
    show_threshold(run)
    for name, agreement in run.agreements.items():
        say(f"{name}: {agreement}.")
    show_failures(run)
    say(f"Report: {run.folder / 'report.html'}")


def measures_table(run: "Run") -> Table:
    """Every measure with its interval and what it is a share of."""
    from eval import notation  # noqa: PLC0415  see show_run

    table = Table(box=None, pad_edge=False)
    for heading in ("measure", "value", "95 % interval", "of"):
        table.add_column(heading, justify="left" if heading == "measure" else "right", no_wrap=True)
    for name, figure in run.scores.measures.items():
        if figure.value is not None:
            bounds = notation.interval_written(name, figure.interval)
            table.add_row(name, notation.written(name, figure.value), bounds, f"{figure.of:,.0f}")
    return table


def show_threshold(run: "Run") -> None:
    """Below which confidence the run would have done better to abstain."""
    risk = run.scores.risk
    if risk is None:
        return
    if risk.suggested is None:
        say("No threshold of confidence makes the score better than abstaining on every question.")
        return
    say(
        f"Abstaining below a confidence of {risk.suggested.threshold:.3f} would give a Score of "
        f"{risk.suggested.score:.3f} (on questions held out {risk.score_held_out:.3f}, now {risk.score_now:.3f}) "
        f"and answer {risk.suggested.coverage:.0%}."
    )


def show_failures(run: "Run") -> None:
    """Questions on which the system broke down."""
    failed = [one.verdict for one in run.scored if one.verdict.answered.failed]
    for verdict in failed[:SHOWN_FAILURES]:
        complain(f"Failed {verdict.question.id}: {verdict.answered.reason}")
    if len(failed) > SHOWN_FAILURES:
        complain(f"And {len(failed) - SHOWN_FAILURES} more; run the same command again to ask them once more.")


def show_findings(questions: Sequence["GoldQuestion"], findings: Sequence["Finding"], *, as_json: bool) -> None:
    """What is wrong with gold."""
    errors = sum(finding.error for finding in findings)
    counts = {"questions": len(questions), "errors": errors, "remarks": len(findings) - errors}
    if as_json:
        print_json({"schema": SCHEMA, **counts, "findings": [asdict(finding) for finding in findings]})
        return
    for finding in findings:
        say(f"{'error ' if finding.error else 'remark'} {finding.question} {finding.field}: {finding.text}")
    quotes = sum(len(question.evidence) for question in questions)
    say(f"{len(questions)} questions, {quotes} quotes: {errors} errors, {len(findings) - errors} remarks.")


def show_comparison(found: "Comparison", fell: Sequence[str], *, as_json: bool) -> None:
    """Two runs side by side."""
    if as_json:
        from eval.compare import comparison_record  # noqa: PLC0415  see show_run

        print_json(comparison_record(found, fell))
        return
    OUT.print(differences_table(found))
    for change in found.changes[:SHOWN_CHANGES]:
        say(f"{change.id}: {change.before.value} → {change.after.value}")
    more = f", of which {SHOWN_CHANGES} are shown" if len(found.changes) > SHOWN_CHANGES else ""
    say(f"{found.questions} questions compared, {len(found.changes)} with another outcome{more}.")
    if found.left_out:
        say(f"{len(found.left_out)} left out, since they are not the same in both runs: {', '.join(found.left_out)}.")
    if found.settings:
        say(f"Settings that differ: {', '.join(found.settings)}.")
    if fell:
        complain(f"Fell significantly: {', '.join(fell)}.")


def differences_table(found: "Comparison") -> Table:
    """Every measure of both runs."""
    from eval import notation  # noqa: PLC0415  see show_run

    table = Table(box=None, pad_edge=False)
    for heading in ("measure", "before", "after", "change", "95 % interval", "p", ""):
        table.add_column(heading, justify="left" if heading in {"measure", ""} else "right", no_wrap=True)
    for name, one in found.measures.items():
        sides = [notation.written(name, value) for value in (one.before, one.after)]
        bounds = " to ".join(notation.difference_written(name, end) for end in one.interval or ()) or notation.NONE
        verdict = Text(one.verdict, STYLES[one.verdict]) if one.verdict in STYLES else ""
        table.add_row(name, *sides, notation.difference_written(name, one.difference), bounds, f"{one.p:.4f}", verdict)
    return table


def show_drafts(written: int, out: Path) -> None:
    """How many drafts there are, and what is to be done with them."""
    say(f"{written} drafts written to {out}.")
    if written:
        say(f"Next: fill in the nuggets of each, then pincite eval check {out}")
