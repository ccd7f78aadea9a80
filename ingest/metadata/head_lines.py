"""The lines of a document with their places: what its title page, masthead and closing formulas are read from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.ingest.document import BETWEEN_BLOCKS, BETWEEN_CELLS, BlockKind, FieldSource, Part
from pincite.ingest.metadata.dates import DATES
from pincite.ingest.metadata.symbols import SYMBOL

HEAD_PARTS = 100  # parts in which a document names itself
LAYOUT_ROWS = 3  # at most, of a table that only lays out a masthead
CELL_WORDS = 15  # at most, of a cell of such a table
MASTHEAD_PARTS = 12
# A masthead whose lines ran together: body, place and day, symbol, then the title.
GLUED = re.compile(
    rf"(?P<body>[A-ZÀ-Þ][A-ZÀ-Þ ]{{5,60}}) (?P<day>[A-ZÀ-Þ][\w-]+, (?:{DATES.pattern})) (?P<symbol>{SYMBOL.pattern})"
    r"(?: \d{4}/\d+ ?\(\w+\))? (?P<rest>[A-ZÀ-Þ][^{]{10,900}?)(?: ?\{.*)?$",
    re.DOTALL,
)
DECORATION = " \t*_#|"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a part; `start` is its offset in the canonical text, `part` the number of its part."""

    text: str
    kind: BlockKind
    level: int
    page: int | None
    part: int
    start: int

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value of the metadata with how and where it was found; `end` is 0 where it is not in the text."""

    value: str
    source: str
    start: int = 0
    end: int = 0

    def as_source(self, field: str) -> FieldSource:
        """The value as a source of a field."""
        place = (self.start, self.end) if self.end else (None, None)
        return FieldSource(field, self.value, self.source, *place)


def found_in(line: TextLine, source: str, value: str | None = None, last: TextLine | None = None) -> FoundValue:
    """A value read off a line, or off the lines up to `last`."""
    end = last or line
    return FoundValue(value or line.text, source, line.start, end.start + len(end.text))


def lines_of(parts: Sequence[Part]) -> list[TextLine]:
    """The lines of all parts that have text; a table that only lays out a masthead gives a line for each cell.

    >>> parts = [Part(BlockKind.HEADING, "A plan", 1), Part(BlockKind.PARAGRAPH, "| United Nations | A/1 |")]
    >>> [(line.text, line.start) for line in lines_of(parts)]
    [('A plan', 0), ('United Nations', 10), ('A/1', 27)]
    """
    lines: list[TextLine] = []
    offset = 0
    for number, part in enumerate(parts):
        if not part.text.strip():
            continue
        for start, text in pieces_of(part, number):
            lines.append(TextLine(text, part.kind, part.level, part.page, number, offset + start))
        offset += len(part.text) + len(BETWEEN_BLOCKS)
    return lines


def pieces_of(part: Part, number: int) -> Iterator[tuple[int, str]]:
    """The lines of a part, each with its offset in the part."""
    if number < MASTHEAD_PARTS and part.kind is not BlockKind.TABLE and (glued := GLUED.match(part.text)):
        yield from ((glued.start(group), glued[group]) for group in ("body", "day", "symbol", "rest"))
        return
    rows = part.text.split("\n")
    is_layout = number < HEAD_PARTS and (
        (part.kind is BlockKind.TABLE and len([row for row in rows if row.strip(DECORATION)]) <= LAYOUT_ROWS)
        or part.text.startswith("|")
    )
    start = 0
    for row in rows:
        place = start
        for cell in row.split("|") if is_layout else [row]:
            bare = cell.strip(DECORATION)
            if bare and not (is_layout and len(bare.split()) > CELL_WORDS):
                yield place + cell.index(bare), bare
            place += len(cell) + 1
        start += len(row) + 1


def is_row(line: TextLine) -> bool:
    """Whether a line is a row of a table."""
    return line.kind is BlockKind.TABLE and BETWEEN_CELLS in line.text


def joined(text: str) -> str:
    """A text as one line."""
    return re.sub(r"\s+", " ", text).strip()
