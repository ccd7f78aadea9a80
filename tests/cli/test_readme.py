"""The README describes every command with every option."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from pincite.cli.main import app

README = Path(__file__).parents[2] / "README.md"
FILTERS = {"--kind", "--issuer", "--language", "--document", "--after", "--before"}
EVERYWHERE = {"--help", "--index"}


def commands(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Commands with their full names; `pincite eval run` is `eval`, as it may be called."""
    for part, command in group.commands.items():
        full = f"{name} {part}".strip().removesuffix(" run")
        if hasattr(command, "commands"):
            yield from commands(command, full)
        else:
            yield full, command


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_options_of_a_command_are_in_its_row(name: str) -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    (row,) = [row for usage, row in rows if re.fullmatch(rf"{name}( [A-Z].*)?", usage)]
    documented = set(re.findall(r"--[a-z-]+", row)) | (FILTERS if "filters" in row else set())
    options = {option for one in COMMANDS[name].params for option in one.opts if option.startswith("--")} - EVERYWHERE
    assert options == documented
