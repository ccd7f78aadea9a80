"""The words of a question or a title, folded so that two spellings of a name meet; acronyms told in full."""

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
class Token:
    """A word of a question: folded, as it stands there, and where."""

    word: str
    raw: str
    start: int
    end: int


def fold(word: str) -> str:
    """A word without case, accents, dots and the s of a plural.

    >>> [fold(word) for word in ("Mügge", "U.S.", "Harms", "Process", "Матвієнко")]
    ['mugge', 'us', 'harm', 'process', 'матвієнко']
    """
    plain = word.casefold().replace(".", "")
    if plain.isascii() or "\u0400" <= plain[0] <= "\u04ff":
        folded = plain
    else:
        folded = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    plural = len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is"))  # noqa: PLR2004  letters
    return folded[:-1] if plural else folded


def tokens(text: str) -> list[Token]:
    """The words of a text, the s of a possessive left out.

    >>> [token.word for token in tokens("NIST’s AI RMF: South-South risks")]
    ['nist', 'ai', 'rmf', 'south', 'south', 'risk']
    """
    plain = re.sub(r"(?<=\w)['’]s\b", "  ", text)
    return [Token(fold(m[0]), m[0], m.start(), m.end()) for m in WORD.finditer(plain)]


def folded(text: str) -> Words:
    """The words of a text, folded."""
    return tuple(token.word for token in tokens(text))


def content(words: Iterable[str]) -> Words:
    """Words without those that only join others."""
    return tuple(word for word in words if word not in FUNCTION_WORDS)


def told_in_full(words: Iterable[Token], spelled: Mapping[str, Words]) -> list[tuple[str, Token]]:
    """The words of a question that count, each with where it stands; what is written as an acronym spelled out."""
    return [
        (piece, token)
        for token in words
        if token.word not in FUNCTION_WORDS
        for piece in (
            spelled.get(token.word, (token.word,)) if token.raw[1:] != token.raw[1:].lower() else (token.word,)
        )
    ]


def spelled_out(words: Iterable[str], spelled: Mapping[str, Words]) -> Words:
    """Words with acronyms replaced by what they stand for.

    >>> spelled_out(("ai", "act"), {"ai": ("artificial", "intelligence")})
    ('artificial', 'intelligence', 'act')
    """
    return content(piece for word in words for piece in spelled.get(word, (word,)))
