"""Which countries a text names, by the names that the Unicode CLDR gives them in the languages of the library."""

import re
from functools import cache

from babel import Locale

LANGUAGES = ("en", "uk")
SHORT = ("US", "U.S.", "USA", "UK", "U.K.", "Viet Nam", "Turkey", "Republic of Korea", "Czech Republic")  # CLDR has not


def countries(text: str) -> set[str]:
    """The names of countries that stand in a text, as written there.

    >>> sorted(countries("Kenya and the United States agreed; Чилі did not."))
    ['Kenya', 'United States', 'Чилі']
    """
    return set(named().findall(text))


@cache
def named() -> re.Pattern[str]:
    """The form of all names, longest first."""
    found = {name for language in LANGUAGES for code, name in Locale(language).territories.items() if code.isalpha()}
    names = sorted(found | set(SHORT), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
