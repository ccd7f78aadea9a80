"""Country names in a text, from the Unicode CLDR."""

import re
from functools import cache

from babel import Locale

LANGUAGES = ("en", "uk")
NOT_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
)  # CLDR territories that are unions, regions or placeholders
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
)  # not in CLDR


def find_countries(text: str) -> set[str]:
    """The country names in a text as written there; unions of states are left out.

    >>> sorted(find_countries("Kenya and the United States agreed; Чилі did not."))
    ['Kenya', 'United States', 'Чилі']
    >>> find_countries("The European Union and the United Nations agreed.")
    set()
    """
    return set(country_pattern().findall(text))


@cache
def country_pattern() -> re.Pattern[str]:
    """A pattern of all country names, longest first."""
    found = {
        name
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code.isalpha() and code not in NOT_COUNTRIES
    }
    names = sorted(found | set(OTHER_NAMES), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
