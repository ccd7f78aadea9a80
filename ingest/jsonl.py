"""JSON Lines as people and systems hand them in: read line by line, each checked, what is wrong named by its place."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pincite.ingest.errors import BadInput

Value = TypeVar("Value")


def lines_of(path: Path, called: str = "") -> Iterator[tuple[int, str]]:
    """Lines that are not empty, with their numbers; an error says `called` in front of the path. Raises BadInput."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except OSError as error:
        raise BadInput(f"{called}{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{called}{path} is not UTF-8 (byte {error.start}): save it as UTF-8.") from error


def parsed(adapter: TypeAdapter[Value], line: str, place: str) -> Value:
    """The value of a line; `place` is what an error names. Raises BadInput with the first field that is wrong."""
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        raise BadInput(f"{place}{complaint(error.errors()[0])}.") from error


def complaint(error: ErrorDetails) -> str:
    """What is wrong with a value, and with which of its fields."""
    field = ".".join(map(str, error["loc"]))
    message = error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return f"{f', field {field}' if field else ''}: {message[:1].lower()}{message[1:]}"
