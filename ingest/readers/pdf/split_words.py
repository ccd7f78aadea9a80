"""Words with a false space inside (`structu ral`), mended where the text itself shows how they are written.

Mended is only what stands elsewhere in one piece, in halves that stand nowhere as words. Figures are never touched.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pincite.ingest.readers.pdf.lines import Line

LETTERS = re.compile(r"[^\W\d_]+")
PAIR = re.compile(r"(?<![\w’'/.-])([^\W\d_]+) (?=([^\W\d_]+)(?![\w’'-]))")
FEWEST_WORDS = 1000  # of a text: in a shorter one a true word may well stand once only
FEWEST_WHOLE = 2  # times that a word stands in one piece
SHORTEST = 4  # letters of a word
SET_APART = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")  # `S E C T I O N`
LONE_WORDS = frozenset("aàeiouyäåæøвикоуясіїєaé")  # single letters that are words somewhere


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands broken in a text, in lower case: halves of words, and words with all their letters set apart."""

    pairs: frozenset[tuple[str, str]]
    spelt: frozenset[str]


def mended(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Lines of all pages, words with a false space inside made whole."""
    broken = broken_words([line.text for lines in pages for line in lines])
    if not broken.pairs and not broken.spelt:
        return list(pages)
    return [[mend_line(line, broken) for line in lines] for lines in pages]


def broken_words(texts: Iterable[str]) -> Broken:
    """The broken words of a text.

    >>> broken_words(["of a structural kind, structural and structu ral", "as it is " * 400]).pairs
    frozenset({('structu', 'ral')})
    >>> broken_words(["S E C T I O N 1", "Section 1 says"]).spelt
    frozenset({'section'})
    """
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    spelt: set[str] = set()
    for text in map(str.lower, texts):
        words.update(LETTERS.findall(text))
        pairs.update(PAIR.findall(text))
        spelt.update(found.replace(" ", "") for found in SET_APART.findall(text))
    broken = () if words.total() < FEWEST_WORDS else (p for p, count in pairs.items() if is_broken(p, count, words))
    return Broken(frozenset(broken), frozenset(spelt & words.keys()))


def is_broken(pair: tuple[str, str], count: int, words: Counter[str]) -> bool:
    """Whether two neighbours are the halves of a word: neither stands elsewhere, but for a letter that is no word."""
    whole = pair[0] + pair[1]
    if len(whole) < SHORTEST or words[whole] < FEWEST_WHOLE:
        return False
    lone = [len(half) == 1 and half not in LONE_WORDS for half in pair]
    elsewhere = [words[half] > count and not alone for half, alone in zip(pair, lone, strict=True)]
    return not any(elsewhere) and not all(lone)


def mend_line(line: Line, broken: Broken) -> Line:
    """A line with its broken words made whole."""
    text = mend(line.text, broken)
    if text == line.text:
        return line
    return replace(line, text=text, pieces=tuple(mend_line(piece, broken) for piece in line.pieces))


def mend(text: str, broken: Broken) -> str:
    """A text with its broken words made whole.

    >>> mend("A structu ral view", Broken(frozenset({("structu", "ral")}), frozenset()))
    'A structural view'
    """
    whole = SET_APART.sub(lambda found: joined_letters(found[0], broken.spelt), text)
    return PAIR.sub(lambda found: found[1] if (found[1].lower(), found[2].lower()) in broken.pairs else found[0], whole)


def joined_letters(letters: str, spelt: frozenset[str]) -> str:
    """Letters set apart as a word, where they are one."""
    word = letters.replace(" ", "")
    return word if word.lower() in spelt else letters
