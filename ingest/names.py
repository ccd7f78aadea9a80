"""Names of documents: written in one Unicode form, so that a name typed on any system is the name that is stored."""

import unicodedata
from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase
from pathlib import Path


def normal_name(name: str) -> str:
    """A name in Unicode's composed form (NFC): file systems and keyboards differ in how they write `é`.

    >>> normal_name("Re\\u0301sume\\u0301.md") == "Résumé.md"
    True
    """
    return unicodedata.normalize("NFC", name)


def matching_names(names: Collection[str], patterns: Iterable[str]) -> set[str]:
    """The names that patterns select: a pattern that is a name selects it alone, any other is a glob.

    >>> sorted(matching_names({"a [1].md", "a 1.md", "un/b.pdf"}, ["a [1].md", "un/*"]))
    ['a [1].md', 'un/b.pdf']
    """
    wanted = {normal_name(pattern) for pattern in patterns}
    globs = wanted - set(names)
    return {name for name in names if name in wanted or any(fnmatchcase(name, glob) for glob in globs)}


def file_of(root: str | Path, name: str) -> Path:
    """The file of a document: below its folder under its name, in whichever Unicode form the file system has it."""
    path = Path(root, name)
    if is_file(path):
        return path
    folder = Path(root)
    for part in name.split("/"):
        folder = next((entry for entry in entries_of(folder) if normal_name(entry.name) == part), folder / part)
    return folder


def is_file(path: Path) -> bool:
    """Whether a file is there; one whose name is longer than the file system allows is not."""
    try:
        return path.is_file()
    except OSError:
        return False


def entries_of(folder: Path) -> list[Path]:
    """What is in a folder; nothing if it cannot be opened."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []
