"""`pincite verify`: the verifier alone, on claims with their texts; needs no index."""

from pathlib import Path
from typing import Annotated

import typer

from pincite.cli import output
from pincite.cli.options import Entail

Claims = Annotated[Path, typer.Argument(metavar="CLAIMS", help='JSON Lines: {"id": …, "claim": …, "text": …}.')]
AsLines = Annotated[bool, typer.Option("--json", help="Print one JSON object per line, as in a pipe.")]


def verify(claims: Claims, entail: Entail = None, as_json: AsLines = False) -> None:
    """Check claims against the texts given with them.

    Prints one JSON object per line in a pipe.

    Example: pincite verify claims.jsonl --json
    """
    from pincite.answer.verification.claims import claim_record, read_claims, verify_claims
    from pincite.answer.verification.entailment import open_entailment

    read = read_claims(claims)
    for claim, found in verify_claims(read, open_entailment(entail) if entail else None):
        record = claim_record(claim, found)
        if as_json or not output.OUT.is_terminal:
            output.print_json(record)
        else:
            output.print_line(f"{claim.id}: {found.support.value} ({found.score:.2f}) {claim.claim}")
            for reason in found.reasons:
                output.print_line(f"    {reason}")
