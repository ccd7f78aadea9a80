"""A text as words with their stems and clauses, for comparing what two texts say. Needs no index."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tantivy import TextAnalyzer

from pincite.answer.language.irregular_verbs import verbs_by_form
from pincite.ingest.index.lexical import analyzer

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BRITISH = re.compile(r"(?<=[bdilnv])o(?=u?r)u|(?<=[iy])s(?=[aei])|(?<=program)me?|(?<=cent)re\b")
CLAUSE_ENDS = re.compile(r"[,;:.!?()–—\n|]")
SENTENCE_ENDS = re.compile(r"[;.!?](?=\s|$)|\n\s*\n|\n(?=\s*\W?\w{1,3}[.)])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets; `stem` is empty where it only joins others. `clause` and `sentence` count from 0."""

    text: str
    stem: str
    start: int
    end: int
    clause: int
    sentence: int


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: hashing all words takes longer than reading them
class Worded:
    """A text with its words in order."""

    text: str
    words: tuple[Word, ...]

    def stems(self) -> frozenset[str]:
        """What its words mean, each once."""
        return frozenset(word.stem for word in self.words if word.stem)


@lru_cache(maxsize=256)
def worded(text: str) -> Worded:
    """A text as words.

    >>> [(word.stem, word.clause) for word in worded("Members shall not share data, unless asked.").words if word.stem]
    [('member', 0), ('not', 0), ('share', 0), ('data', 0), ('unless', 1), ('ask', 1)]
    """
    return Worded(text, tuple(words_in(text)))


def words_in(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    clause = sentence = last = 0
    for match in WORD.finditer(text):
        if match.start() - last > 1:
            clause += CLAUSE_ENDS.search(text, last, match.start()) is not None
            sentence += SENTENCE_ENDS.search(text, last, match.start() + 1) is not None
        last = match.end()
        yield Word(match[0], stem(match[0]), match.start(), match.end(), clause, sentence)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a word as the word search has it, British spelling made American; empty for a stop word.

    >>> stem("Encourages"), stem("the"), stem("States’"), stem("labour-organisation".partition("-")[2])
    ('encourag', '', 'state', 'organiz')
    """
    plain = re.sub(r"['’]s?$", "", word.lower())
    plain = verbs_by_form().get(plain, plain)
    plain = BRITISH.sub(american, plain)
    found = stemmer().analyze(plain) if stemmer().analyze(word) else ()
    return found[0] if found else ""


def american(british: re.Match[str]) -> str:
    """What stands in American spelling in place of a British one: `labor`, `organize`, `program`, `center`."""
    return {"ou": "o", "s": "z", "re": "er"}.get(british[0], "")


@lru_cache(maxsize=1)
def stemmer() -> TextAnalyzer:
    """The analyzer of the word search."""
    return analyzer()
