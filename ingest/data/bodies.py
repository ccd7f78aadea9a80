"""Bodies that issue policy documents, by name, masthead, symbol and web site."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pincite.ingest.data.toml_file import read_data


@dataclass(frozen=True, slots=True)
class Body:
    """A body; `bodies.toml` explains the fields."""

    name: str
    masthead: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    acronym: str | None = None
    other_names: tuple[str, ...] = ()
    opens_titles: bool = False
    orders: bool = False
    gazettes: tuple[str, ...] = ()


@cache
def bodies() -> tuple[Body, ...]:
    """All bodies, the special before the general.

    >>> [body.name for body in bodies() if body.acronym == "EU"]
    ['European Union']
    """
    return tuple(map(body_from, read_data("bodies")["body"]))


def body_from(table: Mapping[str, Any]) -> Body:
    """A body from its TOML table."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Body(**values)


@cache
def body_words(kind: str) -> tuple[str, ...]:
    """A list of words in names of bodies, such as `common_words`; `bodies.toml` explains them."""
    return tuple(read_data("bodies")[kind])


@cache
def acronyms_of_bodies() -> Mapping[str, str]:
    """Well-known acronyms by the full name of the body, in lower case.

    >>> acronyms_of_bodies()["united nations general assembly"]
    'UNGA'
    """
    return {
        name.casefold(): body.acronym for body in bodies() if body.acronym for name in (body.name, *body.other_names)
    }


@cache
def ordering_bodies() -> frozenset[str]:
    """Names of the bodies whose laws are executive orders."""
    return frozenset(body.name for body in bodies() if body.orders)
