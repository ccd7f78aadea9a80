"""Countries named in a text, by their names in the Unicode CLDR."""

import re
from functools import cache

from babel import Locale

LANGUAGES = ("en", "uk")
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})  # territories of CLDR: unions, parts, placeholders
SHORT = ("US", "U.S.", "USA", "UK", "U.K.", "Viet Nam", "Turkey", "Republic of Korea", "Czech Republic")  # CLDR has not


def countries(text: str) -> set[str]:
    """The names of countries in a text, as written there; unions of countries are none.

    >>> sorted(countries("Kenya and the United States agreed; Чилі did not."))
    ['Kenya', 'United States', 'Чилі']
    >>> countries("The European Union and the United Nations agreed.")
    set()
    """
    return set(named().findall(text))


@cache
def named() -> re.Pattern[str]:
    """The form of all names, longest first."""
    found = {
        name
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code.isalpha() and code not in NO_COUNTRY
    }
    names = sorted(found | set(SHORT), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
