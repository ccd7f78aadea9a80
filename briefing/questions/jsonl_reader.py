"""Reads questions from JSON Lines: objects with `question`, or strings."""

import json
from pathlib import Path
from typing import Any

from pincite.briefing.questions.table import QUESTION, Complaint, Row, Table
from pincite.ingest.readers.encoding.decode import decode

READ = ("id", "section", QUESTION)  # other fields, such as those of gold questions, are not filters
EXAMPLE = 'Write an object such as {"id": "q1", "question": "Who decides?"}'


def read_jsonl(path: Path) -> Table:
    """The table in a file. Raises RejectedFile for bytes that are not text."""
    text, warnings = decode(path.read_bytes())
    complaints = [Complaint(path.name, f"{warning[:1].upper()}{warning[1:]}.", skipped=False) for warning in warnings]
    found = [read_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    complaints += [one for one in found if isinstance(one, Complaint)]
    return Table(tuple(one for one in found if isinstance(one, Row)), tuple(complaints))


def read_line(number: int, line: str) -> Row | Complaint:
    """The row of a line, or a complaint about it."""
    where = f"line {number}"
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return Complaint(where, f"This is not JSON. {EXAMPLE}.", number=number)
    if isinstance(value, str):
        return Row(where, {QUESTION: value}, number)
    if not isinstance(value, dict) or not isinstance(value.get(QUESTION), str):
        return Complaint(where, f"There is no question here. {EXAMPLE}.", number=number)
    return Row(where, {name: as_text(value[name]) for name in READ if value.get(name) is not None}, number)


def as_text(value: Any) -> str:
    """A value as a cell; items of a list are separated by line ends.

    >>> as_text(["law", "report"]), as_text(7)
    ('law\\nreport', '7')
    """
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
