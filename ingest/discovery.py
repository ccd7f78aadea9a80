"""Which files there are to ingest, and under which names. Knows nothing about their content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pincite.ingest.errors import BadInput
from pincite.ingest.metadata.manifest import NAME as SOURCES
from pincite.ingest.metadata.sidecar import SUFFIX as SIDECAR
from pincite.ingest.reading import CONVERT, SUFFIXES


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
        given = path.resolve()
        if not given.is_dir():
            if not given.is_file():
                raise BadInput(f"There is no file or folder {path}: check the path.")
            files.setdefault(given, SourceFile(given, given.parent, printable(given.name)))
            continue
        candidates = [file for file in walk(given) if not tells_of_others(file)]
        documents = [file for file in candidates if file.suffix.lower() in SUFFIXES or file.suffix.lower() in CONVERT]
        if not documents:
            raise BadInput(f"The folder {path} holds no documents ({', '.join(SUFFIXES)}): name another folder.")
        passed_over += len(candidates) - len(documents)
        for file in documents:
            name = printable(file.relative_to(given).as_posix())
            files.setdefault(file.resolve(), SourceFile(file, given, name))
    return Found(tuple(sorted(files.values(), key=lambda source: source.name)), passed_over)


def tells_of_others(file: Path) -> bool:
    """Whether a file is no document but metadata of others: a sidecar or a list of sources."""
    return file.name == SOURCES or file.name.endswith(SIDECAR)


def printable(name: str) -> str:
    """A file's name as it can be shown: bytes in it that are not Unicode as replacement signs."""
    return name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")


def walk(folder: Path) -> Iterator[Path]:
    """Files below a folder in a fixed order; hidden ones are left out, and links to folders: they may lead in a circle.

    Raises BadInput for a folder that cannot be opened: what is in it would count as gone.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise BadInput(f"The folder {folder} cannot be opened ({error.strerror}): check its permissions.") from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from walk(entry)
        elif entry.is_file():
            yield entry
