import pytest

from answer.cite import Citation
from answer.verify import Statement, Support, verify
from ingest.document import Metadata
from ingest.index import Index

QUOTE = "Decides that the Facility shall offer 4,000 accelerators at three host sites by 31 December 2025;"


def check(index: Index, text: str, *quotes: str) -> Statement:
    citations = [Citation(n, "a.md", Metadata(), quote, 0, len(quote), None, None) for n, quote in enumerate(quotes, 1)]
    return verify(index.lexical, text, citations)


@pytest.mark.parametrize(
    ("text", "support"),
    [
        (QUOTE, Support.SUPPORTED),
        ("The Facility shall offer 4,000 accelerators by 31 December 2025.", Support.SUPPORTED),
        ("The Facility shall offer 6,500 accelerators by 31 December 2025.", Support.UNSUPPORTED),
        ("The Facility shall offer 4,000 accelerators by 31 December 2027.", Support.UNSUPPORTED),
        ("The Facility offers accelerators at sites chosen in a secret vote.", Support.PARTLY),
        ("Members reject every binding treaty on weapons.", Support.UNSUPPORTED),
    ],
)
def test_support(sample: Index, text: str, support: Support) -> None:
    statement = check(sample, text, QUOTE)
    assert statement.support is support
    assert bool(statement.reasons) == (support is not Support.SUPPORTED)


def test_the_missing_figure_is_named(sample: Index) -> None:
    assert check(sample, "It offers 6,500 accelerators.", QUOTE).reasons == ("6,500 does not stand in the cited text",)


def test_a_statement_without_citation_is_unsupported(sample: Index) -> None:
    assert check(sample, QUOTE).support is Support.UNSUPPORTED


def test_several_quotes_support_together(sample: Index) -> None:
    text = "The Facility offers 4,000 accelerators; private applicants get at most 15 per cent."
    assert check(sample, text, QUOTE).support is Support.UNSUPPORTED
    assert check(sample, text, QUOTE, "at most 15 per cent for private applicants").support is Support.SUPPORTED
