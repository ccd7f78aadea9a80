"""The words of a text as search compares them: lower case, without stop words, stemmed by their script.

Scripts that put no spaces between words are cut into overlapping pairs of characters, as is usual where no dictionary
is at hand (McNamee and Mayfield 2004, doi 10.1023/B:INRT.0000009441.78971.be).
"""

import re
from collections.abc import Iterator

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from pincite.ingest.data.stop_words import FUNCTION, stop_words

ANALYSIS = "by script 2"  # to be changed with this module: an index of other words is made again
LONGEST = 60  # characters of a word; longer ones are no words
SEARCH_STOP_CLASSES = (*FUNCTION, "auxiliaries", "pronouns", "question_words")
# Further words of a question that say nothing about its topic.
STOP_WORDS = stop_words("en", SEARCH_STOP_CLASSES) | frozenset(
    "about according any as been being but if into me our shall so such than then under we you your say says said tell "
    "give please".split()
)
# Thai, Lao, Burmese, Khmer, Chinese, Japanese.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUNS_UNSPACED = re.compile(f"[{UNSPACED}]")
RUNS = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
# Scripts whose words Snowball can stem. Cyrillic is not among them: its stemmer for Russian errs on Ukrainian words.
STEMMED = ((re.compile("[\u0600-\u06ff]"), "arabic"),)


class WordAnalysis:
    """Turns texts into words.

    >>> WordAnalysis()("The obligations of 2024年度")
    ['oblig', '2024', '年度']
    """

    def __init__(self) -> None:
        self.latin = english()
        self.others = [(script, stemmer(language)) for script, language in STEMMED]

    def __call__(self, text: str) -> list[str]:
        """The words of a text in order."""
        return [piece for word in self.latin.analyze(text) for piece in (self.pieces(word) if word else ())]

    def pieces(self, word: str) -> Iterator[str]:
        """What is compared of a word: its stem, or the pairs of its characters."""
        if word.isascii():
            if len(word) <= LONGEST:
                yield word
            return
        for run in RUNS.findall(word):
            if RUNS_UNSPACED.match(run):
                yield from pairs(run)
            elif len(run) <= LONGEST:
                yield self.stem(run)

    def stem(self, word: str) -> str:
        """The stem of a word of another script than the Latin one."""
        for script, other in self.others:
            if script.match(word):
                return next(iter(other.analyze(word)), word) or word
        return word


def pairs(run: str) -> list[str]:
    """The overlapping pairs of characters of a run, or its only one.

    >>> pairs("abcd"), pairs("a")
    (['ab', 'bc', 'cd'], ['a'])
    """
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]


def english() -> TextAnalyzer:
    """Lower-case words without stop words, stemmed as English; those of other scripts stay as they are."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    return builder.filter(Filter.custom_stopword(sorted(STOP_WORDS))).filter(Filter.stemmer("english")).build()


def stemmer(language: str) -> TextAnalyzer:
    """The Snowball stemmer of a language."""
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(language)).build()
