"""Options that several commands share, each with its help."""

from pathlib import Path
from typing import Annotated

import typer

from pincite.answer.models.open_model import FORMS
from pincite.answer.query.filters import Filters, make_filters
from pincite.ingest.embedding.weights import PACKAGED
from pincite.ingest.metadata.extract import KINDS

PARTLY_DONE = 3  # exit code: some files or questions failed, all others are done
INTERRUPTED = 130  # exit code after Ctrl+C, as shells give it

IndexFolder = Annotated[Path, typer.Option("--index", metavar="DIR", help="Folder of the index.")]
Embedding = Annotated[
    str | None,
    typer.Option(
        metavar="MODEL",
        help=f"Embedding model: {', '.join(PACKAGED)}, or a folder; by default that of the index, or the first.",
    ),
]
Chroma = Annotated[str | None, typer.Option(metavar="URL", help="Address of a Chroma server, http://HOST:PORT.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
DocumentName = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help="Path of the document, as listed by pincite list.")
]
Question = Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotes.")]
Kind = Annotated[
    list[str] | None, typer.Option(metavar="KIND", help=f"Only documents of this kind: {', '.join(KINDS)}; may repeat.")
]
Issuer = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only documents of this issuer; may repeat.")]
Language = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help="Only documents in this language (en, uk, …); may repeat.")
]
Glob = Annotated[
    list[str] | None, typer.Option("--document", metavar="GLOB", help="Only documents whose path matches; may repeat.")
]
After = Annotated[str | None, typer.Option(metavar="DATE", help="Only documents dated on or after this date.")]
Before = Annotated[str | None, typer.Option(metavar="DATE", help="Only documents dated on or before this date.")]
Llm = Annotated[str, typer.Option("--llm", metavar="SPEC", help=f"Who writes the answer: {FORMS}.")]
Workers = Annotated[
    int, typer.Option(min=1, max=64, metavar="N", help="Questions sent at once to a model that a server runs.")
]
Rerank = Annotated[
    str | None, typer.Option(metavar="MODEL", help="Rerank the best passages with this cross-encoder (folder or name).")
]
Entail = Annotated[
    str | None,
    typer.Option(
        metavar="MODEL",
        help="Also check statements with this entailment model (folder or name); it can only lower support.",
    ),
]
ShowUnsupported = Annotated[
    bool,
    typer.Option(
        "--show-unsupported", help="Show, marked, the statements of a model that the documents do not support."
    ),
]

Whole = Annotated[bool, typer.Option("--all", help="Show long provisions and lists whole.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Also show the file, offsets and quote of each source.")]


def filters_from_options(
    kind: list[str] | None,
    issuer: list[str] | None,
    language: list[str] | None,
    document: list[str] | None,
    after: str | None,
    before: str | None,
) -> Filters:
    """The filters that a command's options describe. Raises BadInput."""
    return make_filters(
        tuple(kind or ()), tuple(issuer or ()), tuple(language or ()), tuple(document or ()), after, before
    )
