"""The extractive draft: the sentences that answer, in the source's own words. Needs no model."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from answer.cite import Span
from answer.draft import DraftSentence
from answer.retrieve import Evidence
from answer.words import covered, weights
from ingest.document import BlockKind
from ingest.index import Index
from ingest.lexical import LexicalIndex
from ingest.passages import Passage
from ingest.sentences import sentence_spans

COMPARISON = re.compile(
    r"\b(?:compare[ds]?|comparison|differ(?:s|ent|ently|ence)?|versus|vs\.?|as against|whereas|unlike|contrast|both)\b",
    re.I,
)
ASKS_DATE = re.compile(r"\b(?:when|what date|which year|what year|by when|since when|how long)\b", re.I)
ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|large|big|often|long)\b|\bwhat (?:share|percentage|number|sum|size|budget)\b", re.I
)
LIST_ITEM = re.compile(r"(?P<letter>“?\([a-z]{1,4}\))|(?P<number>\d{1,2}[.)])|(?P<dash>[-•–—])")
FINISHED = re.compile(r"[.;:!?,]\W*$")
FOOTNOTE_MARK = re.compile(r"\[\d{1,3}\]")
LIST_WORDS = 120  # a list is quoted with its lead-in up to this length
LIST_REACH = 1200  # characters behind a lead-in in which its list is looked for
HAS_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d+ (?:days|months|years|weeks|hours)\b")
HAS_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter)\b", re.I
)


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """How much is quoted. `kept`: share of the best sentence's score that a further one must reach.

    `own_words`: weight of the words in the sentence against those of its passage; `shortest` in words; `fragment`: what
    a line that is no sentence (front matter, a byline, a masthead) loses.
    """

    passages: int = 8
    shortest: int = 4
    sentences: int = 3
    words: int = 130
    kept: float = 0.75
    own_words: float = 0.6
    answer_type: float = 0.15
    fragment: float = 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with its score."""

    span: Span
    text: str
    score: float


def extract(
    index: Index, question: str, evidence: Sequence[Evidence], settings: ExtractSettings = ExtractSettings()
) -> list[DraftSentence]:
    """The sentences that answer, best document first; for a comparison the best of each document."""
    weight = weights(index.lexical, question)
    found = ranked(candidates(index, question, evidence[: settings.passages], weight, settings))
    chosen = choose(alternate(found) if COMPARISON.search(question) else found, settings)
    return [DraftSentence(statement(candidate.text), (candidate.span,)) for candidate in reading_order(chosen)]


def ranked(found: Iterable[Candidate]) -> list[Candidate]:
    """Candidates, best first; equal ones in the order of their places."""
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.span.document, candidate.span.start))


def candidates(
    index: Index, question: str, evidence: Sequence[Evidence], weight: Mapping[str, float], settings: ExtractSettings
) -> Iterator[Candidate]:
    """The sentences of the evidence with their scores.

    Words of title and headings count for each sentence under them: one that repeats the title says no more.
    """
    lexical = index.lexical
    for found, passage in ((one, part) for one in evidence for part in one.parts):
        about = lexical.words(passage.context)
        around = covered(weight, [*about, *lexical.words(passage.text)])
        reach = with_list(index, passage)
        for start, end in quotable_spans(reach, len(passage.text)):
            text = reach[start:end]
            if len(text.split()) < settings.shortest or (text in passage.headings and not fits_type(question, text)):
                continue
            own = covered(weight, [*about, *lexical.words(text)])
            words = settings.own_words * own + (1 - settings.own_words) * around
            score = (words + found.score) / 2 + settings.answer_type * fits_type(question, text)
            span = Span(passage.document, passage.start + start, passage.start + end, passage.pinpoint)
            score -= settings.fragment * (FINISHED.search(text) is None or in_front_matter(index, span))
            yield Candidate(span, text, score)


def in_front_matter(index: Index, span: Span) -> bool:
    """Whether a span stands in the metadata at the head of a file."""
    first = index.document(span.document).blocks[0]
    return first.kind is BlockKind.FRONT_MATTER and span.start < first.end


def with_list(index: Index, passage: Passage) -> str:
    """A passage's text, and behind a lead-in the text that goes on: the points of a list are passages of their own."""
    if not passage.text.endswith(":"):
        return passage.text
    return index.document(passage.document).text[passage.start : passage.end + LIST_REACH]


def quotable_spans(text: str, begins_before: int) -> Iterator[tuple[int, int]]:
    """Offsets of what can be quoted of a passage: its sentences, one that announces a list with the list.

    `begins_before`: the passage's length; what begins behind it is another's.

    >>> text = "Each register shall:\\n\\n(a) be public;\\n\\n(b) be free.\\n\\nMembers report."
    >>> [text[start:end] for start, end in quotable_spans(text, len("Each register shall:"))][0].split("\\n\\n")
    ['Each register shall:', '(a) be public;', '(b) be free.']
    """
    spans = sentence_spans(text)
    for position, (start, end) in enumerate(spans):
        if start >= begins_before:
            return
        items = list_items(text, spans[position + 1 :]) if text[start:end].endswith(":") else []
        fitting = [item_end for _, item_end in items if len(text[start:item_end].split()) <= LIST_WORDS]
        yield start, max([end, *fitting])


def list_items(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans from the first on that open with a list's mark of one form: `(a)`, `1.` or a dash."""
    first = LIST_ITEM.match(text, spans[0][0]) if spans else None
    if first is None:
        return []
    form = first.lastgroup
    return list(takewhile(lambda span: (found := LIST_ITEM.match(text, span[0])) and found.lastgroup == form, spans))


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


def statement(text: str) -> str:
    """A quoted sentence on one line, without marks of footnotes: beside the answer's own marks they would mislead.

    >>> statement("as endorsed,[7] by\\nthe Council;[8]")
    'as endorsed, by the Council;'
    """
    return " ".join(FOOTNOTE_MARK.sub("", text).split())


def reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The document of the best sentence first, and the sentences of each as they follow each other there."""
    documents = list(dict.fromkeys(candidate.span.document for candidate in chosen))
    return sorted(chosen, key=lambda candidate: (documents.index(candidate.span.document), candidate.span.start))


def same(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same in the same words."""
    first, second = set(one.text.casefold().split()), set(other.text.casefold().split())
    return len(first & second) >= 0.8 * min(len(first), len(second))


def sentences_of(lexical: LexicalIndex, evidence: Evidence) -> list[tuple[Span, set[str]]]:
    """The sentences of a piece of evidence as spans of its document, each with its stems."""
    return [
        (Span(passage.document, passage.start + start, passage.start + end, passage.pinpoint),
         set(lexical.words(passage.text[start:end])))
        for passage in evidence.parts
        for start, end in sentence_spans(passage.text)
    ]  # fmt: skip
