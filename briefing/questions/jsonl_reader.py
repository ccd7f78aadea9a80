"""Questions in JSON Lines: objects with `question`, or the questions themselves as strings."""

import json
from pathlib import Path
from typing import Any

from pincite.briefing.questions.table import COLUMNS, QUESTION, Complaint, Row, Table
from pincite.ingest.readers.encoding.decode import decode

OBJECT = 'Write an object such as {"id": "q1", "question": "Who decides?"}'


def read_jsonl(path: Path) -> Table:
    """The table of a file. Raises RejectedFile for bytes that are no text."""
    text, warnings = decode(path.read_bytes())
    told = [Complaint(path.name, f"{warning[:1].upper()}{warning[1:]}.", skipped=False) for warning in warnings]
    found = [read_line(f"line {number}", line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    told += [one for one in found if isinstance(one, Complaint)]
    return Table(tuple(one for one in found if isinstance(one, Row)), tuple(told))


def read_line(where: str, line: str) -> Row | Complaint:
    """The row of a line, or what is wrong with it."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return Complaint(where, f"This is no JSON. {OBJECT}.")
    if isinstance(value, str):
        return Row(where, {QUESTION: value})
    if not isinstance(value, dict) or not isinstance(value.get(QUESTION), str):
        return Complaint(where, f"There is no question here. {OBJECT}.")
    return Row(where, {name: as_text(value[name]) for name in COLUMNS if value.get(name) is not None})


def as_text(value: Any) -> str:
    """A value as a cell: several are parted by lines.

    >>> as_text(["law", "report"]), as_text(7)
    ('law\\nreport', '7')
    """
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
