import pytest

from pincite.answer.verification.verbatim import is_verbatim

QUOTE = (
    "Critics argue that testing,[4] which is costly, should be mandatory. It shall not be\nlimited to "
    "‘frontier’ models unless the Board decides otherwise by 15 %."
)


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "Critics argue that testing, which is costly, should be mandatory.",
        "CRITICS ARGUE THAT TESTING … SHOULD BE MANDATORY",
        "It shall not be limited to 'frontier' models [...] by 15 %.",
        "It shall not be limited to “frontier” models …",
        "which is costly",
        "by 15",
    ],
)
def test_words_of_the_quote_in_order_are_verbatim(text: str) -> None:
    assert is_verbatim(text, QUOTE)


@pytest.mark.parametrize(
    "text",
    [
        "testing should be mandatory",
        "should be mandatory … Critics argue",
        "testing, which is costly, should be mandatory and free",
        "It shall … be limited to ‘frontier’ models …",
        "be limited to ‘frontier’ models …",
        "It shall not be limited to ‘frontier’ models",
        "testing, which is costly, should be mandatory.",
        "by 51 %",
        "…",
        "",
    ],
)
def test_a_text_that_says_something_else_is_not_verbatim(text: str) -> None:
    assert not is_verbatim(text, QUOTE)
