import json
from pathlib import Path

from pincite.eval.judging.gold import GoldEvidence, read_gold
from pincite.eval.judging.gold_check import check_gold
from pincite.ingest.index.index import Index
from support.judged import gold

RESOLUTION = "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"


def evidence_problems(sample: Index, evidence: GoldEvidence) -> list[tuple[str, bool, str]]:
    question = gold(evidence=(evidence,))
    found = check_gold(sample, [question])
    return [(one.field, one.error, one.text) for one in found if one.field.startswith("evidence")]


def passage(sample: Index) -> GoldEvidence:
    stored = next(
        one.passage
        for one in sample.catalog.passages_of(sample.entry(RESOLUTION).number)
        if one.passage.pinpoint == "para. 2" and len(one.passage.text.split()) > 14
    )
    quote = " ".join(stored.text.split()[:14])
    return GoldEvidence(RESOLUTION, quote, stored.page, stored.pinpoint)


def test_no_quote_of_the_sample_gold_is_missing_from_the_sample_corpus(sample: Index) -> None:
    questions = read_gold(Path(__file__).parents[3] / "eval" / "gold" / "sample.jsonl")
    assert [problem for problem in check_gold(sample, questions) if problem.error] == []


def test_a_verbatim_quote_has_no_problem(sample: Index) -> None:
    assert evidence_problems(sample, passage(sample)) == []


def test_a_missing_quote_is_an_error_that_shows_the_nearest_text(sample: Index) -> None:
    right = passage(sample)
    words = right.quote.split()
    slip = GoldEvidence(RESOLUTION, " ".join([*words[:-1], "otherwise"]), right.page, right.pinpoint)
    [(field, error, text)] = evidence_problems(sample, slip)
    assert (field, error) == ("evidence.0.quote", False)
    assert "only similar" in text
    [(field, error, text)] = evidence_problems(
        sample, GoldEvidence(RESOLUTION, "Cod may be caught in the North Sea by anybody")
    )
    assert (field, error) == ("evidence.0.quote", True)
    assert "nearest" in text
    [(field, error, text)] = evidence_problems(sample, GoldEvidence("no/such.pdf", right.quote))
    assert (field, error) == ("evidence.0.document", True)


def test_a_wrong_page_or_pinpoint_and_a_short_quote_are_remarks(sample: Index) -> None:
    right = passage(sample)
    found = evidence_problems(sample, GoldEvidence(RESOLUTION, right.quote, 99, "para. 99"))
    assert [(field, error) for field, error, _ in found] == [
        ("evidence.0.page", False),
        ("evidence.0.pinpoint", False),
    ]
    short = GoldEvidence(RESOLUTION, " ".join(right.quote.split()[:4]))
    assert [(field, error) for field, error, _ in evidence_problems(sample, short)] == [("evidence.0.quote", False)]


def test_a_nugget_stated_by_no_quote_is_a_remark(sample: Index) -> None:
    question = gold(evidence=(passage(sample),))
    found = [problem for problem in check_gold(sample, [question]) if problem.field.startswith("nuggets")]
    assert [(one.field, one.error) for one in found] == [(f"nuggets.{n}", False) for n in range(3)]
    assert json.dumps(found[0].text)
