"""The draft of a local model: it writes from numbered passages and may only point at them; code cuts the words."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import httpx

from answer.cite import Span
from answer.draft import DraftSentence
from answer.extract import sentences_of
from answer.prompts import ABSTENTION, INSTRUCTIONS, question_text
from answer.retrieve import Evidence
from ingest.errors import ModelUnavailable
from ingest.lexical import LexicalIndex
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MARK = re.compile(r"\s*\[(\d+(?:\s*,\s*\d+)*)\]")
CHARACTERS_PER_TOKEN = 3  # on the safe side for English prose
QUOTED_SENTENCES = 2  # at most this many sentences of a passage support one of the answer

Stream = Callable[[str], None]  # is given the text so far


def ignore_stream(_text: str) -> None:
    """Nobody watches."""


def write(llm: "LLM", question: str, evidence: Sequence[Evidence], stream: Stream = ignore_stream) -> str:
    """What the model writes. Raises ModelUnavailable when it cannot be reached or breaks off."""
    from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415  LlamaIndex takes seconds to load

    fitting = within_context(evidence, llm.metadata.context_window - llm.metadata.num_output)
    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=INSTRUCTIONS),
        ChatMessage(role=MessageRole.USER, content=question_text(question, fitting)),
    ]
    text = ""
    try:
        for response in llm.stream_chat(messages):
            text = response.message.content or text
            stream(text)
    except failures() as error:
        raise ModelUnavailable(unreachable(llm, error)) from error
    return text


def failures() -> tuple[type[Exception], ...]:
    """What the clients of model servers raise when a server is missing, refuses or breaks off."""
    import ollama  # noqa: PLC0415  loaded with the model only
    import openai  # noqa: PLC0415  the same

    return (
        httpx.HTTPError,
        openai.OpenAIError,
        ollama.ResponseError,
        ollama.RequestError,
        ConnectionError,
        TimeoutError,
    )


def unreachable(llm: "LLM", error: Exception) -> str:
    """Which model failed, where, how, and what to do."""
    place: Any = getattr(llm, "base_url", None) or getattr(llm, "api_base", None) or "this process"
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return (
        f"The model {llm.metadata.model_name} at {place} gave no answer ({said}): start its server, or check its name."
    )


def within_context(evidence: Sequence[Evidence], tokens: int) -> list[Evidence]:
    """The best passages that fit in the model's context with the instructions."""
    room = tokens * CHARACTERS_PER_TOKEN - len(INSTRUCTIONS) - 500
    fitting: list[Evidence] = []
    for found in evidence:
        room -= len(found.passage.text) + len(found.passage.context) + 10
        if room < 0 and fitting:
            break
        fitting.append(found)
    return fitting


def abstains(text: str) -> bool:
    """Whether the model says that the passages do not answer."""
    return ABSTENTION.casefold() in text.casefold()


def read_draft(lexical: LexicalIndex, text: str, evidence: Sequence[Evidence]) -> list[DraftSentence]:
    """The model's sentences with the words that its marks lead to; a mark that leads nowhere gives none."""
    by_rank = {found.rank: found for found in evidence}
    sentences: list[DraftSentence] = []
    for start, end in sentence_spans(MARK.sub(attach, text)):
        sentence = MARK.sub(attach, text)[start:end]
        ranks = [int(number) for match in MARK.finditer(sentence) for number in re.findall(r"\d+", match[1])]
        plain = MARK.sub("", sentence).strip()
        if re.search(r"\w{3}", plain):
            cited = [by_rank[rank] for rank in dict.fromkeys(ranks) if rank in by_rank]
            spans = [span for found in cited for span in supporting_spans(lexical, plain, found)]
            sentences.append(DraftSentence(plain, tuple(spans)))
    return sentences


def attach(match: re.Match[str]) -> str:
    """A mark without the space before it, so that it stays with its sentence."""
    return match.group().strip()


def supporting_spans(lexical: LexicalIndex, sentence: str, found: Evidence) -> list[Span]:
    """The sentences of a passage that share most words with a sentence of the answer."""
    words = set(lexical.words(sentence))
    shared = [(len(words & held), span) for span, held in sentences_of(lexical, found)]
    best = sorted((pair for pair in shared if pair[0]), key=lambda pair: (-pair[0], pair[1].start))[:QUOTED_SENTENCES]
    kept = [span for count, span in best if count * 2 >= best[0][0]]
    return sorted(kept, key=lambda span: span.start)
