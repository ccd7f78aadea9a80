"""What the classes of official publishers' web pages mean."""

from collections.abc import Iterable, Mapping
from functools import cache

from pincite.ingest.data.toml_file import read_data


@cache
def heading_levels() -> Mapping[str, int]:
    """Levels of headings by class.

    >>> heading_levels()["ti-art"], heading_levels()["legp1grouptitle"]
    (6, 6)
    """
    return dict(read_data("html_classes")["heading_levels"])


@cache
def classes_of(kind: str) -> frozenset[str]:
    """Classes of `footnotes`, of `boilerplate`, or of elements that are `left_out`."""
    return frozenset(read_data("html_classes")["kinds"][kind])


def has_class_of(kind: str, classes: Iterable[str]) -> bool:
    """Whether one of an element's classes is of a kind."""
    return not classes_of(kind).isdisjoint(name.lower() for name in classes)
