"""What a document says about itself, stated or read off its text."""

import datetime
from typing import Any

import pytest

from ingest.document import BlockKind, Metadata, Part, Reading
from ingest.metadata import describe


def heading(text: str, level: int = 1) -> Part:
    return Part(BlockKind.HEADING, text, level)


def paragraph(text: str) -> Part:
    return Part(BlockKind.PARAGRAPH, text)


def known(*parts: Part, path: str = "a.txt", **stated: Any) -> Metadata:
    return describe(Reading(parts, stated), path)


def test_what_is_stated_wins_over_what_is_read_off() -> None:
    found = known(
        heading("A heading"), paragraph("Adopted on 1 May 2020"), path="reports/x.md",
        title="Stated  title", kind="law", issuer="A body", symbol="X/1", date=datetime.date(2024, 3, 21),
        language="UK", source_url="https://example.org/x",
    )  # fmt: skip
    expected = Metadata("Stated title", "law", "A body", "X/1", "2024-03-21", "uk", "https://example.org/x")
    assert found == expected


def test_empty_and_foreign_values_state_nothing() -> None:
    found = known(heading("A plan"), path="plan.md", title="", kind="novel", date=None, language=[], issuer=[])
    assert found == Metadata("A plan")


def test_the_title_is_the_first_great_heading_with_those_that_go_on() -> None:
    assert known(
        paragraph("Ministry"), heading("A long title"), heading("in two lines"), heading("Scope", 2)
    ).title == ("A long title in two lines")
    set_apart = heading("Recommendation of the Council on"), heading("Legal instruments", 2), heading("AI")
    assert known(*set_apart).title == "Recommendation of the Council on AI"


def test_a_resolution_is_titled_by_its_own_title() -> None:
    found = known(heading("General Assembly"), heading("78/265. Seizing the opportunities[1]", 2), paragraph("Text"))
    assert found.title == "Seizing the opportunities"


def test_marks_of_libraries_and_figures_are_no_title() -> None:
    parts = paragraph("УДК 327:004.8"), paragraph("DOI: 10.1000/1"), paragraph("1.9"), heading("Нові технології", 2)
    assert known(*parts).title == "Нові технології"
    assert known(paragraph("12345"), path="folder/left over.txt").title == "left over"


def test_long_first_words_are_cut() -> None:
    assert known(paragraph("word " * 40)).title == "word " * 24 + "word…"


@pytest.mark.parametrize(
    ("path", "title", "kind"),
    [
        ("resolutions/a.pdf", "A report on reports", "resolution"),
        ("un/a.pdf", "Resolution adopted by the Assembly", "resolution"),
        ("a.pdf", "The Artificial Intelligence Act", "law"),
        ("a.pdf", "Those who act towards one another", "other"),
        ("a.pdf", "Statement by the President", "statement"),
        ("a.pdf", "Framework for managing risk", "report"),
        ("presidential-actions/a.md", "Removing barriers", "law"),
        ("notes/a.txt", "Some thoughts", "other"),
    ],
)
def test_kind_by_folder_and_title(path: str, title: str, kind: str) -> None:
    assert known(heading(title), path=path).kind == kind


@pytest.mark.parametrize(
    ("head", "symbol", "issuer"),
    [
        ("United Nations A/RES/78/265", "A/RES/78/265", "UN General Assembly"),
        ("S/RES/2686 (2023)", "S/RES/2686 (2023)", "UN Security Council"),
        ("REGULATION (EU) 2024/1689", "Regulation (EU) 2024/1689", "European Union"),
        ("CETS 225 - Framework Convention", "CETS 225", "Council of Europe"),
        ("NIST AI 100-1", "NIST AI 100-1", "NIST"),
        ("A sentence that names resolution A/RES/70/1 among other texts.", None, None),
    ],
)
def test_symbol_and_issuer_stand_on_a_line_of_their_own(head: str, symbol: str | None, issuer: str | None) -> None:
    found = known(heading("On trust in machines"), paragraph(head))
    assert (found.symbol, found.issuer) == (symbol, issuer)


def test_the_symbol_behind_the_title_is_the_documents() -> None:
    cite = "Please cite as: OECD, Recommendation on Artificial Intelligence, OECD/LEGAL/0449, and not A/RES/70/1."
    found = known(heading("Recommendation on Artificial Intelligence"), paragraph(cite))
    assert (found.symbol, found.issuer) == ("OECD/LEGAL/0449", "OECD")


@pytest.mark.parametrize(
    ("path", "text", "date"),
    [
        ("2023-05-04-fact-sheet.md", "Issued on 6 June 2024", "2023-05-04"),
        ("a.pdf", "Distr. 1 April 2024\nResolution adopted on 21 March 2024", "2024-03-21"),
        ("a.pdf", "Vilnius, 5.IX.2024", "2024-09-05"),
        ("a.pdf", "Київ, 15 квітня 2025 року", "2025-04-15"),
        ("a.pdf", "Washington, May 4th, 2023", "2023-05-04"),
        ("a.pdf", "NIST AI 100-1 January 2023", None),
        ("a.pdf", "31 June 2024", None),
    ],
)
def test_dates(path: str, text: str, date: str | None) -> None:
    assert known(paragraph(text), path=path).date == date


def test_language_by_statement_then_by_letters() -> None:
    assert known(paragraph("Малі держави і правила")).language == "uk"
    assert known(paragraph("Правила государств")).language == "ru"
    assert known(paragraph("Small states")).language == "en"
    assert known(paragraph("Малі держави"), language=["en", "uk"]).language == "en"
