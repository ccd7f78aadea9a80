"""The extractive draft: the sentences that answer, in the source's own words. Needs no model."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.cite import Span
from answer.draft import DraftSentence
from answer.retrieve import Evidence
from answer.words import covered, weights
from ingest.index import Index
from ingest.lexical import LexicalIndex
from ingest.sentences import sentence_spans

COMPARISON = re.compile(
    r"\b(?:compare[ds]?|comparison|differ(?:s|ent|ently|ence)?|versus|vs\.?|as against|whereas|unlike|contrast|both)\b",
    re.I,
)
ASKS_DATE = re.compile(r"\b(?:when|what date|which year|what year|by when|since when|how long)\b", re.I)
ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|large|big|often|long)\b|\bwhat (?:share|percentage|number|sum|size|budget)\b", re.I
)
HAS_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d+ (?:days|months|years|weeks|hours)\b")
HAS_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter)\b", re.I
)


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """How much is quoted. `kept`: share of the best sentence's score that a further one must reach.

    `own_words`: weight of the words in the sentence against those of its passage; `shortest` in words.
    """

    passages: int = 8
    shortest: int = 4
    sentences: int = 3
    words: int = 130
    kept: float = 0.75
    own_words: float = 0.6
    answer_type: float = 0.15


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with its score."""

    span: Span
    text: str
    score: float


def extract(
    index: Index, question: str, evidence: Sequence[Evidence], settings: ExtractSettings = ExtractSettings()
) -> list[DraftSentence]:
    """The sentences that answer, best first; for a comparison the best of each document in turn."""
    weight = weights(index.lexical, question)
    found = ranked(candidates(index, question, evidence[: settings.passages], weight, settings))
    chosen = choose(alternate(found) if COMPARISON.search(question) else found, settings)
    return [DraftSentence(" ".join(candidate.text.split()), (candidate.span,)) for candidate in chosen]


def ranked(found: Iterable[Candidate]) -> list[Candidate]:
    """Candidates, best first; equal ones in the order of their places."""
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.span.document, candidate.span.start))


def candidates(
    index: Index, question: str, evidence: Sequence[Evidence], weight: Mapping[str, float], settings: ExtractSettings
) -> Iterator[Candidate]:
    """The sentences of the evidence with their scores."""
    lexical = index.lexical
    for found in evidence:
        passage = found.passage
        around = lexical.words(f"{passage.context} {passage.text}")
        for start, end in sentence_spans(passage.text):
            text = passage.text[start:end]
            if len(text.split()) < settings.shortest or (text in passage.headings and not fits_type(question, text)):
                continue
            own = settings.own_words * covered(weight, lexical.words(text)) + (1 - settings.own_words) * covered(
                weight, around
            )
            score = (own + found.score) / 2 + settings.answer_type * fits_type(question, text)
            span = Span(passage.document, passage.start + start, passage.start + end, passage.pinpoint)
            yield Candidate(span, text, score)


def fits_type(question: str, text: str) -> bool:
    """Whether a question for a date or a number meets a sentence that has one."""
    return bool(
        (ASKS_DATE.search(question) and HAS_DATE.search(text))
        or (ASKS_NUMBER.search(question) and HAS_NUMBER.search(text))
    )


def alternate(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, the best of each document in front."""
    first: dict[str, Candidate] = {}
    for candidate in found:
        first.setdefault(candidate.span.document, candidate)
    heads = list(first.values())
    return heads + [candidate for candidate in found if candidate not in heads]


def choose(found: Sequence[Candidate], settings: ExtractSettings) -> list[Candidate]:
    """Candidates from the front while they are good, new and fit in the words allowed."""
    chosen: list[Candidate] = []
    words = 0
    best = max((candidate.score for candidate in found), default=0.0)
    for candidate in found:
        length = len(candidate.text.split())
        if len(chosen) == settings.sentences or candidate.score < settings.kept * best:
            break
        if chosen and (words + length > settings.words or any(same(candidate, other) for other in chosen)):
            continue
        chosen.append(candidate)
        words += length
    return chosen


def same(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same in the same words."""
    first, second = set(one.text.casefold().split()), set(other.text.casefold().split())
    return len(first & second) >= 0.8 * min(len(first), len(second))


def sentences_of(lexical: LexicalIndex, evidence: Evidence) -> list[tuple[Span, set[str]]]:
    """The sentences of a passage as spans of its document, each with its stems."""
    passage = evidence.passage
    return [
        (Span(passage.document, passage.start + start, passage.start + end, passage.pinpoint),
         set(lexical.words(passage.text[start:end])))
        for start, end in sentence_spans(passage.text)
    ]  # fmt: skip
