"""Countries named in a text, by their names in the Unicode CLDR."""

import re
from functools import cache

from babel import Locale

LANGUAGES = ("en", "uk")
NOT_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
)  # territories of CLDR: unions, parts, placeholders
OTHER_NAMES = (
    "US",
    "U.S.",
    "USA",
    "UK",
    "U.K.",
    "Viet Nam",
    "Turkey",
    "Republic of Korea",
    "Czech Republic",
)  # CLDR has not


def find_countries(text: str) -> set[str]:
    """The names of countries in a text, as written there; unions of countries are none.

    >>> sorted(find_countries("Kenya and the United States agreed; Чилі did not."))
    ['Kenya', 'United States', 'Чилі']
    >>> find_countries("The European Union and the United Nations agreed.")
    set()
    """
    return set(country_pattern().findall(text))


@cache
def country_pattern() -> re.Pattern[str]:
    """The form of all names, longest first."""
    found = {
        name
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code.isalpha() and code not in NOT_COUNTRIES
    }
    names = sorted(found | set(OTHER_NAMES), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
