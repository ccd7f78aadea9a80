"""Names of months, from the Unicode CLDR by way of Babel."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

FORMS = ("format", "stand-alone")  # with a day and without: `1 січня`, `січень`
LANGUAGES = ("en", "fr", "es", "pt", "de", "uk", "ru", "id")


@cache
def month_names(language: str = "en") -> tuple[str, ...]:
    """The names of the twelve months, in the form used in dates: `1 січня`.

    >>> month_names("uk")[0], month_names("de")[2]
    ('січня', 'März')
    """
    return tuple(Locale.parse(language).months["format"]["wide"].values())


@cache
def month_numbers() -> Mapping[str, int]:
    """Month by name in lower case, in all languages, in the form used in dates and the one used without a day.

    >>> month_numbers()["січня"], month_numbers()["січень"]
    (1, 1)
    """
    forms = (Locale.parse(language).months[form]["wide"] for language in LANGUAGES for form in FORMS)
    return {name.lower(): number for names in forms for number, name in names.items()}


@cache
def month_abbreviations() -> Mapping[str, int]:
    """Month by English abbreviation in lower case, American and British.

    >>> month_abbreviations()["sep"], month_abbreviations()["sept"]
    (9, 9)
    """
    locales = (Locale("en"), Locale("en", "GB"))
    return {
        name.lower(): number for locale in locales for number, name in locale.months["format"]["abbreviated"].items()
    }
