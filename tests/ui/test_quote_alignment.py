"""Quotes found among the letters of a page, whatever the page breaks and the text mends."""

import pytest

from pincite.ui.source.quote_alignment import quote_spans

PAGE = "The Forum\x02\nmeets in spring. It adopts the work plan.3 The Forum elects a chair. It adopts the budget."


def held(text: str, quote: str, share: float = 0.0) -> list[str]:
    return [text[start:end] for start, end in quote_spans(text, quote, share)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a coop\x02\neration   frame-\nwork", "a cooperation framework"),
        ("the ﬁnal eﬀect", "the final effect"),
        ("R E S O L U T I O N 2", "resolution 2"),
        ("Ação e\u0301tait", "ac\u0327a\u0303o était"),
        ("Kigali 1,150 2,100", "Kigali | 1,150 | 2,100"),
    ],
)
def test_whole_line_is_found(text: str, quote: str) -> None:
    assert held(text, quote) == [text]


def test_a_mark_in_between_is_left_out() -> None:
    text = "the facility is late7 in the view of the Observatory, and dear"
    assert held(text, "the facility is late in the view of the Observatory") == [
        "the facility is late",
        "in the view of the Observatory",
    ]


def test_columns_in_another_order_are_found() -> None:
    left, right = "accelerators in service", "planned for December"
    assert held(f"{right} {left}", f"{left} {right}") == [left, right]


@pytest.mark.parametrize(("share", "found"), [(0.0, PAGE.find("It")), (1.0, PAGE.rfind("It"))])
def test_of_equal_places_the_nearest_is_taken(share: float, found: int) -> None:
    assert quote_spans(PAGE, "It adopts the", share) == [(found, found + 13)]


@pytest.mark.parametrize(
    "quote", ["", "…", "Nothing of the kind is said on this page", "It adopts the " + "absent " * 9]
)
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert held(PAGE, quote) == []


def test_closing_punctuation_belongs_to_the_quote() -> None:
    assert held("He said: “It is late.” Then", "“It is late.”") == ["It is late.”"]
