import json
from pathlib import Path

import pytest

from pincite.eval.compare import compare, comparison_record
from pincite.eval.judging.verdicts import AnswerOutcome
from pincite.eval.metrics.scores import score_all, summarise
from pincite.eval.runs.run_folder import EvaluationRun
from pincite.ingest.errors import BadInput
from support.judged import answer, gold, judged

FULL, HALF, NONE = "EUR 7.5 million under Article 5(1).", "EUR 7.5 million.", "Nobody knows."


def run(texts: list[str], name: str = "run", llm: str = "extract") -> EvaluationRun:
    verdicts = [judged(gold(f"q{n}"), answer(f"q{n}", text, seconds={"total": 0.1})) for n, text in enumerate(texts)]
    scored = score_all(verdicts, {})
    return EvaluationRun(Path(name), {"llm": llm}, scored, summarise(scored), {})


def test_a_significant_fall_is_distinguished_from_chance() -> None:
    before, after = run([FULL] * 20), run([FULL] * 10 + [NONE] * 10)
    found = compare(before, after)
    recall = found.measures["NuggetRecall"]
    assert (recall.before, recall.after, recall.difference) == (1.0, 0.5, -0.5)
    assert recall.p < 0.01
    assert recall.interval is not None
    assert recall.interval[1] < 0
    assert found.fell(["NuggetRecall", "Latency p50"]) == ["NuggetRecall"]
    by_chance = compare(run([FULL, NONE] * 10), run([NONE, FULL] * 10))
    assert by_chance.measures["NuggetRecall"].verdict == "no clear change"
    assert by_chance.fell(["Score"]) == []


def test_the_exact_p_of_few_questions() -> None:
    """Four questions, all fell: of 2^4 ways to swap, two are as extreme as what was seen."""
    found = compare(run([FULL] * 4), run([NONE] * 4))
    assert found.measures["NuggetRecall"].p == pytest.approx(2 / 16)


def test_questions_whose_outcome_changed() -> None:
    found = compare(run([FULL, HALF, NONE]), run([NONE, HALF, FULL]))
    assert [(one.id, one.before, one.after, one.score) for one in found.changes] == [
        ("q0", AnswerOutcome.COMPLETE, AnswerOutcome.WRONG, -2.0),
        ("q2", AnswerOutcome.WRONG, AnswerOutcome.COMPLETE, 2.0),
    ]


def test_only_shared_questions_are_compared() -> None:
    found = compare(run([FULL, HALF, NONE]), run([FULL, HALF]))
    assert (found.questions, found.left_out) == (2, ("q2",))
    with pytest.raises(BadInput, match="share 1 questions"):
        compare(run([FULL]), run([FULL, HALF]))


def test_a_measure_without_a_value_is_an_error() -> None:
    found = compare(run([FULL, HALF]), run([FULL, HALF]))
    with pytest.raises(BadInput, match=r"RR@10 has no value in both runs; available: Score"):
        found.fell(["RR@10"])


def test_the_record_is_json_and_has_the_settings_that_differ() -> None:
    found = compare(run([FULL] * 6), run([NONE] * 6, llm="ollama:qwen3"))
    record = json.loads(json.dumps(comparison_record(found, ["NuggetRecall"])))
    assert record["settings"] == {"llm": ["extract", "ollama:qwen3"]}
    assert record["fell"] == ["NuggetRecall"]
    assert record["changed"][0]["after"] == "no fact"
