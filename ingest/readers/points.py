"""Points whose enumerator is set apart: in the first column of a layout table, or in a paragraph of its own.

EUR-Lex and many conversions lay out `(a) keep the log` as a table with one row, or as two paragraphs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pincite.ingest.data.gazettes import names_gazette
from pincite.ingest.document import BETWEEN_CELLS, BlockKind, Part

# An enumerator with its punctuation, or a bullet.
ENUMERATOR = re.compile(
    r"[‘“\"'«]?(?:[(\[]?(?:\d{1,5}|[ivxlcdm]{1,7})(?:bis|ter|[a-z])?(?:[)\]][.,]?|\.[)\]]?)"
    r"|\d{1,3}(?:\.\d{1,3})+\.?|\(?[a-z]{1,2}[).]\)?|[—–•▪◦●\-])",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(r"\d{1,3}[a-z]?|[a-z]|[ivxl]{1,5}", re.IGNORECASE)
WORDS_OF_POINT = 4  # on average: a bare number before fewer words belongs to a table of data
ENUMERATOR_ALONE = re.compile(
    r"\(?(?:\d{1,3}[a-z]?|[a-z]|([a-z])\1|[ivxl]{2,6})(?: bis| ter)?\)|(?:\d{1,3}[a-z]?|[a-z])\."
    r"|\d{1,3}(?:\.\d{1,3})+\.?|[—–•]",
    re.IGNORECASE,
)
DELIMITER = re.compile(r":?-{3,}:?")  # a cell of the line below the head of a table inside a Markdown cell
HEAD_ROWS, HEAD_WORDS = 2, 4  # of the head of a page: most rows, and most words of a cell beside the name
TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})

Row = list[list[Part]]


def lays_out_points(rows: Sequence[Row]) -> bool:
    """Whether a table only lays out points: each row is an enumerator or a bullet and a text.

    A row may continue the point above it, and points may be nested in a row: `(a)`, text, `(i)`, text.

    >>> cells = lambda *texts: [[Part(BlockKind.PARAGRAPH, text)] if text else [] for text in texts]
    >>> lays_out_points([cells("(a)", "keep the log;"), cells("", "and the key")])
    True
    >>> lays_out_points([cells("1", "Ferry"), cells("2", "Yacht")]), lays_out_points([cells("Ferry", "(a)")])
    (False, False)
    """
    filled = [[cell for cell in row if cell_text(cell)] for row in rows]
    marks = [row[0] for row in filled if len(row) > 1]
    if not marks or any(len(row) == 1 and row[0] is rows[index][0] for index, row in enumerate(filled)):
        return False
    nested = all(has_inner_delimiter(row) or all(map(is_mark, row[::2])) for row in filled if len(row) > 1)
    words = sum(len(cell_text(cell).split()) for row in filled for cell in row if cell not in marks)
    bare = any(BARE_NUMBER.fullmatch(cell_text(mark)) for mark in marks)
    return all(map(is_mark, marks)) and nested and (not bare or words >= WORDS_OF_POINT * len(marks))


def is_mark(cell: Sequence[Part]) -> bool:
    """Whether a cell contains only an enumerator or a bullet."""
    return len(cell) == 1 and bool(ENUMERATOR.fullmatch(cell[0].text) or BARE_NUMBER.fullmatch(cell[0].text))


def has_inner_delimiter(row: Row) -> bool:
    """Whether a row contains a table that a conversion to Markdown has written into it."""
    return any(DELIMITER.fullmatch(cell_text(cell)) for cell in row)


def point_parts(row: Row) -> Iterator[Part]:
    """Parts of a row that lays out points, each enumerator joined to the text after it."""
    parts = [part for cell in row for part in cell if not DELIMITER.fullmatch(part.text)]
    while parts:
        marked = len(parts) > 1 and is_mark(parts[:1]) and parts[1].kind in TEXT
        yield Part(BlockKind.ITEM, f"{parts[0].text} {parts[1].text}") if marked else parts[0]
        parts = parts[1 + marked :]


def without_empty(rows: Sequence[Row]) -> list[Row]:
    """Non-empty rows, without leading columns that are empty in all of them: these only indent points."""
    full = [row for row in rows if any(map(cell_text, row))]
    while full and all(len(row) > 1 and not cell_text(row[0]) for row in full):
        full = [row[1:] for row in full]
    return full


def table_or_points(rows: Sequence[Row]) -> Iterator[Part]:
    """A table as one part with a line for each row, or the points that it lays out."""
    full = without_empty(rows)
    if lays_out_points(full):
        for row in full:
            yield from point_parts(row)
    elif full:
        kind = BlockKind.BOILERPLATE if is_gazette_head(full) else BlockKind.TABLE
        yield Part(kind, "\n".join(BETWEEN_CELLS.join(map(cell_text, row)) for row in full))


def is_gazette_head(rows: Sequence[Row]) -> bool:
    """Whether a table is the head of a page of an official gazette: its name, a date, a language, a page number."""
    texts = [text for row in rows for cell in row if (text := cell_text(cell))]
    others = [text for text in texts if not names_gazette(text)]
    return len(others) < len(texts) and len(rows) <= HEAD_ROWS and all(len(t.split()) <= HEAD_WORDS for t in others)


def cell_text(cell: Sequence[Part]) -> str:
    """A cell as one line."""
    return " ".join(" ".join(part.text.split()) for part in cell)


def with_joined_enumerators(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts with each enumerator that is a paragraph of its own joined to the paragraph after it."""
    enumerator: Part | None = None
    for part in parts:
        joined = enumerator is not None and part.kind in TEXT
        if enumerator is not None and joined:
            yield replace(part, kind=BlockKind.ITEM, text=f"{enumerator.text} {part.text}")
        elif enumerator is not None:
            yield enumerator
        alone = not joined and part.kind in TEXT and ENUMERATOR_ALONE.fullmatch(part.text)
        enumerator = part if alone else None
        if not joined and not alone:
            yield part
    if enumerator is not None:
        yield enumerator
