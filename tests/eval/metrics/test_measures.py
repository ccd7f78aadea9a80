"""All measures, checked against arithmetic written out in the tests."""

from collections.abc import Sequence

import pytest

from pincite.eval.judging.gold import GoldEvidence, Nugget
from pincite.eval.judging.verdicts import AnswerOutcome, Verdict
from pincite.eval.metrics.measures import MEASURES, within_words
from pincite.eval.metrics.scores import Scores, score_all, summarise
from support.judged import QUOTE, abstention, answer, cited, gold, judged, nobody_knows

FULL = "EUR 7.5 million [1] under Article 5(1) [1]."


def scores(*verdicts: Verdict) -> Scores:
    return summarise(score_all(verdicts, {"a.md": "law", "b.md": "report"}))


def value(name: str, *verdicts: Verdict) -> float | None:
    return scores(*verdicts).measures[name].value


def test_nugget_recall_is_the_mean_share_of_vital_nuggets() -> None:
    half, full = judged(gold(), answer()), judged(gold("q2"), answer("q2", FULL))
    assert value("NuggetRecall", half, full) == pytest.approx((1 / 2 + 2 / 2) / 2)
    assert value("NuggetRecall", half, full, judged(gold("q3"), abstention("q3"))) == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert value("NuggetRecall", half, judged(nobody_knows(), answer("u1"))) == pytest.approx(1 / 2)  # not answerable


def test_a_citation_mark_neither_states_nor_separates() -> None:
    question = gold(nuggets=(Nugget(("5",)), Nugget(("7.5 million euros",))))
    assert judged(question, answer(text="It is 7.5 million [5] euros.")).stated_nuggets == (0, 1)  # 7.5 is 7 and 5
    assert judged(question, answer(text="It is 6 million [5].")).stated_nuggets == ()


def test_citation_precision_is_a_share_of_all_citations() -> None:
    citations = [
        cited(),  # contains the evidence
        cited("elsewhere EUR 7.5 million"),  # states a nugget, in a document of the evidence
        cited("elsewhere EUR 7.5 million", "b.md"),  # states a nugget, but in another document
        cited("nothing of use"),
    ]
    verdict = judged(gold(), answer(citations=citations))
    assert [one.hit for one in verdict.citations] == [True, True, False, False]
    assert value("CitationPrecision", verdict) == 2 / 4
    one_of_one = judged(gold("q2"), answer("q2", citations=[cited()]))
    assert value("CitationPrecision", verdict, one_of_one) == 3 / 5  # of citations, not of questions


def test_a_citation_that_does_not_resolve_is_a_miss() -> None:
    verdict = judged(gold(), answer(citations=[cited(), cited()]), [True, False])
    assert value("CitationPrecision", verdict) == 1 / 2
    assert value("QuoteFidelity", verdict) == 1 / 2
    assert judged(gold(), answer(citations=[cited()]), [False]).cited_nuggets == ()


def test_citation_recall_is_the_share_of_all_nuggets_in_quotes() -> None:
    verdict = judged(gold(), answer(citations=[cited()]))
    assert value("CitationRecall", verdict) == pytest.approx(2 / 3)  # of three nuggets, one of them not vital
    assert value("CitationRecall", verdict, judged(gold("q2"), abstention("q2"))) == pytest.approx((2 / 3 + 0) / 2)


def test_pages_and_pinpoints_are_judged_if_the_gold_has_them() -> None:
    right = cited(page=3, pinpoint="Article 5 (1)")
    wrong = cited(page=4, pinpoint="Article 51")
    verdict = judged(gold(), answer(citations=[right, wrong, cited("nothing of use", page=3)]))
    assert value("PageAccuracy", verdict) == 1 / 2
    assert value("PinpointAccuracy", verdict) == 1 / 2
    bare = gold(evidence=(GoldEvidence("a.md", QUOTE),))
    assert value("PageAccuracy", judged(bare, answer(citations=[right]))) is None


def test_statement_support_counts_the_statements_shown() -> None:
    text = "One. [1] Two. [1]"
    stated = [("One.", "supported"), ("Two.", "partly"), ("Withheld.", "unsupported")]
    statements = [{"text": words, "support": support} for words, support in stated]
    assert value("StatementSupport", judged(gold(), answer(text=text, statements=statements))) == 1 / 2


def test_words_and_nuggets_per_100_words() -> None:
    verdict = judged(gold(), answer(text="EUR 7.5 million [1] is deterrent."))  # five words, two nuggets
    assert value("AnswerWords", verdict) == 5
    assert value("NuggetsPer100Words", verdict) == 100 * 2 / 5
    assert value("AnswerWords", verdict, judged(gold("q2"), abstention("q2"))) == 5  # abstentions are not counted


def test_abstention_as_the_positive_class() -> None:
    verdicts = [
        judged(nobody_knows("u1"), abstention("u1")),  # hit
        judged(nobody_knows("u2"), answer("u2")),  # missed
        judged(gold("q1"), abstention("q1")),  # false alarm
        judged(gold("q2"), abstention("q2")),  # false alarm
        judged(gold("q3"), answer("q3")),
    ]
    precision, recall = 1 / 3, 1 / 2
    assert value("AbstentionPrecision", *verdicts) == pytest.approx(precision)
    assert value("AbstentionRecall", *verdicts) == pytest.approx(recall)
    assert value("AbstentionF1", *verdicts) == pytest.approx(2 * precision * recall / (precision + recall))


def test_score_by_outcome() -> None:
    cases = [
        (judged(gold(), answer(text=FULL)), AnswerOutcome.COMPLETE, 1.0),
        (judged(gold(), answer()), AnswerOutcome.HALF, 0.5),
        (judged(gold(), answer(text="It is deterrent.")), AnswerOutcome.FEW, 0.0),
        (judged(gold(), answer(text="Nobody knows.")), AnswerOutcome.WRONG, -1.0),
        (judged(gold(), abstention()), AnswerOutcome.WRONGLY_ABSTAINED, 0.0),
        (judged(gold(), answer(text="")), AnswerOutcome.NOTHING, 0.0),
        (judged(gold(), answer(text="", failed=True)), AnswerOutcome.NOTHING, 0.0),
        (judged(nobody_knows(), abstention("u1")), AnswerOutcome.RIGHTLY_ABSTAINED, 0.0),
        (judged(nobody_knows(), answer("u1")), AnswerOutcome.SHOULD_ABSTAIN, -1.0),
    ]
    assert [(verdict.outcome, verdict.score) for verdict, *_ in cases] == [(one, score) for _, one, score in cases]
    assert value("Score", *(verdict for verdict, *_ in cases)) == pytest.approx((1 + 0.5 - 1 - 1) / 9)


def test_an_empty_answer_scores_0() -> None:
    empty = scores(judged(gold(), answer(text=" ")))
    for name in ("Score", "NuggetRecall", "CitationRecall", "CitationPrecision", "StatementSupport"):
        assert empty.measures[name].value == 0
    assert empty.measures["QuoteFidelity"].value is None
    assert empty.outcomes[AnswerOutcome.NOTHING] == 1


def retrieved(*texts: tuple[str, str]) -> Sequence[dict[str, str]]:
    return [{"document": document, "text": text} for document, text in texts]


def test_evidence_by_rank() -> None:
    found = retrieved(
        ("b.md", QUOTE), ("a.md", "nothing"), *[("a.md", f"filler {n}") for n in range(3)], ("a.md", QUOTE)
    )
    sixth = judged(gold(), answer(evidence=found))
    first = judged(gold("q2"), answer("q2", evidence=retrieved(("a.md", QUOTE))))
    never = judged(gold("q3"), answer("q3"))
    assert value("Evidence@5", sixth, first, never) == pytest.approx(1 / 3)
    assert value("Evidence@10", sixth, first, never) == pytest.approx(2 / 3)
    assert value("RR@10", sixth, first, never) == pytest.approx((1 / 6 + 1 + 0) / 3)


def test_evidence_within_words() -> None:
    other = GoldEvidence("a.md", "the fund shall be audited by the council each year")
    question = gold(evidence=(GoldEvidence("a.md", QUOTE), other))
    found = retrieved(("a.md", "one two three"), ("a.md", QUOTE), ("a.md", other.quote))
    verdict = judged(question, answer(evidence=found))
    assert within_words(verdict, 3) == {"Evidence@1500w": 0.0, "EvidenceAll@1500w": 0.0}
    assert within_words(verdict, 3 + 9) == {"Evidence@1500w": 1.0, "EvidenceAll@1500w": 1 / 2}
    assert within_words(verdict, 3 + 7) == within_words(verdict, 3 + 9)  # cut, but the rest still aligns
    assert within_words(verdict, 1500)["EvidenceAll@1500w"] == 1


def test_groups_by_kind_of_question_and_of_document() -> None:
    law, report = gold(), gold("q2", kind="number", evidence=(GoldEvidence("b.md", QUOTE),))
    found = scores(
        judged(law, answer(text=FULL)), judged(report, answer("q2")), judged(nobody_knows(), abstention("u1"))
    )
    assert set(found.by_kind) == {"fact", "number", "unanswerable"}
    assert (found.by_kind["fact"]["Score"].value, found.by_kind["number"]["Score"].value) == (1.0, 0.5)
    assert set(found.by_document_kind) == {"law", "report", "none"}
    assert found.by_document_kind["report"]["NuggetRecall"].value == 0.5


def test_latency_excludes_failed_answers() -> None:
    timed = [judged(gold(f"q{n}"), answer(f"q{n}", seconds={"total": float(n)})) for n in range(1, 6)]
    failed = judged(gold("q9"), answer("q9", "", failed=True, seconds={"total": 99.0}))
    found = scores(*timed, failed).measures
    assert (found["Latency p50"].value, found["Latency p95"].value) == (3.0, pytest.approx(4.8))


def test_every_measure_is_explained_and_computed() -> None:
    assert set(scores(judged(gold(), answer())).measures) == {*MEASURES, "Latency p50", "Latency p95"}
