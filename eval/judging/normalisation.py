"""How texts are compared: without case, marks and line breaks, so that readers of a format may differ in these."""

import re
import unicodedata
from functools import lru_cache

PREFIX = 6  # characters from which a variant also matches as the beginning of a word


def fold(text: str) -> str:
    """Unicode NFKC, case folded, every run of characters other than letters and digits as one space.

    >>> fold("Article 5(1): EUR 7.5 million")
    'article 5 1 eur 7 5 million'
    """
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


fold_gold = lru_cache(maxsize=4096)(fold)  # what gold says is compared with many texts


def stands_in(variant: str, folded: str) -> bool:
    """Whether a wording stands in a folded text, between word borders; one of six characters or more also as a stem.

    >>> stands_in("Article 5(1)", fold("under Article 51")), stands_in("regional", fold("cooperating regionally"))
    (False, True)
    """
    wanted = fold_gold(variant)
    end = "" if len(wanted) >= PREFIX else " "
    return f" {wanted}{end}" in f" {folded} "
