import random

import numpy as np
import torch

from pincite.eval.training.encoding import open_tokenizer, pad
from pincite.eval.training.examples import from_paragraph
from pincite.eval.training.reader_model import log_share
from pincite.eval.training.train_reader import masks, target_of, window
from pincite.ingest.embedding.weights import find_weights

CHANCE = random.Random(1)  # noqa: S311  no secret hangs on it
TEXT = "The Council meets in May. It elects a chair, Ms Orr. The chair serves for two years."


def test_the_tokens_of_the_answer_are_the_target() -> None:
    tokenizer = open_tokenizer(find_weights() / "tokenizer.json")
    span = (TEXT.index("two"), TEXT.index("two") + len("two years"))
    target = target_of(tokenizer, from_paragraph("How long?", "Rules", TEXT, [span]), 64, CHANCE)
    read = pad(tokenizer, [target.reading])
    text, gold, exact = (one.numpy()[0] for one in masks([target], read))
    assert tokenizer.decode(read.ids[0][exact]) == "two years"
    assert tokenizer.decode(read.ids[0][gold]) == "the chair serves for two years."
    assert text.sum() > gold.sum() > exact.sum()


def test_a_window_holds_its_middle_and_fits() -> None:
    for _ in range(20):
        first, last = window([10, 10, 10, 10], 2, 25, CHANCE)
        assert first <= 2 <= last
        assert last - first == 1


def test_the_share_of_no_answer_is_that_of_a_score_of_0() -> None:
    scores = torch.zeros(2, 3)
    text = torch.tensor([[True, True, True], [True, True, True]])
    chosen = torch.tensor([[True, False, False], [False, False, False]])
    assert np.allclose(log_share(scores, chosen, text).exp(), [0.25, 0.25])
