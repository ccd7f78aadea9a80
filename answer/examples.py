"""Example questions that a library answers, made from what its documents define, head and decide."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from weakref import WeakKeyDictionary

from pincite.answer.citation.short_reference import LONGEST, short_name
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.places.outline import OutlineNode
from pincite.ingest.places.store import defined_in
from pincite.ingest.structure.pinpoint_grammar import path_of

EXAMPLES = 3
MOST_TRIED = 12  # questions that are asked to find those examples
MOST_WORDS = 4  # of a term
FEWEST_WORDS = 2  # of a title
WHAT_TO_ASK = "Ask what the documents in this library say, for example:"

Answered = Callable[[str, str], bool]  # whether a question is answered from a document, by its path
_cache: "WeakKeyDictionary[Index, tuple[str, ...]]" = WeakKeyDictionary()


def what_to_ask(examples: Sequence[str]) -> str:
    """The line that says what can be asked, with examples."""
    return "\n".join([WHAT_TO_ASK, *(f"- {one}" for one in examples)])


def example_questions(index: Index, answered: Answered) -> tuple[str, ...]:
    """Questions that a library answers, of different documents where possible; tried once for an open index."""
    if index not in _cache:
        tried = islice(candidates(index), MOST_TRIED)
        _cache[index] = tuple(islice((question for question, path in tried if answered(question, path)), EXAMPLES))
    return _cache[index]


def candidates(index: Index) -> Iterator[tuple[str, str]]:
    """Questions with the document that should answer them: of each document in turn, another kind of question."""
    kinds = (definition_question, heading_question, date_question)
    named = [one for one in index.entries if len(short_name(one.metadata, one.path).split()) < LONGEST]
    for turn in range(len(kinds)):
        for place, entry in enumerate(named):
            question = kinds[(place + turn) % len(kinds)](index, entry)
            if question:
                yield question, entry.path


def definition_question(index: Index, entry: Entry) -> str | None:
    """A question for the first short term that a provision of a document defines."""
    defined = defined_in(index.catalog.connection, entry.number)
    terms = (one.term for one in defined if is_provision(one.pinpoint) and len(one.term.split()) <= MOST_WORDS)
    term = next(terms, None)
    return term and f"What does “{term}” mean in {short_name(entry.metadata, entry.path)}?"


def is_provision(pinpoint: str | None) -> bool:
    """Whether a definition is in a provision: recitals only explain.

    >>> is_provision("Article 3(4)"), is_provision("Recital 12"), is_provision("Scope")
    (True, False, False)
    """
    path = path_of(pinpoint or "")
    return bool(path) and path[0] != "recital"


def heading_question(index: Index, entry: Entry) -> str | None:
    """A question for the first unit of a document that has a title of its own."""
    own = entry.metadata.title.casefold()
    titles = (" ".join(node.title.split()) for node in units_of(index.catalog.outline(entry.path)))
    fitting = (one for one in titles if FEWEST_WORDS <= len(one.split()) <= LONGEST and one.casefold() not in own)
    title = next(fitting, None)
    return title and f"What does {short_name(entry.metadata, entry.path)} say about “{title}”?"


def date_question(_index: Index, entry: Entry) -> str | None:
    """A question for the date of a document."""
    return f"When was {short_name(entry.metadata, entry.path)} adopted?" if entry.metadata.symbol else None


def units_of(nodes: Sequence[OutlineNode]) -> Iterator[OutlineNode]:
    """The units of a tree that are cited by a number, outermost first."""
    for node in nodes:
        if path_of(node.pinpoint):
            yield node
        yield from units_of(node.children)
