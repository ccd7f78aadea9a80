"""A text as words with stems, clauses and sentences, for comparing what two texts say. Needs no index."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tantivy import TextAnalyzer

from pincite.answer.language.irregular_verbs import verbs_by_form
from pincite.ingest.index.word_analysis import english

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BRITISH = re.compile(r"(?<=[bdilnv])o(?=u?r)u|(?<=[iy])s(?=[aei])|(?<=program)me?|(?<=cent)re\b")
AMERICAN = {"ou": "o", "s": "z", "re": "er"}  # `labor`, `organize`, `center`; `programme` loses its ending
CLAUSE_ENDS = re.compile(r"[,;:.!?()–—\n|]")
SENTENCE_ENDS = re.compile(r"[;.!?](?=\s|$)|\n\s*\n|\n(?=\s*\W?\w{1,3}[.)])")


@dataclass(frozen=True, slots=True)
class ParsedWord:
    """A word with its offsets; a stop word has an empty stem. `clause` and `sentence` count from 0."""

    text: str
    stem: str
    start: int
    end: int
    clause: int
    sentence: int


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: hashing all words takes longer than parsing them
class ParsedText:
    """A text and its words in order."""

    text: str
    words: tuple[ParsedWord, ...]

    def stems(self) -> frozenset[str]:
        """The distinct stems of its content words."""
        return frozenset(word.stem for word in self.words if word.stem)


@lru_cache(maxsize=256)
def parse_text(text: str) -> ParsedText:
    """Parse a text; the last 256 are cached.

    >>> parsed = parse_text("Members shall not share data, unless asked.")
    >>> [(word.stem, word.clause) for word in parsed.words if word.stem]
    [('member', 0), ('not', 0), ('share', 0), ('data', 0), ('unless', 1), ('ask', 1)]
    """
    return ParsedText(text, tuple(words_in(text)))


def words_in(text: str) -> Iterator[ParsedWord]:
    """The words of a text in order."""
    clause = sentence = last = 0
    for match in WORD.finditer(text):
        if match.start() - last > 1:
            clause += CLAUSE_ENDS.search(text, last, match.start()) is not None
            sentence += SENTENCE_ENDS.search(text, last, match.start() + 1) is not None
        last = match.end()
        yield ParsedWord(match[0], stem(match[0]), match.start(), match.end(), clause, sentence)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a word as in the lexical index, with British spelling made American; empty for a stop word.

    >>> stem("Encourages"), stem("the"), stem("States’"), stem("labour-organisation".partition("-")[2])
    ('encourag', '', 'state', 'organiz')
    """
    plain = re.sub(r"['’]s?$", "", word.lower())
    plain = verbs_by_form().get(plain, plain)
    plain = BRITISH.sub(lambda british: AMERICAN.get(british[0], ""), plain)
    found = stemmer().analyze(plain) if stemmer().analyze(word) else ()
    return found[0] if found else ""


@lru_cache(maxsize=1)
def stemmer() -> TextAnalyzer:
    """The stemmer of the word search, for English."""
    return english()
