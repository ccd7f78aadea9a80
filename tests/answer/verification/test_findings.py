import pytest

from pincite.answer.verification.findings import WEAKENING, Finding, FindingKind
from pincite.answer.verification.verify import Assessment, Support, assess
from pincite.ingest.document import Metadata
from support.cited import cited

SOURCE = Metadata(symbol="MF/RES/3/2", issuer="Meridian Forum", date="2026-03-04")
QUOTE = (
    "The Board encourages members to share 40 chips by 31 March 2026 with Kenya before the session, unless the "
    "Council objects. Critics argue that the fees are lawful. Members shall not sell data."
)


@pytest.mark.parametrize(
    ("text", "kind", "conflict"),
    [
        ("According to MF/RES/9/9, members share 40 chips.", FindingKind.SYMBOL, False),
        ("The Board encourages members to share 40 chips by 30 March 2026.", FindingKind.DATE, True),
        ("The Board encourages members to share 50 chips.", FindingKind.FIGURE, True),
        ("It costs 7 dollars.", FindingKind.FIGURE, False),
        ("The Board encourages members to share 40 chips with Uganda.", FindingKind.NAME, False),
        ("Under Article 9 the Board encourages members to share 40 chips.", FindingKind.PINPOINT, True),
        ("Members shall sell data.", FindingKind.NEGATION, True),
        ("The Board encourages members to share chips after the session.", FindingKind.ANTONYM, True),
        ("Critics argue that the fees are unlawful.", FindingKind.ANTONYM, True),
        ("Kenya requests lower fees.", FindingKind.MODALITY, False),
        ("The fees are lawful.", FindingKind.REPORTED_SPEECH, True),
        ("The Board encourages members to share chips before the session.", FindingKind.OMITTED_EXCEPTION, True),
        ("The Board paints bridges.", FindingKind.COVERAGE, False),
    ],
)
def test_each_rule_reports_its_kind(text: str, kind: FindingKind, *, conflict: bool) -> None:
    found = assess(text, cited(QUOTE, known=SOURCE, pinpoint="Article 3"))
    assert (kind, conflict) in {(one.kind, one.conflict) for one in found.findings}
    assert all(one.message[-1] == "." for one in found.findings)


@pytest.mark.parametrize("kind", list(FindingKind))
@pytest.mark.parametrize("conflict", [True, False])
def test_wording_changes_neither_support_nor_score(kind: FindingKind, *, conflict: bool) -> None:
    worded = [
        Assessment(0.6, (Finding(kind, message, conflict),))
        for message in ("only 5", "The cited text says 5, not 6.", "the cited text has 5", "", "Reworded.")
    ]
    assert {(one.support, one.score) for one in worded} == {(worded[0].support, worded[0].score)}
    assert worded[0].support is (Support.PARTLY if kind in WEAKENING else Support.UNSUPPORTED)
    assert (worded[0].score < worded[0].coverage) == (kind is not FindingKind.COVERAGE)


@pytest.mark.parametrize(
    ("text", "quote", "support"),
    [
        ("Importers keep a copy for 5 years.", "5. Importers shall keep a copy for 10 years.", Support.UNSUPPORTED),
        ("Staff of 37signals get 20 days.", "Staff of 37signals get 20 days.\n\n", Support.SUPPORTED),
        ("About 2,000 accounts were entered.", "About 2.000 accounts were entered.", Support.SUPPORTED),
        ("Nobody under 16 may ride an e-bike.", "Nobody under 16 may ride an e-bike, or push it.", Support.SUPPORTED),
    ],
)
def test_only_what_counts_something_is_a_figure(text: str, quote: str, support: Support) -> None:
    assert assess(text, cited(quote)).support is support
