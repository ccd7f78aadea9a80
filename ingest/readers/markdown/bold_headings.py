"""Markdown headings set only in bold, as a line of their own or as the first words of a paragraph."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from markdown_it.token import Token

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.text.headings import is_person_name

LONGEST = 120  # characters of a heading
LONGEST_RUN_IN = 80  # characters of a heading whose text follows on the same line
SHORTEST_TEXT = 40  # characters of that text
MOST_SENTENCE_WORDS = 6  # of a heading that ends in a full stop
UNMARKED_LEVEL = 2  # of bold headings without a marked heading above them
NUMBERED = re.compile(r"(?:\(?\w{1,4}[.)]|\d|§|(?:sec(?:tion|\.)|art(?:icle|\.)|chapter|para)\b)", re.IGNORECASE)
CONTACT = re.compile(r"\be-?mail\b|\bORCID\b|\w@\w[\w-]*\.\w", re.IGNORECASE)
CONTACT_REACH = 4  # parts below a name that may contain its address

Words = Callable[[Sequence[Token]], str]


def bold_heading_tokens(children: Sequence[Token], words: Words) -> int:
    """Number of inline tokens at the start of a paragraph that form a bold heading, 0 for none."""
    depth, first = 0, True
    for index, child in enumerate(children):
        if first and child.type not in {"strong_open", "em_open", "html_inline"} and child.content.strip():
            return 0
        first = first and child.type != "strong_open"
        depth += child.nesting if child.type in {"strong_open", "strong_close"} else 0
        if not first and not depth:
            return index + 1 if is_bold_heading(words(children[: index + 1]), children[index + 1 :], words) else 0
    return 0


def is_bold_heading(text: str, rest: Sequence[Token], words: Words) -> bool:
    """Whether bold words are a heading, by their form and by the rest of their paragraph."""
    following = words(rest)
    if not text[:1].isupper() and not text[:1].isdigit() and not text.startswith(("“", "«", "‘", '"', "(")):
        return False
    if (
        not following
        or next((child.type for child in rest if child.content or child.type == "hardbreak"), "") == "hardbreak"
    ):
        sentence = text.endswith((".", ",", ";")) and len(text.split()) > MOST_SENTENCE_WORDS
        return len(text) <= LONGEST and not sentence
    runs_in = text.endswith(".") and len(text) <= LONGEST_RUN_IN and len(following) >= SHORTEST_TEXT
    return runs_in and not NUMBERED.match(text) and following[0] not in "–—-"


def with_bold_headings(parts: Sequence[Part]) -> list[Part]:
    """Parts with bold headings one level below the marked heading above them.

    A heading without text below it becomes a paragraph, and so does an author's name above an address.
    """
    levelled: list[Part] = []
    level = UNMARKED_LEVEL - 1
    for index, part in enumerate(parts):
        result = part
        if part.kind is BlockKind.HEADING and (has_no_text_below(parts, index) or is_author_name(parts, index)):
            result = replace(part, kind=BlockKind.PARAGRAPH, level=0)
        elif part.kind is BlockKind.HEADING and not part.level:
            result = replace(part, level=level + 1)
        elif part.kind is BlockKind.HEADING:
            level = part.level
        levelled.append(result)
    return levelled


def has_no_text_below(parts: Sequence[Part], index: int) -> bool:
    """Whether a bold heading has no text below it before the next marked heading or the end."""
    following = next((part for part in parts[index + 1 :] if part.kind is not BlockKind.HEADING or part.level), None)
    return not parts[index].level and (following is None or following.kind is BlockKind.HEADING)


def is_author_name(parts: Sequence[Part], index: int) -> bool:
    """Whether a heading is the name of a person with an address below it."""
    below = parts[index + 1 : index + 1 + CONTACT_REACH]
    end = next((index for index, part in enumerate(below) if part.kind is BlockKind.HEADING), len(below))
    return is_person_name(parts[index].text) and any(CONTACT.search(part.text) for part in below[:end])
