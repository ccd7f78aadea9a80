import numpy as np
import pytest

from pincite.answer.retrieval.ranking import DOWNWEIGHTS, Candidate, Signals, Weights, rank
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import BlockKind
from pincite.ingest.index.catalog import StoredPassage


def candidate(
    number: int, cosine: float, bm25: float, coverage: float, *, heading: str = "", downweight: float = 1.0
) -> Candidate:
    passage = Passage(f"p{number}", "a.md", number * 10, number * 10 + 5, "words", None, None, (heading,), "A")
    stored = StoredPassage(number, 1, passage, np.zeros(2, dtype=np.float32))
    return Candidate(stored, Signals(cosine, cosine, bm25, coverage, None, None, downweight))


def numbers(ranked: list[Candidate]) -> list[int]:
    return [one.stored.number for one in ranked]


def test_scores_match_a_calculation_by_hand() -> None:
    first, second = candidate(1, 0.8, 5.0, 0.5, heading="I"), candidate(2, 0.4, 10.0, 1.0, heading="II")
    ranked = rank([first, second], Weights(meaning=0.4, words=0.2, coverage=0.4, section=0.0))
    assert numbers(ranked) == [2, 1]
    assert ranked[0].score == pytest.approx(0.4 * 0.5 + 0.2 * 1 + 0.4 * 1)
    assert ranked[1].score == pytest.approx(0.4 * 1 + 0.2 * 0.5 + 0.4 * 0.5)


def test_coverage_outweighs_one_rare_word() -> None:
    """BM25 of a single rare word may outdo that of three words of the question; coverage does not let it."""
    rare, all_words = candidate(1, 0.5, 12.0, 0.3, heading="I"), candidate(2, 0.5, 9.0, 0.9, heading="II")
    assert numbers(rank([rare, all_words], Weights())) == [2, 1]


def test_passages_gain_from_the_best_of_their_section() -> None:
    alone = candidate(1, 0.5, 0.0, 0.5, heading="alone")
    together = [candidate(n, cosine, 0.0, 0.5, heading="together") for n, cosine in ((2, 0.49), (3, 0.5), (4, 0.5))]
    ranked = rank([alone, *together], Weights())
    assert numbers(ranked)[-1] == 1
    assert all(one.section > 0 for one in ranked if one.stored.number == 2)
    assert numbers(rank([alone, *together], Weights(section=0.0)))[-1] == 2


def test_apparatus_is_downweighted_and_ties_keep_their_order() -> None:
    reference = candidate(1, 0.5, 5.0, 0.5, heading="I", downweight=DOWNWEIGHTS[BlockKind.REFERENCE])
    second, third = candidate(2, 0.5, 5.0, 0.5, heading="II"), candidate(3, 0.5, 5.0, 0.5, heading="III")
    assert numbers(rank([third, reference, second], Weights())) == [2, 3, 1]


def test_no_candidates_give_an_empty_ranking() -> None:
    assert rank([], Weights()) == []
