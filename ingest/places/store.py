"""The index of places in the catalog: units, definitions, enumerations and tables of each document, to be looked up.

It is derived from the documents in the catalog; all offsets are into their canonical texts.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.ingest.document import Document
from pincite.ingest.places.definitions import Definition, definitions_of
from pincite.ingest.places.enumerations import EnumeratedItem, Enumeration, enumerations_of
from pincite.ingest.places.outline import OutlineNode, outline_of
from pincite.ingest.places.tables import PlacedTable, tables_of

TABLES = """
CREATE TABLE units (
    number INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    parent INTEGER REFERENCES units (number) ON DELETE CASCADE,
    pinpoint TEXT NOT NULL, title TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX units_by_document ON units (document, start);
CREATE INDEX units_by_parent ON units (parent);
CREATE TABLE definitions (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    term TEXT NOT NULL, folded TEXT NOT NULL, pinpoint TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX definitions_by_term ON definitions (folded);
CREATE INDEX definitions_by_document ON definitions (document);
CREATE TABLE enumerations (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    pinpoint TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL, items TEXT NOT NULL
);
CREATE INDEX enumerations_by_document ON enumerations (document, start);
CREATE TABLE tables (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    pinpoint TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX tables_by_document ON tables (document, start);
"""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a document."""

    outline: tuple[OutlineNode, ...]
    definitions: tuple[Definition, ...]
    enumerations: tuple[Enumeration, ...]
    tables: tuple[PlacedTable, ...]


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A definition with the path of its document."""

    document: str
    definition: Definition


def places_of(document: Document) -> Places:
    """Find all places of a document."""
    return Places(
        outline=outline_of(document),
        definitions=tuple(definitions_of(document)),
        enumerations=tuple(enumerations_of(document)),
        tables=tuple(tables_of(document)),
    )


def fold_term(term: str) -> str:
    """A term as it is looked up: without case, hyphens and the s of a plural.

    >>> fold_term("General-purpose AI models"), fold_term("Deployer")
    ('general purpose ai model', 'deployer')
    """
    words = term.casefold().replace("-", " ").replace("‑", " ").replace("(s)", "").split()
    return " ".join(word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word for word in words)  # noqa: PLR2004  letters


def keep(connection: sqlite3.Connection, document: int, places: Places) -> None:
    """Write the places of a document, by its number in the catalog. To be called inside a transaction."""
    for node in places.outline:
        keep_node(connection, document, None, node)
    connection.executemany(
        "INSERT INTO definitions VALUES (?, ?, ?, ?, ?, ?)",
        [(document, one.term, fold_term(one.term), one.pinpoint, one.start, one.end) for one in places.definitions],
    )
    connection.executemany(
        "INSERT INTO enumerations VALUES (?, ?, ?, ?, ?)",
        [
            (document, one.pinpoint, one.start, one.end, json.dumps([(i.start, i.end, i.pinpoint) for i in one.items]))
            for one in places.enumerations
        ],
    )
    connection.executemany(
        "INSERT INTO tables VALUES (?, ?, ?, ?)",
        [(document, one.pinpoint, one.start, one.end) for one in places.tables],
    )


def keep_node(connection: sqlite3.Connection, document: int, parent: int | None, node: OutlineNode) -> None:
    """Write a unit and those inside it."""
    row = (document, parent, node.pinpoint, node.title, node.start, node.end)
    cursor = connection.execute(
        'INSERT INTO units (document, parent, pinpoint, title, start, "end") VALUES (?, ?, ?, ?, ?, ?)', row
    )
    for child in node.children:
        keep_node(connection, document, cursor.lastrowid, child)


def stored_outline(connection: sqlite3.Connection, document: int) -> tuple[OutlineNode, ...]:
    """The tree of units of a document, by its number."""
    rows = connection.execute(
        'SELECT number, parent, pinpoint, title, start, "end" FROM units WHERE document = ? ORDER BY number DESC',
        (document,),
    )
    children: dict[int | None, list[OutlineNode]] = {}
    for number, parent, pinpoint, title, start, end in rows:  # a unit comes after all that are inside it
        inside = tuple(reversed(children.pop(number, [])))
        children.setdefault(parent, []).append(OutlineNode(pinpoint, title, start, end, inside))
    return tuple(reversed(children.get(None, [])))


def units_cited_with(connection: sqlite3.Connection, label: str) -> list[tuple[int, OutlineNode]]:
    """The units of all documents whose citation contains a number or letter, without the units inside them.

    Each with the number of its document, in reading order.
    """
    rows = connection.execute(
        'SELECT document, pinpoint, title, start, "end" FROM units WHERE instr(lower(pinpoint), ?) '
        "ORDER BY document, start",
        (label.lower(),),
    )
    return [(document, OutlineNode(*node)) for document, *node in rows]


def stored_definitions(connection: sqlite3.Connection, term: str) -> list[DefinedTerm]:
    """The definitions of a term in all documents, as it is written or in the plural."""
    rows = connection.execute(
        'SELECT d.path, f.term, f.start, f."end", f.pinpoint FROM definitions f '
        "JOIN documents d ON d.number = f.document WHERE f.folded = ? ORDER BY d.path, f.start",
        (fold_term(term),),
    )
    return [DefinedTerm(path, Definition(*definition)) for path, *definition in rows]


def stored_terms(connection: sqlite3.Connection) -> list[str]:
    """The terms that any document defines, as written, each once."""
    return [term for (term,) in connection.execute("SELECT DISTINCT term FROM definitions ORDER BY term")]


def defined_in(connection: sqlite3.Connection, document: int) -> list[Definition]:
    """The definitions of a document, by its number, in reading order."""
    rows = connection.execute(
        'SELECT term, start, "end", pinpoint FROM definitions WHERE document = ? ORDER BY start', (document,)
    )
    return [Definition(*row) for row in rows]


def stored_enumerations(connection: sqlite3.Connection, document: int) -> list[Enumeration]:
    """The enumerations of a document, by its number."""
    rows = connection.execute(
        'SELECT start, "end", pinpoint, items FROM enumerations WHERE document = ? ORDER BY start', (document,)
    )
    return [
        Enumeration(start, end, pinpoint, tuple(EnumeratedItem(*item) for item in json.loads(items)))
        for start, end, pinpoint, items in rows
    ]


def units_at(nodes: Sequence[OutlineNode], offset: int) -> Iterator[OutlineNode]:
    """The units around a character, outermost first."""
    for node in nodes:
        if node.start <= offset < node.end:
            yield node
            yield from units_at(node.children, offset)
            return
