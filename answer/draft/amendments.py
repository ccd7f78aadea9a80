"""What other documents of the library do to those that an answer rests on: a reader must know before using it."""

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

Changes = Mapping[str, tuple[tuple[str, Entry], ...]]  # by path: what was done to a document, and which one says so
_cache: "WeakKeyDictionary[Index, Changes]" = WeakKeyDictionary()


def amendment_notes(index: Index, cited: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each document of the library that amends, revokes or supersedes one of those cited."""
    return tuple(
        sentence(index.entry(path), kind, by) for path in dict.fromkeys(cited) for kind, by in changes_to(index, path)
    )


def changes_to(index: Index, path: str) -> tuple[tuple[str, Entry], ...]:
    """What other documents of the library say was done to one: a key of DONE and the document, latest first."""
    if index not in _cache:
        _cache[index] = collect_changes(aliases_of(index))
    return _cache[index].get(path, ())


def collect_changes(aliases: Aliases) -> Changes:
    """What is done to each document by others."""
    found = defaultdict[str, dict[tuple[str, str], Entry]](dict)
    for entry in sorted(aliases.entries, key=lambda one: one.metadata.date or "", reverse=True):
        for relation in entry.metadata.relations:
            if relation.kind in PAST_FORMS:
                for one in mentioned_documents(relation.target, aliases):
                    if one.confidence >= CONFIDENT and one.path != entry.path:
                        found[one.path].setdefault((relation.kind, entry.path), entry)
    return {path: tuple((kind, by) for (kind, _), by in said.items()) for path, said in found.items()}


def sentence(changed: Entry, kind: str, by: Entry) -> str:
    """What a reader is told."""
    name, source = short_name(changed.metadata, changed.path), dated_name(by.metadata, by.path)
    if kind == "mentions as revoked":
        return f"{name} was revoked, as {source} says: see whether what is quoted still stands."
    return f"{name} was {PAST_FORMS[kind]} by {source}: see whether what is quoted still stands."


CHANGE_VERB = re.compile(r"\b(?:revok|repeal|rescind|supersed|replac|amend)\w*", re.IGNORECASE)
MAX_PASSAGES = 10  # passages of a document that are looked through
MAX_DOCUMENTS = 2  # documents that say what became of one


def status_sentences(index: Index, question: Question) -> list[Sentence]:
    """The sentences that say what became of the one document that a question names; none where nothing is known."""
    if question.comparison or len(question.confident_documents) != 1 or not question.aspects.status:
        return []
    changed = index.entry(question.confident_documents[0])
    by = dict.fromkeys(entry.path for _, entry in changes_to(index, changed.path))
    found = (status_sentence(index, index.entry(path), changed, question.text) for path in list(by)[:MAX_DOCUMENTS])
    return [sentence for sentence in found if sentence]


def status_sentence(index: Index, by: Entry, changed: Entry, question: str) -> Sentence | None:
    """The sentence in which one document says what it does to another: it has most of the other's names."""
    known = changed.metadata
    words = " ".join(
        filter(None, ["revoke repeal rescind supersede replace amend", known.symbol, known.title, question])
    )
    found = index.lexical.search(words, MAX_PASSAGES, [by.number])
    passages = [one.passage for one in index.passages([number for number, _ in found])]
    wanted = set(index.lexical.words(words))
    candidates = [one for one in sentences(index.lexical, passages) if CHANGE_VERB.search(one.text)]
    return max(candidates, key=lambda one: len(one.stems & wanted), default=None)
