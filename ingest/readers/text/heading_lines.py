"""Headings over several lines: lines in capitals, and the number of a chapter with the title below it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pincite.ingest.data.page_words import page_words
from pincite.ingest.data.title_words import title_words
from pincite.ingest.readers.text.marks import HEADING, apart, is_marked, marked_heading

MOST_LINES, MOST_WORDS = 4, 20  # of a heading in capitals
OPENS_OTHERWISE = re.compile(r"[-–*•▪◦●¡\d(\[]|\S+\s+(?:\d{1,3}|[IVXLC]{1,6})[.:]?$|[IVXLC]+$")  # an item, `ANNEX IV`
MARKER = re.compile(r"(?P<word>[^\W\d_][^\d|]{0,40}?)\s+(?P<number>\d{1,2}|[IVXL]{1,6})\s*[:.–—-]?")
FEWEST_IN_SERIES = 3  # markers with the same word and numbers in order from 1
TITLE_LINES, TITLE_LENGTH = 3, 120
NARROW = 45  # characters of a line of a title that goes on in the next
CHAPTER_LEVEL = 2
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*(?:\[?\d{1,3}\]?)?$")
ENDS_SENTENCE = (".", "!", "?", ";", ":", ",")


def with_capitals_joined(text: str) -> str:
    """Text with the lines of each heading in capitals joined: a few of them above other text.

    >>> with_capitals_joined("All is said.\\nDUTIES OF THE\\nKEEPERS OF QUAYS\\nThey light all of them.").split("\\n")
    ['All is said.', '', 'DUTIES OF THE KEEPERS OF QUAYS', '', 'They light all of them.']
    """
    lines = text.split("\n")
    joined: list[str] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and is_capitals(lines[end]):
            end += 1
        if is_heading(lines[index:end], lines[end] if end < len(lines) else ""):
            joined += ["", " ".join(" ".join(lines[index:end]).split()), ""]
        else:
            joined += lines[index:end]
        if end < len(lines) and end == index:
            joined.append(lines[end])
        index = max(end, index + 1)
    return "\n".join(joined)


def is_capitals(line: str) -> bool:
    """Whether a line is written in capitals and may be of a heading."""
    words = line.strip()
    return (
        words.isupper() and not is_marked(words) and "|" not in words and re.search(r"[^\W\d_]{2}", words) is not None
    )


def is_heading(run: Sequence[str], below: str) -> bool:
    """Whether adjacent lines in capitals are one heading of the text below them."""
    lines = [line.strip() for line in run]
    words = sum(len(line.split()) for line in lines)
    single = not any(OPENS_OTHERWISE.match(line) for line in lines) and not any(
        line.endswith(ENDS_SENTENCE) for line in lines
    )
    return 2 <= len(lines) <= MOST_LINES and words <= MOST_WORDS and single and opens_prose(below)  # noqa: PLR2004


def opens_prose(line: str) -> bool:
    """Whether a line is text in small letters."""
    return len(line.split()) > 3 and any(letter.islower() for letter in line)  # noqa: PLR2004


def with_chapters_joined(text: str) -> str:
    """Text with each number of a chapter, which stands alone on its line, and the title below it as one heading.

    >>> text = "It is so.\\nChapter 2\\nOn quays\\nThey are lit by night, and closed when a storm is near."
    >>> [line for line in with_chapters_joined(text).split("\\n") if line]
    ['It is so.', '\\ufdd02Chapter 2 On quays', 'They are lit by night, and closed when a storm is near.']
    """
    lines = text.split("\n")
    words = chapter_words(lines)
    level = 0 if any(line.startswith(HEADING) for line in lines) else CHAPTER_LEVEL
    joined: list[str] = []
    index = 0
    while index < len(lines):
        found = None if is_marked(lines[index]) else MARKER.fullmatch(lines[index].strip())
        length = 0
        if found and found["word"].casefold() in words and may_follow(joined[-1:], lines[index]):
            length = title_length(lines[index + 1 : index + 2 + TITLE_LINES])
        if length:
            title = " ".join(" ".join(lines[index : index + 1 + length]).split())
            joined.append(marked_heading(title, level if is_chapter(lines[index]) else 0))
        else:
            joined.append(lines[index])
        index += 1 + length
    return "\n".join(apart(joined))


def chapter_words(lines: Sequence[str]) -> set[str]:
    """Words before the numbers of chapters: those known, and those of a text that number a series from 1."""
    numbers: dict[str, list[int]] = {}
    for line in lines:
        if found := MARKER.fullmatch(line.strip()):
            value = int(found["number"]) if found["number"].isdecimal() else roman_value(found["number"])
            series = numbers.setdefault(found["word"].casefold(), [])
            if value == len(series) + 1:
                series.append(value)
    others = title_words("caption") | page_words("before_number") | page_words("page")
    series_words = {word for word, series in numbers.items() if len(series) >= FEWEST_IN_SERIES} - others
    return series_words | (numbers.keys() & title_words("chapter"))


def is_chapter(line: str) -> bool:
    """Whether a line is the number of a chapter by a word known for that."""
    found = MARKER.fullmatch(line.strip())
    return found is not None and found["word"].casefold() in title_words("chapter")


def may_follow(above: Sequence[str], line: str) -> bool:
    """Whether a heading may follow the line above: its sentence is over, or the heading is in capitals."""
    before = above[0].rstrip() if above else ""
    return not before or is_marked(before) or line.isupper() or SENTENCE_END.search(before) is not None


def title_length(lines: Sequence[str]) -> int:
    """How many lines below the number of a chapter are its title, 0 if there is none."""
    length = 0
    for line, below in pairwise([*lines[: TITLE_LINES + 1], ""]):
        words = line.strip()
        if not words or is_marked(line) or (not length and not words[0].isupper()) or words.endswith(ENDS_SENTENCE):
            return 0
        length += 1
        after = below.strip()
        narrow = len(words) <= NARROW and len(after) <= NARROW and length < TITLE_LINES
        goes_on = words.endswith(("-", "\u00ad")) or after[:1].islower() or (narrow and after and not is_marked(after))
        if not goes_on:
            break
        if length == TITLE_LINES:
            return 0
    return length if sum(map(len, lines[:length])) <= TITLE_LENGTH else 0


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral.

    >>> roman_value("XIV")
    14
    """
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
