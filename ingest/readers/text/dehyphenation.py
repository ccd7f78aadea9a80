"""Hyphens at line ends: which belong to the word and which only break it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

WORD = re.compile(r"[\w-]*\w")
HEAD, TAIL = re.compile(r"([\w-]*\w)-$"), re.compile(r"[\w-]*\w")
CONFIRMED = 0.2  # of the words broken at line ends occur whole elsewhere in a hyphenated text, in others none
SUSPENDING = frozenset(
    {"or", "and", "to", "und", "oder", "et", "ou"}
)  # words after a suspended hyphen: `high- or low-risk`
SHORTEST_HALF = 4  # letters that both halves of a compound must have: shorter ones are as often syllables


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words of a document in lower case, without those split at line ends, and whether it splits words at all."""

    words: frozenset[str]
    breaks_words: bool


def spelling_of(lines: Sequence[str]) -> Spelling:
    """How a document writes its words, from its lines in reading order.

    >>> spelling = spelling_of(["It regu-", "lates what others regulates"])
    >>> sorted(spelling.words), spelling.breaks_words
    (['it', 'others', 'regulates', 'what'], True)
    """
    words: set[str] = set()
    broken: list[str] = []
    for above, line in pairwise(["", *lines, ""]):
        found = WORD.findall(line.lower())
        words.update(found[above.endswith("-") : len(found) - line.endswith("-")])
        if (head := HEAD.search(above.lower())) and (tail := TAIL.match(line.lower())):
            broken.append(head[1] + tail[0])
    confirmed = sum(word in words for word in broken)
    return Spelling(frozenset(words), 0 < confirmed >= CONFIRMED * len(broken))


def join_words(text: str, following: str, spelling: Spelling) -> str:
    """Two lines as one, without the hyphen at the line end if it only breaks a word.

    >>> join_words("the regula-", "tory field", Spelling(frozenset(), breaks_words=True))
    'the regulatory field'
    >>> join_words("a multi-", "stakeholder body", Spelling(frozenset({"multi-stakeholder"}), breaks_words=True))
    'a multi-stakeholder body'
    >>> join_words("high-", "or low-risk uses", Spelling(frozenset({"high", "low-risk"}), breaks_words=True))
    'high- or low-risk uses'
    """
    head, tail = text.endswith("-") and HEAD.search(text), TAIL.match(following)
    if not head or not tail:
        return f"{text}{'' if text.endswith('-') and following[:1].isalnum() else ' '}{following}"
    is_word = (head[1] + tail[0]).lower() in spelling.words
    if tail[0] in SUSPENDING and head[1].lower() in spelling.words and not is_word:
        return f"{text} {following}"
    compound = "-" in tail[0] or head[1][-1].isdigit() or not following[0].islower()
    compound = compound or is_compound(head[1].lower(), tail[0].lower(), spelling)
    return (text if compound and not is_word else text[:-1]) + following


def is_compound(head: str, tail: str, spelling: Spelling) -> bool:
    """Whether a hyphen belongs to the word, which does not occur without it elsewhere."""
    known = [half for half in (head, tail) if half in spelling.words]
    if f"{head}-{tail}" in spelling.words:
        return True
    if spelling.breaks_words:
        return len(known) == len((head, tail)) and min(map(len, known)) >= SHORTEST_HALF
    return bool(known)


def join_lines(lines: Sequence[str], spelling: Spelling) -> str:
    """Lines as one text with single spaces."""
    texts = [" ".join(line.split()) for line in lines]
    return reduce(lambda text, line: join_words(text, line, spelling), texts) if texts else ""
