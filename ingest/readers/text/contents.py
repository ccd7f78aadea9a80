"""The table of contents of a plain text: its lines are marked, and the titles that it lists are known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pincite.ingest.data.title_words import title_words
from pincite.ingest.readers.text.marks import CONTENTS
from pincite.ingest.readers.text.title_keys import key_of

PAGE = r"(?:\d{1,3}|[ivxl]{1,6})"
STRONG = re.compile(rf"\s*(?:\||(?:[.…·_]\s?){{3,}}|…)\s*{PAGE}(?=\s|$)")  # a bar or leaders before the page number
WEAK = re.compile(rf"(?:\s+|^){PAGE}$")  # enough below the word for contents
GLUED_PAGE = re.compile(r"(?<=\|)(\s*\d{1,3})(?=[^\W\d_])|(\.{4}\s*\d{1,3})(?=[^\W\d_]{2})")
BULLET = re.compile(r"^[-–*•▪◦●]\s+")
LABEL = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
COLUMN_GAP = re.compile(r"(?<=\S)\s{4,}(?=\S)")
SENTENCE = re.compile(r"(?:\S+\s+){5}\S.*[.;:]$")
FEWEST_ENTRIES = 4
ASCENDING = 0.6  # of the page numbers of contents, which may stand in two columns
ENTRY_LINES = 4  # of the longest entry
LONGEST_LINE = 120  # characters of a line of contents
SHORTEST_KEY = 4  # letters of a title
SECTION, DEEPEST = 2, 6
INDENT = 2  # characters by which an entry is set in below another


@dataclass(frozen=True, slots=True)
class Contents:
    """Titles listed in contents: by its key, the entry and the level of each; an entry may begin in any of its lines.

    `words` are all words of the contents in order: a title in two columns is among them, though not in one piece.
    """

    titles: dict[str, tuple[int, int]]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of contents: its lines, without the page number."""

    lines: tuple[str, ...]


def with_contents_marked(text: str) -> tuple[str, Contents]:
    """Text with the lines of its contents marked, and the titles that they list.

    >>> lines = ["Contents", "Quays and piers ... 2", "Sheds ... 4", "Tolls ... 9", "Fines ... 11", "", "Sheds"]
    >>> text, contents = with_contents_marked("\\n".join(lines))
    >>> [line.startswith(CONTENTS) for line in text.split("\\n") if line], sorted(contents.titles)
    ([True, True, True, True, True, False], ['fines', 'quaysandpiers', 'sheds', 'tolls'])
    """
    lines = GLUED_PAGE.sub(r"\1\2\n", text).split("\n")
    span = contents_span(lines)
    if span is None:
        return text, Contents({})
    title, first, end = span
    strong = sum(STRONG.search(line) is not None for line in lines[first:end])
    entries = list(entries_of(lines[first:end], weakly=strong < FEWEST_ENTRIES))
    words = tuple(word for line in lines[first:end] for word in map(key_of, line.split()) if word)
    head, name = split_name(lines[title]) if title < first else ("", "")
    above = [lines[n] for n in range(title + 1, first) if lines[n].strip()]
    marked = [name, *above, *(" ".join(line.split()) for line in lines[first:end])]
    kept = [
        *lines[:title],
        *([head] if head else []),
        "",
        *(f"{CONTENTS}{line.strip()}" for line in marked if line),
        "",
    ]
    return "\n".join([*kept, *lines[end:]]), Contents(titles_of(entries), words)


def contents_span(lines: Sequence[str]) -> tuple[int, int, int] | None:
    """Indexes of the title of the contents (of the first entry if it has none), of the first entry, and the end."""
    best: tuple[int, int, int] | None = None
    most = FEWEST_ENTRIES - 1
    behind = 0
    for title, line in enumerate(lines):
        if title < behind or not split_name(line)[1]:
            continue
        found = run_from(lines, title + 1, WEAK, title + 1 + ENTRY_LINES)
        if found:
            behind = found[1]
            if found[2] > most:
                best, most = (title, title + 1, found[1]), found[2]
    if best is not None:
        return best
    start = 0
    while found := run_from(lines, start, STRONG, len(lines)):
        if found[2] > most:
            best, most = (found[0], found[0], found[1]), found[2]
        start = found[1]
    return best


def run_from(lines: Sequence[str], start: int, pattern: re.Pattern[str], reach: int) -> tuple[int, int, int] | None:
    """The first run of entries that begins from `start` to `reach`: its lines, and the number of entries; or None.

    The number is 0 if the page numbers do not ascend.
    """
    first = next((n for n in range(start, min(reach, len(lines))) if is_entry(lines[n], pattern)), None)
    if first is None:
        return None
    last, pages = first, list[int]()
    for index in range(first, len(lines)):
        line = lines[index].strip()
        if is_entry(line, pattern):
            last = index
            pages += [int(number) for number in re.findall(r"\d+$", line)]
        elif index - last > ENTRY_LINES + 1 or len(line) > LONGEST_LINE or SENTENCE.search(line):
            break
    rising = sum(before <= after for before, after in pairwise(pages))
    ascends = rising >= ASCENDING * (len(pages) - 1)
    return first, last + 1, len(pages) if ascends else 0


def is_entry(line: str, pattern: re.Pattern[str]) -> bool:
    """Whether a line ends an entry, or has one in its first column."""
    line = line.strip()
    if len(line) > 2 * LONGEST_LINE:
        return False
    return STRONG.search(line) is not None or (pattern.search(line) is not None and not is_chapter_number(line))


def split_name(line: str) -> tuple[str, str]:
    """A line before the word for contents, which extraction may have glued to it, and that word; ("", "") without it.

    >>> split_name("Port of KigaliTABLE OF CONTENTS"), split_name("Contents"), split_name("The contents")
    (('Port of Kigali', 'TABLE OF CONTENTS'), ('', 'Contents'), ('', ''))
    """
    line = line.strip(" :.#*")
    if len(line) > LONGEST_LINE:
        return "", ""
    names = title_words("contents")
    if line.casefold() in names:
        return "", line
    phrases = [name for name in names if " " in name and line.casefold().endswith(name)]
    at = len(line) - max(map(len, phrases), default=0)
    return (line[:at], line[at:]) if phrases and line[at - 1].isalnum() else ("", "")


def entries_of(lines: Sequence[str], *, weakly: bool) -> Iterator[Entry]:
    """Entries of the lines of contents: each ends with a page number, and may have begun in lines above it.

    `weakly`: whether only a space is between a title and its page number.
    """
    open_lines: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        *closed, rest = STRONG.split(line.rstrip())
        if weakly and rest.strip() and WEAK.search(rest) and not is_chapter_number(rest):
            closed, rest = [WEAK.sub("", rest)], ""
        for piece in closed:
            yield Entry(tuple([*open_lines, *columns(piece)][-ENTRY_LINES:]))
            open_lines = []
        open_lines += columns(rest)


def titles_of(entries: Sequence[Entry]) -> dict[str, tuple[int, int]]:
    """Entry and level of each title that entries may have, by its key: an entry may begin in each of its lines."""
    capitals = [entry.lines[-1].isupper() for entry in entries if key_of(entry.lines[-1])]
    by_case = 0 < sum(capitals) < len(capitals)
    indents = sorted({indent_of(entry.lines[0]) for entry in entries if entry.lines[0].strip()})
    titles: dict[str, tuple[int, int]] = {}
    for number, entry in enumerate(entries):
        for start in range(len(entry.lines)):
            lines = entry.lines[start:]
            key = key_of(BULLET.sub("", " ".join(lines).strip()))
            begins = BULLET.sub("", lines[0].strip())[:1]
            if begins.islower() or len(key) < SHORTEST_KEY or not re.search(r"[^\W\d_]{3}", key):
                continue
            label = LABEL.match(BULLET.sub("", lines[0].strip()))
            if label:
                depth = label[1].count(".")
                titles.setdefault(key_of(" ".join(lines).strip()[label.end() :]), (number, SECTION + depth))
            else:
                depth = int(not lines[-1].isupper()) if by_case else rank(indents, indent_of(entry.lines[0]))
            titles.setdefault(key, (number, min(SECTION + depth, DEEPEST)))
    return {key: value for key, value in titles.items() if len(key) >= SHORTEST_KEY}


def columns(piece: str) -> list[str]:
    """The columns of a line, with the indentation of the first; empty for white space alone."""
    first, *others = COLUMN_GAP.split(piece.rstrip())
    return [column for column in (first, *others) if column.strip()]


def is_chapter_number(line: str) -> bool:
    """Whether a line is the number of a chapter, whose title follows.

    >>> is_chapter_number("• Chapter 2"), is_chapter_number("Quays 2")
    (True, False)
    """
    return WEAK.sub("", BULLET.sub("", line.strip())).strip().casefold() in title_words("chapter")


def indent_of(line: str) -> int:
    """Width of the white space before a line."""
    return len(line) - len(line.lstrip())


def rank(indents: Sequence[int], indent: int) -> int:
    """How many times entries are set further in up to an indentation.

    >>> rank([0, 1, 4, 8], 8)
    2
    """
    return sum(after - before >= INDENT for before, after in pairwise(indents) if after <= indent)
