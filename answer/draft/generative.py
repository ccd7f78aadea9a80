"""The draft of a local model: points that cite numbered sentences; quotes are cut from the sources by code.

The model's output is held to a JSON schema: it can only cite numbers that it was given, and there are no points
where nothing answers. A server that cannot be held to it is read as well: JSON in its text, or sentences with marks.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pincite.answer.draft.numbered import NumberedSentence, sentence_lines
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.models.base import count_tokens, unavailable
from pincite.answer.models.open_model import chat
from pincite.answer.models.prompts import ABSTENTION, INSTRUCTIONS, question_text
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.index.lexical import LexicalIndex

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

NUMBERS = r"[\[【](?:(?:passage|sentence)s? )?(\d+(?:\s*(?:[,;–-]|and)\s*\d+)*)[\]】]"
MARK = re.compile(rf"\s*{NUMBERS}", re.I)
# Marks after the full stop, as some models set them: they belong to the sentence before.
LATE_MARKS = re.compile(rf"([.!?…]+[\"'”’»)]*)((?:\s*{NUMBERS})+)", re.I)
MARKDOWN = re.compile(r"^\s*(?:[-*•–>]|#+|\d{1,2}[.)])\s+|\*\*")  # bullets, quotes, headings, numbers, bold
OBJECT = re.compile(r"\{.*\}", re.DOTALL)
SAID = re.compile(r'"say"\s*:\s*("(?:[^"\\]|\\.)*)')
TEMPLATE_TOKENS = 64  # upper bound for what a chat template adds to two messages
POINTS, SOURCES, LONGEST = 3, 3, 600  # points of an answer, sentences that one may rest on, characters of one

Stream = Callable[[str], None]  # receives the text so far


def ignore_stream(_text: str) -> None:
    """Ignores the text."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a model says, and the numbers of the sentences that it rests this on."""

    say: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ModelOutput:
    """The points of a model, and the sentences it was given; no points are an abstention."""

    points: tuple[Point, ...]
    given: tuple[NumberedSentence, ...]


def generate(
    llm: "LLM", question: str, found: Sequence[NumberedSentence], stream: Stream = ignore_stream
) -> ModelOutput:
    """The model's points. Raises ModelUnavailable if it cannot be reached, breaks off or returns nothing."""
    from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415  LlamaIndex takes seconds to load

    given = within_context(llm, question, found)
    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=INSTRUCTIONS),
        ChatMessage(role=MessageRole.USER, content=question_text(question, sentence_lines(given))),
    ]
    text = ""
    for text in chat(llm, messages, answer_schema([one.number for one in given])):
        stream(said_so_far(text))
    return ModelOutput(tuple(read_points(text)), tuple(given))


def answer_schema(numbers: Sequence[int]) -> dict[str, Any]:
    """The JSON schema of an answer. A point says first and cites then: the other way round small models copy sentences.

    >>> list(answer_schema([1, 2])["properties"]["points"]["items"]["properties"])
    ['say', 'from']
    """
    cited = {"type": "array", "items": {"type": "integer", "enum": list(numbers)}, "minItems": 1, "maxItems": SOURCES}
    point = closed_object({"say": {"type": "string", "maxLength": LONGEST}, "from": cited})
    return closed_object({"points": {"type": "array", "items": point, "maxItems": POINTS}})


def closed_object(properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def within_context(llm: "LLM", question: str, found: Sequence[NumberedSentence]) -> Sequence[NumberedSentence]:
    """The sentences that fit in the context window, with the instructions and room for the answer; the best stay.

    Raises ModelUnavailable if not even one fits.
    """
    room = llm.metadata.context_window - llm.metadata.num_output - TEMPLATE_TOKENS
    given = list(found)
    while given:
        if count_tokens(llm, INSTRUCTIONS + question_text(question, sentence_lines(given))) <= room:
            return given
        given.remove(min(given, key=lambda one: one.score))
    window = f"{llm.metadata.context_window:,}"
    raise unavailable(
        llm, f"reads {window} tokens, too few for the question and a sentence: choose one that reads more"
    )


def said_so_far(text: str) -> str:
    """What an unfinished answer says, for the reader who waits.

    >>> said_so_far('{"points": [{"say": "Six months.", "from": [1]}, {"say": "The fi')
    'Six months. The fi'
    >>> said_so_far("Six mon"), said_so_far('{"poi')
    ('Six mon', '')
    """
    if not text.lstrip().startswith(("{", "`")):
        return text
    return " ".join(json.loads(f'{said.rstrip(chr(92))}"') for said in SAID.findall(text) if "\\u" not in said[-6:])


def read_points(text: str) -> list[Point]:
    """The points of an answer as JSON, or else of sentences with marks; none where the model abstains."""
    found = OBJECT.search(text)
    try:
        listed = json.loads(found[0])["points"] if found else None
        if listed is not None:
            return [
                Point(" ".join(str(one["say"]).split()), tuple(map(int, one["from"]))) for one in listed if one["say"]
            ]
    except (ValueError, LookupError, TypeError):
        pass  # a server that was not held to the schema
    return [] if is_abstention(text) else list(marked_points(text))


def is_abstention(text: str) -> bool:
    """Whether a model abstains in words: with the exact phrase, or in other words without a citation.

    >>> is_abstention("NOT IN THE DOCUMENTS."), is_abstention("The answer is not in the documents.")
    (True, True)
    >>> is_abstention("It is 5 [1].")
    False
    """
    line = " ".join(text.split())
    return ABSTENTION in line or (ABSTENTION.casefold() in line.casefold() and not MARK.search(line))


def marked_points(text: str) -> Iterator[Point]:
    """The sentences of a text with the numbers in their marks; a line break also ends a sentence.

    >>> list(marked_points("- It is six months. [2] Not [3] five [1][4]."))
    [Point(say='It is six months.', numbers=(2,)), Point(say='Not five.', numbers=(3, 1, 4))]
    """
    for line in text.splitlines():
        plain = LATE_MARKS.sub(r"\2\1", MARKDOWN.sub("", line))
        for start, end in sentence_spans(plain):
            marked = plain[start:end]
            numbers = (int(one) for group in MARK.findall(marked) for one in re.findall(r"\d+", group))
            yield Point(" ".join(MARK.sub("", marked).split()), tuple(dict.fromkeys(numbers)))


def read_draft(lexical: LexicalIndex, output: ModelOutput) -> list[DraftSentence]:
    """What the model says, each once, with the sentences that it rests on; lead-ins state nothing and are left out."""
    by_number = {one.number: one for one in output.given}
    draft: dict[str, DraftSentence] = {}
    for point in output.points:
        if re.search(r"\w", point.say) and not point.say.endswith(":"):
            cited = [by_number[number] for number in point.numbers if number in by_number]
            missing = tuple(number for number in point.numbers if number not in by_number)
            spans = tuple(one.span for one in supporting(lexical, point.say, cited))
            draft.setdefault(point.say.casefold(), DraftSentence(point.say, spans, missing))
    return list(draft.values())


def supporting(lexical: LexicalIndex, say: str, cited: Sequence[NumberedSentence]) -> list[NumberedSentence]:
    """The cited sentences that share at least half as many stems with what is said as the closest of them."""
    stems = set(lexical.words(say))
    most = max((len(stems & one.stems) for one in cited), default=0)
    return [one for one in cited if 2 * len(stems & one.stems) >= most]
