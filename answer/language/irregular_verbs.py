"""Irregular English verbs, whose forms stemming keeps apart: `gave`, `given`, `give`."""

from collections.abc import Mapping
from functools import cache

from pincite.answer.language.word_lists import word_lists


@cache
def verbs_by_form() -> Mapping[str, str]:
    """Each irregular form -> its verb.

    >>> verbs_by_form()["given"], verbs_by_form()["undertook"]
    ('give', 'undertake')
    """
    return {form: verb for verb, *forms in map(str.split, word_lists()["irregular_verbs"]) for form in forms}
