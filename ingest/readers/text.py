"""Plain text in any Unicode encoding: paragraphs at blank lines, hard-wrapped lines joined, form feeds as pages."""

import re
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from charset_normalizer import from_bytes

from ingest.document import BlockKind, Part, Reading
from ingest.errors import RejectedFile

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
                    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
HEADING_MARK = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)
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
    parts = [part for number, page in enumerate(pages, 1) for part in page_parts(page, number if paged else None)]
    stated = next((front_matter(part.text) for part in parts[:1] if part.kind is BlockKind.FRONT_MATTER), {})
    return Reading(title_lines(parts), stated, warnings)


def front_matter(text: str) -> dict[str, Any]:
    """The mapping that YAML front matter holds; what is not YAML or not a mapping holds nothing."""
    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return {}
    return {str(key): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of a file with `\\n` line ends, and a warning where its encoding had to be guessed.

    >>> decode("Café".encode("utf-16"))
    ('Café', ())
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return normalize(data.decode(encoding, errors="replace")), ()
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return normalize(text), ()
    except UnicodeDecodeError:
        pass
    return guess_encoding(data)


def guess_encoding(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text whose encoding nothing states, by the statistics of its letters."""
    best = from_bytes(data).best()
    if best is None or "\0" in str(best):
        raise RejectedFile("it holds binary data, not text; convert it to PDF, DOCX, HTML, Markdown or UTF-8 text")
    return normalize(str(best)), (f"encoding not stated, read as {best.encoding}",)


def normalize(text: str) -> str:
    """One kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def page_parts(text: str, page: int | None) -> list[Part]:
    """Parts of one page of text."""
    parts: list[Part] = []
    if match := FRONT_MATTER.match(text):
        parts.append(Part(BlockKind.FRONT_MATTER, match.group().strip("-\n "), page=page))
        text = text[match.end() :]
    for paragraph in re.split(r"\n[ \t]*\n+", undouble(text)):
        parts += paragraph_parts(paragraph, page)
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


def paragraph_parts(paragraph: str, page: int | None) -> list[Part]:
    """A paragraph as a heading and text, its lines joined when they were broken to fit a width."""
    lines = [line.strip() for line in paragraph.strip().split("\n") if line.strip()]
    parts: list[Part] = []
    while lines and (match := HEADING_MARK.match(lines[0])):
        parts.append(Part(BlockKind.HEADING, match[2], len(match[1]), page))
        del lines[0]
    if not lines:
        return parts
    if is_wrapped(lines):
        return [*parts, Part(BlockKind.PARAGRAPH, join_lines(lines), page=page)]
    return parts + [Part(BlockKind.PARAGRAPH, line, page=page) for line in lines]


def is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a paragraph were broken at a width rather than where something ends."""
    return len(lines) > 1 and median(map(len, lines[:-1])) in WRAPPED_AT and max(map(len, lines)) <= max(WRAPPED_AT)


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


def join_lines(lines: list[str]) -> str:
    """Lines as one; a word broken at a line's end by a soft hyphen is made whole.

    >>> join_lines(["inter\\u00ad", "national rules", "apply"])
    'international rules apply'
    """
    return " ".join(lines).replace("\u00ad ", "")
