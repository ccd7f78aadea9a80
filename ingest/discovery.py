"""Finds the files to ingest and gives each its name in the library."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pincite.ingest.errors import BadInput
from pincite.ingest.metadata.manifest import NAME as SOURCES
from pincite.ingest.metadata.sidecar import SUFFIX as SIDECAR
from pincite.ingest.names import normal_name
from pincite.ingest.reading import CONVERT, SUFFIXES


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to ingest: `name` is its path relative to `root`, the folder that was given, with `/`."""

    path: Path
    root: Path
    name: str


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """Files to ingest in order of their names, and the number of other files in the folders."""

    files: tuple[SourceFile, ...]
    skipped: int


def find_files(paths: Sequence[Path]) -> FoundFiles:
    """The documents among files and folders. Raises BadInput for a missing path or a folder without documents."""
    files: dict[Path, SourceFile] = {}
    skipped = 0
    for path in paths:
        given = path.resolve()
        if not given.is_dir():
            if not given.is_file():
                raise BadInput(f"There is no file or folder {path}: check the path.")
            files.setdefault(given, SourceFile(given, given.parent, printable(given.name)))
            continue
        candidates = [file for file in files_below(given) if not is_metadata_file(file)]
        documents = [file for file in candidates if file.suffix.lower() in SUFFIXES or file.suffix.lower() in CONVERT]
        if not documents:
            raise BadInput(f"The folder {path} contains no documents ({', '.join(SUFFIXES)}): name another folder.")
        skipped += len(candidates) - len(documents)
        for file in documents:
            name = printable(file.relative_to(given).as_posix())
            files.setdefault(file.resolve(), SourceFile(file, given, name))
    return FoundFiles(tuple(sorted(files.values(), key=lambda source: source.name)), skipped)


def is_metadata_file(file: Path) -> bool:
    """Whether a file contains metadata of documents: a sidecar or a list of sources."""
    return file.name == SOURCES or file.name.endswith(SIDECAR)


def printable(name: str) -> str:
    """A file name in composed form, with replacement characters for bytes that are not Unicode."""
    return normal_name(name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace"))


def files_below(folder: Path) -> Iterator[Path]:
    """All files below a folder in a fixed order, except hidden ones and those behind links to folders (no circles).

    Raises BadInput for a folder that cannot be opened, since the documents in it would count as removed.
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
                yield from files_below(entry)
        elif entry.is_file():
            yield entry
