"""How documents name and date themselves: patterns by purpose, of all languages together."""

import re
from functools import cache

from pincite.ingest.data.toml_file import read_data


@cache
def naming_patterns(purpose: str) -> tuple[str, ...]:
    """The patterns of one table of `naming.toml`, those of all languages together.

    >>> "sommaire" in naming_patterns("boilerplate")
    True
    """
    return tuple(pattern for patterns in read_data("naming")[purpose].values() for pattern in patterns)


@cache
def any_naming(purpose: str) -> re.Pattern[str]:
    """One pattern for a table of `naming.toml`.

    >>> bool(any_naming("closing").match("Done at Brussels, 30 June 2021."))
    True
    """
    return re.compile("|".join(f"(?:{pattern})" for pattern in naming_patterns(purpose)), re.IGNORECASE)


@cache
def naming_words(purpose: str) -> re.Pattern[str]:
    """One pattern for a table of `naming.toml`, found at the beginning of words only.

    >>> [bool(naming_words("other_dates").search(text)) for text in ("an understanding", "as amended")]
    [False, True]
    """
    return re.compile(rf"(?<!\w)(?:{any_naming(purpose).pattern})", re.IGNORECASE)
