from pathlib import Path

import pytest

from pincite.answer.verification.entailment import doubts, open_entailment
from pincite.answer.verification.verify import Support
from pincite.ingest.errors import UnknownModel
from support.cited import check
from support.random_cross_encoder import save_model

QUOTE = "The Facility shall offer 4,000 accelerators by 31 December 2025."


class Fixed:
    """A model that gives every pair one score."""

    def __init__(self, score: float) -> None:
        self.score = score

    def scores(self, question: str, texts: list[str]) -> list[float]:
        return [self.score for _ in texts if question]


def test_a_real_cross_encoder_joins_the_checks(tmp_path: Path) -> None:
    model = open_entailment(str(save_model(tmp_path / "model", labels=1)))
    claim = "The Facility must offer 4,000 accelerators by the end of December 2025."
    alone, joined = (check(claim, QUOTE, entailment=one) for one in (None, model))
    assert (doubts(model, claim, [QUOTE]) is None) == (joined.support is alone.support)
    assert joined == check(claim, QUOTE, entailment=model)


def test_a_model_may_lower_a_result_and_never_raise_it() -> None:
    lowered = check(QUOTE, QUOTE, entailment=Fixed(0.1))
    assert (lowered.support, lowered.reasons) == (Support.PARTLY, ("the model of entailment gives it 0.10 of 1",))
    wrong = "The Facility shall offer 5,000 accelerators."
    assert check(wrong, QUOTE, entailment=Fixed(1.0)) == check(wrong, QUOTE)
    assert check(QUOTE, QUOTE, entailment=Fixed(0.9)) == check(QUOTE, QUOTE)


def test_what_is_no_model_is_told() -> None:
    with pytest.raises(UnknownModel):
        open_entailment("nowhere")
