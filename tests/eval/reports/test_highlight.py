"""Nuggets are highlighted at the offsets where the judge found them."""

import pytest

from pincite.eval.judging.gold import GoldEvidence, GoldQuestion, Nugget
from pincite.eval.judging.responses import SystemResponse
from pincite.eval.judging.verdicts import judge
from pincite.eval.reports.highlight import Segment, answer_spans, line_segments, nugget_spans, segments


def found(text: str, *variants: str) -> list[str]:
    """The parts of a text highlighted for one nugget."""
    return [text[start:end] for start, end, _ in nugget_spans(text, [Nugget(variants)])]


@pytest.mark.parametrize(
    ("text", "variant", "expected"),
    [
        ("Article 51 and Article 5, (1)", "Article 5(1)", ["Article 5, (1"]),
        ("75 or 7.5 per cent", "7.5", ["7.5"]),
        ("Cooperating REGIONALLY", "regional", ["REGIONAL"]),
        ("an undoing, a doing", "doing", ["doing"]),
        ("a lawn, the law", "law", ["law"]),
        ("law law", "law", ["law", "law"]),
        ("the ﬁne is high", "fine", ["ﬁne"]),
        ("Cafe\u0301s", "Cafés", ["Cafe\u0301s"]),
        ("одну стратегію", "стратегі", ["стратегі"]),
        ("Straße 5", "strasse", ["Straße"]),
        ("_7.5_ million\nEUR", "7.5 million EUR", ["7.5_ million\nEUR"]),
        ("nothing of it", "law", []),
    ],
)
def test_a_nugget_is_highlighted_where_it_occurs(text: str, variant: str, expected: list[str]) -> None:
    assert found(text, variant) == expected


def test_all_wordings_are_found_and_spans_do_not_overlap() -> None:
    text = "on 21 March 2024, that is March 2024"
    nuggets = [Nugget(("March 2024",)), Nugget(("2024-03-21", "21 March 2024"))]
    assert nugget_spans(text, nuggets) == [(3, 16, 1), (26, 36, 0)]


@pytest.mark.parametrize(
    ("answer", "variant", "expected"),
    [
        ("EUR 7.5[1] million", "7.5 million", ["7.5[1] million"]),
        ("accele[1]rators", "accelerators", ["accele[1]rators"]),
        ("It is so [5].", "5", []),
        ("five [1, 2], 5 [3]", "5", ["5"]),
    ],
)
def test_citation_marks_are_ignored_as_by_the_judge(answer: str, variant: str, expected: list[str]) -> None:
    nuggets = (Nugget((variant,)),)
    spans = answer_spans(answer, nuggets)
    assert [answer[start:end] for start, end, _ in spans] == expected
    evidence = (GoldEvidence("a.md", "a quote of it"),)
    question = GoldQuestion("q", "What?", answerable=True, kind="fact", nuggets=nuggets, evidence=evidence)
    assert bool(judge(question, SystemResponse("q", answer), {}).stated_nuggets) == bool(spans)


def test_segments_cover_the_text() -> None:
    text = "Shanghai is in China"
    cut = segments(text, [(0, 8, 0), (15, 20, 1)])
    assert cut == [Segment("Shanghai", 0), Segment(" is in "), Segment("China", 1)]
    assert segments("", []) == []


def test_a_fact_across_a_line_break_is_marked_in_both_lines() -> None:
    text = "On 21\n\nMarch [1]\n"
    lines = line_segments(text, answer_spans(text, [Nugget(("21 March",))]))
    assert lines == [[Segment("On "), Segment("21", 0)], [Segment("March", 0), Segment(" [1]")]]
