"""Tables that text extraction has flattened: a caption followed by cells run together."""

import re
from collections.abc import Iterator

CAPTION = re.compile(r"(?:Table|Tableau|Tabelle|Tabla|Таблиця|Таблица) (?:[A-Z]?\d+|[IVX]+)[.:] ?(?=[^\W\d_])")
GLUED_CAPTION = re.compile(r"(?<=[.!?)\]”])(?=" + CAPTION.pattern + ")")
RUN_TOGETHER = re.compile(r"[^\W\d_](?<=[a-zа-яёіїєґ])[A-ZА-ЯЁІЇЄҐ][a-zа-яёіїєґ]|[)\]…+−][A-ZА-ЯЁІЇЄҐ]")
CELL_END = re.compile(r"(?<=[)\]+−])(?=[A-ZА-ЯЁІЇЄҐ…])")  # not between letters: words printed as one stay one
FEWEST_CELLS = 2
LONGEST_CAPTION = 300  # characters
LONGEST_CELL = 60


def split_captions(paragraph: str) -> list[str]:
    """A paragraph, split before table captions that text extraction has glued to its sentences.

    >>> split_captions("It is so.Table 1. Use of sites (%)SiteShare"), split_captions("Table 1 shows it.")
    (['It is so.', 'Table 1. Use of sites (%)SiteShare'], ['Table 1 shows it.'])
    """
    return [piece for piece in GLUED_CAPTION.split(paragraph) if piece]


def is_flattened_table(text: str) -> bool:
    """Whether a paragraph is the caption of a table followed by its cells run together.

    >>> is_flattened_table("Table 1. Use of sites (%)SiteShareKigali68"), is_flattened_table("Table 1: what it shows.")
    (True, False)
    """
    return CAPTION.match(text) is not None and len(RUN_TOGETHER.findall(text)) >= FEWEST_CELLS


def table_lines(text: str) -> str:
    """A flattened table with line breaks where punctuation shows that a cell ends.

    >>> table_lines("Table 1. Use of sites (+ = good)Site oneSite two + +Both −")
    'Table 1. Use of sites (+ = good)\\nSite oneSite two + +\\nBoth −'
    """
    return "\n".join(line.strip() for line in CELL_END.split(text) if line.strip())


def is_caption_alone(text: str) -> bool:
    """Whether a paragraph is only the caption of a table.

    >>> is_caption_alone("Table 2. Staff by office and year"), is_caption_alone("Table 2. It is told below. And more.")
    (True, False)
    """
    return (
        len(text) <= LONGEST_CAPTION
        and CAPTION.match(text) is not None
        and not re.search(r"[.!?] \w.*[.!?]$", text[9:])
    )


def cells_below(lines: Iterator[str]) -> list[str]:
    """The leading lines that can only be cells of a table: short, and not sentences."""
    cells: list[str] = []
    for line in lines:
        if len(line) > LONGEST_CELL or re.search(r"[.!?;:]$", line):
            break
        cells.append(line)
    return cells
