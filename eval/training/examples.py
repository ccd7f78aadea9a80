"""Training examples: a question with the sentences of a text, those that answer, and the words that do."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import log

from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.data.stop_words import stop_words

STOP_WORDS = stop_words(("en",))

CharacterSpan = tuple[int, int]  # in a sentence


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a text. `answers`: characters of the answer in each sentence that answers, if known.

    Without answers the text does not answer; `near` is then the sentence that seems to.
    """

    question: str
    context: str
    sentences: tuple[str, ...]
    answers: dict[int, tuple[CharacterSpan, ...]] = field(default_factory=dict)
    near: int | None = None


def from_paragraph(question: str, context: str, text: str, spans: Iterable[CharacterSpan], near: int = 0) -> Example:
    """An example of a paragraph and spans of its characters; `near`: a character of what seems to answer."""
    places = sentence_spans(text)
    answers: dict[int, list[CharacterSpan]] = defaultdict(list)
    for start, end in spans:
        for number, (first, last) in enumerate(places):
            if start < last and end > first:
                answers[number].append((max(start - first, 0), min(end, last) - first))
    close = next((number for number, (_, last) in enumerate(places) if near < last), 0)
    kept = {number: tuple(dict.fromkeys(found)) for number, found in answers.items()}
    return Example(question, context, tuple(text[first:last] for first, last in places), kept, None if kept else close)


def words_of(text: str) -> frozenset[str]:
    """The content words of a text."""
    return frozenset("".join(one if one.isalnum() else " " for one in text.lower()).split()) - STOP_WORDS


class Texts:
    """The texts of a data set, from which those are drawn that share words with a question and do not answer it."""

    def __init__(self, examples: Sequence[Example]) -> None:
        found = {(one.context, one.sentences): one for one in examples}
        self.texts = list(found.values())
        self.words = [words_of(" ".join(one.sentences)) for one in self.texts]
        self.holding: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self.words):
            for word in words:
                self.holding[word].append(number)

    def near_miss(self, example: Example) -> Example | None:
        """The question over the other text with most of its words by inverse frequency, without the answer's words."""
        said = {example.sentences[place][a:b].lower() for place, spans in example.answers.items() for a, b in spans}
        scores: dict[int, float] = defaultdict(float)
        for word in words_of(example.question):
            for number in self.holding.get(word, ()):
                scores[number] += log(1 + len(self.texts) / len(self.holding[word]))
        own = set(example.sentences)
        for number in sorted(scores, key=lambda number: (-scores[number], number))[:8]:
            other = self.texts[number]
            whole = " ".join(other.sentences).lower()
            if not own & set(other.sentences) and not any(answer in whole for answer in said):
                return replace(other, question=example.question, answers={}, near=self.nearest_sentence(example, other))
        return None

    @staticmethod
    def nearest_sentence(example: Example, other: Example) -> int:
        """The sentence that shares most words with the question."""
        asked = words_of(example.question)
        shared = [len(asked & words_of(sentence)) for sentence in other.sentences]
        return shared.index(max(shared))


def without_answer(example: Example) -> Example | None:
    """The text without the sentences that answer; None if nothing is left."""
    kept = tuple(one for place, one in enumerate(example.sentences) if place not in example.answers)
    first = min(example.answers, default=0)
    return replace(example, sentences=kept, answers={}, near=min(first, len(kept) - 1)) if kept else None


def shuffled(chance: random.Random, examples: Iterable[Example]) -> list[Example]:
    """The examples in random order."""
    return chance.sample(found := list(examples), len(found))
