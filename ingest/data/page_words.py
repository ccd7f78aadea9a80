"""Words of the layout of pages by use: before page numbers, and at line ends before the number of a provision."""

from functools import cache

from pincite.ingest.data.toml_file import read_data


@cache
def page_words(use: str) -> frozenset[str]:
    """The words for a use in all languages.

    >>> sorted(page_words("of"))
    ['de', 'of', 'sur', 'von', 'з', 'із']
    """
    return frozenset(word for words in read_data("page_words").values() for word in words[use])
