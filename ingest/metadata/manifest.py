"""Lists of documents, `sources.toml`: metadata, address and licence of each document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import tomli_w

from pincite.ingest.atomic_write import write_text
from pincite.ingest.metadata.overrides import Overrides, Unusable, line_of_key, read_toml, validate

NAME = "sources.toml"
OTHER_KEYS = frozenset({"licence", "sha256", "bytes", "file"})  # besides metadata
HEADER = re.compile(r"\s*\[\[\s*document\s*\]\]")


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One `[[document]]` of a list, and the line where it begins."""

    table: Mapping[str, Any]
    line: int

    def text(self, key: str) -> str:
        """A value that is a string, else an empty one."""
        value = self.table.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class SourceList:
    """The entries of a list with its text, or a warning if it cannot be read."""

    entries: tuple[SourceEntry, ...] = ()
    text: str = ""
    warnings: tuple[str, ...] = ()


def listed(path: Path, root: Path, sha256: str) -> tuple[Overrides, ...]:
    """The metadata of a file in the nearest list between it and the ingested folder; empty without an entry.

    The warning of an unreadable list is given to every document that the list might describe.
    """
    layers = []
    for place in lists_above(path, root):
        stat = place.stat()
        found = cached_list(place, stat.st_mtime_ns, stat.st_size)
        entry = entry_of(found.entries, path.relative_to(place.parent).as_posix(), sha256)
        layers.append(stated_by(found, entry, sha256) if entry else Overrides(warnings=found.warnings))
        if entry:
            break
    return tuple(reversed(layers))


def lists_above(path: Path, root: Path) -> Iterator[Path]:
    """The lists in the folder of a file and in those above it up to `root`, nearest first."""
    for folder in path.parents:
        if (place := folder / NAME).is_file():
            yield place
        if folder == root or root not in folder.parents:
            return


@lru_cache(maxsize=64)
def cached_list(place: Path, _changed: int, _size: int) -> SourceList:
    """A list, read again only after a change."""
    return read_list(place)


def read_list(place: Path) -> SourceList:
    """The entries of a list."""
    read = read_toml(place)
    if isinstance(read, Unusable):
        return SourceList(warnings=(f"{place.name}: {read.why}; it is ignored",))
    table, text = read
    documents = table.get("document", [])
    if not isinstance(documents, list) or not all(isinstance(item, dict) for item in documents):
        line = line_of_key(text, "document")
        return SourceList(warnings=(f"{place.name}, line {line}: document is not a list of tables; it is ignored",))
    lines = [number for number, line in enumerate(text.split("\n"), 1) if HEADER.match(line)]
    lines += [1] * (len(documents) - len(lines))  # written as one array
    return SourceList(tuple(SourceEntry(item, line) for item, line in zip(documents, lines, strict=False)), text)


def entry_of(entries: Sequence[SourceEntry], file: str, sha256: str) -> SourceEntry | None:
    """The entry of a file, by digest, else by path relative to the list, else by the file name in the address.

    >>> entries = [SourceEntry({"url": "https://example.org/A%20plan.pdf"}, 1), SourceEntry({"file": "b.pdf"}, 2)]
    >>> [entry_of(entries, name, "").line for name in ("A plan.pdf", "b.pdf")]
    [1, 2]
    """
    name = PurePosixPath(file).name
    tests = (
        [entry for entry in entries if sha256 and entry.text("sha256").lower() == sha256],
        [entry for entry in entries if entry.text("file") == file],
        [entry for entry in entries if "." in name and not entry.text("file") and url_name(entry.text("url")) == name],
    )
    # With two documents of the same file name only a digest could decide.
    return next((found[0] for found in tests if found and (found is not tests[2] or len(found) == 1)), None)


def url_name(url: str) -> str:
    """The file name at the end of an address.

    >>> url_name("https://example.org/a/A%20plan.pdf?download=1"), url_name("https://[")
    ('A plan.pdf', '')
    """
    try:
        return PurePosixPath(unquote(urlsplit(url).path)).name
    except ValueError:
        return ""


def stated_by(found: SourceList, entry: SourceEntry, sha256: str) -> Overrides:
    """The metadata of an entry, with a warning if its digest is not that of the file."""
    stated = validate(entry.table, OTHER_KEYS, NAME, partial(line_of_key, found.text, first=entry.line))
    if not entry.text("sha256") or entry.text("sha256").lower() == sha256:
        return stated
    line = line_of_key(found.text, "sha256", entry.line)
    return Overrides(
        stated.values,
        (*stated.warnings, f"{NAME}, line {line}: sha256 is not that of this file, another copy"),
        NAME,
    )


def write_list(place: Path, tables: Sequence[Mapping[str, Any]], head: str) -> None:
    """Write a list; `head` is the text before its first entry.

    An entry with a digest is too long for one line, so that entries are written as `[[document]]`.
    """
    write_text(place, [f"{head.rstrip()}\n\n".lstrip(), tomli_w.dumps({"document": tables})])
