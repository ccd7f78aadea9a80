"""What a document says about itself: title, kind, issuer, symbol, date, languages, names, authors, relations.

Stated properties (front matter) win over what is read off the text, file properties only where the text agrees. What
people state beside the document wins over both: see `pincite.ingest.metadata.overrides`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pincite.ingest.document import BETWEEN_BLOCKS, INVISIBLE, BlockKind, Metadata, Part, Reading
from pincite.ingest.metadata.adoption import find_adoption
from pincite.ingest.metadata.authors import find_authors
from pincite.ingest.metadata.dates import iso_date
from pincite.ingest.metadata.document_types import KINDS, guess_kind
from pincite.ingest.metadata.head_lines import FoundValue, TextLine, lines_of
from pincite.ingest.metadata.issuers import find_issuer, site_issuer, title_issuer
from pincite.ingest.metadata.languages import guess_languages
from pincite.ingest.metadata.names import cited_as, other_names
from pincite.ingest.metadata.relations import find_relations
from pincite.ingest.metadata.symbols import SYMBOL, filed_symbol, issuer_of, own_symbol
from pincite.ingest.metadata.title_lines import script_of
from pincite.ingest.metadata.titles import find_title, shortened, without_symbol

__all__ = ["KINDS", "SYMBOL", "describe"]

HEAD = 3000  # characters in which a document names itself
NAMING_LINES = 400  # lines in which a document gives itself names
LONGEST = 4000  # characters of a stated value that are read
DATES_STATED = ("date", "ausfertigungsdatum", "datum", "fecha", "date_published", "published")


@dataclass(frozen=True, slots=True)
class DescribedText:
    """A text on its way to metadata: its parts and lines, what its front matter and properties state, and its path."""

    parts: Sequence[Part]
    lines: Sequence[TextLine]
    stated: Mapping[str, Any]
    path: str

    @property
    def text_lines(self) -> list[TextLine]:
        """The lines without front matter."""
        return [line for line in self.lines if line.kind is not BlockKind.FRONT_MATTER]


def describe(reading: Reading, path: str) -> Metadata:
    """Metadata of a document from its reading and its path in the library.

    >>> describe(Reading([Part(BlockKind.HEADING, "A plan", 1)], {"date": "2024-05-01"}), "reports/plan.md").kind
    'report'
    """
    stated = {key.lower(): value for key, value in reading.properties.items() if value not in (None, "")}
    text = DescribedText(reading.parts, lines_of(reading.parts), stated, path)
    lines = text.text_lines
    languages = guess_languages(text.parts)
    cited = cited_as(lines)
    found = find_title(text.lines, clean(stated.get("title")), path, cited)
    title, translations = in_reading_language(*found, languages)
    symbol = symbol_of(text, title.value)
    kind = stated_kind(stated) or guess_kind(path, symbol, title.value, tags_of(stated), text.parts)
    if "symbol" not in stated and (kind == "article" or (kind == "statement" and "/" not in (symbol or "/"))):
        symbol = None  # that of a document it is about
    url = clean(stated.get("url") or stated.get("source_url"))
    issuer = issuer_found(text, kind, symbol, title.value, url)
    date = stated_date(stated) or find_adoption(lines, title.value, kind, path)
    names = [*translations, *other_names(title, lines[:NAMING_LINES], stated)]
    short = short_title(title, cited, names)
    fields = {
        "title": title,
        "short_title": short,
        "issuer": issuer,
        "symbol": symbol_source(symbol, lines),
        "date": date,
    }
    further = [name for name in names if not short or name.value != short.value]
    return Metadata(
        title=shortened(without_symbol(title.value, symbol)),
        kind=kind,
        issuer=issuer.value if issuer else None,
        symbol=symbol,
        date=date.value if date else None,
        language=stated_language(stated) or languages[0],
        url=url,
        relations=find_relations(text.parts, title.value, kind, symbol),
        authors=find_authors(stated, text.parts, title.value) if kind == "article" else (),
        short_title=short.value if short else None,
        aliases=tuple(name.value for name in further),
        languages=languages if len(languages) > 1 else (),
        page_labels=reading.properties.get("page_labels", ()),
        sources=(
            *(value.as_source(field) for field, value in fields.items() if value),
            *(name.as_source("aliases") for name in further),
        ),
    )


def short_title(title: FoundValue, cited: FoundValue | None, names: Sequence[FoundValue]) -> FoundValue | None:
    """The name by which an act says it may be cited, else a name in its title, unless that is the title itself."""
    short = cited or next((name for name in names if " " in name.value and name.source == "title"), None)
    return short if short and short.value.casefold() != title.value.casefold() else None


def in_reading_language(
    title: FoundValue, others: list[FoundValue], languages: tuple[str, ...]
) -> tuple[FoundValue, list[FoundValue]]:
    """The title first that more readers can read: of a document in Chinese and English the English one."""
    latin = next((other for other in others if script_of(other.value) == "other"), None)
    if latin and script_of(title.value) == "cjk" and "en" in languages:
        return latin, [
            replace(title, source="title in another language"),
            *(other for other in others if other is not latin),
        ]
    return title, others


def symbol_of(text: DescribedText, title: str) -> str | None:
    """The symbol that is stated, printed at the head or at the end."""
    head = "\n".join(line.text for line in text.text_lines)[:HEAD]
    symbol = clean(text.stated.get("symbol")) or own_symbol(stated_kind(text.stated), head, title)
    return symbol or filed_symbol(line.text for line in text.lines)


def symbol_source(symbol: str | None, lines: Sequence[TextLine]) -> FoundValue | None:
    """Where a symbol stands."""
    if symbol is None:
        return None
    line = next((line for line in lines if symbol.casefold() in line.text.casefold()), None)
    if line is None:
        return FoundValue(symbol, "text, in another form")
    start = line.start + line.text.casefold().index(symbol.casefold())
    return FoundValue(symbol, "text", start, start + len(symbol))


def issuer_found(text: DescribedText, kind: str, symbol: str | None, title: str, url: str | None) -> FoundValue | None:
    """The body that issued a document: stated, or shown by symbol, title, address or text; of an article its site."""
    if value := clean(text.stated.get("issuer")):
        return FoundValue(value, "front matter")
    ways = [("address", site_issuer(url))]
    if kind != "article":
        ways = [("symbol", issuer_of(symbol)), ("title", title_issuer(title)), *ways]
    if found := next((FoundValue(value, source) for source, value in ways if value), None):
        return found
    if kind == "article":
        return None
    whole = BETWEEN_BLOCKS.join(part.text for part in text.parts if part.text.strip())
    return find_issuer(text.lines, whole, title, kind, text.path)


def stated_date(stated: Mapping[str, Any]) -> FoundValue | None:
    """The date that front matter states."""
    dates = (iso_date(stated.get(key)) for key in DATES_STATED)
    return next((FoundValue(date, "front matter") for date in dates if date), None)


def clean(value: Any) -> str | None:
    """A stated value as one line of text, None when there is nothing in it."""
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(str(value)[:LONGEST].translate(INVISIBLE).split()) if value is not None else ""
    return text or None


def tags_of(stated: Mapping[str, Any]) -> str | None:
    """What the document says it is about, in which its kind may be named."""
    values = [clean(stated.get(name)) for name in ("type", "tags", "category", "categories")]
    return ", ".join(value for value in values if value) or None


def stated_kind(stated: Mapping[str, Any]) -> str | None:
    """The kind that the document states, when it is one of ours."""
    kind = str(stated.get("kind", "")).lower()
    return kind if kind in KINDS else None


def stated_language(stated: Mapping[str, Any]) -> str | None:
    """The first language that the document states, when it is written as a code."""
    value = stated.get("language") or stated.get("lang")
    first = str(value[0] if isinstance(value, list) and value else value or "")
    return first[:2].lower() if re.match(r"[A-Za-z]{2}(?![A-Za-z])", first) else None
