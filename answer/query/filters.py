"""Filters on documents by their catalog metadata."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pincite.ingest.errors import BadInput
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.metadata.extract import KINDS
from pincite.ingest.names import matching_names


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on documents: any value of a field, all fields together. Dates are ISO 8601, both inclusive."""

    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None

    def admits_metadata(self, entry: Entry) -> bool:
        """Whether a document meets all conditions on its metadata; `admitted` checks its name, too.

        Without a date it fails date filters; a month includes its days.
        """
        known = entry.metadata
        date = known.date or ""
        return (
            (not self.kinds or known.kind in self.kinds)
            and (not self.languages or not {known.language, *known.languages}.isdisjoint(self.languages))
            and (not self.issuers or any(name.casefold() in (known.issuer or "").casefold() for name in self.issuers))
            and (not self.after or (date > "0" and date >= self.after[: len(date)]))
            and (not self.before or "0" < date <= self.before)
        )

    def admitted(self, entries: Sequence[Entry]) -> list[Entry]:
        """The documents that meet all conditions."""
        names = matching_names({entry.path for entry in entries}, self.documents) if self.documents else None
        return [entry for entry in entries if (names is None or entry.path in names) and self.admits_metadata(entry)]


NO_FILTERS = Filters()


def make_filters(
    kinds: tuple[str, ...] = (),
    issuers: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    documents: tuple[str, ...] = (),
    after: str | None = None,
    before: str | None = None,
) -> Filters:
    """Filters from user input. Raises BadInput for an unknown kind or an invalid date.

    >>> make_filters(after="2024-03", before="2024-02").after, make_filters(before="2024-02").before
    ('2024-03-01', '2024-02-29')
    """
    for kind in kinds:
        if kind not in KINDS:
            raise BadInput(f"There is no kind {kind}: choose among {', '.join(KINDS)}.")
    return Filters(kinds, issuers, languages, documents, first_day(after), last_day(before))


def first_day(value: str | None) -> str | None:
    """The first day of a year, month or day as users write them, in ISO form."""
    return None if value is None else date_parts(value).isoformat()


def last_day(value: str | None) -> str | None:
    """The last day of a year, month or day as users write them, in ISO form."""
    if value is None:
        return None
    first, parts = date_parts(value), value.count("-")
    if parts == 0:
        return first.replace(month=12, day=31).isoformat()
    return (first.replace(day=monthrange(first.year, first.month)[1]) if parts == 1 else first).isoformat()


def date_parts(value: str) -> date:
    """The first day of a date. Raises BadInput."""
    try:
        return date.fromisoformat("-".join([*value.split("-"), "01", "01"][:3]))
    except ValueError as error:
        raise BadInput(f"{value} is not a date: write it as 2024-03-21, 2024-03 or 2024.") from error


def admitted_documents(index: Index, filters: Filters) -> list[int] | None:
    """Numbers of the documents that meet the filters; None if there are no filters."""
    if filters == NO_FILTERS:
        return None
    return [entry.number for entry in filters.admitted(index.entries)]
