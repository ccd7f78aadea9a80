"""Titles compared by their letters and digits alone: case, spaces, punctuation and ligatures vary between places."""

import unicodedata


def key_of(text: str) -> str:
    """The letters and digits of a text, folded.

    >>> key_of("Eﬃ cient  quays: IV")
    'efficientquaysiv'
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
