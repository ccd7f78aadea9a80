"""YAML front matter as properties."""

import re
from typing import Any

import yaml

KEY_AND_VALUE = re.compile(r"^(\w[\w-]*):[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)


def front_matter(text: str) -> dict[str, Any]:
    """The mapping in YAML front matter, values unchanged; invalid YAML is read as lines of `key: value`.

    >>> front_matter("title: Compute: who pays?"), front_matter("- a list")
    ({'title': 'Compute: who pays?'}, {})
    """
    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: an impossible date
        return dict(KEY_AND_VALUE.findall(text))
    return {str(key): flat_value(value) for key, value in loaded.items()} if isinstance(loaded, dict) else {}


def flat_value(value: Any) -> Any:
    """A value of front matter; the only nesting kept is a list of scalars, as anchors can make nested values explode.

    >>> flat_value([["a"] * 9] * 9), flat_value(["en", "uk"]), flat_value({"a": 1})
    ([], ['en', 'uk'], None)
    """
    if isinstance(value, list):
        return [item for item in value if not isinstance(item, (dict, list))]
    return None if isinstance(value, dict) else value
