"""The type of a document: article, resolution, report, statement, law or other."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from pincite.ingest.data.document_types import document_types
from pincite.ingest.document import BlockKind, Part

KINDS = ("article", "resolution", "report", "statement", "law", "other")

# What only a scholarly paper has: an abstract, keywords, a DOI, identifiers of authors.
SCHOLARLY = re.compile(
    r"^\W*(?:abstract|keywords?|key words|анотація|ключові слова|résumé|mots[- ]clés|resumen|palabras clave"
    r"|zusammenfassung)\b|\bdoi(?:\.org/|: ?)10\.\d{4}|\bORCID\b",
    re.IGNORECASE,
)
CITATION = re.compile(r"\([A-ZА-ЯІЇЄ][^()\d;]{1,60},? (?:19|20)\d\d[a-z]?[;,:)]")
HEAD_PARTS = 20
HEAD_LINE_WORDS = 30
SCHOLARLY_PARTS = 30  # at the head, which may contain an abstract
MARK_REACH = 300  # characters from the beginning of a part
MANY_CITATIONS = 5  # from here on a text without other signs is scholarly


def guess_kind(path: str, symbol: str | None, title: str, tags: str | None, parts: Sequence[Part] = ()) -> str:
    """The type, by folder, symbol, opening of the title, tags, head of the text, and title, in this order.

    >>> guess_kind("un/78-265.pdf", "A/RES/78/265", "Seizing the opportunities", None)
    'resolution'
    >>> guess_kind("a.md", None, "Remarks by the Director on a framework", "articles")
    'statement'
    """
    name = PurePosixPath(path)
    tagged = sign_in(tags)
    said = stated_at_head(parts)
    by_symbol = None if tagged or said == "statement" else kind_of_symbol(symbol)
    first = sign_in(str(name.parent)) or by_symbol or opening_of(title) or tagged
    first = first or said or sign_in(symbol)
    if first or (symbol is None and is_scholarly(parts)):
        return first or "article"
    return sign_in(title) or sign_in(name.stem) or ("article" if cites_authors(parts) else "other")


def sign_in(text: str | None) -> str | None:
    """The first type that a text shows a sign of."""
    return next((known.name for known in document_types() if known.sign.search(text or "")), None)


def kind_of_symbol(symbol: str | None) -> str | None:
    """The kind of which all documents with symbols of this form are, whatever they are called.

    >>> kind_of_symbol("MF/RES/9/6"), kind_of_symbol("A/79/296")
    ('resolution', None)
    """
    return next((known.name for known in document_types() if known.symbol.match(symbol or "")), None)


def opening_of(title: str) -> str | None:
    """The type named by the first words of a title."""
    return next((known.name for known in document_types() if known.title_opening.match(title)), None)


def stated_at_head(parts: Sequence[Part]) -> str | None:
    """The type stated by a short line at the head of a text.

    >>> stated_at_head([Part(BlockKind.PARAGRAPH, "Kenya, Norway and Peru: draft resolution")])
    'resolution'
    """
    lines = [line.strip(" [(*_#") for part in parts[:HEAD_PARTS] for line in part.text[:MARK_REACH].split("\n")]
    short = (line for line in lines if len(line.split()) <= HEAD_LINE_WORDS)
    return next((known.name for line in short for known in document_types() if known.head_line.match(line)), None)


def is_scholarly(parts: Sequence[Part]) -> bool:
    """Whether the head of a text is that of a scholarly paper.

    >>> is_scholarly([Part(BlockKind.HEADING, "Abstract", 2), Part(BlockKind.PARAGRAPH, "We argue.")])
    True
    """
    head = parts[:SCHOLARLY_PARTS]
    headed = any(part.kind is BlockKind.HEADING and SCHOLARLY.match(part.text) for part in head)
    return headed or sum(bool(SCHOLARLY.search(part.text[:MARK_REACH])) for part in head) > 1


def cites_authors(parts: Sequence[Part]) -> bool:
    """Whether a text cites by author and year, as scholars do and issuers of policy do not."""
    return sum(len(CITATION.findall(part.text)) for part in parts) >= MANY_CITATIONS
