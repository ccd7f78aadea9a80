"""Unmarked headings of plain text: short lines without final punctuation, above prose or another heading."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pincite.ingest.document import BlockKind, Part

TITLE_LENGTH = 120  # characters of a line that may be a heading
TITLE_WORDS = 16
TITLE_FROM = 4  # words of a title directly above the text, where a section heading could be too
PROSE_LENGTH = 120  # characters of a line that is prose, not a heading
SENTENCE_WORDS = 6  # words of a line that is prose because it ends like a sentence
LONGEST_RUN = 3  # consecutive headings; more such lines are a list
BYLINE_REACH = 4  # parts at the head of a text that may name its authors
MOST_NAME_WORDS = 4
FEWEST_CAPITALS = 2  # headings in capitals that form a level of their own
MOSTLY = 0.9
TITLE, SECTION = 1, 2

LABEL = re.compile(r"(?:(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?|(?P<roman>[IVX]{1,5})[.)])\s+(?=[^\W\d_])")
ENDS_OPEN = re.compile(r"[\w?)”’»\"]$")
NOTE_AT_END = re.compile(r"[;,:]\d{1,2}$")  # the mark of a note behind the end of a clause
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:\[?\d{1,3}\]?)?$")
NEVER_IN_HEADING = re.compile(
    r"@|https?:|www\.|doi\b|[.!;] \S*[^\W\d_]{3}|[|•·→]|…$|\b(?:ISSN|ISBN|UDC|УДК)\b", re.IGNORECASE
)
DATE = re.compile(r"\b(?:\d{1,2}[./]\d{1,2}[./]|(?:\d{1,2} [^\W\d_]+|[^\W\d_]+ \d{1,2},) (?:19|20)\d\d)")
QUOTATION = (("“", "”"), ("«", "»"))  # a quotation that goes on in the next line is none
NAMES = re.compile(r",? (?:and|&|und|y|et|та|і) |[,;·] ?")
PARTICLES = frozenset("von van de der den del della da di du la le bin ibn al el ten ter zu".split())


def with_headings(parts: Sequence[Part]) -> list[Part]:
    """Parts of a text, with paragraphs that look like headings turned into headings with levels."""
    found = heading_indexes(parts)
    listed = [part for part in parts if part.kind is BlockKind.HEADING and part.level]
    if lists_capitals(listed):
        found = {index for index in found if not parts[index].text.isupper()}
    capitals = sum(parts[index].text.isupper() for index in found) >= FEWEST_CAPITALS
    levelled: list[Part] = []
    deeper = 0  # levels by which the contents' last title is above others
    for index, part in enumerate(parts):
        if part.kind is BlockKind.HEADING and part.level:
            deeper = part.level + 1 - SECTION
            levelled.append(part)
        elif index in found or part.kind is BlockKind.HEADING:
            above = levelled[-1] if index and index - 1 in found else None
            titled = index == 0 and is_title(parts, found)
            level = TITLE if titled else level_of(part, above, capitals, deeper)
            levelled.append(replace(part, kind=BlockKind.HEADING, level=level))
        else:
            levelled.append(part)
    return levelled


def heading_indexes(parts: Sequence[Part]) -> set[int]:
    """Indexes of headings, found from the end: what follows a short line decides whether it is one."""
    found: dict[int, int] = {}  # by index, the number of consecutive headings from there
    for index in range(len(parts) - 1, -1, -1):
        part, below = parts[index], parts[index + 1] if index + 1 < len(parts) else None
        if part.kind is not BlockKind.PARAGRAPH or not may_be_heading(part.text) or is_byline(parts, index):
            continue
        run = found.get(index + 1, 0)
        if (0 < run < LONGEST_RUN) or (below is not None and not run and is_body_text(below)):
            found[index] = run + 1
    if len(found) > 0 and 0 not in found and len(parts) > 1 and opens_with_title(parts, found):
        found[0] = 1
    return set(found)


def opens_with_title(parts: Sequence[Part], found: dict[int, int]) -> bool:
    """Whether the first line is a title, separated from the text by nothing but the names of authors."""
    following = next((index for index in range(1, len(parts)) if not is_byline(parts, index)), 0)
    return (
        parts[0].kind is BlockKind.PARAGRAPH and may_be_heading(parts[0].text) and following > 1 and following in found
    )


def is_title(parts: Sequence[Part], found: set[int]) -> bool:
    """Whether the heading at the start of a text is the title of all of it, not of its introduction."""
    names_it = 1 in found or is_byline(parts, 1) or len(parts[0].text.split()) >= TITLE_FROM
    return names_it and len(found) > 1 and not LABEL.match(parts[0].text)


def may_be_heading(text: str) -> bool:
    """Whether a line may be a heading, by its form.

    >>> [may_be_heading(text) for text in ("Why it matters", "2.1 Scope", "It matters.", "12 May 2024", "which it is")]
    [True, True, False, False, False]
    >>> may_be_heading("“Quays are"), may_be_heading("“Quays” and piers")
    (False, True)
    """
    quotes_on = any(text.count(opening) != text.count(closing) for opening, closing in QUOTATION)
    if len(text) > TITLE_LENGTH or quotes_on:
        return False
    label = LABEL.match(text)
    words = text[label.end() if label else 0 :]
    fits = len(text.split()) <= TITLE_WORDS and re.search(r"[^\W\d_]{2}", words)
    starts = (words[:1].isupper() or words[:1] in '“"«‘') and not NEVER_IN_HEADING.search(words)
    return (
        bool(fits)
        and starts
        and not NOTE_AT_END.search(text)
        and ENDS_OPEN.search(text) is not None
        and not DATE.search(text)
    )


def is_body_text(part: Part) -> bool:
    """Whether a part is text that may follow a heading."""
    if part.kind in {BlockKind.TABLE, BlockKind.ITEM, BlockKind.QUOTE}:
        return len(part.text.split()) >= SENTENCE_WORDS
    sentence = SENTENCE_END.search(part.text) is not None and len(part.text.split()) >= SENTENCE_WORDS
    return part.kind is BlockKind.PARAGRAPH and (len(part.text) >= PROSE_LENGTH or sentence)


def is_byline(parts: Sequence[Part], index: int) -> bool:
    """Whether a line near the head of a text names persons: several, or one directly below the first line."""
    if not 0 < index <= BYLINE_REACH:
        return False
    text = parts[index].text
    names = [name for name in NAMES.split(re.sub(r"^(?:By|von|par) ", "", text)) if name.strip()]
    below = parts[index + 1] if index + 1 < len(parts) else None
    alone = index == 1 and below is not None and not is_body_text(below)
    return (text.startswith("By ") or len(names) > 1 or alone) and all(map(is_person_name, names))


def is_person_name(text: str) -> bool:
    """Whether words may be the name of a person, by their form.

    >>> [is_person_name(words) for words in ("Nora van der Meer", "J. Doe", "Findings", "Why it matters")]
    [True, True, False, False]
    """
    words = [word.strip("0123456789*†") for word in text.split()]
    capitals = [word for word in words if word not in PARTICLES]
    return 2 <= len(capitals) <= MOST_NAME_WORDS and all(  # noqa: PLR2004  a given name and a family name
        re.fullmatch(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*", word) and word[0].isupper() for word in capitals
    )


def lists_capitals(listed: Sequence[Part]) -> bool:
    """Whether contents list the headings in capitals completely: of several levels, nearly all of them printed so."""
    capitals = sum(part.text.isupper() for part in listed)
    return len({part.level for part in listed}) > 1 and capitals >= MOSTLY * len(listed)


def level_of(part: Part, above: Part | None, capitals: bool, deeper: int) -> int:  # noqa: FBT001  private to this module
    """Level of a heading: by its number, else by its capitals; one deeper directly below another of its level."""
    if (label := LABEL.match(part.text)) and label["number"]:
        return SECTION + deeper + label["number"].count(".")
    level = SECTION + deeper + (capitals and not part.text.isupper() and not label)
    return level + (above is not None and above.level == level)
