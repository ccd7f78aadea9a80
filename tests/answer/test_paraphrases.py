"""Statements as a model writes them, faithful and not, over invented texts."""

import pytest

from support.cited import passes

ENERGY = (
    "The Facility shall publish, no later than 31 March of each year, a report on the energy used by its accelerators, "
    "and shall not disclose the names of applicants unless they consent."
)
BOARD = (
    "The Board may suspend access for up to six months where a user has breached the terms; it must give reasons "
    "within 14 days."
)
MARKET = (
    "In 2024, private investment reached $252.3 billion, up 26 per cent from 2023, while only 8 per cent of firms in "
    "low-income countries reported using artificial intelligence."
)
CRITICS = (
    "Critics argue that voluntary commitments have failed to reduce the risks of frontier models, and the report "
    "proposes a binding treaty by 2030."
)
FORUM = (
    "Takes note of the report of the Secretary-General and decides to convene the Global Dialogue in Geneva in July "
    "2026 and in New York in 2027."
)
SITES = "The 1,150 accelerators at Kigali use 3.2 MW; the 800 accelerators at Tallinn use 2.1 MW."
BODY = "The Advisory Body, composed of 39 members from 33 countries, made seven recommendations."
VOTE = (
    "The proposal would have required firms to disclose training data, but the Council rejected it by 14 votes to 9, "
    "with 4 abstentions."
)
SHARING = "Calls upon developed countries to increase technology transfer to developing countries on agreed terms;"
TREATY = (
    "As of January 2025, only two of the seven countries had ratified the treaty, which has not entered into force."
)

FAITHFUL = [
    (ENERGY, "The Facility must publish a report on the energy its accelerators use by 31 March each year."),
    (ENERGY, "A report on the energy used by the accelerators is published each year by March 31 at the latest."),
    (ENERGY, "Without their consent, the Facility may not disclose the names of applicants."),
    (ENERGY, "Applicants' names are not disclosed by the Facility unless they consent."),
    (BOARD, "The Board can suspend a user's access for at most 6 months if the terms are breached."),
    (BOARD, "If a user breaches the terms, the Board may suspend access, and must give reasons within fourteen days."),
    (BOARD, "Reasons must be given within 14 days."),
    (MARKET, "Private investment grew by 26% to $252.3 billion in 2024."),
    (MARKET, "Private investment was 252.3 billion dollars in 2024, 26% more than in 2023."),
    (MARKET, "Only 8% of firms in low-income countries reported using AI."),
    (CRITICS, "According to critics, voluntary commitments have failed to reduce the risks of frontier models."),
    (CRITICS, "Critics say that voluntary commitments have failed to reduce frontier model risks."),
    (CRITICS, "A binding treaty by 2030 is proposed in the report."),
    (FORUM, "The Global Dialogue will be convened in Geneva in July 2026 and in New York in 2027."),
    (FORUM, "It decides to convene the Global Dialogue in July 2026 in Geneva."),
    (FORUM, "The Assembly takes note of the Secretary-General's report."),
    (SITES, "Kigali has 1150 accelerators that use 3.2 MW, and Tallinn has 800 that use 2.1 MW."),
    (SITES, "At Tallinn, 800 accelerators use 2.1 MW."),
    (BODY, "The body has 39 members from 33 countries."),
    (BODY, "The Advisory Body made 7 recommendations."),
    (VOTE, "The Council rejected the proposal by 14 votes to 9, with four abstentions."),
    (SHARING, "Developed countries are called upon to increase technology transfer to developing countries."),
    (TREATY, "The treaty has not entered into force; by January 2025 only two countries had ratified it."),
]
FALSE = [
    (ENERGY, "The Facility must publish a report on the energy its accelerators use by 30 April each year."),
    (ENERGY, "The Facility may publish a report each year on the energy used by its accelerators."),
    (ENERGY, "The Facility shall disclose the names of applicants unless they consent."),
    (ENERGY, "The Facility shall publish a report no earlier than 31 March of each year on the energy used."),
    (BOARD, "The Board may suspend access for up to six years where a user has breached the terms."),
    (BOARD, "The Board must suspend access where a user has breached the terms."),
    (BOARD, "The Board may not suspend access where a user has breached the terms."),
    (BOARD, "The Board may suspend access for at least six months where a user has breached the terms."),
    (BOARD, "The Board may suspend access for up to 14 months where a user has breached the terms."),
    (MARKET, "Private investment fell by 26% to $252.3 billion in 2024."),
    (MARKET, "Private investment reached $252.3 million in 2024."),
    (MARKET, "8 per cent of firms in low-income countries reported using AI."),
    (MARKET, "Only 26 per cent of firms in low-income countries reported using AI."),
    (CRITICS, "Voluntary commitments have failed to reduce the risks of frontier models."),
    (CRITICS, "The report proposes a non-binding treaty by 2030."),
    (FORUM, "The Assembly endorses the report of the Secretary-General."),
    (FORUM, "The Global Dialogue will be convened in New York in July 2026 and in Geneva in 2027."),
    (FORUM, "The Global Dialogue will be convened in Nairobi in July 2026."),
    (FORUM, "The Global Dialogue will be convened in Geneva in July 2027."),
    (SITES, "The 1,150 accelerators at Tallinn use 3.2 MW."),
    (BODY, "The Advisory Body has 33 members from 39 countries."),
    (BODY, "The Advisory Body made 39 recommendations."),
    (VOTE, "The Council accepted the proposal by 14 votes to 9, with 4 abstentions."),
    (VOTE, "The Council rejected it by 9 votes to 14, with 4 abstentions."),
    (VOTE, "The Parliament rejected the proposal by 14 votes to 9, with 4 abstentions."),
    (SHARING, "The text calls upon developing countries to increase technology transfer to developed countries."),
    (SHARING, "Developed countries shall increase technology transfer to developing countries on agreed terms."),
    (SHARING, "The text calls upon developed countries to reduce technology transfer to developing countries."),
    (TREATY, "As of January 2025, all of the seven countries had ratified the treaty."),
    (TREATY, "The treaty has entered into force."),
]


@pytest.mark.parametrize(("text", "claim"), FAITHFUL)
def test_a_faithful_paraphrase_passes(text: str, claim: str) -> None:
    assert passes(claim, text)


@pytest.mark.parametrize(("text", "claim"), FALSE)
def test_what_the_text_does_not_say_does_not_pass(text: str, claim: str) -> None:
    assert not passes(claim, text)
