"""Extracts metadata from a document: title, type, issuer, symbol, date, language, authors, relations.

Properties (front matter, document properties) have priority over the text. Sidecars and lists of sources have priority
over both: see `pincite.ingest.metadata.overrides`.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from pincite.ingest.document import INVISIBLE, BlockKind, Metadata, Part, Reading
from pincite.ingest.metadata.authors import find_authors
from pincite.ingest.metadata.dates import find_date, find_month, iso_date
from pincite.ingest.metadata.document_types import KINDS, guess_kind
from pincite.ingest.metadata.issuers import masthead_issuer, site_issuer, title_issuer
from pincite.ingest.metadata.languages import guess_language
from pincite.ingest.metadata.relations import find_relations
from pincite.ingest.metadata.symbols import SYMBOL, issuer_of, own_symbol
from pincite.ingest.metadata.titles import FOOTNOTE_MARK, first_title, shortened, stated_title, without_symbol

__all__ = ["KINDS", "SYMBOL", "describe"]

HEAD = 3000  # characters that identify a document
HEAD_PARTS = 25  # that may name the issuer
LONGEST = 4000  # characters of a property that are used
LINE_WORDS = 30  # of a line that dates a document; dates in longer ones are those of other events
ISO_LENGTH = 10  # of a date such as 2024-03-21
# How a document states the day of its signature or adoption, most reliable first.
ADOPTED = (
    r"^(?:done|signed) (?:at|in|on)\b|^fait à|^hecho en|^geschehen zu|^(?:ditetapkan|disahkan) di|^вчинено",
    r"^(?:the white house|in witness whereof)\b",
    r"^(?:\W*resolution |\W*recommendation |\W*declaration )?adopted (?:by|on|at)\b",
    r"^(?:regulation|directive|decision)\b.*\bof \d{1,2} \w+ \d{4}|^of \d{1,2} \w+ \d{4}$",
    r"\badopted\b|\bsigned\b|\bprise? le\b|\bприйнято\b",
)


def describe(reading: Reading, path: str) -> Metadata:
    """The metadata of a document, from its text, properties and path in the library.

    >>> describe(Reading([Part(BlockKind.HEADING, "A plan", 1)], {"date": "2024-05-01"}), "reports/plan.md").kind
    'report'
    """
    stated = {key.lower(): value for key, value in reading.properties.items() if value not in (None, "")}
    head = "\n".join(part.text for part in reading.parts if part.kind is not BlockKind.FRONT_MATTER)[:HEAD]
    long_title = title_of(stated, reading.parts) or PurePosixPath(path).stem
    symbol = clean(stated.get("symbol")) or own_symbol(stated_kind(stated), head, long_title)
    kind = stated_kind(stated) or guess_kind(path, symbol, long_title, tags_of(stated), reading.parts)
    if "symbol" not in stated and (kind == "article" or (kind == "statement" and "/" not in (symbol or "/"))):
        symbol = None  # it belongs to the document under discussion
    url = clean(stated.get("url") or stated.get("source_url"))
    return Metadata(
        title=shortened(without_symbol(long_title, symbol)),
        kind=kind,
        issuer=clean(stated.get("issuer")) or guess_issuer(kind, symbol, long_title, url, reading.parts),
        symbol=symbol,
        date=iso_date(stated.get("date")) or guess_date(path, reading.parts, head),
        language=stated_language(stated) or guess_language(reading.parts),
        url=url,
        relations=find_relations(reading.parts, long_title, kind, symbol),
        authors=find_authors(stated, reading.parts, long_title) if kind == "article" else (),
    )


def clean(value: Any) -> str | None:
    """A property as one line of text, None if it is empty."""
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(str(value)[:LONGEST].translate(INVISIBLE).split()) if value is not None else ""
    return text or None


def title_of(stated: dict[str, Any], parts: Sequence[Part]) -> str | None:
    """The title, by the properties or the head of the text."""
    return stated_title(clean(stated.get("title")), parts) or clean(FOOTNOTE_MARK.sub("", first_title(parts) or ""))


def tags_of(stated: dict[str, Any]) -> str | None:
    """Type, tags and categories in the properties, which may name the document type."""
    values = [clean(stated.get(name)) for name in ("type", "tags", "category", "categories")]
    return ", ".join(value for value in values if value) or None


def stated_kind(stated: dict[str, Any]) -> str | None:
    """The document type in the properties, if it is a valid one."""
    kind = str(stated.get("kind", "")).lower()
    return kind if kind in KINDS else None


def stated_language(stated: dict[str, Any]) -> str | None:
    """The first language in the properties, if given as a code."""
    value = stated.get("language") or stated.get("lang")
    first = str(value[0] if isinstance(value, list) and value else value or "")
    return first[:2].lower() if re.match(r"[A-Za-z]{2}(?![A-Za-z])", first) else None


def guess_issuer(kind: str, symbol: str | None, title: str, url: str | None, parts: Sequence[Part]) -> str | None:
    """The issuer, by symbol, title, web site or masthead; of an article by its web site alone."""
    if kind == "article":
        return site_issuer(url)
    if known := issuer_of(symbol) or title_issuer(title) or site_issuer(url):
        return known
    head = [part.text for part in parts[:HEAD_PARTS] if part.kind is not BlockKind.FRONT_MATTER]
    return masthead_issuer(line for text in head for line in text.split("\n"))


def guess_date(path: str, parts: Sequence[Part], head: str) -> str | None:
    """The date, by the beginning of the file name, else of signature or adoption, else the first at the head.

    >>> done = Part(BlockKind.PARAGRAPH, "Done at Vilnius, this 5th day of September 2024, in English and French.")
    >>> guess_date("a.pdf", [Part(BlockKind.PARAGRAPH, "Opened on 1 October 2024"), done], "Opened on 1 October 2024")
    '2024-09-05'
    """
    lines = [line for line in head.split("\n") if len(line.split()) <= LINE_WORDS]
    short, name = "\n".join(lines), PurePosixPath(path).name
    named = find_date(name[:ISO_LENGTH]) or adoption_date(parts, lines)
    return (
        named
        or find_date(short)
        or find_date(name)
        or find_date(head)
        or next(filter(None, map(find_month, lines)), None)
    )


def adoption_date(parts: Sequence[Part], head: Sequence[str]) -> str | None:
    """The day of signature, stated anywhere in the text, or of adoption, stated at its head."""
    closing = [line for part in parts for line in (part.text[:HEAD],) if re.match(ADOPTED[0], line, re.IGNORECASE)]
    signing = [part.text for part in parts if re.match(ADOPTED[1], part.text, re.IGNORECASE)]
    candidates = (
        (*closing, *signing),
        *(tuple(ln for ln in head if re.search(sign, ln, re.I)) for sign in ADOPTED[2:]),
    )
    return next((date for lines in candidates for line in lines if (date := find_date(line))), None)
