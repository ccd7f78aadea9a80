"""Reads questions from Markdown and plain text: headings become sections, list items and lines become questions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pincite.briefing.questions.table import QUESTION, SECTION, Complaint, Row, Table
from pincite.ingest.readers.encoding.decode import decode
from pincite.ingest.readers.markdown.front_matter import front_matter

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*$")
ITEM = re.compile(r"\s*(?:[-*+•–]|\(?[0-9]{1,4}[.)]|\(?[a-z][.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
QUOTED = re.compile(r"\s*(?:>\s?)+")
DECORATION = re.compile(r"\s*(?:```|~~~|<!--.*-->\s*$|([*_-])(?:\s*\1){2,}\s*$|\|?[\s|:-]+\|[\s|:-]*$)")
EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
MAX_HEADING_LENGTH = 80  # characters of a line that ends with a colon


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line with text: its number from 1, its text, and its heading level, or 0."""

    number: int
    text: str
    depth: int = 0


def read_lines(path: Path) -> Table:
    """The table in a file. Raises RejectedFile for bytes that are not text."""
    text, warnings = decode(path.read_bytes())
    complaints = tuple(
        Complaint(path.name, f"{warning[:1].upper()}{warning[1:]}.", skipped=False) for warning in warnings
    )
    properties, body = without_front_matter(text.split("\n"))
    lines = list(text_lines(body))
    headings = [line for line in lines if line.depth]
    has_title = sum(line.depth == 1 for line in headings) == 1 and len(headings) > 1
    title = lines[0] if lines and lines[0].depth == 1 and has_title else None
    return Table(
        tuple(rows_of(lines[1:] if title else lines)),
        complaints,
        title.text if title else str(properties.get("title", "")),
    )


def without_front_matter(lines: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The front matter, and the lines with the front matter emptied so that line numbers stay the same.

    >>> without_front_matter(["---", "title: Water", "---", "Who?"])
    ({'title': 'Water'}, ['', '', '', 'Who?'])
    """
    if lines[0].strip() != "---" or "---" not in lines[1:]:
        return {}, lines
    end = lines.index("---", 1)
    return front_matter("\n".join(lines[1:end])), [""] * (end + 1) + lines[end + 1 :]


def rows_of(lines: Sequence[TextLine]) -> Iterator[Row]:
    """A row for each line that is not a heading, with the last heading as section."""
    section = ""
    for line in lines:
        if line.depth:
            section = line.text
        else:
            yield Row(f"line {line.number}", {QUESTION: line.text, SECTION: section}, line.number)


def text_lines(lines: Sequence[str]) -> Iterator[TextLine]:
    """Headings and questions; an indented line continues the list item before it."""
    open_item: TextLine | None = None
    for number, raw in enumerate(lines, 1):
        text = QUOTED.sub("", raw) if raw.lstrip().startswith(">") else raw
        following = lines[number] if number < len(lines) else ""
        if not text.strip() or DECORATION.match(text) or UNDERLINE.match(text):
            found = None
        elif open_item and raw[:1] in " \t" and not ITEM.match(text):
            open_item = TextLine(open_item.number, f"{open_item.text} {without_emphasis(text)}")
            continue
        else:
            found = text_line(number, text, following)
        if open_item:
            yield open_item
        open_item = found if found and not found.depth else None
        if found and found.depth:
            yield found
    if open_item:
        yield open_item


def text_line(number: int, text: str, following: str) -> TextLine | None:
    """A line as a heading or a question; None if it has only markup."""
    if heading := HEADING.match(text):
        return TextLine(number, without_emphasis(heading[2]), len(heading[1])) if heading[2] else None
    item = ITEM.match(text)
    if not item and UNDERLINE.match(following):
        return TextLine(number, without_emphasis(text), 1 if following.strip().startswith("=") else 2)
    words = without_emphasis(item[1] if item else text)
    if not item and words.endswith(":") and len(words) <= MAX_HEADING_LENGTH:
        return TextLine(number, words.rstrip(":"), 2)
    return TextLine(number, words) if words else None


def without_emphasis(text: str) -> str:
    """A line without markup for emphasis.

    >>> without_emphasis(" **Who** decides on `A/RES/78/265`? ")
    'Who decides on A/RES/78/265?'
    """
    return EMPHASIS.sub(r"\2", text).strip()
