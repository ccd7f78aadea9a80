"""Phrases of greetings, thanks and questions about the program itself, in several languages."""

import re
from functools import cache
from itertools import chain

from pincite.ingest.data.toml_file import read_data
from pincite.ingest.data.word_patterns import alternatives

KINDS = ("greetings", "thanks", "help", "advice")


@cache
def small_talk() -> re.Pattern[str]:
    """A pattern that matches all of a text, in lower case without punctuation, that is small talk.

    >>> bool(small_talk().fullmatch("thank you very much")), bool(small_talk().fullmatch("thank you for the fines"))
    (True, False)
    """
    languages = read_data("small_talk").values()
    phrases, fillers, advice, whom = (
        alternatives(chain.from_iterable(language[kind] for language in languages for kind in kinds))
        for kinds in (KINDS, ("fillers",), ("advice",), ("whom",))
    )
    one = rf"(?:{advice}) (?:{whom}) \w+|{phrases}"
    return re.compile(rf"(?:(?:{fillers}) )*(?:{one})(?: (?:{one}|{fillers}))*")
