"""`pincite batch`, `pincite matrix` and `pincite check`: many questions, many documents, somebody's draft."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pincite.answer.models.open_model import EXTRACT, FORMS
from pincite.cli import output
from pincite.cli.options import (
    After,
    AsJson,
    Before,
    Chroma,
    Entail,
    Glob,
    IndexFolder,
    Issuer,
    Kind,
    Language,
    Question,
    Rerank,
    filters_of,
)
from pincite.cli.output import SCHEMA, complain, print_json, say
from pincite.ingest.index.index import DEFAULT_FOLDER, open_index

if TYPE_CHECKING:
    pass

SOME_FAILED = 3
STOPPED = 130

Spec = Annotated[str, typer.Option("--llm", metavar="SPEC", help=f"Who writes: {FORMS}.")]
Workers = Annotated[
    int, typer.Option(min=1, max=64, metavar="N", help="Questions asked at once of a model that a server runs.")
]


def batch(
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS", help="File of questions: .csv, .xlsx, .jsonl, .md or .txt.")
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Ends with .docx, .xlsx, .md, .html, .csv or .jsonl.")],
    index: IndexFolder = DEFAULT_FOLDER,
    title: Annotated[str, typer.Option(help="Title of the document.")] = "",
    references: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the documents cited: .bib, or .json for CSL-JSON.")
    ] = None,
    llm: Spec = EXTRACT,
    workers: Workers = 1,
    rerank: Rerank = None,
    entail: Entail = None,
    kind: Kind = None,
    issuer: Issuer = None,
    language: Language = None,
    document: Glob = None,
    after: After = None,
    before: Before = None,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Answer a list of questions into a document with footnotes; a run that was stopped goes on where it stood.

    Tables have a column question, or else their first is it, and may have id, section, kind, issuer, language,
    document, after and before. In text, headings are sections; items and lines are questions. Answers are kept in
    FILE.journal.sqlite: the same command again asks only what is new or failed; without that file all is asked again.

    Exit 0: all answered; 3: some questions failed or some rows were skipped, all others are answered; 1: nothing done.

    Example: pincite batch questions.xlsx --out briefing.docx --llm ollama:qwen3 --workers 4
    """
    from pincite.answer.batch import System  # noqa: PLC0415  loaded by the commands that need it: others start faster
    from pincite.briefing.questions.questions import read_questions  # noqa: PLC0415  the same
    from pincite.briefing.run import run  # noqa: PLC0415  the same
    from pincite.briefing.writers.bibliography import check_references, write_references  # noqa: PLC0415  the same
    from pincite.briefing.writers.registry import check_distinct, writer_for  # noqa: PLC0415  the same

    write = writer_for(out)
    check_distinct(questions, out)
    check_references(references)
    asked = read_questions(questions, filters_of(kind, issuer, language, document, after, before))
    show_complaints(questions, asked.complaints, as_json=as_json)
    named = title or asked.title or questions.stem.replace("_", " ")
    system = System(index, chroma, llm, workers, rerank, entail)
    with stoppable(out), output.answering(shown=not as_json) as progress:
        done = run(asked.asked, out, named, system, progress, write=write)
    if references:
        write_references(done.cited, references)
    show_done(done, out, asked.complaints, as_json=as_json)
    leave(done, skipped=asked.skipped)


def matrix(
    question: Question,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Ends with .xlsx.")],
    index: IndexFolder = DEFAULT_FOLDER,
    llm: Spec = EXTRACT,
    workers: Workers = 1,
    rerank: Rerank = None,
    entail: Entail = None,
    kind: Kind = None,
    issuer: Issuer = None,
    language: Language = None,
    document: Glob = None,
    after: After = None,
    before: Before = None,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Put one question to each document apart: a row each with answer, pinpoints and quotes, or "not found".

    Exit 0: all documents asked; 3: some failed; 1: nothing done.

    Example: pincite matrix "Who pays for host sites?" --document "resolutions/*" --out hosts.xlsx
    """
    from pincite.answer.batch import System  # noqa: PLC0415  see batch
    from pincite.briefing.matrix import asked_of_each, write_matrix  # noqa: PLC0415  see batch
    from pincite.briefing.run import run  # noqa: PLC0415  see batch
    from pincite.briefing.writers.registry import check_output  # noqa: PLC0415  see batch

    check_output(out, (".xlsx",))
    filters = filters_of(kind, issuer, language, document, after, before)
    with open_index(index) as opened:
        asked = asked_of_each(opened, question, filters)
    system = System(index, chroma, llm, workers, rerank, entail)
    with stoppable(out), output.answering(shown=not as_json) as progress:
        done = run(asked, out, question, system, progress, write=write_matrix)
    show_done(done, out, (), as_json=as_json)
    leave(done)


def check(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="Text that somebody wrote: .docx, .md or .txt.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Ends with .docx, .html or .jsonl.")],
    index: IndexFolder = DEFAULT_FOLDER,
    kind: Kind = None,
    issuer: Issuer = None,
    language: Language = None,
    document: Glob = None,
    after: After = None,
    before: Before = None,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Check a draft against the library: each claim is supported, partly, contradicted or not found, and where.

    References in it, such as A/RES/78/265, para. 6, are looked up. Exit 0: checked; 1: nothing done.

    Example: pincite check speech.docx --out report.html
    """
    from pincite.briefing.draft_check.check import check_draft  # noqa: PLC0415  see batch
    from pincite.briefing.writers.check_report import writer_of_check  # noqa: PLC0415  see batch
    from pincite.briefing.writers.registry import check_distinct  # noqa: PLC0415  see batch

    write = writer_of_check(out)
    check_distinct(draft, out)
    filters = filters_of(kind, issuer, language, document, after, before)
    with open_index(index, server=chroma) as opened:
        with output.answering(shown=not as_json, verb="Checking") as progress:
            report = check_draft(opened, draft, filters, progress)
        write(report, out)
    show_report(report, out, as_json=as_json)


@contextmanager
def stoppable(out: Path) -> Iterator[None]:
    """Say how to go on when the user stops a run."""
    try:
        yield
    except KeyboardInterrupt:
        output.complain(
            f"Stopped; the answers so far are in {out}.journal.sqlite: give the same command again to go on from there."
        )
        raise typer.Exit(STOPPED) from None


def leave(done: "RunSummary", skipped: int = 0) -> None:
    """Exit as the command's help says."""
    if len(done.failed) == sum(done.outcomes.values()):
        raise typer.Exit(1)
    if done.failed or skipped:
        raise typer.Exit(SOME_FAILED)


if TYPE_CHECKING:
    from pincite.briefing.draft_check.check import Report
    from pincite.briefing.questions.table import Complaint
    from pincite.briefing.run import RunSummary

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


def show_done(done: "RunSummary", out: Path, complaints: "Sequence[Complaint]", *, as_json: bool) -> None:
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
    shifted_progress = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items() if count)
    say(f"{sum(done.outcomes.values())} questions: {shifted_progress}.")
    say(f"Written to {out}; {out.name}.journal.sqlite beside it keeps the answers, so that a rerun is quick.")


def record_of(
    done: "RunSummary", out: Path, complaints: "Sequence[Complaint]", outcomes: dict[str, int]
) -> dict[str, Any]:
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
