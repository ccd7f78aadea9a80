"""Words by which legal texts show how they number their units."""

import re
from collections.abc import Sequence
from functools import cache

from pincite.ingest.data.toml_file import read_data
from pincite.ingest.data.word_patterns import alternatives


def unit_by_title(title: str, text: str = "") -> str | None:
    """What a unit of an act is called, by the act's title, and by how its text refers to its own units.

    >>> unit_by_title("Lighthouse Regulations 2026"), unit_by_title("LIGHTHOUSES ACT 1998")
    ('regulation', 'section')
    >>> unit_by_title("Fees Order"), unit_by_title("Fees Order", "Except for paragraphs 4 and 5, it applies at once.")
    ('article', 'para.')
    """
    for family in read_data("numbering")["unit"]:
        if re.search(rf"\b(?:{'|'.join(family['title'])})\b", title, re.IGNORECASE):
            other = family.get("otherwise")
            is_other = other and refers_to(other["words"], text) and not refers_to(other["unless"], text)
            return str(other["unit"] if is_other else family["unit"])
    return None


def refers_to(words: Sequence[str], text: str) -> bool:
    """Whether a text refers to units of its own by one of these words and a number."""
    return re.search(rf"\b(?:{'|'.join(words)})\s+\d", text, re.IGNORECASE) is not None


def titles_of(table: str) -> str:
    """A pattern of the words of a table that open the title of a unit, in all languages, the longest first.

    >>> re.fullmatch(titles_of("annex"), "anlage")[0]
    'anlage'
    """
    words = {word for language in read_data("numbering")[table].values() for word in language}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


@cache
def opens_proviso() -> re.Pattern[str]:
    """The words that open a proviso or an explanation, which belong to all of the paragraph before."""
    return re.compile(rf"(?:{titles_of('proviso')})\b", re.IGNORECASE)


@cache
def inserting_words() -> re.Pattern[str]:
    """Words of a section that inserts or replaces another one."""
    return words_of("inserting")


@cache
def enacting_words() -> re.Pattern[str]:
    """Words with which acts enact, name or make themselves."""
    return words_of("enacting")


@cache
def ends_in_reference() -> re.Pattern[str]:
    """The end of a text after which a number refers to a provision and opens none.

    >>> [bool(ends_in_reference().search(text)) for text in ("may ask for leave under section", "as agreed;")]
    [True, False]
    """
    return re.compile(rf"(?<!\w)(?:{words_of('reference').pattern})\s*$", re.IGNORECASE)


@cache
def starts_with_reference() -> re.Pattern[str]:
    """The start of a text behind a number that refers to a part of that provision: `Absatz 2`."""
    return re.compile(rf"(?:{words_of('reference').pattern})(?!\w)", re.IGNORECASE)


@cache
def collected_instrument() -> re.Pattern[str]:
    """The title of one of several decisions or resolutions in a file, with its symbol as group `symbol`.

    >>> collected_instrument().fullmatch("Decision 1/CMA.3")["symbol"]
    '1/CMA.3'
    """
    words = "|".join(map(re.escape, read_data("numbering")["collected"]["words"]))
    return re.compile(
        rf"(?:{words})\s+(?:no\.?\s*)?(?P<symbol>\d+/[A-Z]+(?:\.\d+)?|\d+/\d+)\s*[.:–—-]?\s*", re.IGNORECASE
    )


def words_of(table: str) -> re.Pattern[str]:
    """The words of all languages of a table, longest first."""
    words = {word for language in read_data("numbering")[table].values() for word in language}
    return re.compile(alternatives(words), re.IGNORECASE)
