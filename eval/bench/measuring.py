"""Shared by benchmarks: timing a call, printing lines and rows of Markdown tables."""

import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any


def print_line(text: str) -> None:
    """Print a line at once, since the next may take minutes."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def heading(*names: str) -> tuple[str, str]:
    """The first two lines of a Markdown table."""
    return row(*names), row(*("---" for _ in names))


def row(*cells: str) -> str:
    """A line of a Markdown table.

    >>> row("a", "b")
    '| a | b |'
    """
    return f"| {' | '.join(cells)} |"


def seconds_of(work: Callable[[], Any]) -> float:
    """The time that a call takes."""
    began = perf_counter()
    work()
    return perf_counter() - began
