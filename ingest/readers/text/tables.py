"""Tables that an extraction has flattened: a caption, and behind it cells run together. Knows no formats."""

import re
from collections.abc import Iterator

CAPTION = re.compile(r"(?:Table|Tableau|Tabelle|Tabla|Таблиця|Таблица) (?:[A-Z]?\d+|[IVX]+)[.:] ?(?=[^\W\d_])")
GLUED = re.compile(r"(?<=[.!?)\]”])(?=" + CAPTION.pattern + ")")
RUN_TOGETHER = re.compile(r"[^\W\d_](?<=[a-zа-яёіїєґ])[A-ZА-ЯЁІЇЄҐ][a-zа-яёіїєґ]|[)\]…+−][A-ZА-ЯЁІЇЄҐ]")
CELL_END = re.compile(r"(?<=[)\]+−])(?=[A-ZА-ЯЁІЇЄҐ…])")  # not between letters: what is printed as one stays one
FEWEST_CELLS = 2
LONGEST_CAPTION = 300  # characters
LONGEST_CELL = 60


def apart(paragraph: str) -> list[str]:
    """A paragraph, and apart from it the captions of tables that an extraction has glued to its sentences.

    >>> apart("It is so.Table 1. Use of sites (%)SiteShare"), apart("Table 1 shows it.")
    (['It is so.', 'Table 1. Use of sites (%)SiteShare'], ['Table 1 shows it.'])
    """
    return [piece for piece in GLUED.split(paragraph) if piece]


def is_flat_table(text: str) -> bool:
    """Whether a paragraph is the caption of a table with its cells run together behind it.

    >>> is_flat_table("Table 1. Use of sites (%)SiteShareKigali68"), is_flat_table("Table 1: what it shows.")
    (True, False)
    """
    return CAPTION.match(text) is not None and len(RUN_TOGETHER.findall(text)) >= FEWEST_CELLS


def table_lines(text: str) -> str:
    """A flattened table with its caption as the first line, as far as marks show where a cell ends.

    >>> table_lines("Table 1. Use of sites (+ = good)Site oneSite two + +Both −")
    'Table 1. Use of sites (+ = good)\\nSite oneSite two + +\\nBoth −'
    """
    return "\n".join(line.strip() for line in CELL_END.split(text) if line.strip())


def caption_only(text: str) -> bool:
    """Whether a paragraph is nothing but the caption of a table.

    >>> caption_only("Table 2. Staff by office and year"), caption_only("Table 2. It is told below. And more.")
    (True, False)
    """
    return (
        len(text) <= LONGEST_CAPTION
        and CAPTION.match(text) is not None
        and not re.search(r"[.!?] \w.*[.!?]$", text[9:])
    )


def cells_below(lines: Iterator[str]) -> list[str]:
    """The lines from the first on that can only be cells of a table: short, and no sentences."""
    cells: list[str] = []
    for line in lines:
        if len(line) > LONGEST_CELL or re.search(r"[.!?;:]$", line):
            break
        cells.append(line)
    return cells
