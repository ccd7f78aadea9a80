"""Evidence -> the stretch of it that answers: sentences that follow on each other, around the one that answers best."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pincite.answer.citation.citation import Span
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import BETWEEN_CELLS, BlockKind
from pincite.ingest.index.index import Index
from pincite.ingest.index.lexical import LexicalIndex

ENUMERATOR = re.compile(r"(?P<letter>“?\([a-z]{1,4}\))|(?P<number>\d{1,2}[.)])|(?P<dash>[-•–—])")
LIST_CHARACTERS = 1500  # characters before and behind in which the points of a list are looked for
REFERS_BACK = re.compile(
    r"(?:It|Its|They|Their|This|That|These|Those|Such|He|She|His|Her|Both|However|But|Therefore|Thus|Hence|Moreover"
    r"|Furthermore|In addition|Вони|Він|Вона|Це|Цей|Ця|Ці|Такі)\b"
)
POINT_LABEL = re.compile(r" ?\([a-z0-9]{1,5}\)$")  # of a point, at the end of its pinpoint
SKIPPED_KINDS = (BlockKind.HEADING, BlockKind.FRONT_MATTER)  # by itself: it says what a document is
MIN_WORDS = 4  # words of a sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: where it stands, its words as they stand, its stems and those of its context."""

    span: Span
    text: str
    stems: frozenset[str]
    context_stems: frozenset[str]

    @property
    def words(self) -> int:
        """How many words it has; what stands between the cells of a table is none."""
        return len(self.text.replace(BETWEEN_CELLS, " ").split())


SentenceScore = Callable[[Sentence], float]  # how well a sentence answers


def sentences(lexical: LexicalIndex, passages: Iterable[Passage]) -> list[Sentence]:
    """The sentences of passages in reading order; headings, front matter and lines that say nothing are left out."""
    return [
        sentence
        for passage in passages
        if passage.kind not in SKIPPED_KINDS
        for sentence in passage_sentences(lexical, passage)
        if sentence.words >= MIN_WORDS and sentence.text not in passage.headings
    ]


def passage_sentences(lexical: LexicalIndex, passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage."""
    context_stems = frozenset(lexical.words(passage.context))
    for start, end in sentence_spans(passage.text):
        text = passage.text[start:end]
        span = Span(passage.document, passage.start + start, passage.start + end, passage.pinpoint)
        yield Sentence(span, text, frozenset(lexical.words(text)), context_stems)


def sentence_window(found: Sequence[Sentence], score: SentenceScore, words: int, beyond: float) -> list[Sentence]:
    """Sentences around the one of most worth, at most `words` words with it.

    A sentence beyond its passage and the list that this belongs to must be worth the share `beyond` of it, or stand in
    one passage with a sentence that is. One that points back ("It shall …") takes the one before it along, one in a
    speech the one that tells who speaks.
    """
    if not found:
        return []
    best = max(range(len(found)), key=lambda place: score(found[place]))
    first = last = best
    left = words - found[best].words

    def admitted(place: int) -> bool:
        beside = found[first] if place < first else found[last]
        same = share_context(found[place], found[best]) or beside.span.pinpoint == found[place].span.pinpoint
        return same or score(found[place]) >= beyond * score(found[best])

    while True:
        sides = [place for place in (first - 1, last + 1) if 0 <= place < len(found)]
        fitting = [place for place in sides if found[place].words <= left and admitted(place)]
        if not fitting:
            break
        place = max(fitting, key=lambda place: (is_needed(found, place, first, last), score(found[place])))
        first, last, left = min(first, place), max(last, place), left - found[place].words
    return list(found[first : last + 1])


def share_context(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences stand in one passage, or in the points of one list with what announces them."""
    if one.span.pinpoint == other.span.pinpoint:
        return True
    above, beyond = parent_place(one), parent_place(other)
    return (above is not None and above in {beyond, other.span.pinpoint}) or (
        beyond is not None and beyond == one.span.pinpoint
    )


def parent_place(sentence: Sentence) -> str | None:
    """The place that a point belongs to, None where it belongs to none.

    >>> point = Span("a.md", 0, 9, "para. 6 (c) (i)")
    >>> parent_place(Sentence(point, "", frozenset(), frozenset()))
    'para. 6 (c)'
    """
    place = POINT_LABEL.sub("", sentence.span.pinpoint or "")
    return place if place != sentence.span.pinpoint and place else None


def is_needed(found: Sequence[Sentence], place: int, first: int, last: int) -> bool:
    """Whether a sentence is what the first of a window points back to, or goes on with a speech to who gives it."""
    if place < first:
        return REFERS_BACK.match(found[first].text) is not None
    return is_in_quotation(found, last) and found[place].span.pinpoint == found[last].span.pinpoint


def is_in_quotation(found: Sequence[Sentence], last: int) -> bool:
    """Whether a quotation is still open at the end of a sentence; who is quoted is mostly told behind it."""
    said = "".join(one.text for one in found[: last + 1] if one.span.pinpoint == found[last].span.pinpoint)
    return said.count("“") > said.count("”")


def whole_list(index: Index, found: Evidence) -> Sequence[Passage]:
    """The parts of evidence with the points of their list that stand before and behind them."""
    first, last = found.parts[0], found.parts[-1]
    number = index.entry(first.document).number
    near = index.catalog.passages_of(number, first.start - LIST_CHARACTERS, last.end + LIST_CHARACTERS)
    before = [one.passage for one in near if one.passage.end <= first.start]
    after = [one.passage for one in near if one.passage.start >= last.end]
    return [*preceding_points(before, first), *found.parts, *following_points(after, last)]


def following_points(after: Sequence[Passage], last: Passage) -> list[Passage]:
    """The points that go on with the list that a passage announces or belongs to."""
    form = enumerator_form(last) or (enumerator_form(after[0]) if after and last.text.endswith(":") else None)
    return list(takewhile(lambda one: enumerator_form(one) == form, after)) if form else []


def preceding_points(before: Sequence[Passage], first: Passage) -> list[Passage]:
    """The points before a point, and what announces them."""
    form = enumerator_form(first)
    if form is None:
        return []
    same = list(takewhile(lambda one: enumerator_form(one) == form, reversed(before)))
    rest = before[: len(before) - len(same)]
    announcing = [rest[-1]] if rest and rest[-1].text.endswith(":") else []
    return [*announcing, *reversed(same)] if announcing or same else []


def enumerator_form(passage: Passage) -> str | None:
    """Which form of mark a passage opens with: letter, number or dash; None for none."""
    enumerator = ENUMERATOR.match(passage.text)
    return enumerator.lastgroup if enumerator else None
