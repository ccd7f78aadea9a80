"""Questions in Markdown and plain text: headings become sections, list items and lines questions."""

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
NO_QUESTION = re.compile(r"\s*(?:```|~~~|<!--.*-->\s*$|([*_-])(?:\s*\1){2,}\s*$|\|?[\s|:-]+\|[\s|:-]*$)")
EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
LONGEST_HEADING = 80  # characters of a line that ends with a colon


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something: its number from 1, its words, and its depth where it is a heading, else 0."""

    number: int
    text: str
    depth: int = 0


def read_lines(path: Path) -> Table:
    """The table of a file. Raises RejectedFile for bytes that are no text."""
    text, warnings = decode(path.read_bytes())
    told = tuple(Complaint(path.name, f"{warning[:1].upper()}{warning[1:]}.", skipped=False) for warning in warnings)
    properties, body = without_front_matter(text.split("\n"))
    lines = list(lines_of(body))
    headings = [line for line in lines if line.depth]
    alone = sum(line.depth == 1 for line in headings) == 1 and len(headings) > 1
    title = lines[0] if lines and lines[0].depth == 1 and alone else None
    return Table(
        tuple(rows_of(lines[1:] if title else lines)), told, title.text if title else str(properties.get("title", ""))
    )


def without_front_matter(lines: list[str]) -> tuple[dict[str, Any], list[str]]:
    """What stands between lines of hyphens at the head, and the lines with those emptied, so that numbers hold.

    >>> without_front_matter(["---", "title: Water", "---", "Who?"])
    ({'title': 'Water'}, ['', '', '', 'Who?'])
    """
    if lines[0].strip() != "---" or "---" not in lines[1:]:
        return {}, lines
    end = lines.index("---", 1)
    return front_matter("\n".join(lines[1:end])), [""] * (end + 1) + lines[end + 1 :]


def rows_of(lines: Sequence[Line]) -> Iterator[Row]:
    """A row for each line that is no heading, under the last heading before it."""
    section = ""
    for line in lines:
        if line.depth:
            section = line.text
        else:
            yield Row(f"line {line.number}", {QUESTION: line.text, SECTION: section})


def lines_of(lines: Sequence[str]) -> Iterator[Line]:
    """Headings and questions; an indented line goes on with the item before it."""
    open_item: Line | None = None
    for number, raw in enumerate(lines, 1):
        text = QUOTED.sub("", raw) if raw.lstrip().startswith(">") else raw
        following = lines[number] if number < len(lines) else ""
        if not text.strip() or NO_QUESTION.match(text) or UNDERLINE.match(text):
            found = None
        elif open_item and raw[:1] in " \t" and not ITEM.match(text):
            open_item = Line(open_item.number, f"{open_item.text} {plain(text)}")
            continue
        else:
            found = line_of(number, text, following)
        if open_item:
            yield open_item
        open_item = found if found and not found.depth else None
        if found and found.depth:
            yield found
    if open_item:
        yield open_item


def line_of(number: int, text: str, following: str) -> Line | None:
    """A line as a heading or a question; None where marks are all there is."""
    if heading := HEADING.match(text):
        return Line(number, plain(heading[2]), len(heading[1])) if heading[2] else None
    item = ITEM.match(text)
    if not item and UNDERLINE.match(following):
        return Line(number, plain(text), 1 if following.strip().startswith("=") else 2)
    words = plain(item[1] if item else text)
    if not item and words.endswith(":") and len(words) <= LONGEST_HEADING:
        return Line(number, words.rstrip(":"), 2)
    return Line(number, words) if words else None


def plain(text: str) -> str:
    """The words of a line without the marks of emphasis.

    >>> plain(" **Who** decides on `A/RES/78/265`? ")
    'Who decides on A/RES/78/265?'
    """
    return EMPHASIS.sub(r"\2", text).strip()
