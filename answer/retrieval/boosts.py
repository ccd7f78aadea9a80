"""What a question prefers: documents that it names or describes, and places that it names. It demands none of them."""

from dataclasses import dataclass

from pincite.answer.query.effective_dates import is_effective_clause
from pincite.answer.query.question import Question
from pincite.answer.query.time_range import Period
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import Metadata
from pincite.ingest.structure.pinpoint_grammar import matches


@dataclass(frozen=True, slots=True)
class BoostSettings:
    """By how much a passage is raised: for a document named (times how surely), for its kind, issuer or date, for a
    place named, for setting from when a named document applies, where that is asked.
    """

    named: float = 0.2
    described: float = 0.05
    place: float = 0.2
    effect: float = 1.0


def document_boost(question: Question, path: str, known: Metadata, settings: BoostSettings = BoostSettings()) -> float:
    """The factor, 1 or more, by which the passages of a document are preferred."""
    named = next((one.confidence for one in question.documents if one.path == path), 0.0)
    described = (
        (known.kind in question.document_types)
        + (known.issuer in question.issuers)
        + is_in_period(known, question.period)
    )
    return 1 + settings.named * named + settings.described * described


def passage_boost(question: Question, passage: Passage, settings: BoostSettings = BoostSettings()) -> float:
    """What is added to that factor for a passage at a place that is named, or that sets the date that is asked for."""
    place = any(matches(pinpoint, passage.pinpoint or "") for pinpoint in question.pinpoints)
    named = any(one.path == passage.document for one in question.documents)
    effect = named and question.aspects.effective_date and is_effective_clause(passage)
    return settings.place * place + settings.effect * effect


def is_in_period(known: Metadata, period: Period) -> bool:
    """Whether a document's date falls in the span of time that a question names; one without a date does not.

    >>> year = Period(years=(2024,))
    >>> is_in_period(Metadata(date="2024-03-21"), year), is_in_period(Metadata(), year)
    (True, False)
    """
    date = known.date or ""
    if not date or period == Period():
        return False
    in_year = not period.years or any(date.startswith(str(year)) for year in period.years)
    return in_year and (period.after or "") <= date and (not period.before or date <= period.before)
