"""The report of a run: what it shows of each question, that texts are escaped, and its filters in a browser."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Page, expect, sync_playwright

from pincite.eval.judging.gold import GoldEvidence, GoldQuestion, Nugget
from pincite.eval.judging.responses import CitedQuote, ResponseStatement, RetrievedText, SystemResponse
from pincite.eval.judging.verdicts import judge
from pincite.eval.metrics.scores import ScoredQuestion, score_all, summarise
from pincite.eval.reports.html_report import formatted_settings, report_html
from pincite.eval.reports.markdown_report import report_markdown
from pincite.eval.reports.question_details import gold_to_compare, question_details

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
HOSTILE = (
    "<script>window.broken = 1</script></details>{{ 7 * 7 }}{% raw %} | *a* `b`\n<img src=http://evil.example/a.png>"
)
QUOTE = "Parties shall report within 21 days of the incident"
OTHER = "The fund holds EUR 7.5 million for the states of the region"
SETTINGS: dict[str, Any] = {
    "index": "0a1b2c",
    "llm": "extract",
    "gold": [{"file": "gold/small.jsonl", "sha256": "9" * 64}],
    "started": "2026-11-05T14:06:33+00:00",
    "versions": {"pincite": "0.1.0", "odd": HOSTILE},
    "document_kinds": {"a.md": "report"},
}
EVIDENCE = (GoldEvidence("a.md", QUOTE, 3, "para. 6"), GoldEvidence("a.md", OTHER, 4))


def answerable(identity: str, *, kind: Any = "fact", text: str = "When is a report due?") -> GoldQuestion:
    nuggets = (Nugget(("21 days",)), Nugget(("Kyiv",), vital=False))
    return GoldQuestion(identity, text, answerable=True, kind=kind, nuggets=nuggets, evidence=EVIDENCE)


def scored_run() -> list[ScoredQuestion]:
    """A correct answer with a hit and two misses, an abstention, a failure, a wrong answer, and hostile texts."""
    hit, miss = CitedQuote("a.md", QUOTE, 1, 3, "para. 7", 0, 9), CitedQuote("b.md", "elsewhere, in 21 days", 2)
    lost = CitedQuote("a.md", OTHER, 3)
    stated = (ResponseStatement("Within 21 days.", "partly", (1,)), ResponseStatement("Never shown.", "unsupported"))
    found = (RetrievedText("b.md", QUOTE), RetrievedText("a.md", f"1. {QUOTE}. 2. More."))
    answers = [
        SystemResponse(
            "right",
            "Within 21 days. [1][2][3]",
            statements=stated,
            citations=(hit, miss, lost),
            evidence=found,
            confidence=0.9,
            seconds={"total": 0.04},
        ),
        SystemResponse("kept back", "NOT", abstained=True, reason="No document tells.", seconds={"total": 0.02}),
        SystemResponse("broken", "", failed=True, reason="The model stopped."),
        SystemResponse("undue", "Certainly so.", confidence=0.2, seconds={"total": 1.25}),
        SystemResponse(
            "hostile", f"{HOSTILE} 21 days", citations=(CitedQuote("a.md", HOSTILE),), reason=HOSTILE, confidence=0.5
        ),
    ]
    questions = [
        answerable("right"),
        answerable("kept back", kind="date"),
        answerable("broken"),
        GoldQuestion("undue", "What of Mars?", answerable=False, kind="unanswerable"),
        answerable("hostile", kind="list", text=HOSTILE),
    ]
    verdicts = [judge(*pair, {0: True, 1: True}) for pair in zip(questions, answers, strict=True)]
    return score_all(verdicts, {"a.md": HOSTILE})


SCORED = scored_run()
PAGE = report_html(summarise(SCORED), SCORED, SETTINGS)
TREE = html.fromstring(PAGE)


def text_of(anchor: str) -> str:
    return " ".join(TREE.get_element_by_id(anchor).text_content().split())


def test_a_question_shows_what_is_right_and_wrong() -> None:
    text = text_of("q-right")
    assert "✓ all vital facts" in text
    assert "vital facts 1 of 1 citations 1 of 3 40 ms" in text
    assert "✓ stated 21 days in no cited quote" not in text
    assert "✕ missed Kyiv (not vital)" in text
    assert "[1] contains evidence 1 a.md · page 3 ✓ correct page · para. 7 ✕ wrong pinpoint" in text
    assert "[2] states fact 1 in a document without evidence" in text
    assert "[3] does not resolve" in text
    assert "retrieved at rank 2 of 2 · cited by [1]" in text
    assert "not among the 2 texts retrieved · not cited" in text
    assert "unsupported: Never shown." in text
    assert "Within 21 days1. [1][2][3] partly" in text


def test_abstentions_and_failures_have_reasons() -> None:
    assert "abstained although answerable" in text_of("q-kept-back")
    assert "No document tells." in text_of("q-kept-back")
    assert "The model stopped." in text_of("q-broken")
    assert "a correct system abstains" in text_of("q-undue")


def test_a_citation_is_compared_with_the_gold_it_contains_or_the_nearest_or_all() -> None:
    first, second, _ = SCORED[0].verdict.citations
    assert gold_to_compare(EVIDENCE, first)[0] == {0: EVIDENCE[0]}
    assert gold_to_compare(EVIDENCE, second)[0] == dict(enumerate(EVIDENCE))
    near = judge(
        answerable("q"), SystemResponse("q", "21 days", citations=(CitedQuote("a.md", "EUR 7.5 million"),)), {0: True}
    )
    assert gold_to_compare(EVIDENCE, near.citations[0])[0] == {1: EVIDENCE[1]}


def test_flags_match_the_filters() -> None:
    flags = {
        one.verdict.question.id: {name for name, met in question_details(one).flags.items() if met} for one in SCORED
    }
    assert flags == {
        "right": {"missed", "misses"},
        "kept back": {"failures", "missed", "wrongly-abstained"},
        "broken": {"failures", "missed"},
        "undue": {"failures", "wrongly-answered"},
        "hostile": {"missed", "misses"},
    }


def test_texts_are_escaped() -> None:
    assert not TREE.xpath("//img | //details[not(@class='question')] | //details/script")
    assert len(TREE.xpath("//script")) == 1
    assert len(TREE.xpath("//details")) == len(SCORED)
    assert HOSTILE in TREE.xpath("string(//details[@id='q-hostile'])")
    assert "49" not in text_of("q-hostile")


def test_the_page_loads_nothing() -> None:
    assert not TREE.xpath("//link[not(starts-with(@href, 'data:'))] | //*[@src]")
    assert all(link.get("href").startswith("#") for link in TREE.xpath("//a"))
    assert not re.search(r"url\(|@import", PAGE)
    assert "default-src 'none'" in TREE.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")


def test_an_unknown_value_is_a_dash_not_0() -> None:
    alone = [one for one in SCORED if one.verdict.question.id == "kept back"]
    tree = html.fromstring(report_html(summarise(alone), alone, {}))
    values = {row[0].text: row[1].text for row in tree.xpath("(//table)[1]/tbody/tr")}
    assert (values["NuggetRecall"], values["CitationPrecision"]) == ("0.000", "–")


def test_settings_are_readable() -> None:
    shown = formatted_settings(SETTINGS)
    assert list(shown)[:3] == ["index", "model", "gold"]
    assert shown["gold"] == "gold/small.jsonl (999999999999)"
    assert shown["date"] == "5 November 2026, 14:06 UTC"
    assert "document_kinds" not in shown


def test_markdown_has_one_line_per_failure_and_escapes_texts() -> None:
    failing = [one for one in SCORED if one.verdict.question.id != "right"]
    text = report_markdown(summarise(failing), failing, SETTINGS)
    assert "| Answered: answered although unanswerable | 1 |" in text
    assert "- **kept back** (date), abstained although answerable: When is a report due? Missed: 21 days." in text
    assert text.count("\n- **") == 3
    assert not re.search(r"(?<!\\)[<`]|\n<|(?<!\\)\| \*a", text)
    widths = {
        line.count(" | ") for line in text.split("## By kind of question")[1].splitlines() if line.startswith("|")
    }
    assert len(widths) == 1


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The report in a browser, which must load nothing and report no error."""
    if CHROMIUM is None:
        pytest.skip("no chromium here: apt-get install chromium")
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(PAGE, encoding="utf-8")
    seen: list[str] = []
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES) as browser,
    ):
        opened = browser.new_page(viewport={"width": 390, "height": 844})
        opened.on("request", lambda request: seen.append(request.url))
        opened.on("console", lambda said: seen.append(said.text))
        opened.on("pageerror", lambda error: seen.append(str(error)))
        opened.goto(path.as_uri())
        yield opened
        assert opened.evaluate("window.broken") is None
    assert [one for one in seen if not one.startswith("data:")] == [path.as_uri()]


def shown(page: Page) -> list[str]:
    ids: list[str] = page.eval_on_selector_all("details:not([hidden])", "all => all.map(one => one.id)")
    return ids


def test_filters_show_matching_questions(page: Page) -> None:
    page.get_by_role("button", name="Failures").click()
    assert shown(page) == ["q-kept-back", "q-broken", "q-undue"]
    page.get_by_label("Kind of question", exact=True).select_option("date")
    assert shown(page) == ["q-kept-back"]
    page.get_by_role("button", name="All 5").click()
    page.get_by_label("Kind of question", exact=True).select_option("")
    page.get_by_label("Outcome", exact=True).select_option("SHOULD_ABSTAIN")
    assert shown(page) == ["q-undue"]
    page.get_by_label("Outcome", exact=True).select_option("")
    page.get_by_role("searchbox").fill("NEVER  shown")
    assert shown(page) == ["q-right"]
    page.get_by_role("searchbox").fill("no such words")
    expect(page.get_by_text("No question matches.")).to_be_visible()
    page.get_by_role("searchbox").fill("")


def test_shown_questions_open_together_and_fit_a_phone(page: Page) -> None:
    page.get_by_role("button", name="Failures").click()
    page.get_by_role("button", name="Open all shown").click()
    assert page.locator("details[open]").count() == 3
    page.get_by_role("button", name="All 5").click()
    page.get_by_role("button", name="Open all shown").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Close all").click()
    assert page.locator("details[open]").count() == 0


def test_a_link_opens_a_question_hidden_by_filters(page: Page) -> None:
    page.get_by_role("button", name="Wrongly answered").click()
    page.evaluate("location.hash = 'q-right'")
    expect(page.locator("#q-right .answer")).to_be_in_viewport()


def test_the_theme_follows_the_system_until_one_is_chosen(page: Page) -> None:
    colours = []
    for name in ("Theme: system", "Theme: light"):
        page.get_by_role("button", name=name).click()
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(255, 255, 255)", "rgb(19, 22, 27)"]


def test_a_report_has_its_figures_without_the_library_for_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    page = report_html(summarise(SCORED), SCORED, SETTINGS)
    assert "<svg" not in page
    assert "pip install &#39;pincite[eval]&#39;" in page
    assert "NuggetRecall" in page
