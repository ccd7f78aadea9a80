from pathlib import Path

import pytest

from pincite.answer.verification.entailment import check_entailment, open_entailment
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


def test_a_real_cross_encoder_is_used(tmp_path: Path) -> None:
    model = open_entailment(str(save_model(tmp_path / "model", labels=1)))
    claim = "The Facility must offer 4,000 accelerators by the end of December 2025."
    alone, joined = (check(claim, QUOTE, entailment=one) for one in (None, model))
    assert (not list(check_entailment(model, claim, [QUOTE]))) == (joined.support is alone.support)
    assert joined == check(claim, QUOTE, entailment=model)


def test_a_model_may_lower_support_but_never_raise_it() -> None:
    lowered = check(QUOTE, QUOTE, entailment=Fixed(0.1))
    assert (lowered.support, lowered.reasons) == (Support.PARTLY, ("The entailment model scores this 0.10 out of 1.",))
    wrong = "The Facility shall offer 5,000 accelerators."
    assert check(wrong, QUOTE, entailment=Fixed(1.0)) == check(wrong, QUOTE)
    assert check(QUOTE, QUOTE, entailment=Fixed(0.9)) == check(QUOTE, QUOTE)


def test_an_unknown_model_is_an_error() -> None:
    with pytest.raises(UnknownModel):
        open_entailment("nowhere")
