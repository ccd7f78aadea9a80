"""How results look on a terminal and as JSON. No colours in a pipe; text of documents is never read as markup."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pincite.answer.citation.excerpt import shortened
from pincite.answer.retrieval.ranking import explain_rank
from pincite.answer.schema import answer_record, evidence_records
from pincite.answer.verification.verify import Support

if TYPE_CHECKING:
    from pincite.answer.citation.citation import Citation
    from pincite.answer.pipeline import Answer
    from pincite.answer.retrieval.retrieve import Evidence
    from pincite.answer.verification.verify import Statement
    from pincite.cli.doctor import Finding
    from pincite.ingest.document import Document
    from pincite.ingest.index.catalog import Entry
    from pincite.ingest.progress import IngestState, Summary

OUT = Console(highlight=False)
ERRORS = Console(stderr=True, highlight=False)
SCHEMA = 1
SHOWN_PASSAGES = 3
EXCERPT = 300  # characters of a passage in a list
PINPOINT = 30  # characters of a pinpoint in a list of blocks


def say(text: str) -> None:
    """A line of text as it is."""
    OUT.print(Text(text), soft_wrap=True)


def complain(text: str) -> None:
    """One sentence on standard error."""
    ERRORS.print(Text(text), soft_wrap=True)


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


@contextmanager
def answering(*, shown: bool, verb: str = "Answering") -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error with questions done and time left; nothing in a pipe or with --json."""
    columns = (TextColumn(verb), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not (shown and ERRORS.is_terminal)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[["IngestState"], None]]:
    """Bar, documents, passages, rate and time left on standard error; nothing in a pipe or with --json."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[counts]}"))
    hidden = not (shown and ERRORS.is_terminal)
    with Progress(*columns, TimeRemainingColumn(), console=ERRORS, transient=True, disable=hidden) as bar:
        task = bar.add_task("Reading", total=1.0, counts="")

        def tell(state: "IngestState") -> None:
            stage = "Syncing the search indexes" if state.syncing else "Reading and embedding"
            counts = counts_of(state, bar.tasks[0].elapsed or 0.0)
            bar.update(task, completed=state.share, description=stage, counts=counts)

        yield tell


def counts_of(state: "IngestState", seconds: float) -> str:
    """How far an ingest run is, in words."""
    rate = f", {state.passages / seconds:.0f} a second" if state.passages and seconds else ""
    return f"{state.files}/{state.total} documents, {state.passages} passages{rate}"


COUNTS = ("added", "updated", "unchanged", "moved", "removed")


def show_summary(summary: "Summary", *, as_json: bool) -> None:
    """What an ingest run did: a table on a terminal, the same in lines in a pipe."""
    if as_json:
        print_json(summary_record(summary))
    elif OUT.is_terminal:
        OUT.print(summary_table(summary))
        show_complaints(summary)
    else:
        counts = ", ".join(f"{getattr(summary, name)} {name}" for name in COUNTS)
        say(f"{counts}; {len(summary.rejected)} rejected ({summary.seconds['total']:.1f} s).")
        say(f"The index holds {summary.documents} documents in {summary.passages} passages.")
        show_complaints(summary)


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


def show_complaints(summary: "Summary") -> None:
    """The files skipped, read with warnings, or rejected, with the reasons."""
    if summary.skipped:
        say(f"Skipped {summary.skipped} files that are not documents by their suffix.")
    for warning, documents in grouped(summary.warnings).items():
        others = f" and {len(documents) - 1} others" if len(documents) > 1 else ""
        say(f"Warning: {documents[0]}{others}: {warning}")
    for document, reason in summary.rejected:
        complain(f"Rejected {document}: {reason}.")


def grouped(warnings: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Documents by the warning that is given for them: one slip in a list of sources concerns many."""
    documents: dict[str, list[str]] = {}
    for document, warning in warnings:
        documents.setdefault(warning, []).append(document)
    return documents


def summary_record(summary: "Summary") -> dict[str, Any]:
    """The summary as the contract has it."""
    record = asdict(summary) | {"schema": SCHEMA}
    del record["skipped"], record["embedded"]
    record["rejected"] = [{"document": document, "reason": reason} for document, reason in summary.rejected]
    record["warnings"] = [{"document": document, "warning": warning} for document, warning in summary.warnings]
    record["seconds"] = {stage: round(seconds, 3) for stage, seconds in summary.seconds.items()}
    return record


def entry_record(entry: "Entry") -> dict[str, Any]:
    """A document as `list --json` and `show --json` give it."""
    known = {"document": entry.path, **asdict(entry.metadata)}
    return (
        known
        | {"id": entry.id, "pages": entry.pages, "passages": entry.passages, "warnings": list(entry.warnings)}
        | {"twins": list(entry.twins)}
    )


def show_entries(entries: Sequence["Entry"], *, as_json: bool) -> None:
    """The library."""
    if as_json:
        print_json([entry_record(entry) for entry in entries])
        return
    for entry in entries:
        known = entry.metadata
        facts = (known.kind, known.issuer, known.symbol, known.date, known.language, f"{entry.passages} passages")
        OUT.print(Text(entry.path, style="bold"), soft_wrap=True)
        say(f"    {known.title}\n    {' · '.join(fact for fact in facts if fact)}")
        for relation in known.relations:
            say(f"    {relation.kind} {relation.target}")
        for twin in entry.twins:
            say(f"    same text as {twin}")


def show_document(document: "Document", entry: "Entry", *, as_json: bool) -> None:
    """What is known of a document."""
    record = entry_record(entry)
    if as_json:
        print_json(record | {"characters": len(document.text)})
        return
    relations = [f"{relation.kind} {relation.target}" for relation in entry.metadata.relations]
    for name, value in (record | {"relations": relations, "characters": len(document.text)}).items():
        shown = ", ".join(value) if isinstance(value, list) else value
        say(f"{name:<11} {'–' if shown in {None, ''} else shown}")


def show_blocks(document: "Document", *, as_json: bool) -> None:
    """How a document was understood: a line a block with page, kind, depth of a heading, pinpoint and first words."""
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
        pinpoint = Text(f"{shortened(row['pinpoint'] or '–', PINPOINT):<{PINPOINT}} ", style="bold")
        words = Text(shortened(row["text"], max(OUT.width - PINPOINT - 32, 60)))
        OUT.print(facts, pinpoint, words, sep="", soft_wrap=True)


def show_text(text: str, *, as_json: bool) -> None:
    """A text exactly as it is."""
    if as_json:
        print_json(text)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def show_evidence(evidence: Sequence["Evidence"], *, as_json: bool, scores: bool = True, explain: bool = False) -> None:
    """Passages in rank order. Scores compare passages for one question; they do not say how good the best is."""
    if as_json:
        print_json(explained_records(evidence) if explain else evidence_records(evidence))
        return
    if not evidence:
        say("No passage found: no document fits the filters.")
    for found in evidence:
        page = f"p. {found.passage.page}" if found.passage.page else None
        place = ", ".join(filter(None, [found.passage.document, found.passage.pinpoint, page]))
        score = Text(f"({found.score:.2f})" if scores else "", style="dim")
        OUT.print(Text(f"{found.rank}. {place}", style="bold"), score, soft_wrap=True)
        if explain:
            OUT.print(Text(f"   {explain_rank(found.signals, found.section)}", style="dim"), soft_wrap=True)
        say(f"   {shortened(found.passage.text, EXCERPT)}\n")


def explained_records(evidence: Sequence["Evidence"]) -> list[dict[str, Any]]:
    """Evidence as JSON, each with why it ranks where it does."""
    whys = ({**asdict(found.signals), "section": found.section} for found in evidence)
    return [record | {"why": why} for record, why in zip(evidence_records(evidence), whys, strict=True)]


def show_answer(answer: "Answer", *, as_json: bool, unsupported: bool = False) -> None:
    """An answer with its citations, or an abstention with the nearest passages; `unsupported` shows those withheld."""
    if as_json:
        print_json(answer_record(answer))
        return
    say(answer.text)
    if answer.reason:
        OUT.print(Text(answer.reason, style="yellow"), soft_wrap=True)
    for note in (*answer.notes, *doubts(answer.statements, unsupported=unsupported)):
        OUT.print(Text(note, style="yellow"), soft_wrap=True)
    if answer.abstained:
        say("\nNearest passages:")
        show_evidence(answer.evidence[:SHOWN_PASSAGES], as_json=False, scores=False)
    elif answer.citations:
        say("\nSources:")
    for citation in answer.citations:
        show_citation(citation)


def doubts(statements: "Sequence[Statement]", *, unsupported: bool) -> Iterator[str]:
    """What the checks found against statements; those withheld are only counted unless they are asked for."""
    withheld = [one for one in statements if one.support is Support.UNSUPPORTED]
    for one in statements:
        if one.support not in {Support.SUPPORTED, Support.UNSUPPORTED}:
            yield f"Only {one.support.value} supported: {one.text} ({' '.join(one.reasons)})"
    if unsupported:
        yield from (f"Withheld as unsupported: {one.text} ({' '.join(one.reasons)})" for one in withheld)
    elif withheld:
        count, them = (f"{len(withheld)} statements", "them") if len(withheld) > 1 else ("One statement", "it")
        yield f"{count} withheld, since the documents do not support {them}: --show-unsupported shows {them}."


def show_citation(citation: "Citation") -> None:
    """A citation: reference, file, and the words it rests on."""
    OUT.print(Text(f"[{citation.number}] {citation.reference()}", style="bold"), soft_wrap=True)
    OUT.print(Text(f"    {citation.document}, characters {citation.start}-{citation.end}", style="dim"), soft_wrap=True)
    say(f"    “{shortened(citation.quote, EXCERPT)}”")


def show_findings(findings: Sequence["Finding"], *, as_json: bool) -> None:
    """What doctor found."""
    if as_json:
        sound = all(finding.sound for finding in findings)
        print_json({"schema": SCHEMA, "sound": sound, "findings": [asdict(finding) for finding in findings]})
        return
    for finding in findings:
        sign = Text("ok  ", style="green") if finding.sound else Text("BAD ", style="bold red")
        OUT.print(sign, Text(f"{finding.name:<17} {finding.state}"), sep="", soft_wrap=True)
