"""`pincite fetch`: downloads the public documents of a list."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from pincite.cli.options import PARTLY_DONE, AsJson
from pincite.cli.output import ERRORS, OUT, SCHEMA, print_error, print_json, print_line

if TYPE_CHECKING:
    from pincite.ingest.fetch.fetch import Fetched

TITLE = 60  # characters of a title beside a bar
STYLES = {"fetched": "green", "there": "dim", "failed": "bold red"}


def fetch(
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Only documents whose title, issuer, symbol or address matches; may repeat."),
    ] = None,
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder for the documents.")] = Path("library"),
    sources: Annotated[
        Path | None, typer.Option(metavar="FILE", help="List of documents, instead of the one shipped with Pincite.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Download public documents from a list.

    Downloads use https and are checked; documents already there are kept.

    Example: pincite fetch --only "*NIST*" --into library
    """
    from pincite.ingest.fetch.fetch import fetch as run
    from pincite.ingest.fetch.fetch import select_entries

    with download_progress(shown=not as_json) as report:
        fetched = list(run(select_entries(sources, only or ()), into, on_download=report))
    show_fetched(fetched, into, as_json=as_json)
    failed = sum(one.state == "failed" for one in fetched)
    if failed:
        raise typer.Exit(1 if failed == len(fetched) else PARTLY_DONE)


@contextmanager
def download_progress(*, shown: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """A progress bar on standard error for the current download; nothing in a pipe or with --json.

    Yields a function to call with the document's title, the bytes received and the bytes expected.
    """
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not (shown and ERRORS.is_terminal)) as bar:
        task = bar.add_task("", total=None)
        numbers: dict[str, int] = {}

        def report(title: str, received: int, total: int | None) -> None:
            if title not in numbers:
                numbers[title] = len(numbers) + 1
                bar.reset(task)
            description = f"{numbers[title]} {title[:TITLE]}"
            bar.update(task, description=description, completed=received, total=total)

        yield report


def show_fetched(fetched: Sequence["Fetched"], folder: Path, *, as_json: bool) -> None:
    """The outcome for each document, with its licence."""
    counts = {state: sum(one.state == state for one in fetched) for state in STYLES}
    if as_json:
        print_json({"schema": SCHEMA, "folder": str(folder), **counts, "documents": [asdict(one) for one in fetched]})
        return
    OUT.print(summary_table(fetched))
    for one in fetched:
        if one.reason:
            print_error(f"Failed {one.title}: {one.reason}.")
    print_line(", ".join(f"{count} {state}" for state, count in counts.items()) + ".")
    if counts["failed"] < len(fetched):
        print_line(f"The documents are in {folder}. Each remains under the licence of its issuer, shown above.")
        print_line(f"Next: pincite ingest {folder}")


def summary_table(fetched: Sequence["Fetched"]) -> Table:
    """One row for each document."""
    table = Table(box=None, pad_edge=False)
    for heading in ("", "document", "size", "licence"):
        table.add_column(heading, justify="right" if heading == "size" else "left")
    for one in fetched:
        size = f"{one.bytes / 1000:,.0f} kB" if one.bytes is not None else "–"
        licence = Text(one.licence or "not stated")
        table.add_row(Text(one.state, STYLES[one.state]), Text(one.title), Text(size), licence)
    return table
