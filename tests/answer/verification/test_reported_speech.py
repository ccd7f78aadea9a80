import pytest

from pincite.answer.language.parsed_text import parse_text
from pincite.answer.verification.reported_speech import check_reported_speech

DEBATE = "There is lively debate about the degree to which the two sides should align their rules on chips."


@pytest.mark.parametrize(
    ("statement", "cited", "said"),
    [
        ("The two sides should align their rules on chips.", DEBATE, "leaves this open"),
        ("It is a question how far the two sides should align their rules on chips.", DEBATE, None),
        ("Sites decide whether the hall is ready.", "Sites decide whether the hall is ready.", None),
        ("The hall is ready.", "Sites decide whether the hall is ready.", "leaves this open"),
        ("The hall is ready.", "The hall is ready. Sites decide whether more is needed.", None),
        ("The sites are late.", "The author argues that the sites are late.", "only reports this"),
        ("The author holds, according to the report, that sites are late.", "He argues that the sites are late.", None),
    ],
)
def test_views_and_open_questions_are_not_facts(statement: str, cited: str, said: str | None) -> None:
    found = list(check_reported_speech(parse_text(statement), parse_text(cited)))
    assert [said in one.message for one in found if said] == ([True] if said else [])
    assert bool(found) == bool(said)
