"""`pincite eval`: judges answers against gold questions; a group of commands of which the first needs no name."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from pincite.answer.models.open_model import EXTRACT, FORMS
from pincite.cli import output
from pincite.cli.options import AsJson, Chroma, IndexFolder
from pincite.cli.output import OUT, SCHEMA, complain, print_json, say
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import DEFAULT_FOLDER, open_index

UNNAMED = "run"
SOME_FAILED = 3


class WithUnnamedCommand(TyperGroup):
    """A group in which what is no command's name is what the unnamed command is given."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the unnamed command's name in front where none is given. `ctx` has no public type in Typer."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [UNNAMED, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=WithUnnamedCommand,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Judge answers and citations against gold questions: pincite eval GOLD... is pincite eval run GOLD...",
)

Gold = Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Files of gold questions, JSON Lines.")]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")]


@app.command(UNNAMED)
def run(
    gold: Gold,
    index: IndexFolder = DEFAULT_FOLDER,
    out: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Folder of the run; one that was stopped goes on there.")
    ] = None,
    llm: Annotated[str, typer.Option(metavar="SPEC", help=f"Who writes: {FORMS}.")] = EXTRACT,
    workers: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="Questions asked at once of a model that a server runs.")
    ] = 1,
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Judge these answers, of another system or a person, instead.")
    ] = None,
    judge: Annotated[
        str | None, typer.Option(metavar="SPEC", help="Also let a local model judge, and report how far it agrees.")
    ] = None,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Answer gold questions and judge the answers: scores, report.html and more in the folder of the run.

    Example: pincite eval eval/gold/sample.jsonl --out runs/first
    """
    from pincite.answer.batch import System  # noqa: PLC0415  loaded by the commands that need it: others start faster
    from pincite.eval.pipeline import evaluate, evaluate_answers, judge_by_model, unused_folder  # noqa: PLC0415  the same

    folder = out or unused_folder(gold)
    if answers:
        if llm != EXTRACT:
            raise BadInput("--llm and --answers exclude each other: these answers are written already.")
        done = evaluate_answers(gold, folder, index, answers)
    else:
        system = System(index, chroma, llm, workers)
        with output.answering(shown=not as_json) as progress:
            done = evaluate(gold, folder, system, progress)
    if judge:
        with output.answering(shown=not as_json, verb="Judging") as progress:
            done = judge_by_model(folder, judge, progress)
    show_run(done, as_json=as_json)
    if any(one.verdict.response.failed for one in done.scored):
        raise typer.Exit(SOME_FAILED)


@app.command()
def score(folder: RunFolder, as_json: AsJson = False) -> None:
    """Judge the answers in the folder of a run once more; needs neither the library nor a model.

    Example: pincite eval score runs/first
    """
    from pincite.eval.pipeline import score as score_run  # noqa: PLC0415  see run

    show_run(score_run(folder), as_json=as_json)


@app.command()
def check(gold: Gold, index: IndexFolder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Say whether gold questions are well formed and their quotes stand in the library; exit 1 where one does not.

    Example: pincite eval check eval/gold/sample.jsonl
    """
    from pincite.eval.judging.gold import read_gold  # noqa: PLC0415  see run
    from pincite.eval.judging.gold_check import check_gold  # noqa: PLC0415  see run

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
        str, typer.Option(metavar="MEASURES", help="Exit 1 when one of these fell; names with commas between.")
    ] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Also write a page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two runs over the same questions: what rose, what fell, and which questions changed sides.

    Example: pincite eval compare runs/first runs/second --fail-on NuggetRecall,CitationPrecision
    """
    from pincite.eval.compare import compare as compare_runs  # noqa: PLC0415  see run
    from pincite.eval.compare import write_page  # noqa: PLC0415  see run
    from pincite.eval.runs.run_folder import read_run  # noqa: PLC0415  see run

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
    out: Annotated[Path, typer.Option(metavar="GOLD", help="File of gold questions that the drafts are added to.")],
    index: IndexFolder = DEFAULT_FOLDER,
    feedback: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Judgements of readers, if not those of the index.")
    ] = None,
) -> None:
    """Make draft gold questions of the answers that readers found unhelpful; a person completes them.

    Example: pincite eval draft --out drafts.jsonl
    """
    from pincite.answer.feedback import FILE, read_feedback  # noqa: PLC0415  see run
    from pincite.eval.judging.gold_drafts import draft_questions, write_drafts  # noqa: PLC0415  see run

    written = write_drafts(draft_questions(read_feedback(feedback or index / FILE)), out)
    show_drafts(written, out)


if TYPE_CHECKING:
    from pincite.eval.compare import Comparison
    from pincite.eval.judging.gold import GoldQuestion
    from pincite.eval.judging.gold_check import GoldProblem
    from pincite.eval.runs.run_folder import EvaluationRun

STYLES = {"rose": "green", "fell": "bold red"}
SHOWN_FAILURES = 5
SHOWN_CHANGES = 20


def show_run(run: "EvaluationRun", *, as_json: bool) -> None:
    """The scores of a run, what became of its questions, and where its report is."""
    if as_json:
        from pincite.eval.runs.run_folder import run_record  # noqa: PLC0415  loaded only when there is a run to show

        print_json({"run": str(run.folder), **run_record(run)})
        return
    from pincite.eval.reports import plots  # noqa: PLC0415  see above

    OUT.print(measures_table(run))
    counts = [f"{count} {outcome.value}" for outcome, count in run.scores.outcomes.items() if count]
    say(f"{run.scores.questions} questions: {', '.join(counts)}.")
    show_threshold(run)
    for name, agreement in run.agreements.items():
        say(f"{name}: {agreement}.")
    show_failures(run)
    say(f"Report: {run.folder / 'report.html'}")
    if not plots.can_draw():
        say(plots.NOT_INSTALLED)


def measures_table(run: "EvaluationRun") -> Table:
    """Every measure with its interval and what it is a share of."""
    from pincite.eval.metrics import formatting  # noqa: PLC0415  see show_run

    table = Table(box=None, pad_edge=False)
    for heading in ("measure", "value", "95 % interval", "of"):
        table.add_column(heading, justify="left" if heading == "measure" else "right", no_wrap=True)
    for name, figure in run.scores.measures.items():
        if figure.value is not None:
            bounds = formatting.format_interval(name, figure.interval)
            table.add_row(name, formatting.format_value(name, figure.value), bounds, f"{figure.of:,.0f}")
    return table


def show_threshold(run: "EvaluationRun") -> None:
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


def show_failures(run: "EvaluationRun") -> None:
    """Questions on which the system broke down."""
    failed = [one.verdict for one in run.scored if one.verdict.response.failed]
    for verdict in failed[:SHOWN_FAILURES]:
        complain(f"Failed {verdict.question.id}: {verdict.response.reason}")
    if len(failed) > SHOWN_FAILURES:
        complain(f"And {len(failed) - SHOWN_FAILURES} more; run the same command again to ask them once more.")


def show_findings(questions: Sequence["GoldQuestion"], findings: Sequence["GoldProblem"], *, as_json: bool) -> None:
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
        from pincite.eval.compare import comparison_record  # noqa: PLC0415  see show_run

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
    from pincite.eval.metrics import formatting  # noqa: PLC0415  see show_run

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
    """How many drafts there are, and what is to be done with them."""
    say(f"{written} drafts written to {out}.")
    if written:
        say(f"Next: fill in the nuggets of each, then pincite eval check {out}")
