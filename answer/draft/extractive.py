"""The extractive draft: the sentences of the sources that answer. Needs no model.

Evidence is used in the order of its rank, since a passage is judged better in its context than sentence by sentence.
From each, a window around the best sentence is quoted; of a list that is asked for, the whole list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import dated_name, with_name
from pincite.answer.draft.amendments import status_sentences
from pincite.answer.draft.deciding_provision import deciding_point
from pincite.answer.draft.document_facts import document_facts
from pincite.answer.draft.quoted_text import clean_quote, place_asked_for, strip_enumerator
from pincite.answer.draft.quotes import quotes_of
from pincite.answer.draft.rule_before_exception import rule_of
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.draft.sentence_windows import Sentence, sentence_window, sentences, whole_list
from pincite.answer.draft.table_cells import answering_cells, with_cells
from pincite.answer.query.answer_types import contains_answer, contains_value
from pincite.answer.query.effective_dates import sets_effective_date
from pincite.answer.query.question import Question, SubQuestion
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import coverage, document_name_stems, question_weights
from pincite.ingest.index.index import Index
from pincite.ingest.index.lexical import LexicalIndex
from pincite.ingest.structure.pinpoint_grammar import matches

RECITAL_PINPOINTS = ("preamble", "Recital")  # prefixes of their pinpoints


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """How much is quoted, and how evidence and sentences are scored. LOG.md documents how the values were found.

    Limits: `first_words` of the first evidence, `further_words` of the second, `side_words` of each side of a
    comparison, `list_words` of a list; `max_evidence` considered, `max_blocks` quoted, `max_sides` in a comparison. A
    further block needs `min_score_ratio` of the first one's prior and must add `min_gain` to the coverage.
    `min_sentence_ratio`: see `pincite.answer.draft.sentence_windows.sentence_window`.

    Sentences gain `type_weight` for the answer type, `meaning_weight` times the cosine of their part, `place_weight`
    at a place named. Evidence gains `definition_boost` for a definition and `list_boost` for a lead-in with
    `min_lead_coverage` of the question, if asked for. `side_boost`: weight of the coverage of a side. `value_weight`
    replaces `type_weight` where a value is looked for in all evidence; it counts from `min_value_coverage`.
    `recital_factor` applies to recitals and preambles, `provision_recital_factor` if a provision is asked for.
    """

    first_words: int = 75
    further_words: int = 25
    side_words: int = 60
    list_words: int = 180
    max_evidence: int = 6
    max_blocks: int = 2
    max_sides: int = 4
    min_score_ratio: float = 0.95
    min_gain: float = 0.1
    min_sentence_ratio: float = 0.9
    type_weight: float = 0.3
    meaning_weight: float = 1.2
    place_weight: float = 0.5
    definition_boost: float = 0.2
    list_boost: float = 0.1
    min_lead_coverage: float = 0.3
    side_boost: float = 0.5
    value_weight: float = 2.0
    min_value_coverage: float = 0.5
    recital_factor: float = 0.95
    provision_recital_factor: float = 0.8


@dataclass(frozen=True, slots=True)
class WeightedQuestion:
    """A question answered separately, with the weight of each of its stems."""

    question: SubQuestion
    weight: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """Sentences of evidence that may be quoted; `stems` are those of the sentences and their context."""

    sentences: Sequence[Sentence]
    stems: frozenset[str]
    score: float


def extract(
    index: Index, question: Question, evidence: Sequence[Evidence], settings: ExtractSettings = ExtractSettings()
) -> list[DraftSentence]:
    """The extractive draft, best evidence first; for a comparison, the best for each side."""
    first, *others = weighted_questions(index.lexical, question)
    if others:
        return draft_sentences(
            index, question, best_block_per_side(index, [first, *others], evidence, settings), settings
        )
    if own := status_sentences(index, question) or document_facts(index, question, evidence):
        return draft_sentences(index, question, [QuoteBlock([one], frozenset(), 1.0) for one in own], settings)
    if question.aspects.provision or question.answer_type == "yes/no":
        settings = replace(settings, recital_factor=settings.provision_recital_factor)
    near = evidence[: settings.max_evidence]
    ordered = sorted(near, key=lambda one: -prior(one, settings) - match_score(index.lexical, first, one, settings))
    if deciding := deciding_point(index, question, ordered):
        return deciding
    blocks = best_blocks(index, first, ordered, settings)
    if question.aspects.value and not any(has_value(question.answer_type, block) for block in blocks):
        elsewhere = block_with_value(index, first, evidence, settings)
        blocks = [elsewhere] if elsewhere else blocks
    return rule_first(index, draft_sentences(index, question, blocks, settings))


def rule_first(index: Index, draft: list[DraftSentence]) -> list[DraftSentence]:
    """A draft that begins with an exception, behind the rule from which it departs, unless that is told."""
    rule = rule_of(index, draft[0].spans[0]) if draft else None
    if rule is None or any(span.start <= rule.start < span.end for one in draft for span in one.spans):
        return draft
    text = clean_quote(index.document(rule.document).text[rule.start : rule.end])
    return [DraftSentence(strip_enumerator(text, rule.pinpoint), (rule,)), *draft]


def weighted_questions(lexical: LexicalIndex, question: Question) -> list[WeightedQuestion]:
    """The questions to answer, with weights: the sides of a comparison, or the whole question."""
    naming_stems = document_name_stems(lexical, question)
    return [WeightedQuestion(side, question_weights(lexical, side.text, naming_stems)) for side in question.sides]


def prior(found: Evidence, settings: ExtractSettings) -> float:
    """Score used to order evidence; recitals are downweighted, since the provisions decide."""
    return found.score * (
        settings.recital_factor if (found.passage.pinpoint or "").startswith(RECITAL_PINPOINTS) else 1
    )


def match_score(lexical: LexicalIndex, asked: WeightedQuestion, found: Evidence, settings: ExtractSettings) -> float:
    """Boost for a definition or the lead-in of a list, if asked for."""
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
    """The best block and further ones that score nearly as high and add coverage."""
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


def has_value(answer_type: str, block: QuoteBlock) -> bool:
    """Whether a block contains a value of a type: a date, a sum and so on."""
    return any(contains_value(answer_type, one.text) for one in block.sentences)


def block_with_value(
    index: Index, asked: WeightedQuestion, evidence: Sequence[Evidence], settings: ExtractSettings
) -> QuoteBlock | None:
    """The block, of all evidence, that contains the value asked for and the most of the question, if enough."""
    wanted, strict = asked.question.answer_type, replace(settings, type_weight=settings.value_weight)
    blocks = (block_of(index, asked, found, settings.first_words, strict, whole=False) for found in evidence)
    holding = [block for block in blocks if block and has_value(wanted, block)]
    best = max(holding, key=lambda block: coverage(asked.weight, block.stems), default=None)
    return best if best and coverage(asked.weight, best.stems) >= settings.min_value_coverage else None


def best_block_per_side(
    index: Index, parts: Sequence[WeightedQuestion], ordered: Sequence[Evidence], settings: ExtractSettings
) -> list[QuoteBlock]:
    """The best block for each side, from the documents that it names, if any."""
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
        best = best_of_blocks(asked, (one for one in blocks if one and one.sentences[0].span not in chosen), settings)
        if best:
            chosen[best.sentences[0].span] = best
    return list(chosen.values())


def best_of_blocks(
    asked: WeightedQuestion, blocks: Iterable[QuoteBlock], settings: ExtractSettings
) -> QuoteBlock | None:
    """The block with the best score and coverage of a side of a comparison."""
    return max(
        blocks, key=lambda one: one.score + settings.side_boost * coverage(asked.weight, one.stems), default=None
    )


def block_of(
    index: Index, asked: WeightedQuestion, found: Evidence, words: int, settings: ExtractSettings, *, whole: bool
) -> QuoteBlock | None:
    """The best window of a piece of evidence; None if nothing can be quoted."""

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
    """The cosine of the part that contains a sentence, at least 0; 0 if search did not find that part."""
    parts = zip(found.parts, found.cosines, strict=False)
    inside = (near for part, near in parts if part.start <= sentence.span.start < part.end)
    return max(next(inside, 0.0), 0.0)


def needs_whole_list(asked: WeightedQuestion, found: Evidence) -> bool:
    """Whether to quote a whole list: it is asked for, or the evidence ends with its lead-in."""
    return asked.question.whole_list or found.parts[-1].text.endswith(":")


def draft_sentences(
    index: Index, question: Question, blocks: Iterable[QuoteBlock], settings: ExtractSettings
) -> list[DraftSentence]:
    """The draft: a quote for each place, without its source, which the citation gives.

    The documents of a comparison, and a document or provision that a question asks for, are part of the answer.
    """
    draft: list[DraftSentence] = []
    before = ""
    for quote in (one for block in blocks for one in quotes_of(index, spans_of(block), settings.list_words)):
        span = quote.span
        known = index.document(span.document)
        text = clean_quote(known.text[span.start : span.end])
        named = (question.comparison or question.aspects.source) and span.document != before
        place = place_asked_for(question, span.pinpoint)
        name = dated_name(known.metadata, span.document) if named else None
        said = with_name(strip_enumerator(text, place), name, place)
        said = with_cells(said, answering_cells(index, question, span))
        draft.append(DraftSentence(said, (span,), left_out=quote.left_out))
        before = span.document
    return draft


def spans_of(block: QuoteBlock) -> list[Span]:
    """The spans of the sentences of a block."""
    return [one.span for one in block.sentences]
