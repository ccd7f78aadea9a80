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
from pincite.answer.draft.amendments import status_sentences
from pincite.answer.draft.document_facts import document_facts
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.draft.sentence_windows import Sentence, sentence_window, sentences, whole_list
from pincite.answer.query.answer_types import contains_answer
from pincite.answer.query.effective_dates import sets_effective_date
from pincite.answer.query.question import Question, SubQuestion
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import coverage, document_name_stems, question_weights
from pincite.ingest.document import BETWEEN_CELLS
from pincite.ingest.index.index import Index
from pincite.ingest.index.lexical import LexicalIndex
from pincite.ingest.structure.pinpoint_grammar import matches

FOOTNOTE_MARK = re.compile(r"\[\d{1,3}\]")
ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*[.)]|“?\(?[a-z]{1,4}\)|[-•–—])\s+")  # what a point opens with
RECITAL_PINPOINTS = ("preamble", "Recital")  # what their pinpoints begin with
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

    first_words: int = 90
    further_words: int = 40
    side_words: int = 60
    list_words: int = 180
    max_evidence: int = 6
    max_blocks: int = 2
    max_sides: int = 4
    min_score_ratio: float = 0.95
    min_gain: float = 0.05
    min_sentence_ratio: float = 0.9
    type_weight: float = 0.1
    meaning_weight: float = 1.2
    place_weight: float = 0.5
    definition_boost: float = 0.2
    list_boost: float = 0.1
    min_lead_coverage: float = 0.3
    side_boost: float = 0.5
    recital_factor: float = 0.95
    provision_recital_factor: float = 0.8


@dataclass(frozen=True, slots=True)
class WeightedQuestion:
    """A question to be answered by itself, and what each stem of its words weighs."""

    question: SubQuestion
    weight: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A stretch of evidence that may be quoted; `stems` are those of its words and of what stands above it."""

    sentences: Sequence[Sentence]
    stems: frozenset[str]
    score: float


def extract(
    index: Index, question: Question, evidence: Sequence[Evidence], settings: ExtractSettings = ExtractSettings()
) -> list[DraftSentence]:
    """What answers, best evidence first; where several things are asked, the best for each."""
    first, *others = weighted_questions(index.lexical, question)
    if others:
        return draft_sentences(index, best_block_per_side(index, [first, *others], evidence, settings))
    if own := status_sentences(index, question) or document_facts(index, question, evidence):
        return draft_sentences(index, [QuoteBlock([one], frozenset(), 1.0) for one in own])
    if question.aspects.provision:
        settings = replace(settings, recital_factor=settings.provision_recital_factor)
    near = evidence[: settings.max_evidence]
    ordered = sorted(near, key=lambda one: -prior(one, settings) - match_score(index.lexical, first, one, settings))
    return draft_sentences(index, best_blocks(index, first, ordered, settings))


def weighted_questions(lexical: LexicalIndex, question: Question) -> list[WeightedQuestion]:
    """What is asked: each side of a comparison for itself."""
    naming_stems = document_name_stems(lexical, question)
    return [WeightedQuestion(side, question_weights(lexical, side.text, naming_stems)) for side in question.sides]


def prior(found: Evidence, settings: ExtractSettings) -> float:
    """By what evidence is taken first: what recitals say is mostly decided elsewhere."""
    return found.score * (
        settings.recital_factor if (found.passage.pinpoint or "").startswith(RECITAL_PINPOINTS) else 1
    )


def match_score(lexical: LexicalIndex, asked: WeightedQuestion, found: Evidence, settings: ExtractSettings) -> float:
    """What evidence gains by a definition or by announcing a list, where that is asked for."""
    if asked.question.whole_list:
        leads = (one for one in sentences(lexical, found.parts) if one.text.endswith(":"))
        return settings.list_boost * any(
            coverage(asked.weight, one.stems) >= settings.min_lead_coverage for one in leads
        )
    if asked.question.answer_type != "definition":
        return 0.0
    defined = (one for one in sentences(lexical, found.parts) if contains_answer(asked.question.answer_type, one.text))
    return settings.definition_boost * any(asked.weight.keys() & one.stems for one in defined)


def best_blocks(
    index: Index, asked: WeightedQuestion, ordered: Sequence[Evidence], settings: ExtractSettings
) -> list[QuoteBlock]:
    """The best block, and those near it that add to it."""
    chosen: list[QuoteBlock] = []
    covered_stems: set[str] = set()
    for found in ordered:
        words = settings.further_words if chosen else settings.first_words
        near = not chosen or prior(found, settings) >= settings.min_score_ratio * prior(ordered[0], settings)
        block = block_of(index, asked, found, words, settings, whole=not chosen) if near else None
        if block and (not chosen or coverage(asked.weight, block.stems - covered_stems) >= settings.min_gain):
            chosen.append(block)
            covered_stems |= block.stems
        if len(chosen) == settings.max_blocks:
            break
    return chosen


def best_block_per_side(
    index: Index, parts: Sequence[WeightedQuestion], ordered: Sequence[Evidence], settings: ExtractSettings
) -> list[QuoteBlock]:
    """The best block for each part of a question, in documents that the part names where it names some."""
    chosen: dict[Span, QuoteBlock] = {}
    for asked in parts[: settings.max_sides]:
        inside = [
            found
            for found in ordered
            if not asked.question.documents or found.passage.document in asked.question.documents
        ]
        blocks = [
            block_of(index, asked, found, settings.side_words, settings, whole=False) for found in inside or ordered
        ]
        best = max(
            filter(None, blocks),
            key=lambda one: one.score + settings.side_boost * coverage(asked.weight, one.stems),
            default=None,
        )
        if best:
            chosen.setdefault(best.sentences[0].span, best)
    return list(chosen.values())


def block_of(
    index: Index, asked: WeightedQuestion, found: Evidence, words: int, settings: ExtractSettings, *, whole: bool
) -> QuoteBlock | None:
    """The stretch of a piece of evidence that answers best; None where nothing of it can be quoted."""

    def sentence_score(sentence: Sentence) -> float:
        fits = contains_answer(asked.question.answer_type, sentence.text) + (
            asked.question.effective_date and sets_effective_date(sentence.text)
        )
        share = coverage(asked.weight, sentence.stems | sentence.context_stems)
        there = any(matches(place, sentence.span.pinpoint or "") for place in asked.question.pinpoints)
        return (
            share
            + settings.type_weight * fits
            + settings.meaning_weight * meaning_score(found, sentence)
            + settings.place_weight * there
        )

    whole = whole and needs_whole_list(asked, found)
    parts = whole_list(index, found) if whole else found.parts
    chosen = sentence_window(
        sentences(index.lexical, parts),
        sentence_score,
        settings.list_words if whole else words,
        settings.min_sentence_ratio,
    )
    if not chosen:
        return None
    stems = frozenset().union(*(sentence.stems | sentence.context_stems for sentence in chosen))
    return QuoteBlock(chosen, stems, prior(found, settings))


def meaning_score(found: Evidence, sentence: Sentence) -> float:
    """How near in meaning the part that a sentence stands in is to the question; 0 where nobody found that part."""
    parts = zip(found.parts, found.cosines, strict=False)
    inside = (near for part, near in parts if part.start <= sentence.span.start < part.end)
    return max(next(inside, 0.0), 0.0)


def needs_whole_list(asked: WeightedQuestion, found: Evidence) -> bool:
    """Whether a list is quoted whole: because it is asked for, or because what was found announces it."""
    return asked.question.whole_list or found.parts[-1].text.endswith(":")


def draft_sentences(index: Index, blocks: Iterable[QuoteBlock]) -> list[DraftSentence]:
    """The draft: what stands in one passage is one statement, with its source in front."""
    draft: list[DraftSentence] = []
    before = ""
    for span in (span for block in blocks for span in spans_of(block)):
        known = index.document(span.document)
        text = strip_enumerator(clean_quote(known.text[span.start : span.end]), span.pinpoint)
        said = credited(text, known.metadata, span.document, span.pinpoint, again=span.document == before)
        draft.append(DraftSentence(said, (span,)))
        before = span.document
    return draft


def strip_enumerator(text: str, pinpoint: str | None) -> str:
    """A point without the mark that its pinpoint gives already.

    >>> strip_enumerator("(e) be open;", "para. 6 (e)"), strip_enumerator("2 A Party may leave.", "Article 3(2)")
    ('be open;', 'A Party may leave.')
    >>> strip_enumerator("It opens in 2028. It closes later.", "para. 6")
    'It opens in 2028. It closes later.'
    """
    if not pinpoint:
        return text
    mark = ENUMERATOR.match(text)
    text = text[mark.end() :] if mark else text
    bare = BARE_NUMBER.match(text)
    return text[bare.end() :] if bare and re.findall(r"\d+|\b[a-z]\b", pinpoint)[-1:] == [bare[1]] else text


def spans_of(block: QuoteBlock) -> Iterator[Span]:
    """The stretches of a block that are cited apart: one for each pinpoint."""
    for _, group in groupby(block.sentences, key=lambda one: one.span.pinpoint):
        spans = [one.span for one in group]
        yield replace(spans[0], end=spans[-1].end)


def clean_quote(text: str) -> str:
    """A quoted sentence on one line, without marks of footnotes: beside the answer's own marks they would mislead.

    >>> clean_quote("as endorsed,[7] by\\nthe Council;[8]"), clean_quote("Year | Sites\\n2025 | 3")
    ('as endorsed, by the Council;', 'Year | Sites; 2025 | 3')
    """
    rows = text.split("\n") if BETWEEN_CELLS in text else [text]
    lines = (" ".join(FOOTNOTE_MARK.sub("", row).split()) for row in rows)
    return BETWEEN_ROWS.join(filter(None, lines))
