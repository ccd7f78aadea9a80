"""Sentence windows: consecutive sentences of evidence around the one that answers best."""

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
from pincite.ingest.structure.pinpoint_grammar import named_pinpoints

ENUMERATOR = re.compile(r"(?P<letter>“?\([a-z]{1,4}\))|(?P<number>\d{1,2}[.)])|(?P<dash>[-•–—])")
LIST_CHARACTERS = 1500  # characters before and after evidence in which its list may continue
REFERS_BACK = re.compile(
    r"(?:It|Its|They|Their|This|That|These|Those|Such|He|She|His|Her|Both|However|But|Therefore|Thus|Hence|Moreover"
    r"|Furthermore|In addition|Вони|Він|Вона|Це|Цей|Ця|Ці|Такі)\b"
)
POINT_LABEL = re.compile(r" ?\([a-z0-9]{1,5}\)$")  # the last enumerator of a pinpoint
SKIPPED_KINDS = (
    BlockKind.HEADING,
    BlockKind.FRONT_MATTER,
)  # these identify the document, but are no part of its content
LABEL_WORDS = 2  # of the number of a section
MIN_WORDS = 4  # of a sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its span, text, stems, and the stems of its context."""

    span: Span
    text: str
    stems: frozenset[str]
    context_stems: frozenset[str]

    @property
    def words(self) -> int:
        """Word count, without the separators of table cells."""
        return len(self.text.replace(BETWEEN_CELLS, " ").split())


SentenceScore = Callable[[Sentence], float]  # higher means a better answer


def sentences(lexical: LexicalIndex, passages: Iterable[Passage]) -> list[Sentence]:
    """The sentences of passages in reading order, without headings, front matter and very short lines."""
    return [
        sentence
        for passage in passages
        if passage.kind not in SKIPPED_KINDS
        for sentence in passage_sentences(lexical, passage)
        if sentence.words >= MIN_WORDS and sentence.text not in passage.headings
    ]


def passage_sentences(lexical: LexicalIndex, passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage, up to the number of a next section that runs on in it (`… days. Sec. 4. Duties.`)."""
    context_stems = frozenset(lexical.words(passage.context))
    for start, end in sentence_spans(passage.text):
        text = passage.text[start:end]
        if start and len(text.split()) <= LABEL_WORDS and named_pinpoints(text):
            return
        span = Span(passage.document, passage.start + start, passage.start + end, passage.pinpoint)
        yield Sentence(span, text, frozenset(lexical.words(text)), context_stems)


def sentence_window(found: Sequence[Sentence], score: SentenceScore, words: int, min_ratio: float) -> list[Sentence]:
    """The window around the sentence with the highest score, at most `words` words.

    A sentence of another passage and list must score at least the share `min_ratio` of the best, or be in one passage
    with a sentence in the window. A sentence that refers back ("It shall …") brings the one before it, a quotation the
    sentence that names its speaker.
    """
    if not found:
        return []
    best = max(range(len(found)), key=lambda place: score(found[place]))
    first = last = best
    left = words - found[best].words

    def admitted(place: int) -> bool:
        beside = found[first] if place < first else found[last]
        same = share_context(found[place], found[best]) or beside.span.pinpoint == found[place].span.pinpoint
        return same or score(found[place]) >= min_ratio * score(found[best])

    while True:
        sides = [place for place in (first - 1, last + 1) if 0 <= place < len(found)]
        allowed = [place for place in sides if found[place].words <= left and admitted(place)]
        if not allowed:
            break
        place = max(allowed, key=lambda place: (is_needed(found, place, first, last), score(found[place])))
        first, last, left = min(first, place), max(last, place), left - found[place].words
    return list(found[first : last + 1])


def share_context(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences are in one passage, or in one list with its lead-in."""
    if one.span.pinpoint == other.span.pinpoint:
        return True
    parent, other_parent = parent_place(one), parent_place(other)
    return (parent is not None and parent in {other_parent, other.span.pinpoint}) or (
        other_parent is not None and other_parent == one.span.pinpoint
    )


def parent_place(sentence: Sentence) -> str | None:
    """The pinpoint that a point belongs to, None if it is no point.

    >>> point = Span("a.md", 0, 9, "para. 6 (c) (i)")
    >>> parent_place(Sentence(point, "", frozenset(), frozenset()))
    'para. 6 (c)'
    """
    place = POINT_LABEL.sub("", sentence.span.pinpoint or "")
    return place if place != sentence.span.pinpoint and place else None


def is_needed(found: Sequence[Sentence], place: int, first: int, last: int) -> bool:
    """Whether the first sentence of a window refers back to this one, or a quotation continues in it."""
    if place < first:
        return REFERS_BACK.match(found[first].text) is not None
    return is_in_quotation(found, last) and found[place].span.pinpoint == found[last].span.pinpoint


def is_in_quotation(found: Sequence[Sentence], last: int) -> bool:
    """Whether a quotation is still open at the end of a sentence; the speaker is mostly named after it."""
    said = "".join(one.text for one in found[: last + 1] if one.span.pinpoint == found[last].span.pinpoint)
    return said.count("“") > said.count("”")


def whole_list(index: Index, found: Evidence) -> Sequence[Passage]:
    """The parts of evidence with the preceding and following points of their list."""
    first, last = found.parts[0], found.parts[-1]
    number = index.entry(first.document).number
    near = index.catalog.passages_of(number, first.start - LIST_CHARACTERS, last.end + LIST_CHARACTERS)
    before = [one.passage for one in near if one.passage.end <= first.start]
    after = [one.passage for one in near if one.passage.start >= last.end]
    return [*preceding_points(before, first), *found.parts, *following_points(after, last)]


def following_points(after: Sequence[Passage], last: Passage) -> list[Passage]:
    """The points that continue the list of a passage or follow its lead-in."""
    form = enumerator_form(last) or (enumerator_form(after[0]) if after and last.text.endswith(":") else None)
    return list(takewhile(lambda one: enumerator_form(one) == form, after)) if form else []


def preceding_points(before: Sequence[Passage], first: Passage) -> list[Passage]:
    """The lead-in and points before a point."""
    form = enumerator_form(first)
    if form is None:
        return []
    same = list(takewhile(lambda one: enumerator_form(one) == form, reversed(before)))
    rest = before[: len(before) - len(same)]
    announcing = [rest[-1]] if rest and rest[-1].text.endswith(":") else []
    return [*announcing, *reversed(same)] if announcing or same else []


def enumerator_form(passage: Passage) -> str | None:
    """The form of the enumerator at the beginning of a passage: letter, number or dash; None without one."""
    enumerator = ENUMERATOR.match(passage.text)
    return enumerator.lastgroup if enumerator else None
