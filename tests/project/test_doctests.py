"""The examples in docstrings are correct."""

import doctest
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import pincite

OUTSIDE = {"tests", "corpus", "app"}  # not modules of stages


def modules(path: list[str], prefix: str) -> Iterator[str]:
    for found in pkgutil.iter_modules(path):
        if prefix == "pincite." and found.name in OUTSIDE:
            continue
        name = prefix + found.name
        yield name
        if found.ispkg:
            yield from modules([f"{path[0]}/{found.name}"], f"{name}.")


@pytest.mark.parametrize("name", list(modules([pincite.__path__[0]], "pincite.")))
def test_examples(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
