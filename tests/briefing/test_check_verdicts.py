"""Claims about the sample library, true ones and others that are false in one thing, and what Check says of them."""

from pathlib import Path

import pytest

from pincite.answer.query.filters import NO_FILTERS
from pincite.briefing.draft_check.check import CheckedSentence, check_draft
from pincite.briefing.draft_check.verdicts import ClaimVerdict
from pincite.ingest.index.index import open_index

TRUE = (
    "The Framework Convention was opened for signature in Vilnius on 5 September 2024.",
    "Under MF/RES/3/2, para. 4, at most 10 per cent of computing time is for private applicants.",
    "Only 3 founding members have a public body able to test a general-purpose AI model.",
    "The Pooled Computing Facility had 2,890 accelerators installed on 30 June 2025.",
)
FALSE = {
    "name at the beginning": "Peru has offered to house a site at Windhoek and to bear the cost of the building.",
    "figure": "At most 40 per cent of computing time is for private applicants.",
    "date": "The amended target is 6,500 accelerators by 30 June 2029.",
    "polarity": "No founding member has a public body able to test a general-purpose AI model.",
    "place": "Under MF/RES/3/2, para. 3, at most 10 per cent of computing time is for private applicants.",
    "absent name": "The Assembly recommends a fourth host site at Oslo.",
    "nothing of it": "Whales eat large quantities of krill in Antarctic waters every summer.",
}


Checked = dict[str, CheckedSentence]


@pytest.fixture(scope="module")
def checked(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    draft: Path = tmp_path_factory.mktemp("verdicts") / "draft.md"
    draft.write_text("\n\n".join([*TRUE, *FALSE.values()]), encoding="utf-8")
    with open_index(sample_folder) as index:
        report = check_draft(index, draft, NO_FILTERS, lambda _done, _total: None)
    return {one.sentence.text: one for one in report.sentences}


@pytest.mark.parametrize("claim", TRUE)
def test_a_true_claim_is_supported_by_one_place(checked: Checked, claim: str) -> None:
    assert checked[claim].verdict is ClaimVerdict.SUPPORTED
    assert len(checked[claim].citations) == 1


@pytest.mark.parametrize("changed", list(FALSE))
def test_a_claim_that_is_false_in_one_thing_is_not(checked: Checked, changed: str) -> None:
    found = checked[FALSE[changed]]
    assert found.verdict is not ClaimVerdict.SUPPORTED
    assert found.reasons or not found.citations


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ("figure", "15 per cent, not 40 per cent."),
        ("date", "30 June 2027, not 30 June 2029."),
        ("place", "What it says is right, but it stands at para. 4, not at para. 3."),
    ],
)
def test_the_rival_fact_and_the_right_place_are_told(checked: Checked, changed: str, says: str) -> None:
    found = checked[FALSE[changed]]
    assert any(reason.endswith(says) for reason in found.reasons), found.reasons
    assert found.citations[0].quote
