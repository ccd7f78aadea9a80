"""Acronyms that a library nowhere writes, matched with the titles and defined terms that they are short for."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pincite.answer.query.tokens import FUNCTION_WORDS, normalised_words
from pincite.ingest.index.acronyms import bare

FEWEST_LETTERS = 4  # of an acronym: three letters begin three words by chance
SKIPPED_WORDS = 2  # words of a long form without a letter in its acronym, besides function words


def spelt_out(name: str, texts: Iterable[str]) -> Iterator[str]:
    """The texts that an acronym is short for.

    >>> list(spelt_out("FLOPs", ["fixed point", "floating-point operation"]))
    ['floating-point operation']
    """
    return (text for text in texts if is_spelt_out(name, text))


def is_spelt_out(name: str, text: str) -> bool:
    """Whether the words of a text begin with the letters of an acronym, as in Schwartz and Hearst (2003).

    >>> is_spelt_out("CEDAW", "Convention on the Elimination of All Forms of Discrimination against Women")
    True
    >>> is_spelt_out("HUDERIA", "human rights under the rule of law"), is_spelt_out("WTO", "with the office")
    (False, False)
    """
    letters = "".join(sign for sign in bare(name) if sign.isupper()).casefold()
    if len(letters) < FEWEST_LETTERS or not letters.isalpha():
        return False
    return begins_words(letters, words_of(text), SKIPPED_WORDS)


@lru_cache(maxsize=10_000)
def words_of(text: str) -> Sequence[str]:
    """The words of a long form that an acronym may stand for."""
    return [word for word in normalised_words(text) if word not in FUNCTION_WORDS]


def begins_words(letters: str, words: Sequence[str], skips: int) -> bool:
    """Whether words begin with letters, one or more each, in order; after the first, `skips` words may have none."""
    if not letters:
        return len(words) <= skips
    counts = (count for count in range(len(letters), 0, -1) if words and words[0].startswith(letters[:count]))
    return any(
        begins_words(letters[count:], words[1 + skipped :], skips - skipped)
        for count in counts
        for skipped in range(skips + 1)
    )
