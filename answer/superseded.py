"""What other documents of the library do to those that an answer rests on: a reader must know before using it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from answer.credited import dated_name, short_name
from answer.named import SURE, named_documents
from answer.names import Names, names_in
from ingest.catalog import Entry
from ingest.index import Index

DONE = {"amends": "amended", "revokes": "revoked", "supersedes": "superseded", "mentions as revoked": "revoked"}

Changes = Mapping[str, tuple[tuple[str, Entry], ...]]  # by path: what was done to a document, and which one says so
_kept: "WeakKeyDictionary[Index, Changes]" = WeakKeyDictionary()


def changes(index: Index, cited: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each document of the library that amends, revokes or supersedes one of those cited."""
    return tuple(
        sentence(index.entry(path), kind, by) for path in dict.fromkeys(cited) for kind, by in changes_to(index, path)
    )


def changes_to(index: Index, path: str) -> tuple[tuple[str, Entry], ...]:
    """What other documents of the library say was done to one: a key of DONE and the document, latest first."""
    if index not in _kept:
        _kept[index] = changes_of(names_in(index))
    return _kept[index].get(path, ())


def changes_of(names: Names) -> Changes:
    """What is done to each document by others."""
    found = defaultdict[str, dict[tuple[str, str], Entry]](dict)
    for entry in sorted(names.entries, key=lambda one: one.metadata.date or "", reverse=True):
        for relation in entry.metadata.relations:
            if relation.kind in DONE:
                for one in named_documents(relation.target, names):
                    if one.sureness >= SURE and one.path != entry.path:
                        found[one.path].setdefault((relation.kind, entry.path), entry)
    return {path: tuple((kind, by) for (kind, _), by in said.items()) for path, said in found.items()}


def sentence(changed: Entry, kind: str, by: Entry) -> str:
    """What a reader is told."""
    name, source = short_name(changed.metadata, changed.path), dated_name(by.metadata, by.path)
    if kind == "mentions as revoked":
        return f"{name} was revoked, as {source} says: see whether what is quoted still stands."
    return f"{name} was {DONE[kind]} by {source}: see whether what is quoted still stands."
