"""Definitions of a term that a question asks for, in the document named or side by side in several."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from pincite.answer.citation.short_reference import dated_name
from pincite.answer.draft.amendments import changes_to
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.lookup.found import Found
from pincite.answer.lookup.unit_text import shown_unit, unit_sentence
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import Question
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import Document
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.places.definitions import Definition, terms_of
from pincite.ingest.places.outline import OutlineNode
from pincite.ingest.places.store import fold_term, stored_definitions

MOST_DOCUMENTS = 4  # side by side
MOST_WORDS = 100  # of all definitions together
BINDING = ("law", "resolution", "report")  # kinds of documents whose definitions come first
FURTHER = "Also defined in: {documents}."
DEFINITION = "The definition of “{term}”"

Place = tuple[Entry, Definition]


def find_definitions(index: Index, question: Question, documents: Sequence[Entry], *, whole: bool) -> Found | None:
    """The definitions of the term that a question asks for, one from each document."""
    for term in question.address.terms:
        if places := definitions_in(index, term, documents):
            return side_by_side(index, places, whole=whole)
    return None


def definitions_in(index: Index, term: str, documents: Sequence[Entry]) -> list[Place]:
    """The definitions of a term, one from each document, binding ones first and those revoked last."""
    spellings = spellings_of(term, aliases_of(index).acronyms)
    return sorted(places_of(index, spellings, documents), key=lambda place: order(index, place[0]))


def spellings_of(term: str, acronyms: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A term as written, with its acronyms in full, and with acronyms for their long forms.

    >>> spellings_of("AI system", {"AI": ("artificial intelligence",)})
    ('AI system', 'artificial intelligence system')
    >>> spellings_of("Artificial intelligence model", {"AI": ("artificial intelligence",)})
    ('Artificial intelligence model', 'AI model')
    """
    found = {term: None}
    for short, (long, *_) in acronyms.items():
        if " " not in short:
            for written, other in ((short, long), (long, short)):
                flags = 0 if written is short else re.IGNORECASE
                found[re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", lambda _, to=other: to, term, flags=flags)] = None
    return tuple(found)


def places_of(index: Index, spellings: Sequence[str], documents: Sequence[Entry]) -> Iterator[Place]:
    """The definition of a term in each document that has one: the one that comes first in its block.

    Documents with the same text as one before are left out.
    """
    entries = {entry.path: entry for entry in documents}
    found: dict[str, list[Definition]] = {}
    for one in chain.from_iterable(stored_definitions(index.catalog.connection, term) for term in spellings):
        if one.document in entries and not found.keys() & set(entries[one.document].near_duplicates):
            found.setdefault(one.document, []).append(one.definition)
    for path, definitions in found.items():
        text = index.document(path).text
        yield entries[path], min(definitions, key=lambda one: (text[one.start : one.end].find(one.term), one.start))


def order(index: Index, entry: Entry) -> tuple[bool, int, str]:
    """Documents in force before those revoked, binding ones before others."""
    kind = entry.metadata.kind
    revoked = any(change != "amends" for change, _ in changes_to(index, entry.path))
    return revoked, BINDING.index(kind) if kind in BINDING else len(BINDING), entry.path


def side_by_side(index: Index, places: Sequence[Place], *, whole: bool) -> Found:
    """The definitions of the first documents, and the names of the others that have one."""
    most = len(places) if whole else MOST_DOCUMENTS
    first, others = places[:most], places[most:]
    several = len({entry.path for entry, _ in first}) > 1
    sentences: list[DraftSentence] = []
    notes: list[str] = []
    for entry, definition in first:
        document = index.document(entry.path)
        unit = defining_unit(document, definition)
        shown = shown_unit(document, unit, len(document.text) if whole else MOST_WORDS // len(first))
        if shown:
            sentences.append(unit_sentence(document, unit, shown, named=several))
            notes += shown.note(DEFINITION.format(term=definition.term))
    if others:
        sentences[-1:] = [replace(last, left_out=last.left_out + len(others)) for last in sentences[-1:]]
        names = "; ".join(dated_name(entry.metadata, entry.path) for entry, _ in others)
        notes.append(FURTHER.format(documents=names))
    return Found(tuple(sentences), tuple(notes))


def defining_unit(document: Document, definition: Definition) -> OutlineNode:
    """The text of a definition from the sentence that gives it, to its end or that of the sentence if others follow."""
    text = document.text[definition.start : definition.end]
    spans = [
        (first, last) for first, last in sentence_spans(text) if definition.term in " ".join(text[first:last].split())
    ]
    defining = [span for span in spans if fold_term(definition.term) in map(fold_term, terms_of(text[slice(*span)]))]
    first, last = (defining or spans or [(0, len(text))])[0]
    several = len({fold_term(term) for term in terms_of(text)}) > 1
    end = definition.start + last if several else definition.end
    return OutlineNode(definition.pinpoint or "", "", definition.start + first, end)
