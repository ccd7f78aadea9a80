"""ZIP packages that come out the same, byte by byte, whenever they are made."""

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive can state


@contextmanager
def part(package: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A part of a package to write into, compressed and without the hour."""
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with package.open(entry, "w") as file:
        yield file


def copy(source: IO[bytes], target: Path, changed: Mapping[str, bytes]) -> None:
    """Copy a package part by part, with the content of some changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            with part(new, name) as file:
                if name in changed:
                    file.write(changed[name])
                else:
                    with old.open(name) as read:
                        shutil.copyfileobj(read, file)
