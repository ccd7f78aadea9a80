"""Plain text in any Unicode encoding: paragraphs at blank lines, hard-wrapped lines joined, form feeds as pages."""

import re
from collections.abc import Iterator
from functools import partial, reduce
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from ingest.document import BlockKind, Part, Reading
from ingest.readers.encodings import decode
from ingest.readers.hyphens import Spelling, join_words, spelling_of

HEADING_MARK = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
KEY_AND_VALUE = re.compile(r"^(\w[\w-]*):[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)
ITEM = re.compile(r"(?:[-–*•]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s")
TITLE_LINE_LEVEL = 2
TITLE_LENGTH = 90  # characters of a line that may be a heading
PROSE_LENGTH = 200  # characters of the paragraph below it
FEWEST_LINES = 8  # on fewer, double spacing cannot be told
WRAPPED_AT = range(50, 131)  # median line lengths that hard-wrapped prose has


def read_text(path: Path) -> Reading:
    """Parts of a text file. Raises RejectedFile for bytes that are not text."""
    text, warnings = decode(path.read_bytes())
    pages = text.split("\f")
    paged = len(pages) > 1
    spelling = spelling_of([line.strip() for line in text.split("\n")])
    parts = [
        part for number, page in enumerate(pages, 1) for part in page_parts(page, number if paged else None, spelling)
    ]
    stated = next((front_matter(part.text) for part in parts[:1] if part.kind is BlockKind.FRONT_MATTER), {})
    return Reading(title_lines(parts), stated, warnings)


def front_matter(text: str) -> dict[str, Any]:
    """The mapping that YAML front matter holds, values as they are; what is not YAML is read as lines `key: value`.

    >>> front_matter("title: Compute: who pays?"), front_matter("- a list")
    ({'title': 'Compute: who pays?'}, {})
    """
    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that there is not
        return dict(KEY_AND_VALUE.findall(text))
    return {str(key): plain(value) for key, value in loaded.items()} if isinstance(loaded, dict) else {}


def plain(value: Any) -> Any:
    """A value of front matter; of what is nested nothing but a list of single values, since anchors can make it grow.

    >>> plain([["a"] * 9] * 9), plain(["en", "uk"]), plain({"a": 1})
    ([], ['en', 'uk'], None)
    """
    if isinstance(value, list):
        return [item for item in value if not isinstance(item, (dict, list))]
    return None if isinstance(value, dict) else value


def page_parts(text: str, page: int | None, spelling: Spelling) -> list[Part]:
    """Parts of one page of text."""
    parts: list[Part] = []
    if match := FRONT_MATTER.match(text):
        parts.append(Part(BlockKind.FRONT_MATTER, match.group().strip("-\n "), page=page))
        text = text[match.end() :]
    for paragraph in re.split(r"\n[ \t]*\n+", undouble(text)):
        parts += paragraph_parts(paragraph, page, spelling)
    return parts


def undouble(text: str) -> str:
    """Text in which a blank line stands after every line (double spacing) without these blank lines.

    A wider gap, or a line that stops well short and ends a sentence, still ends a paragraph.
    """
    lines = [line.strip() for line in text.split("\n")]
    full = [line for line in lines if line]
    pairs = sum(1 for line, following in pairwise(lines) if line and following)
    if len(full) < FEWEST_LINES or pairs > len(full) * 0.1 or median(map(len, full)) not in WRAPPED_AT:
        return text
    width = median(map(len, full))
    out: list[str] = []
    for line in re.sub(r"\n[ \t]*\n", "\n", text).split("\n"):
        out.append(line.strip())
        if len(line.strip()) < width * 0.8:
            out.append("")
    return "\n".join(out)


def paragraph_parts(paragraph: str, page: int | None, spelling: Spelling) -> list[Part]:
    """A paragraph as a heading and text, its lines joined when they were broken to fit a width."""
    lines = [line.strip() for line in paragraph.strip().split("\n") if line.strip()]
    parts: list[Part] = []
    while lines and (match := HEADING_MARK.match(lines[0])):
        parts.append(Part(BlockKind.HEADING, match[2], len(match[1]), page))
        del lines[0]
    if not lines:
        return parts
    if is_wrapped(lines):
        lines = [reduce(partial(join_words, spelling=spelling), run) for run in item_runs(lines)]
    return parts + [Part(BlockKind.PARAGRAPH, line, page=page) for line in lines]


def is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a paragraph were broken at a width rather than where something ends."""
    return len(lines) > 1 and median(map(len, lines[:-1])) in WRAPPED_AT and max(map(len, lines)) <= max(WRAPPED_AT)


def item_runs(lines: list[str]) -> Iterator[list[str]]:
    """Lines of a wrapped paragraph by the items of a list in it; an item begins behind the end of another."""
    run = [lines[0]]
    for above, line in pairwise(lines):
        if ITEM.match(line) and above.endswith((".", ";", ":", ",")):
            yield run
            run = []
        run.append(line)
    yield run


def title_lines(parts: list[Part]) -> list[Part]:
    """Parts with those lines made headings that stand alone like one: short, unfinished, above a paragraph of prose."""
    if any(part.kind is BlockKind.HEADING for part in parts):
        return parts
    return [
        Part(BlockKind.HEADING, part.text, TITLE_LINE_LEVEL, part.page) if is_title(part, below) else part
        for part, below in zip_longest(parts, parts[1:])
    ]


def is_title(part: Part, below: Part | None) -> bool:
    """Whether a paragraph is a heading that nothing marks."""
    text = part.text
    unfinished = text[-1:].isalnum() or text.endswith(("?", ")"))
    alone = len(text) <= TITLE_LENGTH and text[:1].isupper() and below is not None and len(below.text) >= PROSE_LENGTH
    return alone and unfinished and part.kind is BlockKind.PARAGRAPH
