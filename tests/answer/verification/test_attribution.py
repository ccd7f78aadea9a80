import pytest

from pincite.answer.verification.verify import Support
from pincite.ingest.document import Metadata
from support.cited import check

QUOTE = "(e) Increase the energy efficiency of accelerators, as paragraph 9 asks;"
KNOWN = Metadata(
    "Pooled computing", issuer="Meridian Forum", symbol="A/RES/78/265", date="2024-03-21", authors=("Li, Bo",)
)
PLACES = ("para. 6", "para. 6 (e)", "para. 7", "Scope")


def support(head: str, known: Metadata = KNOWN, pinpoint: str = "para. 6 (e)") -> Support:
    return check(f"{head} {QUOTE}", QUOTE, known=known, pinpoint=pinpoint, places=PLACES).support


@pytest.mark.parametrize(
    "head",
    [
        "According to A/RES/78/265, para. 6 (e):",
        "A/RES/78/265 (21 March 2024), para. 6 (e):",
        "para. 6:",
        "According to General Assembly resolution 78/265, paragraph 6(e),".replace("General Assembly ", ""),
        "Meridian Forum, Pooled computing (March 2024), p. 3:",
        "Li et al. (2024):",
        "In paragraph 6 (e) of resolution 78/265, the Meridian Forum states that",
    ],
)
def test_a_correct_attribution_is_supported(head: str) -> None:
    assert support(head) is Support.SUPPORTED


@pytest.mark.parametrize(
    "head",
    [
        "According to A/RES/78/265, para. 7:",
        "According to A/RES/78/265, para. 6 (f):",
        "According to A/RES/78/265, para. 9:",
        "According to A/RES/78/311, para. 6 (e):",
        "A/RES/78/265 (21 May 2024), para. 6 (e):",
        "Meridian Forum, Pooled computing (2023):",
        "Meridian Forum, Pooled computing, p. 4:",
        "A/RES/78/265, Scope:",
        "According to the Security Council:",
    ],
)
def test_a_wrong_attribution_is_unsupported(head: str) -> None:
    assert support(head) is Support.UNSUPPORTED


def test_an_attribution_gives_no_more_of_the_date_than_is_known() -> None:
    known = Metadata("Pooled computing", date="2024-03")
    assert support("Pooled computing (March 2024), para. 6 (e):", known) is Support.SUPPORTED
    assert support("Pooled computing (21 March 2024), para. 6 (e):", known) is Support.UNSUPPORTED


def test_a_pinpoint_that_does_not_exist_is_named() -> None:
    found = check(f"A/RES/78/265, para. 99: {QUOTE}", QUOTE, known=KNOWN, pinpoint="para. 6 (e)", places=PLACES)
    assert found.reasons == ("There is no para. 99 in A/RES/78/265.",)
