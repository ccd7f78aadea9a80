"""Names of official gazettes."""

from functools import cache

from pincite.ingest.data.toml_file import read_data

APOSTROPHES = str.maketrans({"’": "'"})


@cache
def gazette_names() -> frozenset[str]:
    """The names of gazettes in all languages, in lower case with plain apostrophes."""
    return frozenset(plain(name) for names in read_data("gazettes").values() for name in names)


def names_gazette(text: str) -> bool:
    """Whether a text is the name of a gazette and nothing else.

    >>> names_gazette("Amtsblatt der Europäischen Union"), names_gazette("See the Federal Register")
    (True, False)
    """
    return plain(text) in gazette_names()


def plain(text: str) -> str:
    """A text in lower case with plain apostrophes and single spaces."""
    return " ".join(text.translate(APOSTROPHES).lower().split())
