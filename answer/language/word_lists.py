"""Loads `words.toml`, the word lists of this room."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_lists() -> Mapping[str, Any]:
    """The tables of `words.toml` by name."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
