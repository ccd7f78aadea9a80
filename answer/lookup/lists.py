"""Lists that a question asks for: the whole enumeration or section, a short line for each item.

A list is known by the words that announce it and by the title above it. Where neither has most of the words of the
question, only a list among the best evidence that has as many items as the question says is taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import with_name
from pincite.answer.draft.quoted_text import clean_quote, place_asked_for
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.lookup.found import Found
from pincite.answer.lookup.list_places import ListItem, ListPlace, lists_of
from pincite.answer.lookup.unit_text import without_number
from pincite.answer.query.address.lists import AskedList
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import coverage, document_name_stems, idf_weights, question_weights
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import BlockKind, Document
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index

MORE = "{shown} of {count} items are shown."


@dataclass(frozen=True, slots=True)
class ListSettings:
    """When a list answers, and how much of it is shown.

    `min_asked`: share of the question's words, by weight, that the title or the announcement of a list has;
    `min_asked_unsure`, where the question may ask for something else. `min_said`: share of the words of the title or
    the announcement that the question has. `min_asked_counted`: where the list has as many items as the question says,
    and evidence with at least the share `near` of the best score is in it; `min_asked_nearest`: where it has the best
    evidence. `most_items`, `most_words` shown.
    """

    min_asked: float = 0.45
    min_asked_unsure: float = 0.6
    min_said: float = 0.4
    min_asked_counted: float = 0.1
    near: float = 0.9
    min_asked_nearest: float = 0.2
    most_items: int = 15
    most_words: int = 300
    shortest_line: int = 16


@dataclass(frozen=True, slots=True)
class ListedWords:
    """A list with the weights of the stems of its title and of the last sentence of its announcement.

    `around`: stems of the title and of the whole announcement.
    """

    place: ListPlace
    title: dict[str, float]
    lead: dict[str, float]
    around: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a list is asked about: weights of the question's stems, and those of the word that says of what it is."""

    asked: AskedList
    weight: Mapping[str, float]
    head: AbstractSet[str]


_cache: "WeakKeyDictionary[Index, Sequence[ListedWords]]" = WeakKeyDictionary()


def find_list(
    index: Index,
    question: Question,
    documents: Sequence[Entry],
    evidence: Sequence[Evidence],
    settings: ListSettings = ListSettings(),
    *,
    whole: bool,
) -> Found | None:
    """The list that a question asks for, if one is announced in its words."""
    asked = question.address.list
    if asked is None or question.comparison or len(question.parts) > 1:
        return None
    weight = question_weights(index.lexical, question.text, document_name_stems(index.lexical, question))
    topic = Topic(asked, weight, frozenset(index.lexical.words(asked.head)) or weight.keys())
    paths = {entry.path for entry in documents}
    best, chosen = 0.0, None
    for one in listed_words(index):
        if one.place.entry.path in paths and (score := list_score(one, topic, evidence, settings)) > best:
            best, chosen = score, one.place
    return shown_list(index, question, chosen, settings, whole=whole) if chosen else None


def listed_words(index: Index) -> Sequence[ListedWords]:
    """All lists of the library, read once for each open index."""
    if index not in _cache:
        _cache[index] = [words_of(index, place) for entry in index.entries for place in lists_of(index, entry)]
    return _cache[index]


def words_of(index: Index, place: ListPlace) -> ListedWords:
    """A list with its words."""
    lead = index.document(place.entry.path).text[slice(*place.lead)] if place.lead else ""
    first, last = ([(0, 0), *sentence_spans(lead)])[-1]
    around = frozenset(index.lexical.words(f"{place.title}\n{lead}"))
    return ListedWords(
        place, idf_weights(index.lexical, place.title), idf_weights(index.lexical, lead[first:last]), around
    )


def list_score(one: ListedWords, topic: Topic, evidence: Sequence[Evidence], settings: ListSettings) -> float:
    """How well a list answers, 0 if it does not."""
    fits, near = topic.asked.count == len(one.place.items), nearness(one.place, evidence)
    announced = coverage(topic.weight, one.around) if one.place.lead else 0.0
    counted = fits and near >= settings.near and announced >= settings.min_asked_counted
    uncounted = topic.asked.sure and topic.asked.count is None
    nearest = uncounted and near == 1 and announced >= settings.min_asked_nearest and is_of_that(one.around, topic)
    agreement = max(agreement_of(words, topic, settings) for words in (one.title, one.lead, one.title | one.lead))
    return agreement + near / 2 + fits / 4 if counted or nearest or agreement else 0.0


def is_of_that(around: AbstractSet[str], topic: Topic) -> bool:
    """Whether the words around a list have the word of which the question asks for a list, if its form has one."""
    return not topic.asked.of_head or not topic.head.isdisjoint(around)


def agreement_of(words: Mapping[str, float], topic: Topic, settings: ListSettings) -> float:
    """How far the words of a title or an announcement are those of the question, 0 if they are not enough."""
    of_asked, of_said = coverage(topic.weight, words), coverage(words, topic.weight)
    enough = settings.min_asked if topic.asked.sure else settings.min_asked_unsure
    if of_asked < enough or of_said < settings.min_said or topic.head.isdisjoint(words):
        return 0.0
    return 2 * of_asked * of_said / (of_asked + of_said)


def nearness(place: ListPlace, evidence: Sequence[Evidence]) -> float:
    """The score of the best evidence that overlaps a list, relative to the best of all."""
    scores = (
        one.score
        for one in evidence
        if one.passage.document == place.entry.path
        and any(part.start < place.end and place.start < part.end for part in one.parts)
    )
    return max(scores, default=0.0) / evidence[0].score if evidence and evidence[0].score else 0.0


def shown_list(index: Index, question: Question, place: ListPlace, settings: ListSettings, *, whole: bool) -> Found:
    """A list with its items, each cited for itself and shortened where all together are long.

    The announcement is quoted with the first item.
    """
    document = index.document(place.entry.path)
    items = place.items if whole else place.items[: settings.most_items]
    words = None if whole else max(settings.most_words // len(items), settings.shortest_line)
    first, *others = (item_line(document, item, words) for item in items)
    opening = with_name("\n".join([*opening_of(document, place), first]), place_asked_for(question, place.pinpoint))
    spans = [Span(document.path, item.start, item.end, item.pinpoint or place.pinpoint) for item in items]
    spans[0] = replace(spans[0], start=place.start)
    left = len(place.items) - len(items)
    sentences = [DraftSentence(text, (span,)) for text, span in zip((opening, *others), spans, strict=True)]
    sentences[-1] = replace(sentences[-1], left_out=left)
    notes = (MORE.format(shown=len(items), count=len(place.items)),) if left else ()
    return Found(tuple(sentences), notes, certain=False)


def opening_of(document: Document, place: ListPlace) -> Iterator[str]:
    """The words that announce a list."""
    if place.lead:
        yield without_number(clean_quote(document.text[slice(*place.lead)]), place.pinpoint)


def item_line(document: Document, item: ListItem, words: int | None) -> str:
    """An item on one line, cut after so many words."""
    blocks = [block for block in document.blocks if item.start <= block.start < item.end]
    parts = [
        clean_quote(document.text[block.start : block.end]) + (":" if block.kind is BlockKind.HEADING else "")
        for block in blocks
        if block.kind not in {BlockKind.FOOTNOTE, BlockKind.BOILERPLATE}
    ]
    whole = " ".join(parts) or clean_quote(document.text[item.start : item.end])
    written = whole.split()
    return whole if words is None or len(written) <= words else " ".join(written[:words]).rstrip(",;:") + " …"
