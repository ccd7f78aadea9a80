"""Proper names in a text, and the acronyms that its words could be written as."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pincite.answer.language.alignment import TextMark
from pincite.answer.language.parsed_text import ParsedText, ParsedWord
from pincite.ingest.data.stop_words import stop_words

OPENS = re.compile(r"(?:^|[.!?:;•|\n“\"‘(\[—–]|\(\w{1,4}\)|^\W*\w{1,3}[.)])\s*[“\"‘(\[]?\s*$")
JOINS = re.compile(r"(?:[\s-]|\s(?:of|for|and|the|on|de|la|du|&)\s|\s(?:of|for|on) the\s)", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s$")  # ends a name: `the Council of Europe's AI convention`
SKIPPED = stop_words("en", ("unlettered",))  # words that acronyms often leave out


@lru_cache(maxsize=256)
def find_names(text: ParsedText) -> tuple[TextMark, ...]:
    """The proper names of a text: runs of capitalised words, except a plain word that opens a sentence.

    >>> from pincite.answer.language.parsed_text import parse_text
    >>> text = parse_text("Chips at the University of Nairobi and in Kigali. Fees fall, says IBM.")
    >>> [mark.written for mark in find_names(text)]
    ['University of Nairobi', 'Kigali', 'IBM']
    """
    runs: list[list[ParsedWord]] = []
    for word in text.words:
        if not (word.text[0].isupper() and word.stem and (has_inner_capital(word.text) or not opens(text, word))):
            continue
        if (
            runs
            and not POSSESSIVE.search(runs[-1][-1].text)
            and JOINS.fullmatch(text.text, runs[-1][-1].end, word.start)
        ):
            runs[-1].append(word)
        else:
            runs.append([word])
    return tuple(name_of(text.text, run) for run in runs)


def name_of(text: str, run: list[ParsedWord]) -> TextMark:
    """Consecutive words as one name, whose value is their stems."""
    start, end = run[0].start, run[-1].end
    return TextMark(" ".join(word.stem for word in run), text[start:end], start, end)


def has_inner_capital(word: str) -> bool:
    """Whether a word is an acronym or spelled like a name wherever it occurs."""
    return any(letter.isupper() for letter in word[1:])


def opens(text: ParsedText, word: ParsedWord) -> bool:
    """Whether a word opens a sentence or a list item.

    >>> from pincite.answer.language.parsed_text import parse_text
    >>> text = parse_text("6. Calls on IBM. States")
    >>> [word.text for word in text.words if opens(text, word)]
    ['6', 'Calls', 'States']
    """
    return OPENS.search(text.text[max(word.start - 12, 0) : word.start]) is not None


def capitalised_words(text: ParsedText) -> list[TextMark]:
    """Single capitalised words, including those that open a sentence."""
    return [
        TextMark(word.stem, word.text, word.start, word.end)
        for word in text.words
        if word.stem and word.text[0].isupper()
    ]


@lru_cache(maxsize=256)
def acronyms(text: str) -> frozenset[str]:
    """Initials of 3 to 6 adjacent words, or of 2 that are capitalised: what an acronym in another text may mean.

    >>> sorted(acronyms("the University of Nairobi"))
    ['tuo', 'tuon', 'un', 'uon']
    """
    words = re.findall(r"[^\W\d_]+", text)
    content = [word for word in words if word.lower() not in SKIPPED]
    found = {one[0] + other[0] for one, other in pairwise(content) if one[0].isupper() and other[0].isupper()}
    found |= set(initials(words)) | set(initials(content))
    found |= {"AI"} if "artificial intelligence" in text.lower() else set()
    return frozenset(letters.lower() for letters in found)


def initials(words: list[str]) -> Iterator[str]:
    """The initials of each run of 3 to 6 words."""
    line = "".join(word[0] for word in words)
    return (line[n : n + size] for size in range(3, 7) for n in range(len(line) - size + 1))
