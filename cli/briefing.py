"""`pincite batch`, `matrix` and `check`: question lists, one question to each document, draft checks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pincite.answer.models.open_model import EXTRACT
from pincite.cli import output
from pincite.cli.options import (
    INTERRUPTED,
    PARTLY_DONE,
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
    Llm,
    Question,
    Rerank,
    Whole,
    Workers,
    filters_from_options,
)
from pincite.cli.output import SCHEMA, print_error, print_json, print_line
from pincite.ingest.index.index import DEFAULT_FOLDER, open_index

if TYPE_CHECKING:
    from pincite.briefing.draft_check.check import Report
    from pincite.briefing.questions.table import Complaint
    from pincite.briefing.run import RunSummary

SHOWN_COMPLAINTS = 50


def batch(
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS", help="Question list: .csv, .xlsx, .jsonl, .md or .txt.")
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Output: .docx, .xlsx, .md, .html, .csv or .jsonl.")],
    index: IndexFolder = DEFAULT_FOLDER,
    title: Annotated[str, typer.Option(help="Title of the document.")] = "",
    references: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a bibliography: .bib, or .json for CSL-JSON.")
    ] = None,
    llm: Llm = EXTRACT,
    workers: Workers = 1,
    rerank: Rerank = None,
    entail: Entail = None,
    kind: Kind = None,
    issuer: Issuer = None,
    language: Language = None,
    document: Glob = None,
    after: After = None,
    before: Before = None,
    whole: Whole = False,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Answer a list of questions into a document with footnotes.

    In a table, questions are in the column question, or else in the first column; further columns can be id, section,
    kind, issuer, language, document, after and before. In a text, headings are sections; list items and lines are
    questions. Answers are kept in FILE.journal.sqlite: an interrupted run is resumed, and repeating the command asks
    only new and failed questions.

    Exit 0: all answered; 3: some questions failed or rows were skipped, all others were answered; 1: nothing done.

    Example: pincite batch questions.xlsx --out briefing.docx --llm ollama:qwen3 --workers 4
    """
    from pincite.answer.batch import System
    from pincite.briefing.questions.questions import read_questions
    from pincite.briefing.run import run
    from pincite.briefing.writers.bibliography import check_references, write_references
    from pincite.briefing.writers.registry import check_distinct, writer_for

    write = writer_for(out)
    check_distinct(questions, out)
    check_references(references)
    asked = read_questions(questions, filters_from_options(kind, issuer, language, document, after, before))
    show_complaints(questions, asked.complaints, as_json=as_json)
    named = title or asked.title or questions.stem.replace("_", " ")
    system = System(index, chroma, llm, workers, rerank, entail, whole)
    with resumable(out), output.question_progress(shown=not as_json) as progress:
        done = run(asked.asked, out, named, system, progress, write=write)
    if references:
        write_references(done.cited, references)
    show_done(done, out, asked.complaints, as_json=as_json)
    exit_by_outcome(done, skipped=asked.skipped)


def matrix(
    question: Question,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Output: .xlsx.")],
    index: IndexFolder = DEFAULT_FOLDER,
    llm: Llm = EXTRACT,
    workers: Workers = 1,
    rerank: Rerank = None,
    entail: Entail = None,
    kind: Kind = None,
    issuer: Issuer = None,
    language: Language = None,
    document: Glob = None,
    after: After = None,
    before: Before = None,
    whole: Whole = False,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Put one question to each document separately.

    Writes one row for each document, with answer, pinpoints and quotes, or "not found".

    Exit 0: all documents asked; 3: some failed; 1: nothing done.

    Example: pincite matrix "Who pays for host sites?" --document "resolutions/*" --out hosts.xlsx
    """
    from pincite.answer.batch import System
    from pincite.briefing.matrix import asked_of_each, write_matrix
    from pincite.briefing.run import run
    from pincite.briefing.writers.registry import check_output

    check_output(out, (".xlsx",))
    filters = filters_from_options(kind, issuer, language, document, after, before)
    with open_index(index) as opened:
        asked = asked_of_each(opened, question, filters)
    system = System(index, chroma, llm, workers, rerank, entail, whole)
    with resumable(out), output.question_progress(shown=not as_json) as progress:
        done = run(asked, out, question, system, progress, write=write_matrix)
    show_done(done, out, (), as_json=as_json)
    exit_by_outcome(done)


def check(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="The draft: .docx, .md or .txt.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Report: .docx, .html or .jsonl.")],
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
    """Check every claim of a draft against the library.

    Each claim is supported, partly supported, contradicted or not found. References in the draft, such as
    A/RES/78/265, para. 6, are looked up, too. Exit 0: checked; 1: nothing done.

    Example: pincite check speech.docx --out report.html
    """
    from pincite.briefing.draft_check.check import check_draft
    from pincite.briefing.writers.check_report import writer_of_check
    from pincite.briefing.writers.registry import check_distinct

    write = writer_of_check(out)
    check_distinct(draft, out)
    filters = filters_from_options(kind, issuer, language, document, after, before)
    with open_index(index, server=chroma) as opened:
        with output.question_progress(shown=not as_json, verb="Checking") as progress:
            report = check_draft(opened, draft, filters, progress)
        write(report, out)
    show_report(report, out, as_json=as_json)


@contextmanager
def resumable(out: Path) -> Iterator[None]:
    """Tell a user who interrupts a run how to resume it."""
    try:
        yield
    except KeyboardInterrupt:
        print_error(f"Stopped; the answers so far are in {out}.journal.sqlite. Run the same command again to resume.")
        raise typer.Exit(INTERRUPTED) from None


def exit_by_outcome(done: "RunSummary", skipped: int = 0) -> None:
    """Exit with the code described in the command's help."""
    if len(done.failed) == sum(done.outcomes.values()):
        raise typer.Exit(1)
    if done.failed or skipped:
        raise typer.Exit(PARTLY_DONE)


def show_complaints(path: Path, complaints: "Sequence[Complaint]", *, as_json: bool) -> None:
    """Problems in a question list, row by row, on standard error."""
    if as_json:
        return
    for one in complaints[:SHOWN_COMPLAINTS]:
        if one.skipped:
            print_error(f"{path.name}, {one.where}, skipped: {one.what}")
        else:
            print_error(f"{path.name}, {one.where}: {one.what}")
    if len(complaints) > SHOWN_COMPLAINTS:
        print_error(f"... and {len(complaints) - SHOWN_COMPLAINTS} more; --json lists all of them.")


def show_done(done: "RunSummary", out: Path, complaints: "Sequence[Complaint]", *, as_json: bool) -> None:
    """The outcomes of the questions, and the path of the document."""
    if as_json:
        print_json(outcomes_record(done, out, complaints))
        return
    if done.anew:
        print_line("The journal was made with another index, model or version, so all questions were asked again.")
    elif done.kept:
        print_line(f"{done.kept} answers were already in the journal.")
    for identity, reason in done.failed:
        print_error(f"{identity} failed and will be tried again in the next run: {reason}")
    counts = ", ".join(f"{count} {outcome.value}" for outcome, count in done.outcomes.items() if count)
    print_line(f"{sum(done.outcomes.values())} questions: {counts}.")
    print_line(f"Written to {out}; {out.name}.journal.sqlite beside it keeps the answers for the next run.")


def outcomes_record(done: "RunSummary", out: Path, complaints: "Sequence[Complaint]") -> dict[str, Any]:
    """The outcomes as a JSON object."""
    return {
        "schema": SCHEMA,
        "out": str(out),
        "questions": sum(done.outcomes.values()),
        "outcomes": {outcome.value: count for outcome, count in done.outcomes.items()},
        "kept": done.kept,
        "anew": done.anew,
        "failed": [{"id": identity, "reason": reason} for identity, reason in done.failed],
        "complaints": [{"where": one.where, "what": one.what, "skipped": one.skipped} for one in complaints],
    }


def show_report(report: "Report", out: Path, *, as_json: bool) -> None:
    """The number of claims by verdict, and references that were not found."""
    counts = {verdict.value: count for verdict, count in report.verdicts().items()}
    missing = [found for found in report.references() if found.wrong]
    if as_json:
        wrong = [{"reference": found.written, "wrong": found.wrong} for found in missing]
        print_json({"schema": SCHEMA, "out": str(out), "claims": sum(counts.values()), **counts, "references": wrong})
        return
    print_line(
        f"{sum(counts.values())} claims: {', '.join(f'{count} {verdict}' for verdict, count in counts.items())}."
    )
    for found in missing:
        print_line(f"{found.written}: {found.wrong}")
    print_line(f"Report: {out}")
