from pincite.eval.metrics.trec import measures_by_question, run_and_qrels, trec_qrels, trec_run
from support.judged import QUOTE, answer, gold, judged


def passage(document: str, text: str, start: int) -> dict[str, object]:
    return {"document": document, "text": text, "start": start, "end": start + len(text)}


FOUND = [passage("a b.md", "nothing", 0), passage("a.md", QUOTE, 10), passage("a.md", f"So: {QUOTE}.", 90)]


def test_lines_have_the_formats_of_trec() -> None:
    run, qrels = run_and_qrels([judged(gold(), answer(evidence=FOUND))])
    assert list(trec_run(run)) == [
        "q1 Q0 a%20b.md#0-7 1 1.000000 pincite\n",
        "q1 Q0 a.md#10-59 2 0.500000 pincite\n",
        "q1 Q0 a.md#90-144 3 0.333333 pincite\n",
    ]
    assert list(trec_qrels(qrels)) == ["q1 0 a.md#10-59 1\n", "q1 0 a.md#90-144 1\n"]


def test_missed_evidence_is_in_the_relevance_file() -> None:
    run, qrels = run_and_qrels([judged(gold(), answer(evidence=FOUND[:1])), judged(gold("q2"), answer("q2"))])
    assert list(trec_qrels(qrels)) == ["q1 0 a.md#evidence-1 1\n", "q2 0 a.md#evidence-1 1\n"]
    assert measures_by_question(run, qrels) == {
        identity: {"Evidence@5": 0.0, "Evidence@10": 0.0, "RR@10": 0.0} for identity in ("q1", "q2")
    }


def test_ranking_measures_agree_with_counting_by_hand() -> None:
    verdicts = []
    for place in (1, 2, 5, 6, 10, 11):  # rank of the evidence among eleven passages
        found = [passage("a.md", QUOTE if n == place else f"filler {n}", n * 100) for n in range(1, 12)]
        verdicts.append(judged(gold(f"q{place}"), answer(f"q{place}", evidence=found)))
    measured = measures_by_question(*run_and_qrels(verdicts))
    for place in (1, 2, 5, 6, 10, 11):
        assert measured[f"q{place}"] == {
            "Evidence@5": float(place <= 5),
            "Evidence@10": float(place <= 10),
            "RR@10": 1 / place if place <= 10 else 0.0,
        }


def test_passages_keep_their_order() -> None:
    found = [{"document": "z.md", "text": "nothing"}, {"document": "a.md", "text": QUOTE}]
    run, qrels = run_and_qrels([judged(gold(), answer(evidence=found))])
    assert [scored.doc_id for scored in run] == ["z.md#rank-1", "a.md#rank-2"]
    assert measures_by_question(run, qrels)["q1"]["RR@10"] == 0.5
