"""Titles that the contents list, found where they stand in the text, whatever their case, line breaks or doubling."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from pincite.ingest.readers.text.contents import Contents
from pincite.ingest.readers.text.dehyphenation import Spelling, join_lines
from pincite.ingest.readers.text.marks import RUNNING, apart, is_marked, marked_heading
from pincite.ingest.readers.text.title_keys import key_of

OPENING = 4  # letters by which titles are looked up
MOST_LINES = 8  # of a title in the text
LONGEST_LINE = 400  # characters of a line that may have a title, glued or printed twice
SHADOW_WORDS = 2  # words of a title that is printed again without its small words, at least
GLUE = re.compile(r"(?<=[^\s\W]|[.!?)\]”»:;])(?=[^\W\d_])")  # where a title may follow a word or sentence directly
BEHIND = re.compile(r"(?<=[\].!?)”»]\s)(?=[^\W\d_])")  # where a title in capitals may stand behind other text
FEWEST_WORDS = 5  # of a title that the contents have in two columns
REACH = 3  # times the words of a title among which they are
MOST_STARTS = 50  # words of contents at which such a title may begin
LEVEL_OF_DIVIDED = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A title in the text: its column in the first line, the number of its lines, the entry, its level and its text."""

    column: int
    lines: int
    entry: int
    level: int
    text: str


def with_titles_marked(text: str, contents: Contents, spelling: Spelling) -> str:
    """Text with the titles of its contents marked as headings, and repetitions in the same chapter as running heads.

    >>> contents = Contents({"quaysandpiers": (0, 2)})
    >>> text = "It is so.QUAYS AND PIERSQUAYS \\nAND PIERS\\nA quay is lit."
    >>> found = with_titles_marked(text, contents, Spelling(frozenset(), breaks_words=False))
    >>> [line for line in found.split("\\n") if line]
    ['It is so.', '\\ufdd02QUAYS AND PIERS', 'A quay is lit.']
    """
    if not contents.titles:
        return text
    openings = {key[:length] for key in contents.titles for length in range(1, OPENING + 1)}
    lines = text.split("\n")
    marked: list[str] = []
    chapters: list[Place] = []  # the current title and those above it
    index = 0
    while index < len(lines):
        place = None
        if not is_marked(lines[index]):
            place = place_at(lines, index, contents, openings, spelling) or divided_title(lines, index, contents)
        if place is None:
            marked.append(lines[index])
            index += 1
            continue
        if before := lines[index][: place.column].rstrip():
            marked.append(before)
        index += place.lines
        above = next((chapter for chapter in chapters if chapter.entry == place.entry), None)
        if above is None:
            mark_shadow(marked, place.text)
            marked.append(marked_heading(place.text, place.level))
            chapters = [chapter for chapter in chapters if chapter.level < place.level] + [place]
        elif (latest := latest_line(marked)) is not None and marked[latest] == marked_heading(above.text, above.level):
            longest = max(above, place, key=lambda one: len(one.text))
            marked[latest] = marked_heading(longest.text, above.level)
            chapters[chapters.index(above)] = longest
        else:
            marked.append(RUNNING + place.text)
    return "\n".join(apart(marked))


def latest_line(marked: Sequence[str]) -> int | None:
    """Index of the last line that is not blank."""
    return next((n for n in range(len(marked) - 1, -1, -1) if marked[n].strip()), None)


def place_at(
    lines: Sequence[str], index: int, contents: Contents, openings: set[str], spelling: Spelling
) -> Place | None:
    """The title that begins in a line, if one does; of several the longest."""
    line = lines[index]
    for column in columns_of(line):
        rest = line[column:]
        if len(rest) > LONGEST_LINE or key_of(rest[: 4 * OPENING])[:OPENING] not in openings:
            continue
        found = title_of_lines([rest, *lines[index + 1 : index + MOST_LINES]], contents)
        if found is not None:
            number, key = found
            entry, level = contents.titles[key]
            words = [rest, *lines[index + 1 : index + number]]
            written = once(join_lines([part for part in words if part.strip()], spelling), key)
            if column_fits(line, column, written):
                return Place(column, number, entry, level, written)
    return None


def divided_title(lines: Sequence[str], index: int, contents: Contents) -> Place | None:
    """Lines in capitals that are a title whose words the contents have in order, though in two columns."""
    if not lines[index].isupper():
        return None
    run = list(takewhile(lambda line: line.isupper() and not is_marked(line), islice(lines, index, index + MOST_LINES)))
    text = " ".join(" ".join(run).split())
    words = [word for word in map(key_of, text.split()) if word]
    if len(words) < FEWEST_WORDS:
        return None
    starts = [n for n, word in enumerate(contents.words) if word == words[0]][:MOST_STARTS]
    for start in starts:
        window = iter(contents.words[start : start + REACH * len(words)])
        if all(word in window for word in words):
            return Place(0, len(run), -1 - start, LEVEL_OF_DIVIDED, text)
    return None


def columns_of(line: str) -> Iterator[int]:
    """Where in a line a title may begin: at its start, or glued to what is before it."""
    yield 0
    for found in GLUE.finditer(line):
        at = found.start()
        if at and line[at].isupper() and not line[at - 1].isupper():
            yield at
    yield from (found.start() for found in BEHIND.finditer(line) if line[found.start()].isupper())


def column_fits(line: str, column: int, title: str) -> bool:
    """Whether a title may stand at a column: behind other words of its line only in capitals."""
    return column == 0 or not line[column - 1].isspace() or title.isupper()


def title_of_lines(lines: Sequence[str], contents: Contents) -> tuple[int, str] | None:
    """The longest title from the start of a line to a line end, perhaps printed twice: its lines and its key."""
    best: tuple[int, str] | None = None
    letters = ""
    for number, line in enumerate(lines, 1):
        if is_marked(line) or "\f" in line or len(line) > LONGEST_LINE or (best and not line.strip()):
            break
        letters += key_of(line)
        half = letters[: len(letters) // 2]
        key = half if 2 * half == letters and half in contents.titles else letters
        if key in contents.titles:
            best = number, key
    return best


def once(text: str, key: str) -> str:
    """A title without its repetition.

    >>> once("QUAYS AND PIERSQUAYS AND PIERS", "quaysandpiers"), once("Quays and piers", "quaysandpiers")
    ('QUAYS AND PIERS', 'Quays and piers')
    """
    if len(key_of(text)) <= len(key):
        return text
    letters = 0
    for at, letter in enumerate(text):
        letters += len(key_of(letter))
        if letters == len(key):
            return text[: at + 1].rstrip()
    return text


def mark_shadow(marked: list[str], title: str) -> None:
    """Mark the lines directly above a title that have only words of it in their order as a running head."""
    words = title.casefold().split()
    first = len(marked)
    while first > 0 and len(marked) - first < MOST_LINES and marked[first - 1].strip():
        if not is_part("\n".join(marked[first - 1 :]), words):
            break
        first -= 1
    shadow = marked[first:]
    if sum(len(line.split()) for line in shadow) >= SHADOW_WORDS:
        del marked[first:]
        marked.append(RUNNING + " ".join(" ".join(shadow).split()))


def is_part(text: str, words: Sequence[str]) -> bool:
    """Whether a text has only words of a title, in their order.

    >>> is_part("Quays\\npiers", ["quays", "and", "piers"]), is_part("Piers quays", ["quays", "and", "piers"])
    (True, False)
    """
    remaining = iter(words)
    return not any(map(is_marked, text.split("\n"))) and all(word in remaining for word in text.casefold().split())
