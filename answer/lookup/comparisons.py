"""Comparisons: both terms by their definitions, or each document searched by itself for what is compared.

The names of the documents say where to look: they are no part of what is looked for in each.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pincite.answer.answerability.abstain import AbstainSettings, evidence_confidence
from pincite.answer.citation.short_reference import dated_name
from pincite.answer.draft.extractive import (
    ExtractSettings,
    best_of_blocks,
    block_of,
    draft_sentences,
    weighted_questions,
)
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.lookup.definitions import definitions_in, find_definitions, side_by_side
from pincite.answer.lookup.found import Found
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.filters import Filters
from pincite.answer.query.question import Question, read_question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index

OF_A_SIDE = ExtractSettings()
MOST_SIDES = 4
TWO = 2
NOTHING = "Nothing on this was found in {document}."

Search = Callable[[Question, Filters], Sequence[Evidence]]


def find_comparison(
    index: Index, question: Question, documents: Sequence[Entry], search: Search, *, whole: bool
) -> Found | None:
    """What two terms mean, or what each document says; None for a comparison of something else."""
    if not question.comparison:
        return None
    return defined_terms(index, question, documents) or sides_of_documents(
        index, question, documents, search, whole=whole
    )


def defined_terms(index: Index, question: Question, documents: Sequence[Entry]) -> Found | None:
    """The definitions of two terms that a question compares, from one document if it has both."""
    places = [definitions_in(index, term, documents) for term in question.address.compared]
    if len(places) != TWO or not all(places):
        return None
    shared = {entry.path for entry, _ in places[0]} & {entry.path for entry, _ in places[1]}
    chosen = [next((one for one in found if one[0].path in shared), found[0]) for found in places]
    return side_by_side(index, chosen, whole=True)


def sides_of_documents(
    index: Index, question: Question, documents: Sequence[Entry], search: Search, *, whole: bool
) -> Found | None:
    """What each of several documents says about what is compared."""
    aspect, sides = read_question(question.address.aspect, aliases_of(index)), sides_named(question, documents)
    of_issuers = [entry for issuer in question.issuers for entry in only_document_of(issuer, index.entries, documents)]
    both = list({entry.path: entry for entry in (*sides, *of_issuers)}.values())
    if len(both) >= TWO and (found := find_definitions(index, aspect, both, whole=whole)):
        return found
    if len(sides) < TWO:
        return None
    found = Found((), (), certain=False)
    for entry in sides[:MOST_SIDES]:
        evidence = search(aspect, Filters(documents=(entry.path,)))
        if evidence_confidence(evidence) < AbstainSettings().threshold:
            note = NOTHING.format(document=dated_name(entry.metadata, entry.path))
            found = replace(found, notes=(*found.notes, note))
        else:
            found = replace(found, sentences=(*found.sentences, *best_of_side(index, question, aspect, evidence)))
    return found if found.sentences else None


def best_of_side(
    index: Index,
    question: Question,
    aspect: Question,
    evidence: Sequence[Evidence],
    settings: ExtractSettings = OF_A_SIDE,
) -> list[DraftSentence]:
    """The words of the evidence that cover most of the aspect in which a question compares documents."""
    asked = weighted_questions(index.lexical, aspect)[0]
    near = evidence[: settings.max_evidence]
    blocks = (block_of(index, asked, found, settings.side_words, settings, whole=False) for found in near)
    best = best_of_blocks(asked, filter(None, blocks), settings)
    return draft_sentences(index, question, [best], settings) if best else []


def sides_named(question: Question, documents: Sequence[Entry]) -> list[Entry]:
    """The documents that a comparison names, one for each side."""
    admitted = {entry.path: entry for entry in documents}
    of_sides = dict.fromkeys(path for part in question.parts for path in part.documents[:1])
    return [admitted[path] for path in of_sides or question.confident_documents if path in admitted]


def only_document_of(issuer: str, entries: Sequence[Entry], documents: Sequence[Entry]) -> list[Entry]:
    """The document of an issuer that has one only: `the OECD's definition` is the one in it."""
    issued = [entry for entry in entries if entry.metadata.issuer == issuer]
    return issued if len(issued) == 1 and issued[0] in documents else []
