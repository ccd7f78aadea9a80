"""Share of a statement's words and figures that its cited text contains."""

from collections.abc import Mapping
from functools import cache, lru_cache

from pincite.answer.language.masking import blank_out
from pincite.answer.language.parsed_text import ParsedText, parse_text, stem
from pincite.answer.language.quantities import find_figures, same_figure
from pincite.answer.language.word_lists import word_lists

SAME_FAMILY = 0.8  # weight of a word of which the cited text has only a relative
ROOT = 5  # letters that stems of one family share
OPERATORS = "not no never only nor neither none without cannot"  # `negation` compares them


def coverage(statement: ParsedText, cited: ParsedText, metadata: ParsedText) -> float:
    """Share of a statement's words and figures that its cited text contains, 0 to 1.

    Boilerplate and words that only name the cited document are not counted, unless there are no others.
    """
    figures, cited_figures = find_figures(statement.text), find_figures(cited.text)
    known_figures = sum(any(same_figure(one.value, figure.value) for one in cited_figures) for figure in figures)
    in_cited, in_metadata = concepts(cited), concepts(metadata)
    stated = concepts(parse_text(blank_out(statement.text, figures))) - stems_of(OPERATORS)
    counted = (stated - stems_of(word_lists()["boilerplate"]) - (in_metadata - in_cited)) or stated
    found = sum(
        1.0 if concept in in_cited else SAME_FAMILY * any(same_family(concept, other) for other in in_cited)
        for concept in counted
    )
    total = len(counted) + len(figures)
    return (found + known_figures) / total if total else 0.0


def same_family(one: str, other: str) -> bool:
    """Whether two stems belong to one word family.

    >>> same_family("regul", "regulatori"), same_family("intern", "internet"), same_family("inform", "inflat")
    (True, True, False)
    """
    return len(one) >= ROOT and one[:ROOT] == other[:ROOT]


@lru_cache(maxsize=256)
def concepts(text: ParsedText) -> frozenset[str]:
    """The stems of a text, each synonym replaced by the first of its group.

    >>> sorted(concepts(parse_text("Firms utilise AI; undertakings start"))), sorted(concepts(parse_text("they begin")))
    (['ai', 'begin', 'compani', 'use'], ['begin'])
    """
    return frozenset(first_synonyms().get(stem, stem) for stem in text.stems())


@cache
def first_synonyms() -> Mapping[str, str]:
    """The stem of each synonym -> the stem of the first of its group."""
    return {stem(word): stem(group.split()[0]) for group in word_lists()["synonyms"] for word in group.split()}


@cache
def stems_of(words: str) -> frozenset[str]:
    """The stems of words separated by blanks."""
    return frozenset(map(stem, words.split()))
