"""Reads claims and the texts they rest on from JSON Lines, and verifies them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pincite.answer.citation.citation import Citation
from pincite.answer.verification.entailment import Entailment
from pincite.answer.verification.pinpoints import no_pinpoints
from pincite.answer.verification.verify import Statement, verify
from pincite.ingest.document import Metadata
from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import numbered_lines, validated

DECIMALS = 4  # of a score


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim and the text that should support it; `id` is returned as it was given."""

    id: str | int
    claim: str
    text: str


CITED_CLAIM = TypeAdapter(CitedClaim)


def read_claims(path: Path) -> list[CitedClaim]:
    """The claims of a file. Raises BadInput with line and field, also for a file without claims."""
    claims = [validated(CITED_CLAIM, line, f"{path}, line {number}") for number, line in numbered_lines(path)]
    if not claims:
        raise BadInput(f"{path} contains no claims: give one JSON object per line with id, claim and text.")
    return claims


def verify_claims(
    claims: Iterable[CitedClaim], entailment: Entailment | None = None
) -> Iterator[tuple[CitedClaim, Statement]]:
    """Each claim with its verified statement."""
    for claim in claims:
        citation = Citation(1, "", Metadata(), claim.text, 0, len(claim.text), None, None)
        yield claim, verify(claim.claim, [citation], no_pinpoints, entailment)


def claim_record(claim: CitedClaim, statement: Statement) -> dict[str, Any]:
    """A line of the output."""
    score = round(statement.score, DECIMALS)
    return {"id": claim.id, "support": statement.support.value, "score": score, "reasons": list(statement.reasons)}
