"""Headings of Markdown that are only set in bold: a line of its own, or the first words of a paragraph.

Knows nothing about parsing; works on inline tokens and on the parts that came of them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from markdown_it.token import Token

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.text.headings import is_name

LONGEST = 120  # characters of a heading
LONGEST_RUN_IN = 80  # characters of a heading that its text follows on the same line
SHORTEST_TEXT = 40  # characters of the text behind it
MOST_SENTENCE_WORDS = 6  # of a heading that ends in a full stop
UNMARKED_LEVEL = 2  # of headings in bold where no other stand above
NUMBERED = re.compile(r"(?:\(?\w{1,4}[.)]|\d|§|(?:sec(?:tion|\.)|art(?:icle|\.)|chapter|para)\b)", re.IGNORECASE)
CONTACT = re.compile(r"\be-?mail\b|\bORCID\b|\w@\w[\w-]*\.\w", re.IGNORECASE)
CONTACT_REACH = 4  # parts below a name among which its address stands

Words = Callable[[Sequence[Token]], str]


def bold_head(children: Sequence[Token], words: Words) -> int:
    """How many inline tokens at the beginning of a paragraph are a heading in bold, 0 for none."""
    depth, first = 0, True
    for place, child in enumerate(children):
        if first and child.type not in {"strong_open", "em_open", "html_inline"} and child.content.strip():
            return 0
        first = first and child.type != "strong_open"
        depth += child.nesting if child.type in {"strong_open", "strong_close"} else 0
        if not first and not depth:
            return place + 1 if is_head(words(children[: place + 1]), children[place + 1 :], words) else 0
    return 0


def is_head(text: str, rest: Sequence[Token], words: Words) -> bool:
    """Whether bold words are a heading, by themselves and by what stands behind them in their paragraph."""
    behind = words(rest)
    if not text[:1].isupper() and not text[:1].isdigit() and not text.startswith(("“", "«", "‘", '"', "(")):
        return False
    if (
        not behind
        or next((child.type for child in rest if child.content or child.type == "hardbreak"), "") == "hardbreak"
    ):
        sentence = text.endswith((".", ",", ";")) and len(text.split()) > MOST_SENTENCE_WORDS
        return len(text) <= LONGEST and not sentence
    runs_in = text.endswith(".") and len(text) <= LONGEST_RUN_IN and len(behind) >= SHORTEST_TEXT
    return runs_in and not NUMBERED.match(text) and behind[0] not in "–—-"


def with_bold_headings(parts: Sequence[Part]) -> list[Part]:
    """Parts with levels given to headings in bold, one below the heading that they stand under.

    One that nothing follows is a paragraph, and so are the names of authors above their addresses.
    """
    levelled: list[Part] = []
    level = UNMARKED_LEVEL - 1
    for place, part in enumerate(parts):
        shown = part
        if part.kind is BlockKind.HEADING and (heads_nothing(parts, place) or names_author(parts, place)):
            shown = replace(part, kind=BlockKind.PARAGRAPH, level=0)
        elif part.kind is BlockKind.HEADING and not part.level:
            shown = replace(part, level=level + 1)
        elif part.kind is BlockKind.HEADING:
            level = part.level
        levelled.append(shown)
    return levelled


def heads_nothing(parts: Sequence[Part], place: int) -> bool:
    """Whether a heading in bold has no text below it before the next heading with marks, or the end."""
    following = next((part for part in parts[place + 1 :] if part.kind is not BlockKind.HEADING or part.level), None)
    return not parts[place].level and (following is None or following.kind is BlockKind.HEADING)


def names_author(parts: Sequence[Part], place: int) -> bool:
    """Whether a heading is the name of a person whose address stands below it."""
    below = parts[place + 1 : place + 1 + CONTACT_REACH]
    end = next((index for index, part in enumerate(below) if part.kind is BlockKind.HEADING), len(below))
    return is_name(parts[place].text) and any(CONTACT.search(part.text) for part in below[:end])
