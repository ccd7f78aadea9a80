"""What a document says on a topic: the places that have all its words, a sentence of each, in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pincite.answer.citation.citation import Span
from pincite.answer.draft.extractive import RECITAL_PINPOINTS
from pincite.answer.draft.quoted_text import clean_quote, strip_enumerator
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.lookup.found import Found
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import RUNNING_TEXT
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.structure.pinpoint_grammar import path_of

FEWEST, MOST_PLACES = 3, 5
MOST_WORDS = 30  # of a sentence
OUTERMOST = 2  # steps of the path of a numbered paragraph, article or section
MORE = "{shown} of {count} places on this are shown."


@dataclass(frozen=True, slots=True)
class TopicPlace:
    """A sentence that has the words of the topic, and the unit that it is in."""

    span: Span
    unit: tuple[str, ...]


def find_topic(
    index: Index, question: Question, documents: Sequence[Entry], evidence: Sequence[Evidence], *, whole: bool
) -> Found | None:
    """The places of the one document in question that treat a topic, if there are several."""
    topic = index.lexical.words(question.address.topic)
    if not topic or len(documents) != 1:
        return None
    places = list(one_of_each_unit(places_on(index, documents[0], topic)))
    provisions = [place for place in places if not (place.span.pinpoint or "").startswith(RECITAL_PINPOINTS)]
    places = provisions if len(provisions) >= FEWEST else places
    if len(places) < FEWEST:
        return None
    nearest = sorted(places, key=lambda place: rank_in(evidence, place))[:MOST_PLACES]
    shown = places if whole else [place for place in places if place in nearest]
    said = [said_place(index, place, topic, whole=whole) for place in shown]
    said[-1] = replace(said[-1], left_out=len(places) - len(shown))
    notes = (MORE.format(shown=len(shown), count=len(places)),) if said[-1].left_out else ()
    return Found(tuple(said), notes, certain=False)


def places_on(index: Index, entry: Entry, topic: Sequence[str]) -> Iterator[TopicPlace]:
    """The sentences of the running text of a document that have all words of a topic."""
    text = index.document(entry.path).text
    for stored in index.catalog.passages_of(entry.number, 0, len(text)):
        passage = stored.passage
        if passage.kind in RUNNING_TEXT and treats(index.lexical.words(passage.text), topic):
            unit = path_of(passage.pinpoint or "")[:OUTERMOST] or passage.headings
            for start, end in sentence_spans(passage.text):
                if treats(index.lexical.words(passage.text[start:end]), topic):
                    span = Span(entry.path, passage.start + start, passage.start + end, passage.pinpoint)
                    yield TopicPlace(span, unit)


def treats(words: Sequence[str], topic: Sequence[str]) -> bool:
    """Whether words have those of a topic, one behind the other.

    >>> treats(["help", "small", "state"], ["small", "state"]), treats(["state", "small"], ["small", "state"])
    (True, False)
    """
    return any(list(words[place : place + len(topic)]) == list(topic) for place in range(len(words)))


def one_of_each_unit(places: Iterator[TopicPlace]) -> Iterator[TopicPlace]:
    """The first place in each unit."""
    seen = set[tuple[str, ...]]()
    for place in places:
        if place.unit not in seen:
            seen.add(place.unit)
            yield place


def rank_in(evidence: Sequence[Evidence], place: TopicPlace) -> int:
    """The rank of a place in the evidence; behind all of it if it is not there."""
    span = place.span
    ranks = (
        one.rank
        for one in evidence
        if one.passage.document == span.document and one.passage.start <= span.start < one.passage.end
    )
    return next(ranks, len(evidence) + 1)


def said_place(index: Index, place: TopicPlace, topic: Sequence[str], *, whole: bool) -> DraftSentence:
    """A sentence of an answer, cut around the topic where it is long."""
    span = place.span
    text = strip_enumerator(clean_quote(index.document(span.document).text[span.start : span.end]), span.pinpoint)
    return DraftSentence(text if whole else cut_around(index, text, topic), (span,))


def cut_around(index: Index, text: str, topic: Sequence[str]) -> str:
    """A text of at most some thirty words that begins with its beginning and has the topic."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return text
    last = next(n for n, _ in enumerate(words, 1) if treats(index.lexical.words(" ".join(words[:n])), topic))
    half = MOST_WORDS // 2
    shown = words[:MOST_WORDS] if last <= MOST_WORDS else [*words[:half], "…", *words[max(last - half, half) : last]]
    return " ".join([*shown, "…"])
