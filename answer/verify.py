"""Whether a statement stands in the words it cites. First checks: figures and coverage of wording, both explained."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from answer.cite import Citation
from ingest.lexical import LexicalIndex

FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
SUPPORTED, PARTLY = 0.7, 0.4  # shares of a statement's words that its quotes must hold


class Support(StrEnum):
    """What the check of a statement found; `unchecked` never counts as passed."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer with the numbers of its citations; `score` is the share of its words they hold."""

    text: str
    citations: tuple[int, ...]
    support: Support
    score: float
    reasons: tuple[str, ...] = ()


def verify(lexical: LexicalIndex, text: str, citations: Sequence[Citation]) -> Statement:
    """A statement with what its citations make of it."""
    numbers = tuple(citation.number for citation in citations)
    if not citations:
        return Statement(text, numbers, Support.UNSUPPORTED, 0.0, ("no passage is cited for it",))
    quoted = " ".join(citation.quote for citation in citations)
    score = overlap(lexical, text, quoted)
    reasons = tuple(f"{figure} does not stand in the cited text" for figure in missing_figures(text, quoted))
    if reasons or score < PARTLY:
        return Statement(
            text, numbers, Support.UNSUPPORTED, score, reasons or (f"only {score:.0%} of its words are cited",)
        )
    if score < SUPPORTED:
        return Statement(text, numbers, Support.PARTLY, score, (f"{score:.0%} of its words are cited",))
    return Statement(text, numbers, Support.SUPPORTED, score)


def overlap(lexical: LexicalIndex, text: str, quoted: str) -> float:
    """Share of a statement's stems that its quotes hold, 0 to 1."""
    words = set(lexical.words(text))
    return len(words & set(lexical.words(quoted))) / len(words) if words else 0.0


def missing_figures(text: str, quoted: str) -> list[str]:
    """Figures of a statement that its quotes do not hold as they are.

    >>> missing_figures("It has 4,000 chips since 2025.", "4,000 accelerators by 31 December 2024")
    ['2025']
    """
    held = set(FIGURE.findall(quoted))
    return [figure for figure in FIGURE.findall(text) if figure not in held]
