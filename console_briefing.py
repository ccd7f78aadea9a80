"""How runs over lists of questions, and checks of drafts, look on a terminal and as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console import SCHEMA, complain, print_json, say

if TYPE_CHECKING:
    from briefing.check import Report
    from briefing.rows import Complaint
    from briefing.run import Done

SHOWN_COMPLAINTS = 50


def show_complaints(path: Path, complaints: "Sequence[Complaint]", *, as_json: bool) -> None:
    """What there is to say of a file of questions, row by row; what is skipped on standard error."""
    if as_json:
        return
    for one in complaints[:SHOWN_COMPLAINTS]:
        if one.skipped:
            complain(f"{path.name}, {one.where}, skipped: {one.what}")
        else:
            complain(f"{path.name}, {one.where}: {one.what}")
    if len(complaints) > SHOWN_COMPLAINTS:
        complain(f"... and {len(complaints) - SHOWN_COMPLAINTS} more; --json lists all of them.")


def show_done(done: "Done", out: Path, complaints: "Sequence[Complaint]", *, as_json: bool) -> None:
    """What became of the questions, and where it stands."""
    outcomes = {outcome.value: count for outcome, count in done.outcomes.items()}
    if as_json:
        print_json(record_of(done, out, complaints, outcomes))
        return
    if done.anew:
        say("The journal was made with another index, model or version: all questions were asked anew.")
    elif done.kept:
        say(f"{done.kept} answers were in the journal already.")
    for identity, reason in done.failed:
        complain(f"{identity} failed and is tried again at the next run: {reason}")
    told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items() if count)
    say(f"{sum(done.outcomes.values())} questions: {told}.")
    say(f"Written to {out}; {out.name}.journal.jsonl beside it keeps the answers, so that a rerun is quick.")


def record_of(done: "Done", out: Path, complaints: "Sequence[Complaint]", outcomes: dict[str, int]) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "schema": SCHEMA,
        "out": str(out),
        "questions": sum(done.outcomes.values()),
        "outcomes": outcomes,
        "kept": done.kept,
        "anew": done.anew,
        "failed": [{"id": identity, "reason": reason} for identity, reason in done.failed],
        "complaints": [{"where": one.where, "what": one.what, "skipped": one.skipped} for one in complaints],
    }


def show_report(report: "Report", out: Path, *, as_json: bool) -> None:
    """How many claims came to which verdict."""
    counts = {verdict.value: count for verdict, count in report.verdicts().items()}
    missing = [found for found in report.references() if found.wrong]
    if as_json:
        wrong = [{"reference": found.written, "wrong": found.wrong} for found in missing]
        print_json({"schema": SCHEMA, "out": str(out), "claims": sum(counts.values()), **counts, "references": wrong})
        return
    say(f"{sum(counts.values())} claims: {', '.join(f'{count} {verdict}' for verdict, count in counts.items())}.")
    for found in missing:
        say(f"{found.written}: {found.wrong}")
    say(f"Report: {out}")
