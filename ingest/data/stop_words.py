"""Stop words by language and word class."""

from functools import cache

from pincite.ingest.data.toml_file import read_data

FUNCTION = ("articles", "conjunctions", "prepositions")  # the classes that may stand inside a name
LATIN = ("en", "fr", "es")


@cache
def stop_words(languages: tuple[str, ...] | str = "en", classes: tuple[str, ...] = FUNCTION) -> frozenset[str]:
    """The words of some classes in some languages.

    >>> sorted(stop_words("uk", ("conjunctions",)))
    ['й', 'та', 'і']
    """
    chosen = (languages,) if isinstance(languages, str) else languages
    return frozenset(
        word for language in chosen for kind in classes for word in read_data("stop_words")[language].get(kind, ())
    )
