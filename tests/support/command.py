"""The `pincite` command as tests run it."""

from collections.abc import Callable
from typing import NamedTuple


class Run(NamedTuple):
    """Exit code and output of a command."""

    code: int
    out: str
    err: str


Pincite = Callable[..., Run]


def one_sentence(run: Run) -> bool:
    """Whether a command failed properly: one sentence on standard error and nothing else."""
    return run.code == 1 and not run.out and run.err.count("\n") == 1 and run.err.strip().endswith((".", ")."))
