"""`pincite fetch`: downloads the public documents of a list, and how that looks on a terminal and as JSON."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from pincite.cli.options import SOME_REJECTED, AsJson
from pincite.cli.output import ERRORS, OUT, SCHEMA, complain, print_json, say

if TYPE_CHECKING:
    from pincite.ingest.fetch.fetch import Fetched

TITLE = 60  # characters of a title beside a bar
STYLES = {"fetched": "green", "there": "dim", "failed": "bold red"}


def fetch(
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Only documents whose title, issuer, symbol or address fits; may repeat."),
    ] = None,
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the documents go.")] = Path("library"),
    sources: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another list than the one that comes with Pincite.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring public documents of a list over https, each checked; those that are there already are kept.

    Example: pincite fetch --only "*NIST*" --into library
    """
    from pincite.ingest.fetch.fetch import fetch as run  # noqa: PLC0415  loaded by the command that needs it: others start faster
    from pincite.ingest.fetch.fetch import select_entries  # noqa: PLC0415  loaded by the command that needs it: others start faster

    with fetching(shown=not as_json) as tell:
        fetched = list(run(select_entries(sources, only or ()), into, on_download=tell))
    show_fetched(fetched, into, as_json=as_json)
    failed = sum(one.state == "failed" for one in fetched)
    if failed:
        raise typer.Exit(1 if failed == len(fetched) else SOME_REJECTED)


@contextmanager
def fetching(*, shown: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar on standard error for the document that is coming; nothing in a pipe or with --json.

    Gives what is to be called with its title, bytes so far, and of how many.
    """
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not (shown and ERRORS.is_terminal)) as bar:
        task = bar.add_task("", total=None)
        numbers: dict[str, int] = {}

        def tell(title: str, received: int, total: int | None) -> None:
            if title not in numbers:
                numbers[title] = len(numbers) + 1
                bar.reset(task)
            description = f"{numbers[title]} {title[:TITLE]}"
            bar.update(task, description=description, completed=received, total=total)

        yield tell


def show_fetched(fetched: Sequence["Fetched"], folder: Path, *, as_json: bool) -> None:
    """What became of each document, and on which terms it may be used."""
    counts = {state: sum(one.state == state for one in fetched) for state in STYLES}
    if as_json:
        print_json({"schema": SCHEMA, "folder": str(folder), **counts, "documents": [asdict(one) for one in fetched]})
        return
    OUT.print(summary_table(fetched))
    for one in fetched:
        if one.reason:
            complain(f"Failed {one.title}: {one.reason}.")
    say(", ".join(f"{count} {state}" for state, count in counts.items()) + ".")
    if counts["failed"] < len(fetched):
        say(f"The documents are in {folder}. Each stays under the licence of its issuer, shown above.")
        say(f"Next: pincite ingest {folder}")


def summary_table(fetched: Sequence["Fetched"]) -> Table:
    """A row for each document."""
    table = Table(box=None, pad_edge=False)
    for heading in ("", "document", "size", "licence"):
        table.add_column(heading, justify="right" if heading == "size" else "left")
    for one in fetched:
        size = f"{one.bytes / 1000:,.0f} kB" if one.bytes is not None else "–"
        licence = Text(one.licence or "not stated")
        table.add_row(Text(one.state, STYLES[one.state]), Text(one.title), Text(size), licence)
    return table
