"""The extractive draft: the stretches of the sources that answer, in their own words. Needs no model.

The evidence is taken in the order in which it ranks: a passage is better judged with what surrounds it than sentence by
sentence. Of each the stretch around its best sentence is quoted, of a list that is asked for the whole list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import credited
from pincite.answer.citation.table_rows import BETWEEN_ROWS
from pincite.answer.draft.amendments import status
from pincite.answer.draft.document_facts import masthead
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.draft.sentence_windows import Sentence, sentences, whole_list, window
from pincite.answer.query.answer_types import gives
from pincite.answer.query.effective_dates import sets_effective_date
from pincite.answer.query.question import Question, SubQuestion
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import asked_weights, covered, naming
from pincite.ingest.document import BETWEEN_CELLS
from pincite.ingest.index.index import Index
from pincite.ingest.index.lexical import LexicalIndex
from pincite.ingest.structure.pinpoint_grammar import matches

FOOTNOTE_MARK = re.compile(r"\[\d{1,3}\]")
MARK = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*[.)]|“?\(?[a-z]{1,4}\)|[-•–—])\s+")  # what a point opens with
RECITALS = ("preamble", "Recital")  # what their pinpoints begin with
BARE_NUMBER = re.compile(r"(\d{1,3}|[a-z]) (?=[A-Z])")  # the same in treaties


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """How much is quoted, and what makes evidence come first. LOG.md has how the values were found.

    Words: `words` of the first evidence, `further` of each other one, `each` of each side of a comparison, `list` of a
    list. `passages` are considered; at most `most` are quoted, `sides` in a comparison. A further one must score `near`
    of the first and hold a share of `gain` of the question's words that those before do not. `beyond`: see
    `pincite.answer.draft.sentence_windows.window`.

    What a sentence gains by holding the kind of thing that is asked for: `fit`; by the nearness in meaning of the part
    that it stands in: `meaning`; by standing at a place that is named: `place`. What evidence gains: `defining` by a
    definition, `listing` by announcing a list with the share `lead` of the question's words, where these are asked for;
    `own` for holding all words of a side. What recitals and preambular paragraphs keep of their score: `recital`,
    `explained` where a provision is asked for.
    """

    words: int = 90
    further: int = 40
    each: int = 60
    list: int = 180
    passages: int = 6
    most: int = 2
    sides: int = 4
    near: float = 0.95
    gain: float = 0.05
    beyond: float = 0.9
    fit: float = 0.1
    meaning: float = 1.2
    place: float = 0.5
    defining: float = 0.2
    listing: float = 0.1
    lead: float = 0.3
    own: float = 0.5
    recital: float = 0.95
    explained: float = 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be answered by itself, and what each stem of its words weighs."""

    question: SubQuestion
    weight: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of evidence that may be quoted; `stems` are those of its words and of what stands above it."""

    sentences: Sequence[Sentence]
    stems: frozenset[str]
    score: float


def extract(
    index: Index, question: Question, evidence: Sequence[Evidence], settings: ExtractSettings = ExtractSettings()
) -> list[DraftSentence]:
    """What answers, best evidence first; where several things are asked, the best for each."""
    first, *others = asked_for(index.lexical, question)
    if others:
        return statements(index, for_each(index, [first, *others], evidence, settings))
    if own := status(index, question) or masthead(index, question, evidence):
        return statements(index, [Block([one], frozenset(), 1.0) for one in own])
    if question.aspects.provision:
        settings = replace(settings, recital=settings.explained)
    near = evidence[: settings.passages]
    ordered = sorted(near, key=lambda one: -standing(one, settings) - fitting(index.lexical, first, one, settings))
    return statements(index, for_one(index, first, ordered, settings))


def asked_for(lexical: LexicalIndex, question: Question) -> list[Asked]:
    """What is asked: each side of a comparison for itself."""
    naming_stems = naming(lexical, question)
    return [Asked(side, asked_weights(lexical, side.text, naming_stems)) for side in question.sides]


def standing(found: Evidence, settings: ExtractSettings) -> float:
    """By what evidence is taken first: what recitals say is mostly decided elsewhere."""
    return found.score * (settings.recital if (found.passage.pinpoint or "").startswith(RECITALS) else 1)


def fitting(lexical: LexicalIndex, asked: Asked, found: Evidence, settings: ExtractSettings) -> float:
    """What evidence gains by a definition or by announcing a list, where that is asked for."""
    if asked.question.whole_list:
        leads = (one for one in sentences(lexical, found.parts) if one.text.endswith(":"))
        return settings.listing * any(covered(asked.weight, one.stems) >= settings.lead for one in leads)
    if asked.question.answer_type != "definition":
        return 0.0
    defined = (one for one in sentences(lexical, found.parts) if gives(asked.question.answer_type, one.text))
    return settings.defining * any(asked.weight.keys() & one.stems for one in defined)


def for_one(index: Index, asked: Asked, ordered: Sequence[Evidence], settings: ExtractSettings) -> list[Block]:
    """The best block, and those near it that add to it."""
    chosen: list[Block] = []
    held: set[str] = set()
    for found in ordered:
        words = settings.further if chosen else settings.words
        near = not chosen or standing(found, settings) >= settings.near * standing(ordered[0], settings)
        block = block_of(index, asked, found, words, settings, whole=not chosen) if near else None
        if block and (not chosen or covered(asked.weight, block.stems - held) >= settings.gain):
            chosen.append(block)
            held |= block.stems
        if len(chosen) == settings.most:
            break
    return chosen


def for_each(
    index: Index, parts: Sequence[Asked], ordered: Sequence[Evidence], settings: ExtractSettings
) -> list[Block]:
    """The best block for each part of a question, in documents that the part names where it names some."""
    chosen: dict[Span, Block] = {}
    for asked in parts[: settings.sides]:
        inside = [
            found
            for found in ordered
            if not asked.question.documents or found.passage.document in asked.question.documents
        ]
        blocks = [block_of(index, asked, found, settings.each, settings, whole=False) for found in inside or ordered]
        best = max(
            filter(None, blocks),
            key=lambda one: one.score + settings.own * covered(asked.weight, one.stems),
            default=None,
        )
        if best:
            chosen.setdefault(best.sentences[0].span, best)
    return list(chosen.values())


def block_of(
    index: Index, asked: Asked, found: Evidence, words: int, settings: ExtractSettings, *, whole: bool
) -> Block | None:
    """The stretch of a piece of evidence that answers best; None where nothing of it can be quoted."""

    def worth(sentence: Sentence) -> float:
        fits = gives(asked.question.answer_type, sentence.text) + (
            asked.question.effective_date and sets_effective_date(sentence.text)
        )
        held = covered(asked.weight, sentence.stems | sentence.about)
        there = any(matches(place, sentence.span.pinpoint or "") for place in asked.question.pinpoints)
        return held + settings.fit * fits + settings.meaning * nearness(found, sentence) + settings.place * there

    whole = whole and asks_for_all(asked, found)
    parts = whole_list(index, found) if whole else found.parts
    chosen = window(sentences(index.lexical, parts), worth, settings.list if whole else words, settings.beyond)
    if not chosen:
        return None
    stems = frozenset().union(*(sentence.stems | sentence.about for sentence in chosen))
    return Block(chosen, stems, standing(found, settings))


def nearness(found: Evidence, sentence: Sentence) -> float:
    """How near in meaning the part that a sentence stands in is to the question; 0 where nobody found that part."""
    parts = zip(found.parts, found.near, strict=False)
    inside = (near for part, near in parts if part.start <= sentence.span.start < part.end)
    return max(next(inside, 0.0), 0.0)


def asks_for_all(asked: Asked, found: Evidence) -> bool:
    """Whether a list is quoted whole: because it is asked for, or because what was found announces it."""
    return asked.question.whole_list or found.parts[-1].text.endswith(":")


def statements(index: Index, blocks: Iterable[Block]) -> list[DraftSentence]:
    """The draft: what stands in one passage is one statement, with its source in front."""
    draft: list[DraftSentence] = []
    before = ""
    for span in (span for block in blocks for span in spans_of(block)):
        known = index.document(span.document)
        text = without_mark(statement(known.text[span.start : span.end]), span.pinpoint)
        said = credited(text, known.metadata, span.document, span.pinpoint, again=span.document == before)
        draft.append(DraftSentence(said, (span,)))
        before = span.document
    return draft


def without_mark(text: str, pinpoint: str | None) -> str:
    """A point without the mark that its pinpoint gives already.

    >>> without_mark("(e) be open;", "para. 6 (e)"), without_mark("2 A Party may leave.", "Article 3(2)")
    ('be open;', 'A Party may leave.')
    >>> without_mark("It opens in 2028. It closes later.", "para. 6")
    'It opens in 2028. It closes later.'
    """
    if not pinpoint:
        return text
    mark = MARK.match(text)
    text = text[mark.end() :] if mark else text
    bare = BARE_NUMBER.match(text)
    return text[bare.end() :] if bare and re.findall(r"\d+|\b[a-z]\b", pinpoint)[-1:] == [bare[1]] else text


def spans_of(block: Block) -> Iterator[Span]:
    """The stretches of a block that are cited apart: one for each pinpoint."""
    for _, group in groupby(block.sentences, key=lambda one: one.span.pinpoint):
        spans = [one.span for one in group]
        yield replace(spans[0], end=spans[-1].end)


def statement(text: str) -> str:
    """A quoted sentence on one line, without marks of footnotes: beside the answer's own marks they would mislead.

    >>> statement("as endorsed,[7] by\\nthe Council;[8]"), statement("Year | Sites\\n2025 | 3")
    ('as endorsed, by the Council;', 'Year | Sites; 2025 | 3')
    """
    rows = text.split("\n") if BETWEEN_CELLS in text else [text]
    lines = (" ".join(FOOTNOTE_MARK.sub("", row).split()) for row in rows)
    return BETWEEN_ROWS.join(filter(None, lines))
