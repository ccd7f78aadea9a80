"""What is left of a question without the names and the words that only frame it.

`What does Article 26 of the Harbour Act say?` leaves nothing behind the provision and the act; with `on
fines` at its end it asks for more.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from pincite.answer.query.aliases import Aliases
from pincite.answer.query.mentions import CONFIDENT, Mention
from pincite.answer.query.tokens import FUNCTION_WORDS, Words, normalise_word, tokenize
from pincite.ingest.data.document_types import document_nouns
from pincite.ingest.data.question_forms import form_words

Spans = Iterable[tuple[int, int]]


def remaining_words(text: str, spans: Spans, named: Sequence[Mention], aliases: Aliases) -> Words:
    """The words of a question outside some spans that neither frame it nor describe a document that it names."""
    sure = [one for one in named if one.confidence >= CONFIDENT]
    covered = [*spans, *((one.start, one.end) for one in sure)]
    positions = {n for n, entry in enumerate(aliases.entries) if any(entry.path == one.path for one in sure)}
    outside = (token for token in tokenize(text) if not any(start <= token.start < end for start, end in covered))
    return tuple(
        token.word
        for token in outside
        if token.word not in frame_words() and not positions & aliases.descriptive_words.get(token.word, frozenset())
    )


@cache
def frame_words() -> frozenset[str]:
    """Words that frame a question in any language, and words for a document."""
    words = {normalise_word(word) for kind in ("frame", "says", "this") for word in form_words(kind)}
    return FUNCTION_WORDS | words | document_nouns().keys()
