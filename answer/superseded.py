"""What other documents of the library do to those that an answer rests on: a reader must know before using it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from answer.credited import dated_name, short_name
from answer.named import SURE, named_documents
from answer.names import Names, names_in
from ingest.catalog import Entry
from ingest.index import Index

DONE = {"amends": "amended", "revokes": "revoked", "supersedes": "superseded"}

_kept: "WeakKeyDictionary[Index, Mapping[str, tuple[str, ...]]]" = WeakKeyDictionary()


def changes(index: Index, cited: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each document of the library that amends, revokes or supersedes one of those cited."""
    if index not in _kept:
        _kept[index] = changes_of(names_in(index))
    return tuple(said for path in dict.fromkeys(cited) for said in _kept[index].get(path, ()))


def changes_of(names: Names) -> dict[str, tuple[str, ...]]:
    """What is said of each document that another one changes, by its path."""
    known = {entry.path: entry for entry in names.entries}
    said = defaultdict[str, list[str]](list)
    for entry in names.entries:
        for relation in entry.metadata.relations:
            if relation.kind in DONE:
                for one in named_documents(relation.target, names):
                    if one.sureness >= SURE and one.path != entry.path:
                        said[one.path].append(sentence(known[one.path], DONE[relation.kind], entry))
    return {path: tuple(dict.fromkeys(sentences)) for path, sentences in said.items()}


def sentence(changed: Entry, done: str, by: Entry) -> str:
    """What a reader is told."""
    name = short_name(changed.metadata, changed.path)
    return f"{name} was {done} by {dated_name(by.metadata, by.path)}: see whether what is quoted still stands."
