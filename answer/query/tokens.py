"""Words of questions and titles, normalised so that two spellings of a name match; expansion of acronyms."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pincite.ingest.data.stop_words import stop_words

Words = tuple[str, ...]

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
FUNCTION_WORDS = stop_words(("en", "fr", "es", "uk")) | frozenset(
    "as into it its s that the their this under щодо про за".split()
)


@dataclass(frozen=True, slots=True)
class QuestionToken:
    """A word of a question: normalised, as written, and its offsets."""

    word: str
    raw: str
    start: int
    end: int


def normalise_word(word: str) -> str:
    """A word without case, accents, dots and plural s.

    >>> [normalise_word(word) for word in ("Mügge", "U.S.", "Harms", "Process", "Матвієнко")]
    ['mugge', 'us', 'harm', 'process', 'матвієнко']
    """
    plain = word.casefold().replace(".", "")
    if not (plain.isascii() or "\u0400" <= plain[0] <= "\u04ff"):
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    plural = len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is"))  # noqa: PLR2004  letters
    return plain[:-1] if plural else plain


def tokenize(text: str) -> list[QuestionToken]:
    """The words of a text, without possessive s.

    >>> [token.word for token in tokenize("NIST’s AI RMF: South-South risks")]
    ['nist', 'ai', 'rmf', 'south', 'south', 'risk']
    """
    plain = re.sub(r"(?<=\w)['’]s\b", "  ", text)
    return [QuestionToken(normalise_word(m[0]), m[0], m.start(), m.end()) for m in WORD.finditer(plain)]


def normalised_words(text: str) -> Words:
    """The normalised words of a text."""
    return tuple(token.word for token in tokenize(text))


def content_words(words: Iterable[str]) -> Words:
    """Words without function words."""
    return tuple(word for word in words if word not in FUNCTION_WORDS)


def expand_tokens(
    words: Iterable[QuestionToken], acronym_words: Mapping[str, Words]
) -> list[tuple[str, QuestionToken]]:
    """The content words of a question with their tokens; words written as acronyms are expanded."""
    return [
        (piece, token)
        for token in words
        if token.word not in FUNCTION_WORDS
        for piece in (
            acronym_words.get(token.word, (token.word,)) if token.raw[1:] != token.raw[1:].lower() else (token.word,)
        )
    ]


def expand_acronyms(words: Iterable[str], acronym_words: Mapping[str, Words]) -> Words:
    """Content words with acronyms expanded.

    >>> expand_acronyms(("ai", "act"), {"ai": ("artificial", "intelligence")})
    ('artificial', 'intelligence', 'act')
    """
    return content_words(piece for word in words for piece in acronym_words.get(word, (word,)))
