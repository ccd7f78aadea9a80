"""Writes ZIP packages that are byte-identical whenever they are made."""

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest time in a ZIP archive


@contextmanager
def part(package: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A part of a package to write into, compressed and with a fixed timestamp."""
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with package.open(entry, "w") as file:
        yield file


def copy(source: IO[bytes], target: Path, changed: Mapping[str, bytes]) -> None:
    """Copy a package part by part, replacing the content of some parts."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            with part(new, name) as file:
                if name in changed:
                    file.write(changed[name])
                else:
                    with old.open(name) as read:
                        shutil.copyfileobj(read, file)
