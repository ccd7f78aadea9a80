"""Progress and result of a run of `pincite ingest`."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Summary:
    """The result of a run. `documents` and `passages` count the whole index afterwards, `seconds` is by stage.

    Reading, embedding and writing overlap, so that the stages may add up to more than the total.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    moved: int = 0
    removed: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    skipped: int = 0
    embedded: int = 0
    documents: int = 0
    passages: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "embed": 0.0, "write": 0.0, "total": 0.0})


@dataclass(frozen=True, slots=True)
class IngestState:
    """State of a run: files done, files in all, passages embedded, and the share of all bytes that is done."""

    files: int
    total: int
    passages: int
    share: float
    syncing: bool = False  # the last stage: the search indexes follow the catalog


Progress = Callable[[IngestState], None]  # called from two threads


def ignore_progress(_state: IngestState) -> None:
    """Does nothing."""
