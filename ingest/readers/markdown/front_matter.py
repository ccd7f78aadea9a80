"""YAML front matter as properties. Knows nothing about what stands below it."""

import re
from typing import Any

import yaml

KEY_AND_VALUE = re.compile(r"^(\w[\w-]*):[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)


def front_matter(text: str) -> dict[str, Any]:
    """The mapping that YAML front matter holds, values as they are; what is not YAML is read as lines `key: value`.

    >>> front_matter("title: Compute: who pays?"), front_matter("- a list")
    ({'title': 'Compute: who pays?'}, {})
    """
    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that there is not
        return dict(KEY_AND_VALUE.findall(text))
    return {str(key): plain(value) for key, value in loaded.items()} if isinstance(loaded, dict) else {}


def plain(value: Any) -> Any:
    """A value of front matter; of what is nested nothing but a list of single values, since anchors can make it grow.

    >>> plain([["a"] * 9] * 9), plain(["en", "uk"]), plain({"a": 1})
    ([], ['en', 'uk'], None)
    """
    if isinstance(value, list):
        return [item for item in value if not isinstance(item, (dict, list))]
    return None if isinstance(value, dict) else value
