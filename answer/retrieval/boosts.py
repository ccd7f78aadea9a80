"""Boosts for the documents and places that a question names or describes; they never filter."""

from dataclasses import dataclass

from pincite.answer.query.effective_dates import is_effective_clause
from pincite.answer.query.question import Question
from pincite.answer.query.time_range import Period
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import Metadata
from pincite.ingest.structure.pinpoint_grammar import matches


@dataclass(frozen=True, slots=True)
class BoostSettings:
    """Boosts of a passage: for a document named (times its confidence), for its type, issuer or date, for a place
    named, and for setting the date of application, if the question asks for it, in a document named.
    """

    named: float = 0.2
    described: float = 0.05
    place: float = 0.2
    effect: float = 1.0


def document_boost(question: Question, path: str, known: Metadata, settings: BoostSettings = BoostSettings()) -> float:
    """The factor, 1 or more, for all passages of a document."""
    named = next((one.confidence for one in question.documents if one.path == path), 0.0)
    described = (
        (known.kind in question.document_types)
        + (known.issuer in question.issuers)
        + is_in_period(known, question.period)
    )
    return 1 + settings.named * named + settings.described * described


def passage_boost(question: Question, passage: Passage, settings: BoostSettings = BoostSettings()) -> float:
    """What is added to that factor for a passage at a place named, or that sets the date asked for."""
    place = any(matches(pinpoint, passage.pinpoint or "") for pinpoint in question.pinpoints)
    named = any(one.path == passage.document for one in question.documents)
    effect = named and question.aspects.effective_date and is_effective_clause(passage)
    return settings.place * place + settings.effect * effect


def is_in_period(known: Metadata, period: Period) -> bool:
    """Whether a document's date is in the period that a question names; False without a date.

    >>> year = Period(years=(2024,))
    >>> is_in_period(Metadata(date="2024-03-21"), year), is_in_period(Metadata(), year)
    (True, False)
    """
    date = known.date or ""
    if not date or period == Period():
        return False
    in_year = not period.years or any(date.startswith(str(year)) for year in period.years)
    return in_year and (period.after or "") <= date and (not period.before or date <= period.before)
