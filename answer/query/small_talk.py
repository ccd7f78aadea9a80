"""Tells greetings, thanks and questions about the program itself from questions about documents."""

import re

from pincite.ingest.data.small_talk import small_talk


def is_small_talk(text: str) -> bool:
    """Whether a message asks nothing about documents.

    >>> [is_small_talk(text) for text in ("Hello!", "Thanks a lot.", "What can you do?", "Дякую!")]
    [True, True, True, True]
    >>> is_small_talk("What should I tell my minister?"), is_small_talk("What should I tell my minister about fines?")
    (True, False)
    """
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’](?=\w)", "", text.casefold()))
    return bool(words) and small_talk().fullmatch(" ".join(words)) is not None
