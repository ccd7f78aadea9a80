"""Text normalisation for comparisons: case, punctuation and line breaks are removed, since readers differ in these."""

import re
import unicodedata
from functools import lru_cache

STEM_LENGTH = 6  # characters from which a wording also matches as the beginning of a word


def normalise(text: str) -> str:
    """Unicode NFKC, case folding, and a single space for each run of characters other than letters and digits.

    >>> normalise("Article 5(1): EUR 7.5 million")
    'article 5 1 eur 7 5 million'
    """
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


normalise_gold = lru_cache(maxsize=4096)(normalise)  # each gold text is compared with many others


def occurs_in(wording: str, normalised: str) -> bool:
    """Whether a wording occurs in a normalised text as whole words; six or more characters also match as a stem.

    >>> occurs_in("Article 5(1)", normalise("under Article 51"))
    False
    >>> occurs_in("regional", normalise("cooperating regionally"))
    True
    """
    wanted = normalise_gold(wording)
    end = "" if len(wanted) >= STEM_LENGTH else " "
    return f" {wanted}{end}" in f" {normalised} "
