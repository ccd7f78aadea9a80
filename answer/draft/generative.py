"""The draft of a local model, which cites numbered passages; quotes are cut from the sources by code."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answer.citation.citation import Span
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.draft.sentence_windows import sentences
from pincite.answer.models.base import count_tokens, unavailable
from pincite.answer.models.open_model import chat
from pincite.answer.models.prompts import ABSTENTION, INSTRUCTIONS, passage_text, question_text
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.index.lexical import LexicalIndex

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

NUMBERS = r"[\[【](?:passages? )?(\d+(?:\s*(?:[,;–-]|and)\s*\d+)*)[\]】]"
MARK = re.compile(rf"\s*{NUMBERS}", re.I)
# Marks after the full stop, as some models set them: they belong to the sentence before.
LATE_MARKS = re.compile(rf"([.!?…]+[\"'”’»)]*)((?:\s*{NUMBERS})+)", re.I)
MARKDOWN = re.compile(r"^\s*(?:[-*•–>]|#+|\d{1,2}[.)])\s+|\*\*")  # bullets, quotes, headings, numbers, bold
QUOTED_TEXT = re.compile(r"[\"“‘][^\"”’]+[\"”’][.!?]?")
MAX_TITLE_WORDS, MIN_TITLE_WORDS = 10, 4  # words
TEMPLATE_TOKENS = 64  # upper bound for what a chat template adds to two messages
MAX_QUOTED_SENTENCES = 2  # sentences of a passage that may support one sentence
MIN_OVERLAP = 0.6  # share of its stems that a sentence without marks shares with its support
MIN_STEMS = 3  # fewer stems could match anything

Stream = Callable[[str], None]  # receives the text so far


def ignore_stream(_text: str) -> None:
    """Ignores the text."""


@dataclass(frozen=True, slots=True)
class ModelOutput:
    """The text of a model, the evidence it was given, and how many pieces of evidence did not fit."""

    text: str
    evidence: tuple[Evidence, ...]
    left_out: int


def generate(llm: "LLM", question: str, evidence: Sequence[Evidence], stream: Stream = ignore_stream) -> ModelOutput:
    """The model's text. Raises ModelUnavailable if it cannot be reached, breaks off or returns nothing."""
    from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415  LlamaIndex takes seconds to load

    given = within_context(llm, question, evidence)
    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=INSTRUCTIONS),
        ChatMessage(role=MessageRole.USER, content=user_prompt(question, given)),
    ]
    text = ""
    for text in chat(llm, messages):
        stream(text)
    return ModelOutput(text, tuple(given), len(evidence) - len(given))


def user_prompt(question: str, evidence: Sequence[Evidence]) -> str:
    """The user message: numbered passages and the question."""
    passages = (passage_text(found.rank, found.passage.context, found.passage.text) for found in evidence)
    return question_text(question, passages)


def within_context(llm: "LLM", question: str, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The best passages that fit in the context window, with the instructions and room for the answer.

    Raises ModelUnavailable if not even one fits.
    """
    room = llm.metadata.context_window - llm.metadata.num_output - TEMPLATE_TOKENS
    for count in range(len(evidence), 0, -1):
        if count_tokens(llm, INSTRUCTIONS + user_prompt(question, evidence[:count])) <= room:
            return evidence[:count]
    window = f"{llm.metadata.context_window:,}"
    raise unavailable(llm, f"reads {window} tokens, too few for the question and a passage: choose one that reads more")


def is_abstention(text: str) -> bool:
    """Whether the model abstains: with the exact phrase, or in other words without a citation.

    >>> is_abstention("NOT IN THE DOCUMENTS."), is_abstention("The answer is not in the documents.")
    (True, True)
    >>> is_abstention("It is 5 [1].")
    False
    """
    line = " ".join(text.split())
    return ABSTENTION in line or (ABSTENTION.casefold() in line.casefold() and not MARK.search(line))


def read_draft(lexical: LexicalIndex, text: str, evidence: Sequence[Evidence]) -> list[DraftSentence]:
    """The model's sentences, each once, with the spans that support them; `evidence` is what the model was given.

    Lead-ins and titles state nothing and are left out.
    """
    titles = " ".join(plain_words(found.passage.context) for found in evidence)
    by_rank = {found.rank: found for found in evidence}
    draft: dict[frozenset[str], DraftSentence] = {}
    for marked in marked_sentences(text):
        sentence = draft_sentence(lexical, marked, by_rank)
        if re.search(r"\w", sentence.text) and not sentence.text.endswith(":") and not is_title(sentence.text, titles):
            draft.setdefault(frozenset(lexical.words(sentence.text)) or frozenset({sentence.text}), sentence)
    return list(draft.values())


def is_title(text: str, titles: str) -> bool:
    """Whether a sentence is only a title: short and in quotation marks, or part of a title in the evidence.

    >>> is_title("“The Need for Leadership”", ""), is_title("On Rules for Weights", "on rules for weights and measures")
    (True, True)
    >>> is_title("The Council.", "rules of the council on weights")
    False
    """
    words = text.split()
    quoted = QUOTED_TEXT.fullmatch(text) is not None and len(words) <= MAX_TITLE_WORDS
    return quoted or (len(words) >= MIN_TITLE_WORDS and f" {plain_words(text)} " in f" {titles} ")


def plain_words(text: str) -> str:
    """The words of a text in lower case, without punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def marked_sentences(text: str) -> Iterator[str]:
    """The sentences of a draft with their marks; a line break also ends a sentence.

    >>> list(marked_sentences("- It is six months. [2] Not [3] five [1][4]."))
    ['It is six months [2].', 'Not [3] five [1][4].']
    """
    for line in text.splitlines():
        plain = LATE_MARKS.sub(r"\2\1", MARKDOWN.sub("", line))
        yield from (plain[start:end] for start, end in sentence_spans(plain))


def draft_sentence(lexical: LexicalIndex, marked: str, by_rank: dict[int, Evidence]) -> DraftSentence:
    """A sentence without its marks, and the spans they refer to; without marks, the spans most similar to it."""
    plain = " ".join(MARK.sub("", marked).split())
    ranks = list(dict.fromkeys(rank for numbers in MARK.findall(marked) for rank in ranks_in(numbers)))
    cited = (
        [by_rank[rank] for rank in ranks if rank in by_rank]
        if ranks
        else nearest_evidence(lexical, plain, by_rank.values())
    )
    spans = tuple(span for found in cited for span in supporting_spans(lexical, plain, found))
    return DraftSentence(plain, spans, tuple(rank for rank in ranks if rank not in by_rank))


def ranks_in(numbers: str) -> list[int]:
    """The numbers in a mark; of a range the first and the last, which must both exist.

    >>> ranks_in("1, 3"), ranks_in("2-4")
    ([1, 3], [2, 4])
    """
    return [int(number) for number in re.findall(r"\d+", numbers)]


def nearest_evidence(lexical: LexicalIndex, sentence: str, evidence: Iterable[Evidence]) -> list[Evidence]:
    """The passage with the sentence that shares most stems with one of the answer; none below MIN_OVERLAP."""
    words = set(lexical.words(sentence))
    if len(words) < MIN_STEMS:
        return []
    shares = [
        (max((len(words & one.stems) for one in sentences(lexical, found.parts)), default=0) / len(words), found)
        for found in evidence
    ]
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return [best] if best and share >= MIN_OVERLAP else []


def supporting_spans(lexical: LexicalIndex, sentence: str, found: Evidence) -> list[Span]:
    """The sentences of a passage that share most stems with a sentence of the answer."""
    words = set(lexical.words(sentence))
    shared = [(len(words & one.stems), one.span) for one in sentences(lexical, found.parts)]
    best = sorted((pair for pair in shared if pair[0]), key=lambda pair: (-pair[0], pair[1].start))[
        :MAX_QUOTED_SENTENCES
    ]
    chosen = [span for count, span in best if count * 2 >= best[0][0]]
    return sorted(chosen, key=lambda span: span.start)
