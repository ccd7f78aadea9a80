"""Options that several commands share, each with its help."""

from pathlib import Path
from typing import Annotated

import typer

from pincite.answer.query.filters import Filters, make_filters
from pincite.ingest.metadata.extract import KINDS

IndexFolder = Annotated[Path, typer.Option("--index", metavar="DIR", help="Folder of the index.")]
Chroma = Annotated[str | None, typer.Option(metavar="URL", help="Address of a Chroma server, http://HOST:PORT.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
DocumentName = Annotated[str, typer.Argument(metavar="DOCUMENT", help="Path of a document as pincite list shows it.")]
Question = Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotes.")]
Kind = Annotated[list[str] | None, typer.Option(metavar="KIND", help=f"One of {', '.join(KINDS)}; may repeat.")]
Issuer = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only documents of this issuer; may repeat.")]
Language = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help="Only documents in this language (en, uk, …); may repeat.")
]
Glob = Annotated[
    list[str] | None, typer.Option("--document", metavar="GLOB", help="Only documents whose path fits; may repeat.")
]
After = Annotated[str | None, typer.Option(metavar="DATE", help="Only documents of this date or later.")]
Before = Annotated[str | None, typer.Option(metavar="DATE", help="Only documents of this date or earlier.")]
SOME_REJECTED = 3  # exit code: some files or questions failed, all others are done
Rerank = Annotated[
    str | None, typer.Option(metavar="MODEL", help="Cross-encoder, by folder or name, that reads the best passages.")
]
Entail = Annotated[
    str | None,
    typer.Option(metavar="MODEL", help="Cross-encoder, by folder or name, that may lower what the checks find."),
]
ShowUnsupported = Annotated[
    bool, typer.Option("--show-unsupported", help="Show what a model wrote and the documents do not support, marked.")
]


def filters_of(
    kind: list[str] | None,
    issuer: list[str] | None,
    language: list[str] | None,
    document: list[str] | None,
    after: str | None,
    before: str | None,
) -> Filters:
    """Filters from the options of a command. Raises BadInput."""
    return make_filters(
        tuple(kind or ()), tuple(issuer or ()), tuple(language or ()), tuple(document or ()), after, before
    )
