"""Words that extraction from PDF has split: after an initial set large, or after a ligature (`e`+`ﬃ`+` cient`)."""

import re
from collections import Counter

from pincite.ingest.readers.text.dehyphenation import Spelling

INITIAL = re.compile(r"^[ \t]*([^\W\d_])[ \t]*\n[ \t]*([^\W\d_]+)([^\n]*)(\n?)", re.MULTILINE)
WORDS_OF_ONE_LETTER = frozenset("AIOYEÀ")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPLIT_AFTER_LIGATURE = re.compile(r"(?<=[ﬁﬂﬃﬄ])[ \t](?=[^\W\d_])")
SPLIT = re.compile(r"\b([^\W\d_]*f[fil])[ \t]([^\W\d_]+)", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
GLUED_BULLET = re.compile(r"(?<=[^\s(\[])(?=[¡•▪●◦]\s)")
FEWEST = 5  # split words that show that a text splits them
CAPITALS = re.compile(r"(?:^|(?<=[.!?]))([A-ZÀ-Þ][A-ZÀ-Þ \t\n]{11,160})$", re.MULTILINE)


def with_whole_words(text: str) -> str:
    """Text with ligatures as letters, words split after them joined, and headings that are printed twice once.

    >>> with_whole_words("Medidas eﬁ caces")
    'Medidas eficaces'
    """
    text = SPLIT_AFTER_LIGATURE.sub("", text)
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return CAPITALS.sub(printed_once, joined(text))


def with_bullets_apart(text: str) -> str:
    """Text with a new line before each bullet that is glued to the sentence before it.

    >>> with_bullets_apart("It is lit.• It is closed.")
    'It is lit.\\n• It is closed.'
    """
    return GLUED_BULLET.sub("\n", text)


def printed_once(capitals: re.Match[str]) -> str:
    """Capitals, or only their first half if the second repeats it, as the shadow of a heading does."""
    words = " ".join(capitals[1].split())
    half = len(words) // 2
    return f"\n\n{words[:half]}\n\n" if words[:half] == words[half:] else capitals[0]


def joined(text: str) -> str:
    """Text without the spaces after `fi`, `fl` and `ff` if their heads and tails are never words of their own."""
    pairs = Counter((found[1].lower(), found[2].lower()) for found in SPLIT.finditer(text))
    if len(pairs) < FEWEST:
        return text
    words = Counter(word.lower() for word in WORD.findall(text))
    heads, tails = Counter[str](), Counter[str]()
    for (head, tail), count in pairs.items():
        heads[head] += count
        tails[tail] += count
    fragments = {(head, tail) for head, tail in pairs if words[tail] == tails[tail] or is_letter(tail)}
    whole = {head for head, tail in pairs if (head, tail) not in fragments or words[head] > heads[head]}
    split = {pair for pair in fragments if pair[0] not in whole}
    if len(split) < FEWEST:
        return text
    return SPLIT.sub(lambda m: m[1] + m[2] if (m[1].lower(), m[2].lower()) in split else m[0], text)


def is_letter(text: str) -> bool:
    """Whether a text is a single letter that is no word."""
    return len(text) == 1 and text.upper() not in WORDS_OF_ONE_LETTER


def with_initials(text: str, spelling: Spelling) -> str:
    """Text with each large initial, which stands on a line of its own, joined to its word.

    >>> with_initials("E\\nl puerto es seguro.", Spelling(frozenset({"el"}), breaks_words=False))
    'El puerto es seguro.'
    """

    def join(found: re.Match[str]) -> str:
        letter, word, rest, end = found.groups()
        if not letter.isupper() or not word.islower():
            return found[0]
        apart = letter in WORDS_OF_ONE_LETTER and (letter + word).lower() not in spelling.words
        goes_on = end and not rest.rstrip().endswith(("-", "\u00ad"))  # the first lines beside an initial are short
        return f"{letter}{' ' if apart else ''}{word}{rest.rstrip()}{' ' if goes_on else end}"

    return INITIAL.sub(join, text)
