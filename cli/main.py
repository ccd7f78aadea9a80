"""The `pincite` command: each subcommand opens what it needs, calls one stage and prints the result."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from pincite.answer.models.open_model import EXTRACT
from pincite.cli import briefing, evaluation, model, output, verify
from pincite.cli.answer_output import show_answer
from pincite.cli.fetch import fetch
from pincite.cli.metadata import show_metadata
from pincite.cli.options import (
    INTERRUPTED,
    PARTLY_DONE,
    After,
    AsJson,
    Before,
    Chroma,
    DocumentName,
    Embedding,
    Entail,
    Glob,
    IndexFolder,
    Issuer,
    Kind,
    Language,
    Llm,
    Question,
    Rerank,
    ShowUnsupported,
    Verbose,
    Whole,
    filters_from_options,
)
from pincite.cli.outline import show_outline
from pincite.cli.serve import serve
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import DEFAULT_FOLDER, IndexSettings, open_index

app = typer.Typer(
    name="pincite",
    help="Answer questions over policy texts, with every sentence linked to its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(evaluation.app, name="eval")
app.add_typer(model.app, name="model")


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders to index.")],
    index: IndexFolder = DEFAULT_FOLDER,
    prune: Annotated[bool, typer.Option(help="Drop documents whose file is gone from these folders.")] = False,
    embedding: Embedding = None,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Index files and folders; unchanged files are skipped.

    Example: pincite ingest corpus/
    """
    from pincite.ingest.pipeline import ingest as run

    settings = IndexSettings(embedding) if embedding else None
    with output.ingest_progress(shown=not as_json) as progress:
        summary = run(paths, index, prune=prune, settings=settings, server=chroma, progress=progress)
    output.show_summary(summary, as_json=as_json)
    done = summary.added + summary.updated + summary.unchanged + summary.moved + summary.removed
    if summary.rejected:
        raise typer.Exit(PARTLY_DONE if done else 1)


@app.command("list")
def list_documents(index: IndexFolder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """List the documents of the index.

    Example: pincite list
    """
    with open_index(index) as opened:
        output.show_entries(opened.entries, as_json=as_json)


@app.command()
def show(
    document: DocumentName,
    index: IndexFolder = DEFAULT_FOLDER,
    page: Annotated[int | None, typer.Option(help="Only this page, counted from 1.")] = None,
    start: Annotated[int | None, typer.Option(help="First character, as an offset into the canonical text.")] = None,
    end: Annotated[int | None, typer.Option(help="Offset after the last character.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the canonical text exactly and nothing else.")] = False,
    outline: Annotated[bool, typer.Option("--outline", help="Show its units with titles and pages.")] = False,
    metadata: Annotated[
        bool, typer.Option("--metadata", help="Show where each value of its metadata was found.")
    ] = False,
    blocks: Annotated[bool, typer.Option("--blocks", help="Show the structure that Pincite found.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a document's metadata or its text.

    Example: pincite show resolutions/MF-RES-3-2-amendments-pooled-computing.pdf --page 2
    """
    from pincite.answer.citation.excerpt import excerpt

    with open_index(index) as opened:
        found = opened.document(document)
        if outline:
            show_outline(found, opened.catalog.outline(document), as_json=as_json)
        elif metadata:
            show_metadata(found, opened.entry(document).metadata, as_json=as_json)
        elif blocks:
            output.show_blocks(found, as_json=as_json)
        elif text or page is not None or start is not None or end is not None:
            output.show_text(excerpt(found, page, start, end), as_json=as_json)
        else:
            output.show_document(found, opened.entry(document), as_json=as_json)


@app.command()
def remove(document: DocumentName, index: IndexFolder = DEFAULT_FOLDER, chroma: Chroma = None) -> None:
    """Remove a document from the index; the file itself is kept.

    Example: pincite remove articles/one-table-or-many.md
    """
    from pincite.ingest.pipeline import remove as run

    run(document, index, server=chroma)
    output.print_line(f"Removed {document} from the index; the file itself is kept.")


@app.command()
def search(
    question: Question,
    index: IndexFolder = DEFAULT_FOLDER,
    top: Annotated[int, typer.Option(min=1, max=1000, help="Number of passages.")] = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the question was read and why each passage ranks where it does.")
    ] = False,
    rerank: Rerank = None,
    kind: Kind = None,
    issuer: Issuer = None,
    language: Language = None,
    document: Glob = None,
    after: After = None,
    before: Before = None,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Find passages for a question, without answering it.

    Example: pincite search "energy of data centres" --kind resolution --top 5
    """
    from pincite.answer.query.aliases import aliases_of
    from pincite.answer.query.question import check_question, describe_question, read_question
    from pincite.answer.retrieval.cross_encoder import open_reranker
    from pincite.answer.retrieval.retrieve import RetrieveSettings, retrieve
    from pincite.ingest.embedding.embedder import Embedder

    question = check_question(question)
    filters = filters_from_options(kind, issuer, language, document, after, before)
    with open_index(index, server=chroma) as opened:
        settings = RetrieveSettings(candidates=max(RetrieveSettings().candidates, 4 * top), top=top)
        reranker = open_reranker(rerank) if rerank else None
        evidence = retrieve(opened, Embedder(opened.settings.model), question, filters, settings, reranker)
        if explain and not as_json:
            output.print_line(describe_question(read_question(question, aliases_of(opened))))
        output.show_evidence(evidence, as_json=as_json, explain=explain)


@app.command()
def ask(
    question: Question,
    index: IndexFolder = DEFAULT_FOLDER,
    llm: Llm = EXTRACT,
    rerank: Rerank = None,
    entail: Entail = None,
    kind: Kind = None,
    issuer: Issuer = None,
    language: Language = None,
    document: Glob = None,
    after: After = None,
    before: Before = None,
    whole: Whole = False,
    show_unsupported: ShowUnsupported = False,
    verbose: Verbose = False,
    as_json: AsJson = False,
    chroma: Chroma = None,
) -> None:
    """Answer a question with citations.

    Example: pincite ask "How many accelerators will the facility have?" --llm ollama:qwen3
    """
    from pincite.answer.batch import open_models
    from pincite.answer.pipeline import ask as run
    from pincite.answer.query.question import check_question
    from pincite.ingest.embedding.embedder import Embedder

    question = check_question(question)
    filters = filters_from_options(kind, issuer, language, document, after, before)
    with open_index(index, server=chroma) as opened:
        writer, optional = open_models(llm, rerank, entail)
        answer = run(opened, Embedder(opened.settings.model), question, filters, writer, optional=optional, whole=whole)
        show_answer(answer, opened.by_path, as_json=as_json, unsupported=show_unsupported, verbose=verbose)


app.command()(verify.verify)
for command in (briefing.batch, briefing.matrix, briefing.check, fetch, serve):
    app.command()(command)


@app.command()
def doctor(index: IndexFolder = DEFAULT_FOLDER, as_json: AsJson = False, chroma: Chroma = None) -> None:
    """Check packages, models, servers and the index.

    Example: pincite doctor
    """
    from pincite.cli.doctor import run_checks

    checks = run_checks(index, chroma)
    output.show_health_checks(checks, as_json=as_json)
    if not all(check.sound for check in checks):
        raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def common(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Answer questions over policy texts, with every sentence linked to its source."""
    if show_version:
        output.print_line(f"pincite {version('pincite')}")
        raise typer.Exit


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Print an error that the user can act on as one sentence on standard error, and exit with 1."""
    try:
        yield
    except PinciteError as error:
        output.print_error(str(error))
        sys.exit(1)
    except OSError as error:
        output.print_error(f"{error.filename or 'The system'}: {error.strerror or error}.")
        sys.exit(1)
    except KeyboardInterrupt:
        output.print_error("Stopped; everything written so far is kept.")
        sys.exit(INTERRUPTED)


def main() -> None:
    """Run the command line."""
    with errors_as_sentences():
        app()


if __name__ == "__main__":
    main()
