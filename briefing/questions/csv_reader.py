"""Reads questions from CSV: encoding and separator are detected, a malformed line affects only itself."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from pincite.briefing.questions.table import COLUMN_SYNONYMS, COLUMNS, Complaint, Table, table_of
from pincite.ingest.readers.encoding.decode import decode

SEPARATORS = (",", ";", "\t", "|")
NO_SEPARATOR = "\x1f"  # never occurs in decoded text
COMMA_IN_PROSE = re.compile(r",\s")
SAMPLED_RECORDS = 50  # records used to detect the separator
MAX_FIELD_LENGTH = 2**27  # characters; Python's default limit of 131,072 rejects long cells
WHERE = "line"


def read_csv(path: Path) -> Table:
    """The table in a file. Raises RejectedFile for bytes that are not text."""
    text, warnings = decode(path.read_bytes())
    lines = text.split("\n")
    complaints = [Complaint(path.name, f"{warning[:1].upper()}{warning[1:]}.", skipped=False) for warning in warnings]
    separator, first = declared_separator(lines)
    csv.field_size_limit(MAX_FIELD_LENGTH)
    rows = list(records(lines, separator or likely_separator(lines), first, complaints))
    return table_of(rows, complaints)


def declared_separator(lines: Sequence[str]) -> tuple[str | None, int]:
    """The separator declared for Excel in the first line (`sep=;`), and the number of lines that takes."""
    first = lines[0].strip().strip('"')
    return (first[4], 1) if first.lower().startswith("sep=") and len(first) == len("sep=;") else (None, 0)


def likely_separator(lines: Sequence[str]) -> str:
    """The separator that yields most known column names, then most rows of equal width.

    A plain list of questions, or a table of one column, has none: its commas belong to the questions.

    >>> likely_separator(["id;question", "1;Who, when and where?"]), likely_separator(["id,question", "1,Who?"])
    (';', ',')
    >>> [likely_separator([head, "Who, and when?"]) == NO_SEPARATOR for head in ("question", "Why, and for whom?")]
    [True, True]
    """
    best = max(SEPARATORS, key=lambda separator: separator_score(lines, separator))
    known, _ = separator_score(lines, best)
    head = next((line for line in lines if line.strip()), "")
    of_one = known and not any(separator in head for separator in SEPARATORS)
    return NO_SEPARATOR if of_one or (not known and best == "," and any(map(COMMA_IN_PROSE.search, lines))) else best


def separator_score(lines: Sequence[str], separator: str) -> tuple[int, float]:
    """Known column names in the first row, and the share of rows with the most common width if that exceeds 1."""
    rows = [row for row in islice(csv.reader(with_line_ends(lines), delimiter=separator), SAMPLED_RECORDS) if row]
    known = sum(cell.strip().casefold() in {*COLUMNS, *COLUMN_SYNONYMS} for cell in rows[0]) if rows else 0
    widths = Counter(map(len, rows)).most_common(1) or [(1, 0)]
    return known, widths[0][1] / len(rows) if widths[0][0] > 1 else 0.0


def with_line_ends(lines: Sequence[str], first: int = 0) -> Iterator[str]:
    """Lines with line ends, as `csv` expects them inside quotation marks."""
    return (f"{line}\n" for line in islice(lines, first, None))


def records(
    lines: Sequence[str], separator: str, first: int, complaints: list[Complaint]
) -> Iterator[tuple[str, int, list[str]]]:
    """Records with their first lines. An unclosed quotation mark affects its own line, not all that follow."""
    line = first
    while line < len(lines):
        reader = csv.reader(with_line_ends(lines, line), delimiter=separator)
        consumed = 0
        for cells in reader:
            if reader.line_num - consumed > 1 and not is_sound(
                lines[line + consumed : line + reader.line_num], separator
            ):
                message = "A quotation mark is not closed: close or double it."
                complaints.append(Complaint(f"{WHERE} {line + consumed + 1}", message, number=line + consumed + 1))
                consumed += 1
                break
            yield WHERE, line + consumed + 1, cells
            consumed = reader.line_num
        line += max(consumed, 1)


def is_sound(lines: Sequence[str], separator: str) -> bool:
    """Whether the lines form one record under strict quoting rules."""
    try:
        return len(list(csv.reader(with_line_ends(lines), delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False
