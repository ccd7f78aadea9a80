"""Names of documents: written in one Unicode form, so that a name typed on any system is the name that is stored."""

import unicodedata
from fnmatch import fnmatchcase
from pathlib import Path


def normal_name(name: str) -> str:
    """A name in Unicode's composed form (NFC): file systems and keyboards differ in how they write `é`.

    >>> normal_name("Re\\u0301sume\\u0301.md") == "Résumé.md"
    True
    """
    return unicodedata.normalize("NFC", name)


def name_fits(name: str, pattern: str) -> bool:
    """Whether a document's name is what a pattern says: exactly, or as a glob.

    A name is tried as it is first, since `[final]` in it would be read as a set of letters.

    >>> name_fits("report [final].md", "report [final].md"), name_fits("un/a.pdf", "un/*"), name_fits("a.pdf", "b*")
    (True, True, False)
    """
    wanted = normal_name(pattern)
    return name == wanted or fnmatchcase(name, wanted)


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
