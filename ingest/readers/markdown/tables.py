"""Tables of Markdown: heads widened to the widest row, cells as parts."""

import re

from pincite.ingest.document import BlockKind, Part

DELIMITER_LINE = re.compile(r"[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?[ \t]*)?|[ \t>]*\|[ \t]*:?-+:?[ \t]*")
CELL_BORDER = re.compile(r"(?<!\\)\|")
MOST_CELLS = 200  # of a row


def with_wide_heads(text: str) -> str:
    """Text whose tables have as many columns as their widest row: a parser drops the cells beyond the head.

    >>> print(with_wide_heads("| a |\\n| --- |\\n| b | c |"))
    | a |  |
    | --- | --- |
    | b | c |
    """
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not index or "|" not in lines[index - 1] or not DELIMITER_LINE.fullmatch(line):
            continue
        own = cell_count(line)
        widest = own
        for row in lines[index + 1 :]:
            if "|" not in row:
                break
            widest = max(widest, cell_count(row))
        if own < widest <= MOST_CELLS and cell_count(lines[index - 1]) == own:
            lines[index - 1] = widened(lines[index - 1], "  |" * (widest - own))
            lines[index] = widened(line, " --- |" * (widest - own))
    return "\n".join(lines)


def widened(line: str, cells: str) -> str:
    """A row with further cells."""
    line = line.rstrip()
    return f"{line if line.endswith('|') else f'{line} |'}{cells}"


def cell_count(line: str) -> int:
    """Number of cells in a row.

    >>> cell_count("| a | b |"), cell_count("a | b")
    (2, 2)
    """
    row = line.strip(" \t>")
    return len(CELL_BORDER.findall(row)) + 1 - row.startswith("|") - (row.endswith("|") and not row.endswith("\\|"))


def cell_parts(text: str) -> list[Part]:
    """A cell as parts, one for each line."""
    return [Part(BlockKind.PARAGRAPH, " ".join(line.split())) for line in text.split("\n") if line.strip()]
