"""Questions in text with separators: the encoding and the separator are found, one bad line costs one line."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from pincite.briefing.questions.table import COLUMNS, NAMES, Complaint, Table, table_of
from pincite.ingest.readers.encoding.decode import decode

SEPARATORS = (",", ";", "\t", "|")
NONE = "\x1f"  # no text holds it once it is decoded
PROSE = re.compile(r",\s")
LOOKED_AT = 50  # records by which the separator is found
LARGEST_FIELD = 2**27  # characters; Python's limit of 131,072 would stop at a long cell
WHERE = "line"


def read_csv(path: Path) -> Table:
    """The table of a file. Raises RejectedFile for bytes that are no text."""
    text, warnings = decode(path.read_bytes())
    lines = text.split("\n")
    told = [Complaint(path.name, f"{warning[:1].upper()}{warning[1:]}.", skipped=False) for warning in warnings]
    separator, begin = stated_separator(lines)
    csv.field_size_limit(LARGEST_FIELD)
    rows = list(records(lines, separator or likely_separator(lines), begin, told))
    return table_of(rows, told)


def stated_separator(lines: Sequence[str]) -> tuple[str | None, int]:
    """The separator that a first line states for Excel (`sep=;`), and how many lines that takes."""
    first = lines[0].strip().strip('"')
    return (first[4], 1) if first.lower().startswith("sep=") and len(first) == len("sep=;") else (None, 0)


def likely_separator(lines: Sequence[str]) -> str:
    """The separator by which the first row names most known columns, then by which rows are most alike.

    A list of questions, or a head of one column, has none: its commas are those of the questions.

    >>> likely_separator(["id;question", "1;Who, when and where?"]), likely_separator(["id,question", "1,Who?"])
    (';', ',')
    >>> [likely_separator([head, "Who, and when?"]) == NONE for head in ("question", "Why, and for whom?")]
    [True, True]
    """
    best = max(SEPARATORS, key=lambda separator: fitness(lines, separator))
    known, _ = fitness(lines, best)
    head = next((line for line in lines if line.strip()), "")
    of_one = known and not any(separator in head for separator in SEPARATORS)
    return NONE if of_one or (not known and best == "," and any(map(PROSE.search, lines))) else best


def fitness(lines: Sequence[str], separator: str) -> tuple[int, float]:
    """How many columns of the first row are known, and the share of rows of the commonest width if that is over 1."""
    rows = [row for row in islice(csv.reader(with_ends(lines), delimiter=separator), LOOKED_AT) if row]
    known = sum(cell.strip().casefold() in {*COLUMNS, *NAMES} for cell in rows[0]) if rows else 0
    widths = Counter(map(len, rows)).most_common(1) or [(1, 0)]
    return known, widths[0][1] / len(rows) if widths[0][0] > 1 else 0.0


def with_ends(lines: Sequence[str], begin: int = 0) -> Iterator[str]:
    """Lines as `csv` wants them, so that those inside quotation marks stay parted."""
    return (f"{line}\n" for line in islice(lines, begin, None))


def records(
    lines: Sequence[str], separator: str, begin: int, told: list[Complaint]
) -> Iterator[tuple[str, int, list[str]]]:
    """Records with their first lines. A quotation mark that nobody closes costs its own line, not all that follow."""
    at = begin
    while at < len(lines):
        reader = csv.reader(with_ends(lines, at), delimiter=separator)
        read = 0
        for cells in reader:
            if reader.line_num - read > 1 and not is_sound(lines[at + read : at + reader.line_num], separator):
                what = "A quotation mark is opened and not closed: close or double it."
                told.append(Complaint(f"{WHERE} {at + read + 1}", what))
                read += 1
                break
            yield WHERE, at + read + 1, cells
            read = reader.line_num
        at += max(read, 1)


def is_sound(lines: Sequence[str], separator: str) -> bool:
    """Whether lines are one record by the strict rules of quotation marks."""
    try:
        return len(list(csv.reader(with_ends(lines), delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False
