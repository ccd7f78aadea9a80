"""Polarity and legal force of a claim and a place."""

import pytest

from pincite.answer.language.parsed_text import parse_text
from pincite.briefing.draft_check.force import differs_in_force
from pincite.briefing.draft_check.polarity import is_negative

AGREE = [
    ("Carrying passengers is forbidden.", "No operator is permitted to carry passengers."),
    ("Reservations are not possible.", "No reservations may be made to this Agreement."),
    ("The rule covers sites that are not at sea.", "The rule covers sites that are not at sea, where they exist."),
    ("Regulation No. 12 was repealed.", "Regulation No. 12, being a regulation on fees, is repealed."),
    ("The Stop TB Partnership trains nurses.", "The work of the Stop TB Partnership, which trains nurses, grows."),
]
DIFFER = [
    ("Carrying passengers is allowed.", "No operator is permitted to carry passengers."),
    ("Defence falls within the scope.", "Matters of defence do not fall within the scope."),
    ("The firm keeps a bank of sick days.", "We don’t offer a bank of sick days."),
]


@pytest.mark.parametrize(("claim", "place"), AGREE)
def test_the_same_said_in_other_words_is_not_reversed(claim: str, place: str) -> None:
    stated = parse_text(claim)
    assert is_negative(stated, stated) == is_negative(parse_text(place), stated)


@pytest.mark.parametrize(("claim", "place"), DIFFER)
def test_what_is_denied_is_reversed(claim: str, place: str) -> None:
    stated = parse_text(claim)
    assert is_negative(stated, stated) != is_negative(parse_text(place), stated)


@pytest.mark.parametrize(
    ("claim", "place", "differs"),
    [
        ("Providers have to mark content.", "Providers shall ensure that content is marked.", False),
        ("Providers may mark content.", "Providers shall ensure that content is marked.", True),
        ("States must share chips.", "The Assembly encourages States to share chips.", True),
        ("States should share chips.", "The Assembly encourages States to share chips.", False),
        ("Nobody may carry cargo.", "No person shall carry cargo.", False),
        ("In May the panel meets.", "The panel meets in May.", False),
    ],
)
def test_force(claim: str, place: str, *, differs: bool) -> None:
    assert differs_in_force(parse_text(claim), parse_text(place)) is differs
