"""Claims with the texts they rest on, one JSON object a line, and what the verifier makes of them."""

from collections.abc import Iterator
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
class Claim:
    """A claim and the text that it is held against; `id` is handed on as it came."""

    id: str | int
    claim: str
    text: str


CLAIM = TypeAdapter(Claim)


def read_claims(path: Path) -> list[Claim]:
    """The claims of a file. Raises BadInput, which names the line and the field, also where there is no claim."""
    claims = [validated(CLAIM, line, f"{path}, line {number}") for number, line in numbered_lines(path)]
    if not claims:
        raise BadInput(f"{path} holds no claims: give one JSON object a line with id, claim and text.")
    return claims


def verified(claims: list[Claim], entailment: Entailment | None = None) -> Iterator[tuple[Claim, Statement]]:
    """Each claim with what its text makes of it."""
    for claim in claims:
        citation = Citation(1, "", Metadata(), claim.text, 0, len(claim.text), None, None)
        yield claim, verify(claim.claim, [citation], no_pinpoints, entailment)


def claim_record(claim: Claim, found: Statement) -> dict[str, Any]:
    """A line of the result."""
    score = round(found.score, DECIMALS)
    return {"id": claim.id, "support": found.support.value, "score": score, "reasons": list(found.reasons)}
