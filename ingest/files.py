"""Which files there are to ingest, and under which names. Knows nothing about their content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BadInput
from ingest.read import CONVERT, SUFFIXES


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to ingest: `name` is its path relative to `root`, the folder that was given, with `/`."""

    path: Path
    root: Path
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """Files to ingest in order of their names, and how many others in the folders are no documents."""

    files: tuple[SourceFile, ...]
    passed_over: int


def find_files(paths: Sequence[Path]) -> Found:
    """Files under the given files and folders. Raises BadInput for a path that is not there or leads to no document."""
    files: dict[Path, SourceFile] = {}
    passed_over = 0
    for path in paths:
        if not path.exists():
            raise BadInput(f"There is no file or folder {path}: check the path.")
        given = path.resolve()
        if given.is_file():
            files.setdefault(given, SourceFile(given, given.parent, given.name))
            continue
        candidates = list(walk(given))
        documents = [file for file in candidates if file.suffix.lower() in SUFFIXES or file.suffix.lower() in CONVERT]
        if not documents:
            raise BadInput(f"The folder {path} holds no documents ({', '.join(SUFFIXES)}): name another folder.")
        passed_over += len(candidates) - len(documents)
        for file in documents:
            files.setdefault(file, SourceFile(file, given, file.relative_to(given).as_posix()))
    return Found(tuple(sorted(files.values(), key=lambda source: source.name)), passed_over)


def walk(folder: Path) -> Iterator[Path]:
    """Files below a folder in a fixed order; hidden ones and links that lead in a circle are left out."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from walk(entry)
        elif entry.is_file():
            yield entry
