"""Validates metadata that people write next to a document, and applies it.

Priority rises from the text over front matter and document properties (`extract`) and sidecars to `sources.toml`.
An invalid value is ignored with a warning; it never rejects a document.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pincite.ingest.document import FieldSource, Metadata, Relation
from pincite.ingest.metadata.dates import iso_date
from pincite.ingest.metadata.document_types import KINDS
from pincite.ingest.metadata.relations import KINDS as RELATIONS

LARGEST = 1 << 20  # bytes of a metadata file
LONGEST = 400  # characters of a value
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Overrides:
    """Values by field of `Metadata` (None: stated to be empty), warnings, and the name of the file with the values."""

    values: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    file: str = "sidecar"


@dataclass(frozen=True, slots=True)
class Unusable:
    """An invalid value; `why` continues a sentence about it."""

    why: str


def apply_overrides(metadata: Metadata, stated: Overrides) -> Metadata:
    """Metadata with the values of the overrides.

    >>> apply_overrides(Metadata("A heading"), Overrides({"title": "A plan", "symbol": None})).title
    'A plan'
    """
    kept = tuple(source for source in metadata.sources if source.field not in stated.values)
    texts = ((key, value) for key, value in stated.values.items() if isinstance(value, str))
    sources = (*kept, *(FieldSource(key, value, stated.file) for key, value in texts))
    return replace(metadata, **stated.values, sources=sources)


def stamp(layers: tuple[Overrides, ...]) -> str:
    """A digest of overrides, empty without any; it changes with their values and warnings."""
    content = [[sorted(layer.values.items()), layer.warnings] for layer in layers if layer.values or layer.warnings]
    return hashlib.sha256(json.dumps(content, default=repr).encode()).hexdigest()[:32] if content else ""


def read_toml(path: Path) -> tuple[dict[str, Any], str] | Unusable:
    """The table of a TOML file with its text, or the reason why it is unusable."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return Unusable(f"it is larger than {LARGEST >> 20} MiB")
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return tomllib.loads(text), text
    except OSError as error:
        return Unusable(f"it cannot be opened ({error.strerror})")
    except UnicodeDecodeError:
        return Unusable("it is not in UTF-8")
    except tomllib.TOMLDecodeError as error:
        return Unusable(f"it is not TOML: {error}")
    except RecursionError:
        return Unusable("it is nested too deeply")


def validate(table: Mapping[str, Any], others: frozenset[str], name: str, line_of: Callable[[str], int]) -> Overrides:
    """The valid values of a table, with a warning that names file, line and key for each invalid one.

    `others` are keys that are allowed but no metadata.

    >>> validate({"kind": "novel"}, frozenset(), "a.meta.toml", lambda key: 1).warnings
    ('a.meta.toml, line 1: kind is not one of article, resolution, report, statement, law, other; it is ignored',)
    """
    values: dict[str, Any] = {}
    warnings = []
    for key, value in table.items():
        usable = CHECKS[key](value) if key in CHECKS else Unusable("is not a known key")
        if not isinstance(usable, Unusable):
            values[key] = usable
        elif key not in others:
            shown = CONTROL.sub(" ", key)[:LONGEST]
            warnings.append(f"{name}, line {line_of(key)}: {shown} {usable.why}; it is ignored")
    return Overrides(values, tuple(warnings), name)


def line_of_key(text: str, key: str, first: int = 1) -> int:
    """The line of a key in a TOML text, counted from 1 and searched from `first`; `first` if it is not found.

    >>> line_of_key("title = 1\\nkind = 2", "kind")
    2
    """
    pattern = re.compile(rf"""\s*(?:\[+)?["']?{re.escape(key)}["']?\s*[=.\]]""")
    lines = text.split("\n")
    return next((number for number in range(first, len(lines) + 1) if pattern.match(lines[number - 1])), first)


def check_text(value: Any) -> str | Unusable | None:
    """A line of text; an empty one means that there is none."""
    if not isinstance(value, str):
        return Unusable("is not a text: write it in quotes")
    line = " ".join(CONTROL.sub(" ", value).split())
    return Unusable(f"is longer than {LONGEST} characters") if len(line) > LONGEST else line or None


def check_title(value: Any) -> str | Unusable | None:
    """A title, which cannot be empty."""
    return check_text(value) or Unusable("is empty")


def check_kind(value: Any) -> str | Unusable:
    """A document type."""
    return value if isinstance(value, str) and value in KINDS else Unusable(f"is not one of {', '.join(KINDS)}")


def check_date(value: Any) -> str | Unusable | None:
    """A day, or a month with its year, as ISO 8601."""
    if value == "":
        return None
    return iso_date(value) or Unusable("is not a date: write it as 2024-03-21")


def check_language(value: Any) -> str | Unusable:
    """A code of ISO 639-1: the first two letters of a longer one."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}(?:[-_].{1,20})?", value):
        return value[:2].lower()
    return Unusable("is not a code of two letters, such as en or uk")


def check_url(value: Any) -> str | Unusable | None:
    """A web address."""
    if value == "":
        return None
    usable = isinstance(value, str) and re.fullmatch(r"https?://[^\s\x00-\x1f]+", value)
    return value if usable else Unusable("is not an address: write it with https://")


def check_authors(value: Any) -> tuple[str, ...] | Unusable:
    """A list of names."""
    names = [check_text(item) for item in value] if isinstance(value, list) else [None]
    usable = tuple(name for name in names if isinstance(name, str))
    return usable if len(usable) == len(names) else Unusable('is not a list of names, such as ["Ana Cruz"]')


def check_relations(value: Any) -> tuple[Relation, ...] | Unusable:
    """Tables with `kind` and `target`."""
    found = [relation_in(item) for item in value] if isinstance(value, list) else [None]
    usable = tuple(relation for relation in found if relation)
    if len(usable) == len(found):
        return usable
    return Unusable(f'is not a list of {{ kind = "…", target = "…" }} with a kind among {", ".join(RELATIONS)}')


def relation_in(item: Any) -> Relation | None:
    """The relation of a table, None if it is invalid."""
    if not isinstance(item, dict) or item.keys() != {"kind", "target"} or item["kind"] not in RELATIONS:
        return None
    target = check_text(item["target"])
    return Relation(item["kind"], target) if isinstance(target, str) else None


CHECKS: dict[str, Callable[[Any], Any]] = {
    "title": check_title,
    "kind": check_kind,
    "issuer": check_text,
    "symbol": check_text,
    "date": check_date,
    "language": check_language,
    "url": check_url,
    "relations": check_relations,
    "authors": check_authors,
    "short_title": check_text,
    "aliases": check_authors,
}
