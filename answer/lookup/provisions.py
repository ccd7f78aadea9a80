"""Provisions that a question asks for themselves: `What does Article 26 say?`, `§ 7 BUrlG`, `para 6(e) of …`."""

from collections.abc import Sequence
from dataclasses import replace

from pincite.answer.lookup.found import Found
from pincite.answer.lookup.unit_text import MOST_WORDS, shown_unit, unit_sentence
from pincite.answer.query.question import Question
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.places.outline import OutlineNode
from pincite.ingest.places.store import units_cited_with
from pincite.ingest.structure.pinpoint_grammar import path_of

MOST_DOCUMENTS = 8  # that are named where several have a provision
WHICH = "{count} documents have {pinpoint}: name the one you mean, or choose it, to read the provision."

Place = tuple[Entry, OutlineNode]


def find_provisions(index: Index, question: Question, documents: Sequence[Entry], *, whole: bool) -> Found | None:
    """The provisions that a question asks for; the documents that have one, if several do and none is named."""
    if not question.address.provisions:
        return None
    places = [place for pinpoint in question.pinpoints for place in places_of(index, pinpoint, documents)]
    if not places:
        return None
    several = len({entry.path for entry, _ in places}) > 1
    if several:
        return which_document(index, question.pinpoints[0], places, whole=whole)
    return texts_of(index, places, whole=whole)


def places_of(index: Index, pinpoint: str, documents: Sequence[Entry]) -> list[Place]:
    """The units with exactly this citation, the longest one of each document: tables of contents repeat them."""
    path = path_of(pinpoint)
    entries = {entry.number: entry for entry in documents}
    longest: dict[int, OutlineNode] = {}
    for number, unit in units_cited_with(index.catalog.connection, path[1] if len(path) > 1 else pinpoint):
        if number in entries and is_same(path, path_of(unit.pinpoint)):
            before = longest.get(number)
            if before is None or unit.end - unit.start > before.end - before.start:
                longest[number] = unit
    return [(entries[number], unit) for number, unit in longest.items()]


def is_same(asked: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a unit is cited as asked; clauses that are cited by a number alone have any name.

    >>> is_same(("section", "3", "8"), ("", "3", "8")), is_same(("article", "5"), ("article", "5", "1"))
    (True, False)
    """
    return path[1:] == asked[1:] and bool(asked) and (path[0] == asked[0] or path[0] == "")


def texts_of(index: Index, places: Sequence[Place], *, whole: bool) -> Found | None:
    """The texts of units of one document."""
    found = Found((), ())
    for entry, unit in places:
        document = index.document(entry.path)
        shown = shown_unit(document, unit, len(document.text) if whole else MOST_WORDS // len(places))
        if shown is None:
            continue
        sentence = unit_sentence(document, unit, shown)
        found = Found((*found.sentences, sentence), (*found.notes, *shown.note(unit.pinpoint)))
    return found if found.sentences else None


def which_document(index: Index, pinpoint: str, places: Sequence[Place], *, whole: bool) -> Found:
    """The documents that have a provision, each with how it begins; that it goes on is not told of each."""
    sentences = []
    for entry, unit in places if whole else places[:MOST_DOCUMENTS]:
        document = index.document(entry.path)
        if begins := shown_unit(document, unit, 0):
            sentences.append(unit_sentence(document, unit, replace(begins, left_out=0), named=True))
    if sentences:
        sentences[-1] = replace(sentences[-1], left_out=len(places) - len(sentences))
    return Found(tuple(sentences), (WHICH.format(count=len(places), pinpoint=pinpoint),))
