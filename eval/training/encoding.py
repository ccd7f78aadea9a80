"""Token sequences that the reader reads: a question, the context of a text, and the sentences of the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

MAX_TOKENS = 256  # of a sequence; the model was trained on at most so many
QUESTION_TOKENS = 48
CONTEXT_TOKENS = 24
SENTENCE_TOKENS = 128
MARKS = 3  # [CLS] and two [SEP]
NO_SENTENCE = -1  # place of the tokens of the question and the context

Tokens = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sequences:
    """n padded sequences: token ids, mask, segment (0 question, 1 text) and sentence of each token, int64 (n, t)."""

    ids: Tokens
    mask: Tokens
    segments: Tokens
    sentences: Tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """One sequence before padding: the ids of the question, the context and the sentences."""

    question: Sequence[int]
    context: Sequence[int]
    sentences: Sequence[Sequence[int]]

    @property
    def length(self) -> int:
        """The number of tokens of the sequence."""
        return len(self.question) + len(self.context) + sum(map(len, self.sentences)) + MARKS


def open_tokenizer(file: Path) -> Tokenizer:
    """The tokenizer, without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def token_ids(tokenizer: Tokenizer, texts: Sequence[str], limit: int) -> list[list[int]]:
    """The token ids of texts, at most `limit` of each."""
    return [one.ids[:limit] for one in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def readings(tokenizer: Tokenizer, question: str, context: str, sentences: Sequence[str]) -> list[Reading]:
    """The sequences in which a text is read: consecutive sentences, as many as fit into one."""
    [asked] = token_ids(tokenizer, [question], QUESTION_TOKENS)
    [about] = token_ids(tokenizer, [context], CONTEXT_TOKENS)
    found = token_ids(tokenizer, sentences, SENTENCE_TOKENS)
    room = MAX_TOKENS - MARKS - len(asked) - len(about)
    return [Reading(asked, about, [found[place] for place in places]) for places in packed(list(map(len, found)), room)]


def packed(lengths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Consecutive places whose lengths together fit into `room`; one that does not fit stands alone.

    >>> list(packed([3, 4, 5, 2], room=8))
    [[0, 1], [2, 3]]
    """
    places: list[int] = []
    used = 0
    for place, length in enumerate(lengths):
        if places and used + length > room:
            yield places
            places, used = [], 0
        places.append(place)
        used += length
    if places:
        yield places


def pad(tokenizer: Tokenizer, read: Sequence[Reading]) -> Sequences:
    """Sequences of the same length."""
    first, mark = (tokenizer.encode("").ids[place] for place in (0, -1))  # [CLS] and [SEP]
    width = max(one.length for one in read)
    ids, mask, segments = (np.zeros((len(read), width), dtype=np.int64) for _ in range(3))
    sentences = np.full_like(ids, NO_SENTENCE)
    for row, one in enumerate(read):
        asked = [first, *one.question, mark]
        text = [token for sentence in one.sentences for token in sentence]
        places = [place for place, sentence in enumerate(one.sentences) for _ in sentence]
        begin = len(asked) + len(one.context)
        ids[row, : one.length] = [*asked, *one.context, *text, mark]
        mask[row, : one.length] = 1
        segments[row, len(asked) : one.length] = 1
        sentences[row, begin : begin + len(text)] = places
    return Sequences(ids, mask, segments, sentences)
