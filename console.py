"""How results look on a terminal and as JSON. No colours in a pipe; text of documents is never read as markup."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from answer.record import answer_record, evidence_records
from answer.verify import Support

if TYPE_CHECKING:
    from answer.ask import Answer
    from answer.cite import Citation
    from answer.doctor import Finding
    from answer.retrieve import Evidence
    from ingest.catalog import Entry
    from ingest.document import Document
    from ingest.pipeline import Summary

OUT = Console(highlight=False)
ERRORS = Console(stderr=True, highlight=False)
SCHEMA = 1
SHOWN_PASSAGES = 3
EXCERPT = 300  # characters of a passage in a list


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
def progress(*, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while documents are read; nothing in a pipe or with --json."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not (shown and ERRORS.is_terminal)) as bar:
        task = bar.add_task("Indexing")
        yield lambda done, total: bar.update(task, completed=done, total=total)


def show_summary(summary: "Summary", *, as_json: bool) -> None:
    """What an ingest run did."""
    if as_json:
        print_json(summary_record(summary))
        return
    counts = ", ".join(f"{getattr(summary, name)} {name}" for name in ("added", "updated", "unchanged", "removed"))
    say(f"{counts}; {len(summary.rejected)} rejected ({summary.seconds['total']:.1f} s).")
    say(f"The index holds {summary.documents} documents in {summary.passages} passages.")
    if summary.passed_over:
        say(f"Passed over {summary.passed_over} files that are no documents by their name.")
    for document, warning in summary.warnings:
        say(f"Warning: {document}: {warning}")
    for document, reason in summary.rejected:
        complain(f"Rejected {document}: {reason}.")


def summary_record(summary: "Summary") -> dict[str, Any]:
    """The summary as the contract has it."""
    record = asdict(summary) | {"schema": SCHEMA}
    del record["passed_over"]
    record["rejected"] = [{"document": document, "reason": reason} for document, reason in summary.rejected]
    record["warnings"] = [{"document": document, "warning": warning} for document, warning in summary.warnings]
    record["seconds"] = {stage: round(seconds, 3) for stage, seconds in summary.seconds.items()}
    return record


def entry_record(entry: "Entry") -> dict[str, Any]:
    """A document as `list --json` and `show --json` give it."""
    known = {"document": entry.path, **asdict(entry.metadata)}
    return known | {"id": entry.id, "pages": entry.pages, "passages": entry.passages, "warnings": list(entry.warnings)}


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


def show_document(document: "Document", entry: "Entry", *, as_json: bool) -> None:
    """What is known of a document."""
    record = entry_record(entry)
    if as_json:
        print_json(record | {"characters": len(document.text)})
        return
    for name, value in (record | {"characters": len(document.text)}).items():
        say(f"{name:<11} {', '.join(value) if isinstance(value, list) else value if value is not None else '–'}")


def show_text(text: str, *, as_json: bool) -> None:
    """A text exactly as it is."""
    if as_json:
        print_json(text)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def show_evidence(evidence: Sequence["Evidence"], *, as_json: bool, scores: bool = True) -> None:
    """Passages in rank order. Scores compare passages for one question; they do not say how good the best is."""
    if as_json:
        print_json(evidence_records(evidence))
        return
    if not evidence:
        say("No passage found: no document fits the filters.")
    for found in evidence:
        place = found.passage.document + (f", p. {found.passage.page}" if found.passage.page else "")
        score = Text(f"({found.score:.2f})" if scores else "", style="dim")
        OUT.print(Text(f"{found.rank}. {place}", style="bold"), score, soft_wrap=True)
        say(f"   {shortened(found.passage.text)}\n")


def shortened(text: str) -> str:
    """The beginning of a passage on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"


def show_answer(answer: "Answer", *, as_json: bool) -> None:
    """An answer with its citations, or an abstention with the nearest passages."""
    if as_json:
        print_json(answer_record(answer))
        return
    say(answer.text)
    if answer.reason:
        OUT.print(Text(answer.reason, style="yellow"), soft_wrap=True)
    for statement in answer.statements:
        if statement.support is not Support.SUPPORTED:
            note = f"{withheld(statement.support)}: {statement.text} ({'; '.join(statement.reasons)})"
            OUT.print(Text(note, style="yellow"), soft_wrap=True)
    if answer.abstained:
        say("\nNearest passages:")
        show_evidence(answer.evidence[:SHOWN_PASSAGES], as_json=False, scores=False)
    elif answer.citations:
        say("\nSources:")
    for citation in answer.citations:
        show_citation(citation)


def withheld(support: Support) -> str:
    """How a statement that is not fully supported is announced."""
    return "Withheld as unsupported" if support is Support.UNSUPPORTED else f"Only {support.value} supported"


def show_citation(citation: "Citation") -> None:
    """A citation: reference, file, and the words it rests on."""
    OUT.print(Text(f"[{citation.number}] {citation.reference()}", style="bold"), soft_wrap=True)
    OUT.print(Text(f"    {citation.document}, characters {citation.start}-{citation.end}", style="dim"), soft_wrap=True)
    say(f"    “{shortened(citation.quote)}”")


def show_findings(findings: Sequence["Finding"], *, as_json: bool) -> None:
    """What doctor found."""
    if as_json:
        sound = all(finding.sound for finding in findings)
        print_json({"schema": SCHEMA, "sound": sound, "findings": [asdict(finding) for finding in findings]})
        return
    for finding in findings:
        sign = Text("ok  ", style="green") if finding.sound else Text("BAD ", style="bold red")
        OUT.print(sign, Text(f"{finding.name:<17} {finding.state}"), sep="", soft_wrap=True)
