"""Words of titles: names of tables of contents, and what chapters and captions are called before their number."""

from functools import cache

from pincite.ingest.data.toml_file import read_data


@cache
def title_words(use: str) -> frozenset[str]:
    """The words for a use in all languages.

    >>> {"contents", "目次"} <= title_words("contents")
    True
    """
    return frozenset(word for words in read_data("title_words")[use].values() for word in words)
