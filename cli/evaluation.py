"""`pincite eval` and its subcommands: score answers against gold questions, compare runs, check gold."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from pincite.answer.models.open_model import EXTRACT
from pincite.cli import output
from pincite.cli.options import PARTLY_DONE, AsJson, Chroma, IndexFolder, Llm, Workers
from pincite.cli.output import OUT, SCHEMA, print_error, print_json, print_line
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import DEFAULT_FOLDER, open_index

if TYPE_CHECKING:
    from pincite.eval.compare import Comparison
    from pincite.eval.judging.gold import GoldQuestion
    from pincite.eval.judging.gold_check import GoldProblem
    from pincite.eval.runs.run_folder import EvaluationRun

DEFAULT_COMMAND = "run"
STYLES = {"rose": "green", "fell": "bold red"}
SHOWN_FAILURES = 5
SHOWN_CHANGES = 20


class GroupWithDefault(TyperGroup):
    """A group of commands that runs a default command if the first word names none."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert the default command's name if none is given. `ctx` has no public type in Typer."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=GroupWithDefault,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Score answers against gold questions.\n\npincite eval GOLD... is short for pincite eval run GOLD...",
)

Gold = Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Files of gold questions (JSON Lines).")]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")]


@app.command(DEFAULT_COMMAND)
def run(
    gold: Gold,
    index: IndexFolder = DEFAULT_FOLDER,
    out: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Folder for the run; an interrupted run in it is resumed.")
    ] = None,
    llm: Llm = EXTRACT,
    workers: Workers = 1,
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Score these answers, by another system or a person, instead.")
    ] = None,
    judge: Annotated[
        str | None, typer.Option(metavar="SPEC", help="Also let a local model judge, and report how often it agrees.")
    ] = None,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Answer gold questions and score the answers.

    Scores, report.html and more are written to the run's folder.

    Example: pincite eval eval/gold/sample.jsonl --out runs/first
    """
    from pincite.answer.batch import System
    from pincite.eval.pipeline import evaluate, evaluate_answers, judge_by_model, unused_folder

    folder = out or unused_folder(gold)
    if answers:
        if llm != EXTRACT:
            raise BadInput("--llm and --answers cannot be combined: the answers in the file are already written.")
        done = evaluate_answers(gold, folder, index, answers)
    else:
        system = System(index, chroma, llm, workers)
        with output.question_progress(shown=not as_json) as progress:
            done = evaluate(gold, folder, system, progress)
    if judge:
        with output.question_progress(shown=not as_json, verb="Judging") as progress:
            done = judge_by_model(folder, judge, progress)
    show_run(done, as_json=as_json)
    if any(one.verdict.response.failed for one in done.scored):
        raise typer.Exit(PARTLY_DONE)


@app.command()
def score(folder: RunFolder, as_json: AsJson = False) -> None:
    """Score the answers of a run again.

    Needs neither the library nor a model.

    Example: pincite eval score runs/first
    """
    from pincite.eval.pipeline import score as score_run

    show_run(score_run(folder), as_json=as_json)


@app.command()
def check(gold: Gold, index: IndexFolder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Check gold questions against the library.

    Exit 1 if one is malformed or quotes words that are not in the library.

    Example: pincite eval check eval/gold/sample.jsonl
    """
    from pincite.eval.judging.gold import read_gold
    from pincite.eval.judging.gold_check import check_gold

    questions = read_gold(*gold)
    with open_index(index) as opened:
        findings = list(check_gold(opened, questions))
    show_findings(questions, findings, as_json=as_json)
    if any(finding.error for finding in findings):
        raise typer.Exit(1)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="RUN_A", help="Folder of a run.")],
    after: Annotated[Path, typer.Argument(metavar="RUN_B", help="Folder of a later run.")],
    fail_on: Annotated[
        str, typer.Option(metavar="MEASURES", help="Exit 1 if one of these measures fell; separate names with commas.")
    ] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Also write the comparison as a page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two runs over the same questions.

    Shows measures that rose or fell, and questions whose outcome changed.

    Example: pincite eval compare runs/first runs/second --fail-on NuggetRecall,CitationPrecision
    """
    from pincite.eval.compare import compare as compare_runs
    from pincite.eval.compare import write_page
    from pincite.eval.runs.run_folder import read_run

    runs = read_run(before), read_run(after)
    found = compare_runs(*runs)
    fell = found.fell([name.strip() for name in fail_on.split(",") if name.strip()])
    if out:
        write_page(out, found, *runs)
    show_comparison(found, fell, as_json=as_json)
    if fell:
        raise typer.Exit(1)


@app.command()
def draft(
    out: Annotated[Path, typer.Option(metavar="GOLD", help="File of gold questions to which the drafts are added.")],
    index: IndexFolder = DEFAULT_FOLDER,
    feedback: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Readers' feedback, instead of that in the index folder.")
    ] = None,
) -> None:
    """Draft gold questions from unhelpful answers.

    Takes answers that readers found unhelpful; a person completes the drafts.

    Example: pincite eval draft --out drafts.jsonl
    """
    from pincite.answer.feedback import FILE, read_feedback
    from pincite.eval.judging.gold_drafts import draft_questions, write_drafts

    written = write_drafts(draft_questions(read_feedback(feedback or index / FILE)), out)
    show_drafts(written, out)


def show_run(run: "EvaluationRun", *, as_json: bool) -> None:
    """The scores of a run, the outcomes of its questions, and the path of its report."""
    if as_json:
        from pincite.eval.runs.run_folder import run_record

        print_json({"run": str(run.folder), **run_record(run)})
        return
    from pincite.eval.reports import plots

    OUT.print(measures_table(run))
    counts = [f"{count} {outcome.value}" for outcome, count in run.scores.outcomes.items() if count]
    print_line(f"{run.scores.questions} questions: {', '.join(counts)}.")
    show_threshold(run)
    for name, agreement in run.agreements.items():
        print_line(f"{name}: {agreement}.")
    show_failures(run)
    print_line(f"Report: {run.folder / 'report.html'}")
    if not plots.can_draw():
        print_line(plots.NOT_INSTALLED)


def measures_table(run: "EvaluationRun") -> Table:
    """Every measure with its interval and denominator."""
    from pincite.eval.metrics import formatting

    table = Table(box=None, pad_edge=False)
    for heading in ("measure", "value", "95 % interval", "of"):
        table.add_column(heading, justify="left" if heading == "measure" else "right", no_wrap=True)
    for name, figure in run.scores.measures.items():
        if figure.value is not None:
            bounds = formatting.format_interval(name, figure.interval)
            table.add_row(name, formatting.format_value(name, figure.value), bounds, f"{figure.of:,.0f}")
    return table


def show_threshold(run: "EvaluationRun") -> None:
    """The confidence below which abstaining would have raised the score."""
    risk = run.scores.risk
    if risk is None:
        return
    if risk.suggested is None:
        print_line("No confidence threshold scores better than abstaining on every question.")
        return
    print_line(
        f"Abstaining below a confidence of {risk.suggested.threshold:.3f} would give a Score of "
        f"{risk.suggested.score:.3f} (on held-out questions {risk.score_held_out:.3f}, now {risk.score_now:.3f}) "
        f"and answer {risk.suggested.coverage:.0%}."
    )


def show_failures(run: "EvaluationRun") -> None:
    """Questions on which the system failed."""
    failed = [one.verdict for one in run.scored if one.verdict.response.failed]
    for verdict in failed[:SHOWN_FAILURES]:
        print_error(f"Failed {verdict.question.id}: {verdict.response.reason}")
    if len(failed) > SHOWN_FAILURES:
        print_error(f"And {len(failed) - SHOWN_FAILURES} more; run the same command again to retry them.")


def show_findings(questions: Sequence["GoldQuestion"], findings: Sequence["GoldProblem"], *, as_json: bool) -> None:
    """Errors in gold questions, and remarks on them."""
    errors = sum(finding.error for finding in findings)
    counts = {"questions": len(questions), "errors": errors, "remarks": len(findings) - errors}
    if as_json:
        print_json({"schema": SCHEMA, **counts, "findings": [asdict(finding) for finding in findings]})
        return
    for finding in findings:
        print_line(f"{'error ' if finding.error else 'remark'} {finding.question} {finding.field}: {finding.text}")
    quotes = sum(len(question.evidence) for question in questions)
    print_line(f"{len(questions)} questions, {quotes} quotes: {errors} errors, {len(findings) - errors} remarks.")


def show_comparison(found: "Comparison", fell: Sequence[str], *, as_json: bool) -> None:
    """Two runs compared."""
    if as_json:
        from pincite.eval.compare import comparison_record

        print_json(comparison_record(found, fell))
        return
    OUT.print(differences_table(found))
    for change in found.changes[:SHOWN_CHANGES]:
        print_line(f"{change.id}: {change.before.value} → {change.after.value}")
    more = f", of which {SHOWN_CHANGES} are shown" if len(found.changes) > SHOWN_CHANGES else ""
    print_line(f"{found.questions} questions compared, {len(found.changes)} with another outcome{more}.")
    if found.left_out:
        print_line(f"{len(found.left_out)} left out because they differ between the runs: {', '.join(found.left_out)}.")
    if found.settings:
        print_line(f"Settings that differ: {', '.join(found.settings)}.")
    if fell:
        print_error(f"Fell significantly: {', '.join(fell)}.")


def differences_table(found: "Comparison") -> Table:
    """Every measure in both runs, with the difference."""
    from pincite.eval.metrics import formatting

    table = Table(box=None, pad_edge=False)
    for heading in ("measure", "before", "after", "change", "95 % interval", "p", ""):
        table.add_column(heading, justify="left" if heading in {"measure", ""} else "right", no_wrap=True)
    for name, one in found.measures.items():
        sides = [formatting.format_value(name, value) for value in (one.before, one.after)]
        bounds = " to ".join(formatting.format_difference(name, end) for end in one.interval or ()) or formatting.NONE
        verdict = Text(one.verdict, STYLES[one.verdict]) if one.verdict in STYLES else ""
        table.add_row(name, *sides, formatting.format_difference(name, one.difference), bounds, f"{one.p:.4f}", verdict)
    return table


def show_drafts(written: int, out: Path) -> None:
    """The number of drafts, and what to do with them."""
    print_line(f"{written} drafts written to {out}.")
    if written:
        print_line(f"Next: fill in the nuggets of each, then pincite eval check {out}")
