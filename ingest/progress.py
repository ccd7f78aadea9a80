"""What a run of `pincite ingest` tells: how far it is, and at its end what it did."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Summary:
    """What a run did. `documents` and `passages` count the whole index afterwards, `seconds` is by stage.

    Reading and writing go on beside embedding, so that the stages may add up to more than the total.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    moved: int = 0
    removed: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    passed_over: int = 0
    embedded: int = 0
    documents: int = 0
    passages: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "embed": 0.0, "write": 0.0, "total": 0.0})


@dataclass(frozen=True, slots=True)
class State:
    """How far a run is: files done of how many, passages embedded, and the share of the files' bytes that is done."""

    files: int
    of: int
    passages: int
    share: float
    writing: bool = False  # the last stage: what is searched follows the catalog


Progress = Callable[[State], None]  # called from two threads


def ignore_progress(_state: State) -> None:
    """Nobody watches."""
