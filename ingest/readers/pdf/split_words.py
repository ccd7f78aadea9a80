"""Repairs words with a false space inside (`structu ral`) where the text itself shows the correct spelling.

Only words that occur whole elsewhere, in halves that occur nowhere as words. Numbers are never touched.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pincite.ingest.readers.pdf.lines import PdfLine

LETTERS = re.compile(r"[^\W\d_]+")
PAIR = re.compile(r"(?<![\w’'/.-])([^\W\d_]+) (?=([^\W\d_]+)(?![\w’'-]))")
FEWEST_WORDS = 1000  # of a text: in a shorter one a real word may occur only once
FEWEST_WHOLE = 2  # occurrences of the whole word
SHORTEST = 4  # letters of a word
LETTER_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")  # `S E C T I O N`
LONE_WORDS = frozenset("aàeiouyäåæøвикоуясіїєaé")  # single letters that are words in some language


@dataclass(frozen=True, slots=True)
class SplitWords:
    """Split words of a text, in lower case: pairs of halves, and letter-spaced words."""

    pairs: frozenset[tuple[str, str]]
    letter_spaced: frozenset[str]


def with_split_words_repaired(pages: Sequence[list[PdfLine]]) -> list[list[PdfLine]]:
    """Lines of all pages, with split words repaired."""
    split = find_split_words([line.text for lines in pages for line in lines])
    if not split.pairs and not split.letter_spaced:
        return list(pages)
    return [[repair_line(line, split) for line in lines] for lines in pages]


def find_split_words(texts: Iterable[str]) -> SplitWords:
    """The split words of a text.

    >>> find_split_words(["of a structural kind, structural and structu ral", "as it is " * 400]).pairs
    frozenset({('structu', 'ral')})
    >>> find_split_words(["S E C T I O N 1", "Section 1 says"]).letter_spaced
    frozenset({'section'})
    """
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    letter_spaced: set[str] = set()
    for text in map(str.lower, texts):
        words.update(LETTERS.findall(text))
        pairs.update(PAIR.findall(text))
        letter_spaced.update(found.replace(" ", "") for found in LETTER_SPACED.findall(text))
    split = () if words.total() < FEWEST_WORDS else (p for p, count in pairs.items() if is_split_word(p, count, words))
    return SplitWords(frozenset(split), frozenset(letter_spaced & words.keys()))


def is_split_word(pair: tuple[str, str], count: int, words: Counter[str]) -> bool:
    """Whether two adjacent strings are halves of a word: neither occurs elsewhere, except a letter that is no word."""
    whole = pair[0] + pair[1]
    if len(whole) < SHORTEST or words[whole] < FEWEST_WHOLE:
        return False
    lone = [len(half) == 1 and half not in LONE_WORDS for half in pair]
    elsewhere = [words[half] > count and not alone for half, alone in zip(pair, lone, strict=True)]
    return not any(elsewhere) and not all(lone)


def repair_line(line: PdfLine, split: SplitWords) -> PdfLine:
    """A line with its split words repaired."""
    text = repair_text(line.text, split)
    if text == line.text:
        return line
    return replace(line, text=text, pieces=tuple(repair_line(piece, split) for piece in line.pieces))


def repair_text(text: str, split: SplitWords) -> str:
    """A text with its split words repaired.

    >>> repair_text("A structu ral view", SplitWords(frozenset({("structu", "ral")}), frozenset()))
    'A structural view'
    """
    whole = LETTER_SPACED.sub(lambda found: join_letters(found[0], split.letter_spaced), text)
    return PAIR.sub(lambda found: found[1] if (found[1].lower(), found[2].lower()) in split.pairs else found[0], whole)


def join_letters(letters: str, letter_spaced: frozenset[str]) -> str:
    """Letter-spaced characters as a word, if they are a known one."""
    word = letters.replace(" ", "")
    return word if word.lower() in letter_spaced else letters
