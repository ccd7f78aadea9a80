"""What the rules report. Programs decide by `kind` and `conflict`; `message` is for the reader only."""

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What is wrong with a statement."""

    NO_CITATION = "no citation"
    SYMBOL = "symbol"
    DATE = "date"
    FIGURE = "figure"
    NAME = "name"
    PINPOINT = "pinpoint"
    NEGATION = "negation"
    ANTONYM = "antonym"
    MODALITY = "modality"
    REPORTED_SPEECH = "reported speech"
    OMITTED_EXCEPTION = "omitted exception"
    ENTAILMENT = "entailment"
    COVERAGE = "coverage"


# A statement with no other findings is partly supported; any other kind makes it unsupported.
WEAKENING = frozenset(
    {
        FindingKind.REPORTED_SPEECH,
        FindingKind.OMITTED_EXCEPTION,
        FindingKind.ENTAILMENT,
        FindingKind.COVERAGE,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a statement; `conflict` where the cited text says something else rather than nothing of the kind."""

    kind: FindingKind
    message: str
    conflict: bool = False


def conflicting(kind: FindingKind, cited: str, stated: str) -> Finding:
    """The finding that the cited text says one thing and the statement another.

    >>> conflicting(FindingKind.FIGURE, "10 years", "5").message
    'The cited text says 10 years, not 5.'
    """
    return Finding(kind, f"The cited text says {cited}, not {stated}.", conflict=True)
