"""`pincite eval`: judges answers against gold questions; a group of commands of which the first needs no name."""

from pathlib import Path
from typing import Annotated

import click
import typer
from typer.core import TyperGroup

import console
import console_eval
from answer.llm import EXTRACT, FORMS
from cli_options import AsJson, Chroma, IndexFolder
from ingest.errors import BadInput
from ingest.index import DEFAULT_FOLDER, open_index

UNNAMED = "run"
SOME_FAILED = 3


class WithUnnamedCommand(TyperGroup):
    """A group in which what is no command's name is what the unnamed command is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the unnamed command's name in front where none is given."""
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
    from answer.many import System  # noqa: PLC0415  loaded by the commands that need it: others start faster
    from eval.evaluate import evaluate, evaluate_answers, judge_by_model, unused_folder  # noqa: PLC0415  the same

    folder = out or unused_folder(gold)
    if answers:
        if llm != EXTRACT:
            raise BadInput("--llm and --answers exclude each other: these answers are written already.")
        done = evaluate_answers(gold, folder, index, answers)
    else:
        system = System(index, chroma, llm, workers)
        with console.answering(shown=not as_json) as progress:
            done = evaluate(gold, folder, system, progress)
    if judge:
        with console.answering(shown=not as_json, verb="Judging") as progress:
            done = judge_by_model(folder, judge, progress)
    console_eval.show_run(done, as_json=as_json)
    if any(one.verdict.answered.failed for one in done.scored):
        raise typer.Exit(SOME_FAILED)


@app.command()
def score(folder: RunFolder, as_json: AsJson = False) -> None:
    """Judge the answers in the folder of a run once more; needs neither the library nor a model.

    Example: pincite eval score runs/first
    """
    from eval.evaluate import score as score_run  # noqa: PLC0415  see run

    console_eval.show_run(score_run(folder), as_json=as_json)


@app.command()
def check(gold: Gold, index: IndexFolder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Say whether gold questions are well formed and their quotes stand in the library; exit 1 where one does not.

    Example: pincite eval check eval/gold/sample.jsonl
    """
    from eval.questions import read_gold  # noqa: PLC0415  see run
    from eval.quotes import check_gold  # noqa: PLC0415  see run

    questions = read_gold(*gold)
    with open_index(index) as opened:
        findings = list(check_gold(opened, questions))
    console_eval.show_findings(questions, findings, as_json=as_json)
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
    from eval.compare import compare as compare_runs  # noqa: PLC0415  see run
    from eval.compare import write_page  # noqa: PLC0415  see run
    from eval.evaluate import read_run  # noqa: PLC0415  see run

    runs = read_run(before), read_run(after)
    found = compare_runs(*runs)
    fell = found.fell([name.strip() for name in fail_on.split(",") if name.strip()])
    if out:
        write_page(out, found, *runs)
    console_eval.show_comparison(found, fell, as_json=as_json)
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
    from answer.feedback import FILE, read_feedback  # noqa: PLC0415  see run
    from eval.drafts import draft_questions, write_drafts  # noqa: PLC0415  see run

    written = write_drafts(draft_questions(read_feedback(feedback or index / FILE)), out)
    console_eval.show_drafts(written, out)
