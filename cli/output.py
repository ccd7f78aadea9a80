"""Results as text or JSON: no colours in a pipe, and document text is never interpreted as markup."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pincite.answer.citation.excerpt import shorten
from pincite.answer.retrieval.ranking import explain_rank
from pincite.answer.schema import evidence_records
from pincite.cli.terminal import SafeConsole, harmless, harmless_json

if TYPE_CHECKING:
    from pincite.answer.retrieval.retrieve import Evidence
    from pincite.cli.doctor import HealthCheck
    from pincite.ingest.document import Document
    from pincite.ingest.index.catalog import Entry
    from pincite.ingest.progress import IngestState, Summary

OUT = SafeConsole(highlight=False)
ERRORS = SafeConsole(stderr=True, highlight=False)
SCHEMA = 1
EXCERPT = 300  # characters of a passage in a list
PINPOINT = 30  # characters of a pinpoint in a list of blocks


def print_line(text: str) -> None:
    """Print a text to standard output, without markup."""
    OUT.print(Text(text), soft_wrap=True)


def print_error(text: str) -> None:
    """Print one sentence to standard error."""
    ERRORS.print(Text(text), soft_wrap=True)


def print_json(value: Any) -> None:
    """Print one JSON value to standard output."""
    sys.stdout.write(harmless_json(json.dumps(value, ensure_ascii=False)) + "\n")


@contextmanager
def question_progress(*, shown: bool, verb: str = "Answering") -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error: questions done, time left; nothing in a pipe or with --json."""
    columns = (TextColumn(verb), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not (shown and ERRORS.is_terminal)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def ingest_progress(*, shown: bool) -> Iterator[Callable[["IngestState"], None]]:
    """A progress bar on standard error: documents, passages, rate, time left; nothing in a pipe or with --json."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[counts]}"))
    hidden = not (shown and ERRORS.is_terminal)
    with Progress(*columns, TimeRemainingColumn(), console=ERRORS, transient=True, disable=hidden) as bar:
        task = bar.add_task("Reading", total=1.0, counts="")

        def update(state: "IngestState") -> None:
            stage = "Syncing the search indexes" if state.syncing else "Reading and embedding"
            counts = counts_of(state, bar.tasks[0].elapsed or 0.0)
            bar.update(task, completed=state.share, description=stage, counts=counts)

        yield update


def counts_of(state: "IngestState", seconds: float) -> str:
    """Documents and passages so far, with the rate."""
    rate = f", {state.passages / seconds:.0f} per second" if state.passages and seconds else ""
    return f"{state.files}/{state.total} documents, {state.passages} passages{rate}"


COUNTS = ("added", "updated", "unchanged", "moved", "removed")


def show_summary(summary: "Summary", *, as_json: bool) -> None:
    """The summary of an ingest run: a table on a terminal, lines in a pipe."""
    if as_json:
        print_json(summary_record(summary))
    elif OUT.is_terminal:
        OUT.print(summary_table(summary))
        show_warnings(summary)
    else:
        counts = ", ".join(f"{getattr(summary, name)} {name}" for name in COUNTS)
        print_line(f"{counts}; {len(summary.rejected)} rejected ({summary.seconds['total']:.1f} s).")
        print_line(f"The index contains {summary.documents} documents in {summary.passages} passages.")
        show_warnings(summary)


def summary_table(summary: "Summary") -> Table:
    """The counts of an ingest run."""
    table = Table(show_header=False, box=None)
    table.add_column(style="bold")
    table.add_column(justify="right")
    for name in COUNTS:
        table.add_row(name, str(getattr(summary, name)))
    table.add_row("rejected", str(len(summary.rejected)), style="red" if summary.rejected else None)
    table.add_row("warnings", str(len(summary.warnings)))
    table.add_row("passages embedded", str(summary.embedded))
    table.add_row("documents in the index", str(summary.documents))
    table.add_row("passages in the index", str(summary.passages))
    table.add_row("seconds", f"{summary.seconds['total']:.1f}")
    return table


def show_warnings(summary: "Summary") -> None:
    """Files skipped by name, warnings, and rejected files with the reason."""
    if summary.skipped:
        print_line(f"Skipped {summary.skipped} files that are not documents by their suffix.")
    for warning, documents in documents_by_warning(summary.warnings).items():
        others = f" and {len(documents) - 1} others" if len(documents) > 1 else ""
        print_line(f"Warning: {documents[0]}{others}: {warning}")
    for document, reason in summary.rejected:
        print_error(f"Rejected {document}: {reason}.")


def documents_by_warning(warnings: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Documents grouped by warning: one mistake in a list of sources can affect many."""
    documents: dict[str, list[str]] = {}
    for document, warning in warnings:
        documents.setdefault(warning, []).append(document)
    return documents


def summary_record(summary: "Summary") -> dict[str, Any]:
    """The summary as a JSON object, in the documented form."""
    record = asdict(summary) | {"schema": SCHEMA}
    del record["skipped"], record["embedded"]
    record["rejected"] = [{"document": document, "reason": reason} for document, reason in summary.rejected]
    record["warnings"] = [{"document": document, "warning": warning} for document, warning in summary.warnings]
    record["seconds"] = {stage: round(seconds, 3) for stage, seconds in summary.seconds.items()}
    return record


def entry_record(entry: "Entry") -> dict[str, Any]:
    """A document as `list --json` and `show --json` print it."""
    known = {"document": entry.path, **asdict(entry.metadata)}
    del known["sources"]
    return (
        known
        | {"id": entry.id, "pages": entry.pages, "passages": entry.passages, "warnings": list(entry.warnings)}
        | {"twins": list(entry.near_duplicates)}
    )


def show_entries(entries: Sequence["Entry"], *, as_json: bool) -> None:
    """The documents of the library."""
    if as_json:
        print_json([entry_record(entry) for entry in entries])
        return
    for entry in entries:
        known = entry.metadata
        facts = (known.kind, known.issuer, known.symbol, known.date, known.language, f"{entry.passages} passages")
        OUT.print(Text(entry.path, style="bold"), soft_wrap=True)
        print_line(f"    {known.title}\n    {' · '.join(fact for fact in facts if fact)}")
        for relation in known.relations:
            print_line(f"    {relation.kind} {relation.target}")
        for twin in entry.near_duplicates:
            print_line(f"    same text as {twin}")


def show_document(document: "Document", entry: "Entry", *, as_json: bool) -> None:
    """The metadata of a document."""
    record = entry_record(entry)
    if as_json:
        print_json(record | {"characters": len(document.text)})
        return
    relations = [f"{relation.kind} {relation.target}" for relation in entry.metadata.relations]
    for name, value in (record | {"relations": relations, "characters": len(document.text)}).items():
        shown = ", ".join(value) if isinstance(value, list) else value
        print_line(f"{name:<11} {'–' if shown in {None, ''} else shown}")


def show_blocks(document: "Document", *, as_json: bool) -> None:
    """The structure of a document: a line for each block with offset, page, kind, pinpoint and first words."""
    rows: list[dict[str, Any]] = [
        {"start": b.start, "end": b.end, "page": document.page_at(b.start), "kind": b.kind, "level": b.level,
         "pinpoint": b.pinpoint, "text": document.text[b.start : b.end]}
        for b in document.blocks
    ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    for row in rows:
        page = f"p. {row['page']}" if row["page"] else ""
        kind = f"{row['kind']} {row['level']}" if row["level"] else row["kind"]
        facts = Text(f"{row['start']:>7} {page:<7} {kind:<13} ", style="dim")
        pinpoint = Text(f"{shorten(row['pinpoint'] or '–', PINPOINT):<{PINPOINT}} ", style="bold")
        words = Text(shorten(row["text"], max(OUT.width - PINPOINT - 32, 60)))
        OUT.print(facts, pinpoint, words, sep="", soft_wrap=True)


def show_text(text: str, *, as_json: bool) -> None:
    """A text without a line break added: verbatim in a pipe, harmless on a terminal."""
    if as_json:
        print_json(text)
    else:
        sys.stdout.write(harmless(text) if sys.stdout.isatty() else text)
        sys.stdout.flush()


def show_evidence(evidence: Sequence["Evidence"], *, as_json: bool, scores: bool = True, explain: bool = False) -> None:
    """Passages in rank order. Scores compare passages for one question; they are no measure of absolute quality."""
    if as_json:
        print_json(explained_records(evidence) if explain else evidence_records(evidence))
        return
    if not evidence:
        print_line("No passage found: no document matches the filters.")
    for found in evidence:
        page = f"p. {found.passage.page}" if found.passage.page else None
        place = ", ".join(filter(None, [found.passage.document, found.passage.pinpoint, page]))
        score = Text(f"({found.score:.2f})" if scores else "", style="dim")
        OUT.print(Text(f"{found.rank}. {place}", style="bold"), score, soft_wrap=True)
        if explain:
            OUT.print(Text(f"   {explain_rank(found.signals, found.section)}", style="dim"), soft_wrap=True)
        print_line(f"   {shorten(found.passage.text, EXCERPT)}\n")


def explained_records(evidence: Sequence["Evidence"]) -> list[dict[str, Any]]:
    """Evidence as JSON objects that explain their rank."""
    whys = ({**asdict(found.signals), "section": found.section} for found in evidence)
    return [record | {"why": why} for record, why in zip(evidence_records(evidence), whys, strict=True)]


def show_health_checks(checks: Sequence["HealthCheck"], *, as_json: bool) -> None:
    """The results of `pincite doctor`."""
    if as_json:
        sound = all(check.sound for check in checks)
        print_json({"schema": SCHEMA, "sound": sound, "findings": [asdict(check) for check in checks]})
        return
    for check in checks:
        sign = Text("ok  ", style="green") if check.sound else Text("BAD ", style="bold red")
        OUT.print(sign, Text(f"{check.name:<17} {check.state}"), sep="", soft_wrap=True)
