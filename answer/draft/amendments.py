"""Amendments, revocations and replacements of documents by other documents of the library."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from pincite.answer.citation.short_reference import dated_name, short_name
from pincite.answer.draft.sentence_windows import Sentence, sentences
from pincite.answer.query.aliases import Aliases, aliases_of
from pincite.answer.query.mentions import CONFIDENT, mentioned_documents
from pincite.answer.query.question import Question
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index

PAST_FORMS = {"amends": "amended", "revokes": "revoked", "supersedes": "superseded", "mentions as revoked": "revoked"}
CHANGE_VERB = re.compile(r"\b(?:revok|repeal|rescind|supersed|replac|amend)\w*", re.IGNORECASE)
MAX_PASSAGES = 10  # passages searched in a document
MAX_DOCUMENTS = 2  # changing documents that are quoted

Changes = Mapping[str, tuple[tuple[str, Entry], ...]]  # by path: kind of change and the document that makes it
_cache: "WeakKeyDictionary[Index, Changes]" = WeakKeyDictionary()


def amendment_notes(index: Index, cited: Iterable[str]) -> tuple[str, ...]:
    """A note for each document of the library that amends, revokes or supersedes one of those cited."""
    return tuple(
        amendment_note(index.entry(path), kind, by)
        for path in dict.fromkeys(cited)
        for kind, by in changes_to(index, path)
    )


def changes_to(index: Index, path: str) -> tuple[tuple[str, Entry], ...]:
    """The changes to one document: a key of PAST_FORMS and the changing document, latest first."""
    if index not in _cache:
        _cache[index] = collect_changes(aliases_of(index))
    return _cache[index].get(path, ())


def collect_changes(aliases: Aliases) -> Changes:
    """The changes to each document."""
    found = defaultdict[str, dict[tuple[str, str], Entry]](dict)
    for entry in sorted(aliases.entries, key=lambda one: one.metadata.date or "", reverse=True):
        for relation in entry.metadata.relations:
            if relation.kind in PAST_FORMS:
                for one in mentioned_documents(relation.target, aliases):
                    if one.confidence >= CONFIDENT and one.path != entry.path:
                        found[one.path].setdefault((relation.kind, entry.path), entry)
    return {path: tuple((kind, by) for (kind, _), by in made.items()) for path, made in found.items()}


def amendment_note(changed: Entry, kind: str, by: Entry) -> str:
    """The note for one change."""
    name, source = short_name(changed.metadata, changed.path), dated_name(by.metadata, by.path)
    if kind == "mentions as revoked":
        return f"{name} was revoked according to {source}: check whether the cited text still applies."
    return f"{name} was {PAST_FORMS[kind]} by {source}: check whether the cited text still applies."


def status_sentences(index: Index, question: Question) -> list[Sentence]:
    """The sentences on changes to the one document that a question names, if it asks for its status; else none."""
    if question.comparison or len(question.confident_documents) != 1 or not question.aspects.status:
        return []
    changed = index.entry(question.confident_documents[0])
    by = dict.fromkeys(entry.path for _, entry in changes_to(index, changed.path))
    found = (status_sentence(index, index.entry(path), changed, question.text) for path in list(by)[:MAX_DOCUMENTS])
    return [sentence for sentence in found if sentence]


def status_sentence(index: Index, by: Entry, changed: Entry, question: str) -> Sentence | None:
    """The sentence in which one document changes another, chosen by the words of the other's names."""
    known = changed.metadata
    words = " ".join(
        filter(None, ["revoke repeal rescind supersede replace amend", known.symbol, known.title, question])
    )
    found = index.lexical.search(words, MAX_PASSAGES, [by.number])
    passages = [one.passage for one in index.passages([number for number, _ in found])]
    wanted = set(index.lexical.words(words))
    candidates = [one for one in sentences(index.lexical, passages) if CHANGE_VERB.search(one.text)]
    return max(candidates, key=lambda one: len(one.stems & wanted), default=None)
