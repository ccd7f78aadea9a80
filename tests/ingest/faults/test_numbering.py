"""Numbering schemes: the right values of small inputs, each made for one kind of fault."""

from pathlib import Path

import pytest

from pincite.ingest.document import BlockKind, Document, Part
from pincite.ingest.reading import read_document
from pincite.ingest.structure import structured


def read(shared: Path, name: str) -> Document:
    return read_document(shared / name, name)


def cited(document: Document, words: str) -> str | None:
    """The pinpoint of the block that contains some words."""
    found = [block for block in document.blocks if words in " ".join(document.text[block.start : block.end].split())]
    assert found, words
    return found[-1].pinpoint


@pytest.mark.parametrize(
    ("name", "words", "pinpoint"),
    [
        ("commonwealth_act.pdf", "keep the light lit", "section 3(1)(a)"),
        ("commonwealth_act.pdf", "enter each failure", "section 3(1)(b)"),
        ("commonwealth_act.pdf", "who contravenes", "section 3(2)"),
        ("commonwealth_act.pdf", "name a relief keeper", "section 4A(1)"),
        ("side_notes_of_act.pdf", "A keeper shall keep the light", "section 6"),
        ("legislation_gov_uk.html", "keep the light lit", "regulation 2(1)(a)"),
        ("legislation_gov_uk.html", "fails to do so", "regulation 2(2)"),
        ("legislation_gov_uk.html", "name a relief keeper", "regulation 2A"),
        ("run_in_paragraphs.html", "The costs are shared", "Article 4(2)"),
        ("run_in_paragraphs.html", "Each party sends", "Article 4(3)"),
        ("run_in_paragraphs.html", "It is renewed", "Article 5(2)"),
        ("run_in_paragraphs.html", "It takes effect", "Article 5(2)(b)"),
        ("res_seriously.md", "Seriously concerned", 'preamble, third paragraph ("Seriously concerned")'),
        ("res_seriously.md", "Recognizing the work", 'preamble, fourth paragraph ("Recognizing")'),
        ("reference_at_line_head.pdf", "The Board grants leave", "para. 3"),
        ("eurlex_as_markdown.md", "sets rules for the lighting", "Article 1(1)"),
        ("eurlex_as_markdown.md", "shall set fines", "Article 2(1)"),
        ("mixed_scripts/zh.md", "泊位费为每晚", "Article 2"),
    ],
)
def test_units_of_small_inputs(shared: Path, name: str, words: str, pinpoint: str) -> None:
    assert cited(read(shared, f"faults/{name}"), words) == pinpoint


@pytest.mark.parametrize(
    ("name", "words", "pinpoint"),
    [
        ("field/eu_gdpr_32016R0679.pdf", "The supervisory authorities shall inform the Commission", None),
        ("field/my/Contracts-Act-1950.pdf", "Every person is competent to contract", "section 11"),
        ("domains/climate/CMA2021_3_Decisions_1_to_4.txt", "Glasgow Climate Pact", "1/CMA.3"),
    ],
)
def test_units_of_real_documents(shared: Path, name: str, words: str, pinpoint: str | None) -> None:
    document = read(shared, name)
    if pinpoint is None:
        titles = {block.pinpoint for block in document.blocks if (block.pinpoint or "").startswith("Article 44")}
        assert "Article 44" in titles
    else:
        assert cited(document, words) == pinpoint


def pinpoints(*texts: str) -> list[str | None]:
    return [part.pinpoint for part in structured([Part(BlockKind.PARAGRAPH, text) for text in texts])]


def test_a_title_line_does_not_end_its_article() -> None:
    parts = [
        Part(BlockKind.PARAGRAPH, "Article 7"),
        Part(BlockKind.HEADING, "Dredging", 2),
        Part(BlockKind.PARAGRAPH, "1. The channel is dredged each year."),
        Part(BlockKind.PARAGRAPH, "Article 8"),
        Part(BlockKind.HEADING, "Costs", 2),
        Part(BlockKind.PARAGRAPH, "1. The owners share the costs."),
    ]
    assert [part.pinpoint for part in structured(parts)][2::3] == ["Article 7(1)", "Article 8(1)"]


def test_rules_and_orders_have_their_own_units() -> None:
    rules = [
        "The Pilotage Rules 2031",
        "These rules may be cited as the Pilotage Rules.",
        "1.—(1) A pilot is licensed.",
    ]
    assert pinpoints(*rules, "(2) A licence lasts a year.", "2.—(1) A pilot shall:", "(a) sound the channel;")[-4:] == [
        "rule 1(1)",
        "rule 1(2)",
        "rule 2(1)",
        "rule 2(1)(a)",
    ]


def test_an_arrangement_of_sections_is_no_text() -> None:
    titles = [f"{number}. Duty of class {number}" for number in range(1, 7)]
    act = ["PILOTS ACT", *titles, "An Act to provide for pilots.", *(f"{title} is to keep a log." for title in titles)]
    parts = structured([Part(BlockKind.PARAGRAPH, text) for text in act])
    assert [part.kind for part in parts[1:7]] == [BlockKind.BOILERPLATE] * 6
    assert [part.pinpoint for part in parts[8:]] == [f"section {number}" for number in range(1, 7)]


def test_clauses_of_by_laws_are_cited_by_their_numbers_alone() -> None:
    clauses = [f"{part}.{clause} The town keeps a register." for part in (1, 2) for clause in (1, 2, 3, 4)]
    assert pinpoints(*clauses, "(a) of berths;", "(b) of moorings.")[-3:] == ["2.4", "2.4(a)", "2.4(b)"]


def test_decisions_of_one_file_are_told_apart() -> None:
    texts = ["Decision 4/CP.9", "1. Takes note of the report;", "2. Requests a plan;", "Decision 5/CP.9"]
    assert pinpoints(*texts, "1. Adopts the budget;", "2. Thanks the host.")[1::2] == [
        "4/CP.9, para. 1",
        "5/CP.9",
        "5/CP.9, para. 2",
    ]


def test_a_reference_at_the_head_of_a_line_opens_nothing() -> None:
    texts = [f"{number}. The council meets in the month of May." for number in (1, 2, 3)]
    assert pinpoints(*texts, "4. A keeper may appeal under section", "9. The council answers.", "5. It ends.")[3:] == [
        "para. 4",
        "para. 4",
        "para. 5",
    ]
