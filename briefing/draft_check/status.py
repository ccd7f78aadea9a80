"""Whether the acts that a claim names or rests on are in force, were revoked by another one, or apply later."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pincite.answer.citation.citation import Citation, cite
from pincite.answer.citation.short_reference import format_date, short_name
from pincite.answer.draft.amendments import amendment_note, changes_to, status_sentence
from pincite.answer.language.dates import find_dates
from pincite.answer.language.parsed_text import parse_text
from pincite.answer.query.effective_dates import CLAUSE_TERMS, is_effective_clause
from pincite.briefing.draft_check.polarity import is_negative
from pincite.briefing.draft_check.references import Reference
from pincite.briefing.draft_check.verdicts import ClaimVerdict, Verdict
from pincite.ingest.index.index import Index

ENDING = frozenset({"revokes", "supersedes", "mentions as revoked"})  # changes after which an act is not in force
IN_FORCE = re.compile(
    r"\b(?:in (?:force|effect)|(?:still|currently|continues to|now) (?:appl\w+|bind\w*|govern\w*|valid|effective)"
    r"|remains? (?:valid|applicable|effective|binding)|in Kraft|gilt (?:noch|weiter)|en vigueur|en vigor|чинн\w+)\b",
    re.IGNORECASE,
)
CLAUSES = 4  # passages searched for the date from which an act applies


def denied_status(index: Index, claim: str, references: Iterable[Reference]) -> Verdict | None:
    """That an act is not in force which a claim says is: contradicted, with the sentence that ends it."""
    parsed = parse_text(claim)
    if not IN_FORCE.search(claim) or is_negative(parsed, parsed):
        return None
    for path in dict.fromkeys(one.document for one in references if one.document):
        for kind, by in changes_to(index, path):
            if kind in ENDING:
                sentence = status_sentence(index, by, index.entry(path), claim)
                citations = (cite(index, sentence.span, 1),) if sentence else ()
                note = amendment_note(index.entry(path), kind, by).partition(":")[0]
                return Verdict(ClaimVerdict.CONTRADICTED, citations, (f"{note}.",))
    return None


def status_notes(index: Index, citations: Iterable[Citation]) -> Iterator[str]:
    """That a cited act has been revoked or replaced, or that it does not apply yet."""
    for path in dict.fromkeys(one.document for one in citations):
        for kind, by in changes_to(index, path):
            if kind in ENDING:
                yield amendment_note(index.entry(path), kind, by)
        if later := later_date(index, path):
            name = short_name(index.entry(path).metadata, path)
            yield f"{name} does not apply yet: it takes effect on {format_date(later)}."


def later_date(index: Index, path: str) -> str | None:
    """The first date from which an act applies, ISO 8601, if that is still to come."""
    found = index.lexical.search(CLAUSE_TERMS, CLAUSES, [index.entry(path).number])
    clauses = [
        one.passage for one in index.passages([number for number, _ in found]) if is_effective_clause(one.passage)
    ]
    dates = sorted(
        mark.value for clause in clauses for mark in find_dates(clause.text) if len(mark.value) == len("2024-01-31")
    )
    return dates[0] if dates and dates[0] > datetime.now(UTC).date().isoformat() else None
