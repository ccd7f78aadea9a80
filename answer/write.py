"""The draft of a local model: it writes from numbered passages and may only point at them; code cuts the words."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from answer.cite import Span
from answer.draft import DraftSentence
from answer.extract import sentences_of
from answer.llm import chat, count_tokens, unavailable
from answer.prompts import ABSTENTION, INSTRUCTIONS, question_text
from answer.retrieve import Evidence
from ingest.lexical import LexicalIndex
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

NUMBERS = r"\[(?:passages? )?(\d+(?:\s*[,;]\s*\d+)*)\]"
MARK = re.compile(rf"\s*{NUMBERS}", re.I)
# Marks after the full stop, as some models set them: they belong to the sentence that it ends.
LATE_MARKS = re.compile(rf"([.!?…]+[\"'”’»)]*)((?:\s*{NUMBERS})+)", re.I)
LAYOUT = re.compile(r"^\s*(?:[-*•–]|#+|\d{1,2}[.)])\s+|\*\*")  # of Markdown: bullets, headings, numbers, bold
TEMPLATE_TOKENS = 64  # on the safe side for what a chat template puts around two messages
QUOTED_SENTENCES = 2  # at most this many sentences of a passage support one of the answer

Stream = Callable[[str], None]  # is given the text so far


def ignore_stream(_text: str) -> None:
    """Nobody watches."""


def write(llm: "LLM", question: str, evidence: Sequence[Evidence], stream: Stream = ignore_stream) -> str:
    """What the model writes. Raises ModelUnavailable when it cannot be reached, breaks off or says nothing."""
    from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415  LlamaIndex takes seconds to load

    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=INSTRUCTIONS),
        ChatMessage(role=MessageRole.USER, content=question_text(question, within_context(llm, question, evidence))),
    ]
    text = ""
    for text in chat(llm, messages):
        stream(text)
    return text


def within_context(llm: "LLM", question: str, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The best passages that fit in what the model reads, with the instructions and room for its answer.

    Raises ModelUnavailable when not even one does.
    """
    room = llm.metadata.context_window - llm.metadata.num_output - TEMPLATE_TOKENS
    for count in range(len(evidence), 0, -1):
        if count_tokens(llm, INSTRUCTIONS + question_text(question, evidence[:count])) <= room:
            return evidence[:count]
    window = f"{llm.metadata.context_window:,}"
    raise unavailable(llm, f"reads {window} tokens, too few for the question and a passage: choose one that reads more")


def abstains(text: str) -> bool:
    """Whether the model says that the passages do not answer: in the words it was given, or freely and citing nothing.

    >>> abstains("NOT IN THE DOCUMENTS."), abstains("The answer is not in the documents."), abstains("It is 5 [1].")
    (True, True, False)
    """
    line = " ".join(text.split())
    return ABSTENTION in line or (ABSTENTION.casefold() in line.casefold() and not MARK.search(line))


def read_draft(lexical: LexicalIndex, text: str, evidence: Sequence[Evidence]) -> list[DraftSentence]:
    """The model's sentences, each once, with the words that its marks lead to; a mark that leads nowhere gives none."""
    by_rank = {found.rank: found for found in evidence}
    draft = dict.fromkeys(draft_sentence(lexical, sentence, by_rank) for sentence in marked_sentences(text))
    return [sentence for sentence in draft if re.search(r"\w", sentence.text)]


def marked_sentences(text: str) -> Iterator[str]:
    """The sentences of a draft with their marks inside; a line that ends also ends a sentence.

    >>> list(marked_sentences("- It is six months. [2] Not [3] five [1][4]."))
    ['It is six months [2].', 'Not [3] five [1][4].']
    """
    for line in text.splitlines():
        plain = LATE_MARKS.sub(r"\2\1", LAYOUT.sub("", line))
        yield from (plain[start:end] for start, end in sentence_spans(plain))


def draft_sentence(lexical: LexicalIndex, marked: str, by_rank: dict[int, Evidence]) -> DraftSentence:
    """A sentence without its marks, and the words that they lead to."""
    plain = " ".join(MARK.sub("", marked).split())
    ranks = [int(number) for numbers in MARK.findall(marked) for number in re.findall(r"\d+", numbers)]
    cited = [by_rank[rank] for rank in dict.fromkeys(ranks) if rank in by_rank]
    return DraftSentence(plain, tuple(span for found in cited for span in supporting_spans(lexical, plain, found)))


def supporting_spans(lexical: LexicalIndex, sentence: str, found: Evidence) -> list[Span]:
    """The sentences of a passage that share most words with a sentence of the answer."""
    words = set(lexical.words(sentence))
    shared = [(len(words & held), span) for span, held in sentences_of(lexical, found)]
    best = sorted((pair for pair in shared if pair[0]), key=lambda pair: (-pair[0], pair[1].start))[:QUOTED_SENTENCES]
    kept = [span for count, span in best if count * 2 >= best[0][0]]
    return sorted(kept, key=lambda span: span.start)
