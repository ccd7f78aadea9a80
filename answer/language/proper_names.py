"""The names of a statement must stand in its cited text, or belong to the cited document: title, issuer, authors."""

import re
from functools import lru_cache

from pincite.answer.language.alignment import Mark
from pincite.answer.language.parsed_text import Word, Worded
from pincite.ingest.data.stop_words import stop_words

OPENS = re.compile(r"(?:^|[.!?:;•|\n“\"‘(\[—–]|\(\w{1,4}\)|^\W*\w{1,3}[.)])\s*[“\"‘(\[]?\s*$")
JOINS = re.compile(r"(?:[\s-]|\s(?:of|for|and|the|on|de|la|du|&)\s|\s(?:of|for|on) the\s)", re.IGNORECASE)
SMALL = stop_words("en", ("unlettered",))


@lru_cache(maxsize=256)
def names(text: Worded) -> tuple[Mark, ...]:
    """The names of a text: words with a capital that do not open a sentence, those of one name together.

    >>> from pincite.answer.language.parsed_text import worded
    >>> text = worded("Chips at the University of Nairobi and in Kigali. Fees fall, says IBM.")
    >>> [mark.written for mark in names(text)]
    ['University of Nairobi', 'Kigali', 'IBM']
    """
    runs: list[list[Word]] = []
    for word in text.words:
        if not (word.text[0].isupper() and word.stem and (capitals(word.text) or not opens(text.text, word.start))):
            continue
        if runs and JOINS.fullmatch(text.text, runs[-1][-1].end, word.start):
            runs[-1].append(word)
        else:
            runs.append([word])
    return tuple(name_of(text.text, run) for run in runs)


def name_of(text: str, run: list[Word]) -> Mark:
    """Words as one name; its value is their stems."""
    start, end = run[0].start, run[-1].end
    return Mark(" ".join(word.stem for word in run), text[start:end], start, end)


def capitals(word: str) -> bool:
    """Whether a word is an acronym, or written like a name wherever it stands."""
    return any(letter.isupper() for letter in word[1:])


def opens(text: str, start: int) -> bool:
    """Whether a sentence, or a point of a list, begins here.

    >>> [opens("6. Calls on IBM. States", start) for start in (3, 12, 17)]
    [True, False, True]
    """
    return OPENS.search(text[max(start - 12, 0) : start]) is not None


@lru_cache(maxsize=256)
def acronyms(text: str) -> frozenset[str]:
    """The initials of neighbouring words, which an acronym may stand for; of two only where both have a capital.

    >>> sorted(acronyms("the University of Nairobi"))
    ['tuo', 'tuon', 'un', 'uon']
    """
    words = re.findall(r"[^\W\d_]+", text)
    capital = "".join(word[0] if word[0].isupper() else " " for word in words if word.lower() not in SMALL)
    every = "".join(word[0] for word in words)
    main = "".join(word[0] for word in words if word.lower() not in SMALL)
    found = {capital[n : n + 2] for n in range(len(capital) - 1)}
    found |= {line[n : n + size] for line in (every, main) for size in range(3, 7) for n in range(len(line) - size + 1)}
    found |= {"AI"} if "artificial intelligence" in text.lower() else set()
    return frozenset(initials.lower() for initials in found if " " not in initials)


def names_anywhere(text: Worded) -> list[Mark]:
    """Words with a capital, also those that open a sentence."""
    return [
        Mark(word.stem, word.text, word.start, word.end) for word in text.words if word.stem and word.text[0].isupper()
    ]
