"""How the metadata of a document, and where each value was found, look on a terminal and as JSON."""

from typing import Any

from rich.text import Text

from pincite.answer.citation.excerpt import shorten
from pincite.cli.output import OUT, print_json
from pincite.ingest.document import Document, FieldSource, Metadata

FIELDS = (
    "title",
    "short_title",
    "aliases",
    "kind",
    "issuer",
    "symbol",
    "date",
    "language",
    "languages",
    "url",
    "authors",
)
COMPUTED = {"kind": "title, symbol and text", "language": "text", "languages": "text", "url": "front matter"}
WIDTH = 12  # columns of a field's name
QUOTE = 100  # characters shown of the text at a place


def show_metadata(document: Document, metadata: Metadata, *, as_json: bool) -> None:
    """A line for each value with its source, its offset and page, and the words there."""
    records = metadata_records(document, metadata)
    if as_json:
        print_json(records)
        return
    for record in records:
        line = Text(f"{record['field']:<{WIDTH}} ", style="bold")
        line.append(record["value"] or "–", style="not bold")
        OUT.print(line, soft_wrap=True)
        place = f", characters {record['start']}-{record['end']}" if record["end"] else ""
        page = f", p. {record['page']}" if record["page"] else ""
        words = f": {shorten(record['text'], QUOTE)}" if record["text"] else ""
        if record["value"]:
            OUT.print(Text(f"{'':<{WIDTH}} {record['source']}{place}{page}{words}", style="dim"), soft_wrap=True)


def metadata_records(document: Document, metadata: Metadata) -> list[dict[str, Any]]:
    """A record for each value, and one without a value for each field that has none."""
    return [
        record
        for field in FIELDS
        for record in (
            [field_record(document, source) for source in sources_of_field(field, metadata)] or [empty(field)]
        )
    ]


def sources_of_field(field: str, metadata: Metadata) -> list[FieldSource]:
    """The sources of a field's values; of computed values the general one."""
    value = getattr(metadata, field)
    values = [value] if isinstance(value, str) else list(value or ())
    known = [source for source in metadata.sources if source.field == field]
    return known or [FieldSource(field, one, COMPUTED.get(field, "text")) for one in values]


def field_record(document: Document, source: FieldSource) -> dict[str, Any]:
    """A value with its place."""
    text = " ".join(document.text[source.start : source.end].split()) if source.end else None
    page = document.page_at(source.start) if source.start is not None else None
    return {
        "field": source.field,
        "value": source.value,
        "source": source.source,
        "start": source.start,
        "end": source.end,
        "page": page,
        "text": text,
    }


def empty(field: str) -> dict[str, Any]:
    """The record of a field without a value."""
    return {"field": field, "value": None, "source": None, "start": None, "end": None, "page": None, "text": None}
