"""The words of questions that ask for something by its address: a provision, a definition, a document."""

import re
from functools import cache

from pincite.ingest.data.toml_file import read_data

TERM = r"[\s\"'“”‘’«»„]*(?P<term>[^\s?.!][^?!]*?)[\s\"'“”‘’«»„]*"


@cache
def form_words(kind: str) -> tuple[str, ...]:
    """All words of a kind, `frame` or `this`, in all languages."""
    return tuple(dict.fromkeys(word for language in read_data("question_forms").values() for word in language[kind]))


@cache
def definition_forms() -> tuple[re.Pattern[str], ...]:
    """The forms of questions for a definition, whose group `term` is what is to be defined."""
    forms = [form for language in read_data("question_forms").values() for form in language["define"]]
    return tuple(re.compile(rf"^\W*(?:{form.replace('TERM', TERM)})[?.!\s]*$", re.IGNORECASE) for form in forms)
