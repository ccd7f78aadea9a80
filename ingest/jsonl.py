"""JSON Lines: files written by Pincite, and files from outside, of which each line is validated."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pincite.ingest.errors import BadInput

Value = TypeVar("Value")


def json_line(value: Mapping[str, Any]) -> str:
    """A value as a line of JSON Lines.

    >>> json_line({"title": "Про освіту"})
    '{"title": "Про освіту"}\\n'
    """
    return json.dumps(value, ensure_ascii=False) + "\n"


def append_line(path: Path, value: Mapping[str, Any]) -> None:
    """Add a value to the end of a file."""
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json_line(value))


def whole_lines(path: Path) -> list[str]:
    """The lines of a file without a last one that was cut off while it was written; none if the file is missing."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        return [line for line in file if line.endswith("\n")]


def numbered_lines(path: Path, description: str = "") -> Iterator[tuple[int, str]]:
    """The non-empty lines of a file with their numbers; errors put `description` before the path. Raises BadInput."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except OSError as error:
        raise BadInput(f"{description}{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{description}{path} is not UTF-8 (byte {error.start}): save it as UTF-8.") from error


def validated(adapter: TypeAdapter[Value], line: str, location: str) -> Value:
    """The value of a line. Raises BadInput, which begins with `location`, for the first field that is wrong."""
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        raise BadInput(f"{location}{first_problem(error.errors()[0])}.") from error


def first_problem(error: ErrorDetails) -> str:
    """The problem with a value, and the field where it occurs."""
    field = ".".join(map(str, error["loc"]))
    message = error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return f"{f', field {field}' if field else ''}: {message[:1].lower()}{message[1:]}"
