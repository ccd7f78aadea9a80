import pytest

from pincite.eval.metrics.risk_coverage import Attempt, curve_points, held_out, risk_curve
from support.judged import abstention, answer, gold, judged, nobody_knows

FULL = "EUR 7.5 million under Article 5(1)."


def test_the_curve_computed_by_hand() -> None:
    verdicts = [
        judged(gold("q1"), answer("q1", FULL, confidence=0.9)),  # +1
        judged(gold("q2"), answer("q2", "Nobody knows.", confidence=0.7)),  # -1
        judged(gold("q3"), answer("q3", confidence=0.7)),  # +0.5
        judged(nobody_knows(), answer("u1", confidence=0.2)),  # -1
        judged(gold("q4"), abstention("q4")),  # 0
    ]
    found = risk_curve(verdicts)
    assert found is not None
    assert [(p.threshold, p.coverage, p.risk, p.score) for p in found.points] == [
        (0.9, 1 / 5, 0.0, 1 / 5),
        (0.7, 3 / 5, 1 / 3, pytest.approx(0.5 / 5)),
        (0.2, 4 / 5, 2 / 4, pytest.approx(-0.5 / 5)),
    ]
    assert found.suggested == found.points[0]
    assert found.score_now == pytest.approx(-0.5 / 5)
    assert found.area == pytest.approx((0 + 1 / 3 + 1 / 2) / 3)


def test_no_curve_without_confidence_and_no_threshold_where_abstaining_is_best() -> None:
    assert risk_curve([judged(gold(), answer())]) is None
    wrong = risk_curve([judged(gold(), answer(text="Nobody knows.", confidence=0.9))])
    assert wrong is not None
    assert wrong.suggested is None


def test_the_held_out_score_is_not_optimistic() -> None:
    noise = [Attempt(0.5 + place / 1000, place % 2 == 0, 1.0 if place % 2 == 0 else -1.0) for place in range(100)]
    assert held_out(noise) < max(point.score for point in curve_points(noise))
    informative = [Attempt(0.9, good=True, score=1.0), Attempt(0.1, good=False, score=-1.0)] * 25
    assert held_out(informative) == pytest.approx(0.5)
