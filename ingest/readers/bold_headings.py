"""Headings set only in bold: their form, and their level below the marked headings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.text.headings import is_person_name

LONGEST = 120  # characters of a heading
MOST_SENTENCE_WORDS = 6  # of a heading that ends in a full stop
UNMARKED_LEVEL = 2  # of bold headings without a marked heading above them
CONTACT = re.compile(r"\be-?mail\b|\bORCID\b|\w@\w[\w-]*\.\w", re.IGNORECASE)
CONTACT_REACH = 4  # parts below a name that may contain its address
OPENINGS = ("“", "«", "‘", '"', "(")


def may_be_heading(text: str) -> bool:
    """Whether a line in bold may be a heading, by its form.

    >>> may_be_heading("Sole control"), may_be_heading("The fee is due on the day that a vessel leaves.")
    (True, False)
    """
    sentence = text.endswith((".", ",", ";")) and len(text.split()) > MOST_SENTENCE_WORDS
    return begins_like_heading(text) and len(text) <= LONGEST and not sentence


def begins_like_heading(text: str) -> bool:
    """Whether a text begins with a capital, a digit or an opening sign."""
    return text[:1].isupper() or text[:1].isdigit() or text.startswith(OPENINGS)


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
