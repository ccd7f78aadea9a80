"""Numbers in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pincite.ingest.data.toml_file import read_data


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language: `ones` from zero to nineteen, `tens` from twenty, ordinals alike."""

    ones: tuple[str, ...]
    tens: tuple[str, ...]
    ordinal_ones: tuple[str, ...]
    ordinal_tens: tuple[str, ...]
    powers: Mapping[str, int]
    power_abbreviations: Mapping[str, int]


@cache
def number_words(language: str = "en") -> NumberWords:
    """The number words of a language.

    >>> number_words().ones[7], number_words().ordinal_tens[0]
    ('seven', 'twentieth')
    """
    table = read_data("number_words")[language]
    words: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return NumberWords(**words)
