"""Markdown headings set only in bold, as a line of their own or as the first words of a paragraph."""

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from pincite.ingest.readers.bold_headings import begins_like_heading, may_be_heading

LONGEST_RUN_IN = 80  # characters of a heading whose text follows on the same line
SHORTEST_TEXT = 40  # characters of that text
NUMBERED = re.compile(r"(?:\(?\w{1,4}[.)]|\d|§|(?:sec(?:tion|\.)|art(?:icle|\.)|chapter|para)\b)", re.IGNORECASE)

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
    if not begins_like_heading(text):
        return False
    if (
        not following
        or next((child.type for child in rest if child.content or child.type == "hardbreak"), "") == "hardbreak"
    ):
        return may_be_heading(text)
    runs_in = text.endswith(".") and len(text) <= LONGEST_RUN_IN and len(following) >= SHORTEST_TEXT
    return runs_in and not NUMBERED.match(text) and following[0] not in "–—-"
