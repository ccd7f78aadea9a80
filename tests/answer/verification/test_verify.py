from time import perf_counter

import pytest

from pincite.answer.verification.verify import Support
from pincite.ingest.document import Metadata
from support.cited import check

KNOWN = Metadata(symbol="MF/RES/3/2", date="2026-03-04")
QUOTE = "Decides that the Facility shall offer 4,000 accelerators at three host sites by 31 December 2025;"


@pytest.mark.parametrize(
    ("text", "support"),
    [
        (QUOTE, Support.SUPPORTED),
        ("The Facility shall offer 4,000 accelerators by 31 December 2025.", Support.SUPPORTED),
        ("The Facility must offer four thousand accelerators at 3 host sites by December 31, 2025.", Support.SUPPORTED),
        ("The Facility shall offer 6,500 accelerators by 31 December 2025.", Support.UNSUPPORTED),
        ("The Facility shall offer 4,000 accelerators by 31 December 2027.", Support.UNSUPPORTED),
        ("The Facility may offer 4,000 accelerators by 31 December 2025.", Support.UNSUPPORTED),
        ("The Facility offers accelerators at sites chosen in a secret vote.", Support.PARTLY),
        ("Members reject every binding treaty on weapons.", Support.UNSUPPORTED),
        ("", Support.UNSUPPORTED),
        ("…", Support.UNSUPPORTED),
        ("It is so.", Support.UNSUPPORTED),
    ],
)
def test_support(text: str, support: Support) -> None:
    statement = check(text, QUOTE)
    assert statement.support is support
    assert bool(statement.reasons) == (support is not Support.SUPPORTED)
    assert 0 <= statement.score <= 1


def test_the_missing_figure_is_named() -> None:
    assert "6,500" in check("It offers 6,500 accelerators.", QUOTE).reasons[0]


def test_a_statement_without_citation_is_unsupported() -> None:
    assert check(QUOTE).support is Support.UNSUPPORTED
    assert check(QUOTE, "").support is Support.UNSUPPORTED


def test_several_quotes_support_together() -> None:
    text = "The Facility offers 4,000 accelerators; private applicants get at most 15 per cent."
    assert check(text, QUOTE).support is Support.UNSUPPORTED
    assert check(text, QUOTE, "at most 15 per cent for private applicants").support is Support.SUPPORTED


def test_a_quote_is_supported_in_full() -> None:
    text = "Decides that the Facility shall offer 4,000 accelerators … by 31 December 2025;"
    assert (check(text, QUOTE).support, check(text, QUOTE).score) == (Support.SUPPORTED, 1.0)


def test_each_finding_lowers_the_score() -> None:
    right, wrong, worse = (
        check(f"The Facility {force} offer {number} accelerators at three host sites.", QUOTE).score
        for force, number in (("shall", "4,000"), ("may", "4,000"), ("may", "5,000"))
    )
    assert right > wrong > worse > 0


def test_verifying_an_extractive_answer_takes_milliseconds() -> None:
    long = " ".join(f"{QUOTE[:-1]}, as part {number} of the programme says." for number in range(5))
    words = long.split()
    quotes = [f"{' '.join(words[n : n + 20])} … {' '.join(words[n + 25 : n + 40])}" for n in range(4)]
    statements = [f"MF/RES/3/2 (4 March 2026), para. 1: {quote}" for quote in quotes]
    best = float("inf")
    for _ in range(5):  # the least of several: others may be at work on the machine
        began = perf_counter()
        assert all(check(text, long, known=KNOWN, pinpoint="para. 1").score == 1 for text in statements)
        best = min(best, perf_counter() - began)
    assert best < 0.02
