"""Patterns of the words of data files."""

import re
from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    """A pattern of words, each once, the longest first, so that none is taken for the beginning of another.

    >>> alternatives(["annex", "annexe", "art."])
    'annexe|annex|art\\\\.'
    """
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
