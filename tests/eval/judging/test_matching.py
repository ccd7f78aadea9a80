import re
import string

import pytest

from pincite.eval.judging.gold import GoldEvidence
from pincite.eval.judging.matching import contains_evidence, is_same_pinpoint
from pincite.eval.judging.normalisation import normalise, occurs_in
from support.judged import QUOTE

EVIDENCE = GoldEvidence("a.md", QUOTE)


def squad(text: str) -> str:
    """The official SQuAD normalisation: lower case, no punctuation, no articles, single spaces."""
    bare = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", bare).split())


@pytest.mark.parametrize("text", ["Twelve  Members,\nand no more.", "“It” shall report!", "paragraph 6 (e) of 2024"])
def test_normalisation_agrees_with_squad_where_both_apply(text: str) -> None:
    assert normalise(text.replace("“", '"').replace("”", '"')) == squad(text.replace("“", '"').replace("”", '"'))


@pytest.mark.parametrize(
    ("wrong", "text"),
    [("Article 51", "Article 5(1)"), ("A/RES/78/2/65", "A/RES/78/265"), ("EUR 75 million", "EUR 7.5 million")],
)
def test_normalisation_separates_what_squad_joins(wrong: str, text: str) -> None:
    assert squad(wrong) == squad(text)
    assert not occurs_in(wrong, normalise(text))


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("Article 5(1)", "see Article 5 (1).", True),
        ("Article 5(1)", "see Article 51", False),
        ("7.5", "EUR 7.5 million", True),
        ("7.5", "EUR 75 million", False),
        ("A/RES/78/265", "resolution A/RES/78/265 of 2024", True),
        ("A/RES/78/265", "resolution A/RES/78/26", False),
        ("regional", "they cooperate regionally", True),  # six characters or more: also as a stem
        ("fine", "the finest of them", False),
        ("регіональн", "регіональних центрів", True),
        ("ﬁve members", "Five members", True),  # NFKC takes ligatures apart
    ],
)
def test_a_wording_occurs_in_a_text(wording: str, text: str, found: bool) -> None:  # noqa: FBT001  a column of the table above
    assert occurs_in(wording, normalise(text)) is found


@pytest.mark.parametrize(
    ("text", "contained"),
    [
        ("They risk FINES of up to EUR 7.5\nmillion, under Article 5(1).", True),
        ("fines of up to EUR 7.5 million", True),  # inside the evidence, 25 characters or more
        ("EUR 7.5 million", False),  # inside it, but too short to be certain
        ("fines of up to EUR 7.5 mil- lion under Article 5(1)", True),  # aligned
        ("rules on transparency of public registers and their upkeep", False),
    ],
)
def test_a_text_contains_evidence(text: str, contained: bool) -> None:  # noqa: FBT001  a column of the table above
    assert contains_evidence(EVIDENCE, "a.md", text) is contained
    assert not contains_evidence(EVIDENCE, "b.md", text)


def test_a_short_text_must_align_more_closely() -> None:
    long = GoldEvidence("a.md", f"{QUOTE} shall be paid into the fund for shared safety testing within sixty days")
    close, loose = "shall be paid into a fund for shared safety", "shall pay into this fund of shared safety te"
    assert contains_evidence(long, "a.md", close)
    assert not contains_evidence(long, "a.md", loose)


def test_remarks_do_not_change_a_pinpoint() -> None:
    assert is_same_pinpoint("para. 6 (e)", "para. 6(e)")
    assert is_same_pinpoint("Article 3(1)", "Article 3(1) (definitions)")
    assert not is_same_pinpoint("Article 31", "Article 3(1)")
    assert not is_same_pinpoint(None, "Article 3(1)")
