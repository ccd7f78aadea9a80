"""Whether a document still stands: asked, it is answered by the sentence of another one that says what became of it."""

import re

from answer.question import Question
from answer.superseded import changes_to
from answer.windows import Sentence, sentences
from ingest.catalog import Entry
from ingest.index import Index

ASKS = re.compile(
    r"\bstill (?:appl(?:y|ies)|in (?:force|effect)|valid|binding|stands?|good law|current)\b"
    r"|\b(?:is|are|remains?) (?:\w+ ){0,8}in force\b|\b(?:has|have|been|was|were|is|are) (?:\w+ ){0,9}?"
    r"(?:revoked|repealed|rescinded|superseded|replaced|amended|withdrawn)\b|\bbecome of\b|\bbecame of\b|\bчинн\w+",
    re.IGNORECASE,
)
SAYS = re.compile(r"\b(?:revok|repeal|rescind|supersed|replac|amend)\w*", re.IGNORECASE)
FOUND = 10  # passages of a document that are looked through
MOST = 2  # documents that say what became of one


def status(index: Index, question: Question) -> list[Sentence]:
    """The sentences that say what became of the one document that a question names; none where nothing is known."""
    if question.comparison or len(question.surely) != 1 or not ASKS.search(question.text):
        return []
    changed = index.entry(question.surely[0])
    by = dict.fromkeys(entry.path for _, entry in changes_to(index, changed.path))
    told = (saying(index, index.entry(path), changed, question.text) for path in list(by)[:MOST])
    return [sentence for sentence in told if sentence]


def saying(index: Index, by: Entry, changed: Entry, question: str) -> Sentence | None:
    """The sentence in which one document says what it does to another: it has most of the other's names."""
    known = changed.metadata
    words = " ".join(
        filter(None, ["revoke repeal rescind supersede replace amend", known.symbol, known.title, question])
    )
    found = index.lexical.search(words, FOUND, [by.number])
    passages = [one.passage for one in index.passages([number for number, _ in found])]
    sought = set(index.lexical.words(words))
    telling = [one for one in sentences(index.lexical, passages) if SAYS.search(one.text)]
    return max(telling, key=lambda one: len(one.stems & sought), default=None)
