"""Which parts are marked as apparatus, and which must not be."""

import pytest

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.structure.apparatus import with_apparatus

HEADING, PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
REFERENCE, BOILERPLATE = BlockKind.REFERENCE, BlockKind.BOILERPLATE


def kinds(*parts: tuple[BlockKind, str, int]) -> list[BlockKind]:
    return [part.kind for part in with_apparatus([Part(kind, text, level) for kind, text, level in parts])]


def paragraph(text: str) -> tuple[BlockKind, str, int]:
    return PARAGRAPH, text, 0


@pytest.mark.parametrize("title", ["References", "7. BIBLIOGRAPHY", "Works cited:", "Список використаних джерел"])
def test_reference_list_ends_at_the_next_heading_of_its_level(title: str) -> None:
    found = kinds(
        (HEADING, title, 2), paragraph("Lake, A. (2020). Levels."), (HEADING, "Primary", 3), paragraph("Pond, B."),
        (HEADING, "Annex", 2), paragraph("A table."),
    )  # fmt: skip
    assert found == [HEADING, REFERENCE, HEADING, REFERENCE, HEADING, PARAGRAPH]


def test_plain_title_line_opens_a_reference_list_too() -> None:
    assert kinds(paragraph("References"), paragraph("Lake, A. (2020). Levels."))[1] is REFERENCE


def test_contents_end_with_the_last_page_number() -> None:
    found = kinds((HEADING, "Contents", 1), paragraph("Scope .... 4"), paragraph("Terms 6"), paragraph("Lakes matter."))
    assert found == [BOILERPLATE, BOILERPLATE, BOILERPLATE, PARAGRAPH]


@pytest.mark.parametrize(
    "line",
    [
        "[without reference to a Main Committee (A/70/L.1)]",
        "12th plenary meeting 3 May 2021",
        "© Lake Board 2021. All lakes are ours.",
        "Please recycle",
        "*2112345*",
        "ISBN 978-0-00-000000-0",
    ],
)
def test_stock_lines_are_boilerplate(line: str) -> None:
    assert kinds(paragraph("Lakes matter."), paragraph(line), paragraph("So they do."))[1] is BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "(c) report on levels without a vote;",
        "The references to lakes in Article 2 are struck.",
        "The 12th meeting adopted the plan, which members carry out.",
        "Copyright in the data stays with the members.",
        "Sources of water are listed below, lake by lake, by the Board.",
    ],
)
def test_sentences_that_resemble_apparatus_are_text(line: str) -> None:
    assert kinds(paragraph(line), paragraph("Lakes matter.")) == [PARAGRAPH, PARAGRAPH]


def test_related_articles_are_boilerplate_and_headings_stay_headings() -> None:
    found = kinds((HEADING, "Related Articles", 2), paragraph("Ten lakes to see"), (HEADING, "Contact", 2))
    assert found == [HEADING, BOILERPLATE, HEADING]


def test_stock_line_set_as_a_heading_is_boilerplate() -> None:
    line = "This publication is available free of charge from: https://example.org"
    assert kinds((HEADING, line, 2), paragraph("Lakes matter.")) == [BOILERPLATE, PARAGRAPH]
