"""Types of documents, by the words that show them in titles, texts, paths and questions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pincite.ingest.data.toml_file import read_data


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document with the patterns that show it; `document_types.toml` explains them."""

    name: str
    symbol: re.Pattern[str]
    title_opening: re.Pattern[str]
    head_line: re.Pattern[str]
    sign: re.Pattern[str]
    in_question: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DocumentNoun:
    """A word for documents with the types, and the words describing a document, that it may refer to."""

    types: frozenset[str]
    described_by: frozenset[str]


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All types in the order in which they are tried.

    >>> [known.name for known in document_types() if known.sign.search("A/RES/78/265")]
    ['resolution']
    """
    return tuple(
        DocumentType(
            name,
            symbol=any_of(table.get("symbols", [])),
            title_opening=any_of(table.get("title_openings", [])),
            head_line=any_of(table.get("head_lines", [])),
            sign=any_of(table.get("signs", [])),
            in_question=any_of([rf"\b(?:{'|'.join(table['in_questions'])})\b"]),
        )
        for name, table in read_data("document_types")["type"].items()
    )


def any_of(patterns: list[str]) -> re.Pattern[str]:
    """One pattern for several; without any, one that never matches."""
    return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)


@cache
def document_nouns() -> Mapping[str, DocumentNoun]:
    """The words for documents in descriptions such as `the March 2024 resolution`.

    >>> sorted(document_nouns()["study"].types)
    ['article', 'report']
    """
    return {
        word: DocumentNoun(frozenset(row["types"]), frozenset(row["described_by"]))
        for row in read_data("document_types")["noun"]
        for word in row["words"]
    }


@cache
def nouns(kind: str) -> tuple[str, ...]:
    """A list of nouns for documents: `instruments`, `publications` or `numbered_acts`."""
    return tuple(read_data("document_types")["nouns"][kind])
