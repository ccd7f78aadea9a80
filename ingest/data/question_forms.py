"""The words of questions that ask for something by its address: a provision, a definition, a document."""

import re
from functools import cache

from pincite.ingest.data.toml_file import read_data
from pincite.ingest.data.word_patterns import alternatives

TERM = r"[\s\"'“”‘’«»„]*(?P<term>[^\s?.!][^?!]*?)[\s\"'“”‘’«»„]*"


@cache
def form_words(kind: str) -> tuple[str, ...]:
    """All words of a kind, such as `frame`, in all languages."""
    return tuple(dict.fromkeys(word for language in read_data("question_forms").values() for word in language[kind]))


@cache
def definition_forms() -> tuple[re.Pattern[str], ...]:
    """The forms of questions for a definition, whose group `term` is what is to be defined."""
    forms = [form for language in read_data("question_forms").values() for form in language["define"]]
    where = rf"(?:,? {where_pattern()} .+)?"
    written = (form.replace("TERM", TERM).replace("WHERE", where) for form in forms)
    first = rf"(?:{where_pattern()}[^,?]*, ?)?"  # `In the by-law, what is …`
    return tuple(re.compile(rf"^\W*{first}(?:{form})[?.!\s]*$", re.IGNORECASE) for form in written)


@cache
def where_pattern() -> str:
    """A pattern of words between a term and the text in which its meaning is sought."""
    return f"(?:{alternatives(form_words('where'))})"


def has_word(kind: str, text: str) -> bool:
    """Whether a text has a word or words of a kind.

    >>> has_word("newest", "the most recent order"), has_word("newest", "the order")
    (True, False)
    """
    return pattern_of(kind).search(text) is not None


@cache
def pattern_of(kind: str) -> re.Pattern[str]:
    """A pattern of the words of a kind in all languages."""
    return re.compile(rf"(?<!\w)(?:{alternatives(form_words(kind))})(?!\w)", re.IGNORECASE)
