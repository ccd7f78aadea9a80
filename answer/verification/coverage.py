"""How far the words of a statement stand in its cited text."""

from collections.abc import Mapping
from functools import lru_cache

from pincite.answer.language.masking import without
from pincite.answer.language.parsed_text import Worded, stem, worded
from pincite.answer.language.quantities import figures, same_figure

# What documents of the field share or what only says who speaks: neither supports a statement nor counts against it.
BOILERPLATE = (
    "resolution assembly council committee commission article paragraph section annex point page report document text "
    "law act member state nation united general include relevant appropriate accordance accord respect "
    "regard particular well other further order provide according set also within through since upon per via among "
    "between during while until both but however thus therefore over out up"
)
# Words that say the same here, a row each.
ALIKE = (
    "country nation government",
    "company firm enterprise undertaking business corporation",
    "use utilise employ deploy",
    "establish create found",
    "ask request",
    "begin start commence",
    "end terminate cease conclude",
    "help assist aid support",
    "ensure guarantee",
    "about approximately around roughly",
    "obtain acquire get receive",
    "give grant",
    "show demonstrate indicate find",
    "part portion share proportion",
    "annually annual yearly",
    "allow permit authorise enable",
    "forbid prohibit ban",
    "worldwide global",
    "stop prevent avoid",
    "make produce",
    "big large",
    "gather collect",
    "job work employment labour",
    "law legislation statute",
    "risk danger hazard threat",
    "rise increase grow",
    "fall decrease decline reduce",
)
AKIN = 0.8  # what a word counts of which only one of the same family is held
ROOT = 5  # letters that stems of one family share
NEVER_COUNTED = frozenset("not no never only nor neither none without cannot".split())  # compared apart


def covered(statement: Worded, cited: Worded, about: Worded) -> float:
    """Share of a statement's words and figures that its cited text holds, 0 to 1.

    What names the cited document is left out.
    """
    numbers, theirs = figures(statement.text), figures(cited.text)
    counted = sum(any(same_figure(mark.value, number.value) for mark in theirs) for number in numbers)
    held, known = meanings(cited), meanings(about)
    stated = meanings(worded(without(statement.text, numbers))) - never_counted()
    own = (stated - boilerplate() - (known - held)) or stated
    found = sum(1.0 if one in held else AKIN * any(akin(one, other) for other in held) for one in own)
    return (found + counted) / (len(own) + len(numbers)) if own or numbers else 0.0


def akin(one: str, other: str) -> bool:
    """Whether two stems are of one family.

    >>> akin("regul", "regulatori"), akin("intern", "internet"), akin("inform", "inflat")
    (True, True, False)
    """
    return len(one) >= ROOT and one[:ROOT] == other[:ROOT]


@lru_cache(maxsize=256)
def meanings(text: Worded) -> frozenset[str]:
    """The stems of a text, those that say the same as one.

    >>> sorted(meanings(worded("Firms utilise AI; undertakings start"))), sorted(meanings(worded("they begin")))
    (['ai', 'begin', 'compani', 'use'], ['begin'])
    """
    return frozenset(one_for_all().get(one, one) for one in text.stems())


@lru_cache(maxsize=1)
def one_for_all() -> Mapping[str, str]:
    """The stem that stands for those that say the same."""
    return {stem(word): stem(row.split()[0]) for row in ALIKE for word in row.split()}


@lru_cache(maxsize=1)
def boilerplate() -> frozenset[str]:
    """Stems that are not counted where others are."""
    return frozenset(map(stem, BOILERPLATE.split()))


@lru_cache(maxsize=1)
def never_counted() -> frozenset[str]:
    """Stems of words that deny or limit."""
    return frozenset(map(stem, NEVER_COUNTED))
