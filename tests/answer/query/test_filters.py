from dataclasses import replace

import pytest

from pincite.answer.query.filters import NO_FILTERS, admitted_documents, make_filters
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index


def paths(index: Index, **filters: str | tuple[str, ...]) -> set[str]:
    numbers = admitted_documents(index, make_filters(**filters))  # type: ignore[arg-type]
    return {entry.path for entry in index.entries if numbers is None or entry.number in numbers}


def test_no_filters_admit_every_document(sample: Index) -> None:
    assert admitted_documents(sample, NO_FILTERS) is None


def test_values_of_one_filter_add_up_and_filters_narrow(sample: Index) -> None:
    assert len(paths(sample, kinds=("resolution",))) == 4
    assert len(paths(sample, kinds=("resolution", "report"))) == 8
    assert paths(sample, kinds=("resolution",), after="2025") == {
        "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"
    }


def test_dates_are_inclusive_and_may_lack_month_or_day(sample: Index) -> None:
    assert len(paths(sample, after="2024-10-17", before="2024-10-18")) == 2
    assert paths(sample, before="2023") == {"resolutions/MF-RES-1-3-shared-safety-testing.md"}


def test_glob_and_issuer_filters(sample: Index) -> None:
    assert len(paths(sample, documents=("articles/*",))) == 4
    assert len(paths(sample, issuers=("meridian policy review",))) == 4


@pytest.mark.parametrize(("name", "value"), [("after", "yesterday"), ("before", "2024-13"), ("kinds", ("poem",))])
def test_invalid_filter_values_are_rejected(name: str, value: str | tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        make_filters(**{name: value})  # type: ignore[arg-type]


def test_a_document_dated_by_month_matches_days_of_that_month(sample: Index) -> None:
    entry = replace(sample.entries[0], metadata=replace(sample.entries[0].metadata, date="2023-01"))
    assert make_filters(after="2023-01-15").admits_metadata(entry)
    assert not make_filters(after="2023-02-01").admits_metadata(entry)
    assert not make_filters(before="2022-12-31").admits_metadata(entry)
    assert not make_filters(after="2023").admits_metadata(replace(entry, metadata=replace(entry.metadata, date=None)))
