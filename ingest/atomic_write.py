"""Writes a file aside and puts it in place whole, so that nobody reads half of it."""

import os
from collections.abc import Iterable
from pathlib import Path


def write_text(path: Path, parts: Iterable[str]) -> None:
    """Write a text file in UTF-8, whole or not at all; lines end as the parts have them."""
    aside = path.with_name(f".{path.name}.new")
    with aside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
    os.replace(aside, path)  # noqa: PTH105  atomic on every system
