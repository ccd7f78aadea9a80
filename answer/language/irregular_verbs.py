"""Irregular English verbs, which stemming leaves apart: `gave`, `given`, `give`."""

from collections.abc import Mapping
from functools import lru_cache

VERBS = (
    "become became",
    "begin began begun",
    "break broke broken",
    "bring brought",
    "build built",
    "buy bought",
    "choose chose chosen",
    "come came",
    "draw drew drawn",
    "drive drove driven",
    "fall fell fallen",
    "get got gotten",
    "give gave given",
    "go went gone",
    "grow grew grown",
    "hold held",
    "keep kept",
    "know knew known",
    "lead led",
    "leave left",
    "lose lost",
    "make made",
    "meet met",
    "pay paid",
    "rise rose risen",
    "see saw seen",
    "seek sought",
    "send sent",
    "show shown",
    "speak spoke spoken",
    "spend spent",
    "take took taken",
    "teach taught",
    "think thought",
    "undertake undertook undertaken",
    "understand understood",
    "win won",
    "withdraw withdrew withdrawn",
    "write wrote written",
)


@lru_cache(maxsize=1)
def verbs_by_form() -> Mapping[str, str]:
    """The verb of each irregular form.

    >>> verbs_by_form()["given"], verbs_by_form()["undertook"]
    ('give', 'undertake')
    """
    return {form: verb for verb, *forms in map(str.split, VERBS) for form in forms}
