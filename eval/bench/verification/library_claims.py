"""Measures Check on claims as a draft makes them, half of them false in one thing: `make bench-claims`.

`eval/gold/claims.jsonl` is for measuring only; rules were made on `claims_dev.jsonl`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from pincite.answer.query.aliases import aliases_of
from pincite.briefing.draft_check.check import CheckedSentence, check_sentence
from pincite.briefing.draft_check.claims import DraftUnit
from pincite.briefing.draft_check.references import references_in
from pincite.briefing.draft_check.verdicts import ClaimVerdict
from pincite.eval.bench.measuring import heading, row
from pincite.eval.bench.paths import SHARED, WORK
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.jsonl import numbered_lines, validated
from pincite.ingest.pipeline import ingest

GOLD = Path(__file__).parents[2] / "gold"
TRUE = "nothing"  # what is changed in a true claim


@dataclass(frozen=True, slots=True)
class LibraryClaim:
    """A claim about a library; `changed` names what makes it false, `right` the words it had before.

    `document` and `place` decide it; all four are None where they do not apply.
    """

    id: str
    library: str
    claim: str
    true: bool
    changed: str | None = None
    right: str | None = None
    document: str | None = None
    place: str | None = None


LIBRARY_CLAIM = TypeAdapter(LibraryClaim)


def read_claims(path: Path) -> list[LibraryClaim]:
    """The claims of a file. Raises BadInput with line and field."""
    return [validated(LIBRARY_CLAIM, line, f"{path}, line {number}") for number, line in numbered_lines(path)]


def checked(index: Index, claims: Iterable[LibraryClaim]) -> Iterator[tuple[LibraryClaim, CheckedSentence]]:
    """Each claim with what Check says of it when it stands alone in a draft."""
    embedder, aliases = Embedder(index.settings.model), aliases_of(index)
    for claim in claims:
        unit = DraftUnit(claim.claim, 0, len(claim.claim), 0, heading=False, claim=True)
        yield claim, check_sentence(index, embedder, unit, references_in(index, aliases, claim.claim))


def table(results: Iterable[tuple[LibraryClaim, CheckedSentence]]) -> Iterator[str]:
    """Lines of a table: the verdicts of claims by what was changed in them."""
    counts: dict[str, Counter[ClaimVerdict | None]] = {}
    for claim, found in results:
        for kind in (claim.changed or TRUE, *(() if claim.true else ("anything",))):
            counts.setdefault(kind, Counter())[found.verdict] += 1
    yield from heading("changed", "claims", *(verdict.value for verdict in ClaimVerdict))
    for kind, found_verdicts in sorted(counts.items(), key=lambda pair: (pair[0] == "anything", pair[0])):
        yield verdict_row(kind, found_verdicts)


def verdict_row(kind: str, verdicts: Mapping[ClaimVerdict | None, int]) -> str:
    """The share of each verdict."""
    total = sum(verdicts.values())
    return row(kind, f"{total}", *(f"{verdicts.get(verdict, 0) / total:.3f}" for verdict in ClaimVerdict))


def details(results: Iterable[tuple[LibraryClaim, CheckedSentence]]) -> Iterator[str]:
    """The claims that were judged wrongly, each with what Check says."""
    for claim, found in results:
        if claim.true is not (found.verdict is ClaimVerdict.SUPPORTED):
            places = ", ".join(f"{one.document} {one.pinpoint}: {one.quote}" for one in found.citations)
            yield f"{claim.id} {claim.changed or TRUE} [{found.verdict}] {claim.claim}"
            yield f"    {' | '.join(found.reasons)}\n    {places[:500]!r}"


def main() -> int:
    """Measure and print. Exit 1 if nothing could be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=Path, default=GOLD / "claims.jsonl")
    parser.add_argument("--indexes", type=Path, default=WORK / "claims", help="folder for an index of each library")
    parser.add_argument("--list", action="store_true", help="list the claims that were judged wrongly")
    options = parser.parse_args()
    results: list[tuple[LibraryClaim, CheckedSentence]] = []
    try:
        claims = read_claims(options.claims)
        for library in sorted({claim.library for claim in claims}):
            ingest([SHARED / library], options.indexes / library)
            with open_index(options.indexes / library) as index:
                results += checked(index, [claim for claim in claims if claim.library == library])
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for line in (*(details(results) if options.list else ()), *table(results)):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
