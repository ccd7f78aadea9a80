"""Pinpoints of the parts of a text, for every numbering scheme that policy texts use."""

import pytest

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.structure import structured


def heading(text: str, level: int = 1) -> Part:
    return Part(BlockKind.HEADING, text, level)


def part(text: str) -> Part:
    return heading(text[2:], 2) if text.startswith("# ") else Part(BlockKind.PARAGRAPH, text)


def cited(*texts: str) -> list[str | None]:
    return [found.pinpoint for found in structured([part(text) for text in texts])]


def test_resolution_with_preambular_and_operative_paragraphs() -> None:
    found = cited(
        "The Assembly of Lakes,",
        "Recalling its resolution 4/2 on water,",
        "Noting with deep concern that levels fall,",
        "Noting also the report of the Secretary,",
        "1. Decides that members shall:",
        "(a) measure levels:",
        "(i) in spring;",
        "(ii) in autumn;",
        "(b) report them;",
        "2. Requests the Secretary to publish them.",
        "12th meeting, 3 May 2021",
    )
    assert found[1:4] == [
        'preamble, first paragraph ("Recalling")',
        'preamble, second paragraph ("Noting with deep concern")',
        'preamble, third paragraph ("Noting also")',
    ]
    assert found[4:10] == [
        "para. 1", "para. 1 (a)", "para. 1 (a) (i)", "para. 1 (a) (ii)", "para. 1 (b)", "para. 2"
    ]  # fmt: skip


def test_annex_restarts_paragraph_numbers() -> None:
    found = cited(
        "The Board,", "Recalling its plan,", "1. Adopts the scale in the annex.", "2. Asks for reports.",
        "# Annex II", "1. The scale has five steps.", "2. A step lasts a year.", "(a) The first is free.",
    )  # fmt: skip
    assert found[2:4] == ["para. 1", "para. 2"]
    assert found[4:] == ["Annex II", "Annex II, para. 1", "Annex II, para. 2", "Annex II, para. 2 (a)"]


ACT = (
    "Having regard to the Treaty on Lakes,",
    "Whereas:",
    "(26) Lakes matter to all.",
    "(27) Levels fall where nobody measures.",
    "HAVE ADOPTED THIS REGULATION:",
    "# Article 1",
    "# Subject matter",
    "1. This Regulation lays down:",
    "(a) rules on levels;",
    "(b) rules on reports.",
    "Points (a) and (b) do not apply to ponds.",
    "2. It applies to all lakes.",
    "# Article 2",
    "# Definitions",
    "For the purposes of this Regulation:",
    "(1) ‘lake’ means still water;",
    "(2) ‘level’ means:",
    "(a) its height, or",
    "(b) its depth.",
    "Done at Geneva, 3 May 2021.",
    "# ANNEX III",
    "# Lakes under watch",
    "4. Salt lakes:",
    "(a) below sea level;",
)


def test_act_with_recitals_articles_and_annexes() -> None:
    found = dict(zip(ACT, cited(*ACT), strict=True))
    assert found["(27) Levels fall where nobody measures."] == "Recital 27"
    assert found["# Subject matter"] == "Article 1"
    assert found["(a) rules on levels;"] == "Article 1(1)(a)"
    assert found["Points (a) and (b) do not apply to ponds."] == "Article 1(1), second subparagraph"
    assert found["2. It applies to all lakes."] == "Article 1(2)"
    assert found["(2) ‘level’ means:"] == "Article 2(2)"
    assert found["(b) its depth."] == "Article 2(2)(b)"
    assert found["Done at Geneva, 3 May 2021."] == "closing formula"
    assert found["4. Salt lakes:"] == "Annex III, point 4"
    assert found["(a) below sea level;"] == "Annex III, point 4(a)"


def test_enumerators_without_punctuation() -> None:
    found = cited(
        "# Article 16 – Levels", "1 Each Party shall measure.", "2 Measures shall, as needed:", "a name the lake;",
        "b name the day.", "# Article 17 – Ponds", "A Party may leave out ponds.", "a pond is small water.",
    )  # fmt: skip
    assert found[1:5] == ["Article 16(1)", "Article 16(2)", "Article 16(2)(a)", "Article 16(2)(b)"]
    assert found[6:] == ["Article 17", "Article 17"]


def test_i_after_h_is_roman_or_a_letter_by_what_follows() -> None:
    letters = [f"({letter}) a duty;" for letter in "abcdefgh"]
    nested = cited("# Article 5", "# Article 6", "1. Forbidden are:", *letters, "(i) by day;", "(ii) by night;")
    assert nested[-3:] == ["Article 6(1)(h)", "Article 6(1)(h)(i)", "Article 6(1)(h)(ii)"]
    level = cited("# Article 5", "# Article 6", "1. Forbidden are:", *letters, "(i) a duty;", "(j) a duty;")
    assert level[-3:] == ["Article 6(1)(h)", "Article 6(1)(i)", "Article 6(1)(j)"]


def test_executive_order_with_a_point_on_the_line_of_the_section_title() -> None:
    found = cited(
        "Section 1. Purpose. Lakes matter.", "A line that goes on.", "Sec. 4. Duties.",
        "4.2. Measuring lakes. (a) Within 90 days the Secretary shall:", "(i) name lakes;", "(ii) name days.",
        "These names bind.", "(b) The Secretary shall report on:", "(i) levels.",
    )  # fmt: skip
    assert found == [
        "Sec. 1", "Sec. 1", "Sec. 4", "Sec. 4.2(a)", "Sec. 4.2(a)(i)", "Sec. 4.2(a)(ii)", "Sec. 4.2(a)", "Sec. 4.2(b)",
        "Sec. 4.2(b)(i)",
    ]  # fmt: skip


def test_report_whose_paragraph_numbers_run_on_across_headings() -> None:
    found = cited(
        "# I. Summary", "1. Lakes fell.", "2. Ponds rose.", "Lessons", "3. Measure.", "And again.", "(a) Daily.",
        "# II. Outlook", "4. All is well.", "6. A number was lost.",
    )  # fmt: skip
    assert found[1:7] == ["para. 1", "para. 2", "Lessons", "para. 3", "para. 3", "para. 3 (a)"]
    assert found[7:] == ["section II", "para. 4", "para. 6"]


def test_report_with_numbered_sections_and_plain_headings() -> None:
    found = cited(
        "# 1. Introduction", "Lakes matter.", "# 2.3 Measuring", "1. First of a list", "# Outlook", "It is good.",
        "# 60 lakes sign a pledge", "They did.",
    )  # fmt: skip
    assert found == [
        "section 1", "section 1", "section 2.3", "section 2.3", "Outlook", "Outlook", "60 lakes sign a pledge",
        "60 lakes sign a pledge",
    ]  # fmt: skip


def test_principles_labelled_as_such_or_numbered_in_a_section_on_principles() -> None:
    labelled = cited("# Principle 3: Openness", "Lakes are open to all.", "a) by day;", "b) by night.")
    assert labelled == ["Principle 3", "Principle 3", "Principle 3(a)", "Principle 3(b)"]
    numbered = cited("# Section 1: Principles for lakes", "# 1.2. Openness", "a) Lakes are open.", "# Annexes follow")
    assert numbered == ["section 1", "Principle 1.2", "Principle 1.2(a)", "Annexes follow"]


def test_clauses_with_roman_numerals_run_on_across_headings() -> None:
    found = cited("I. AGREES to measure lakes.", "# Ponds", "Ponds are small.", "II. ASKS the Board to:", "a) meet;")
    assert found == ["I", "Ponds", "Ponds", "II", "II(a)"]


def test_dotted_paragraph_numbers() -> None:
    found = cited("1.1 Lakes matter.", "1.2 Ponds do.", "2.1 Levels fall.", "2.2 They rise.", "(a) in spring;")
    assert found == ["para. 1.1", "para. 1.2", "para. 2.1", "para. 2.2", "para. 2.2(a)"]
    assert cited("1.2 million lakes were counted.", "Some were ponds.") == [None, None]


def test_tables_footnotes_front_matter_and_run_in_titles() -> None:
    parts = [
        Part(BlockKind.FRONT_MATTER, "title: Lakes"),
        Part(BlockKind.PARAGRAPH, "Abstract. Lakes matter."),
        heading("Findings"),
        Part(BlockKind.PARAGRAPH, "Table 2. Lakes by depth"),
        Part(BlockKind.TABLE, "Lake | Depth"),
        Part(BlockKind.FOOTNOTE, "[3] See annex."),
        Part(BlockKind.QUOTE, "(a) quoted"),
    ]
    assert [found.pinpoint for found in structured(parts)] == [
        "front matter", "Abstract", "Findings", "Table 2", "Table 2", "footnote 3", "Findings"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "Article 5 of the Treaty applies to lakes.",
        "Annex II lists them, and so does the Board.",
        "Principle 3 has been honoured.",
        "“(b) at most ten lakes”",
        "2024 was dry.",
    ],
)
def test_sentence_that_opens_like_a_provision_enters_none(sentence: str) -> None:
    assert cited("# Article 1", "# Article 2", "1. Lakes matter.", sentence)[-1] in {
        "Article 2(1), second subparagraph", "Article 2(1)"
    }  # fmt: skip


def test_unnumbered_text_has_no_pinpoint() -> None:
    assert cited("Lakes matter.", "- deep ones", "- salt ones") == [None] * 3


def test_text_level_and_page_of_parts_are_unchanged() -> None:
    parts = [part(text) for text in ACT]
    assert [(found.text, found.level, found.page) for found in structured(parts)] == [
        (given.text, given.level, given.page) for given in parts
    ]


def test_articles_in_other_languages() -> None:
    assert cited("# Pasal 7", "(1) Danau milik semua.", "# Pasal 8")[1] == "Pasal 7(1)"
    assert cited("# Стаття 12", "1. Озера належать усім.", "# Стаття 13")[1] == "Стаття 12(1)"
    assert cited("# § 4", "(2) Seen gehören allen.", "# § 5")[0] == "§ 4"
    assert cited("# Article premier", "Les lacs sont à tous.", "# Article 2")[1] == "Article premier"
    assert cited("第五条 湖泊属于全体人民。", "第六条 保护湖泊。") == ["Article 5", "Article 6"]


def test_author_block_is_its_own_pinpoint() -> None:
    found = cited(
        "# On lakes", "Ana Cruz", "Professor at the University of Lakes, a.cruz@example.org", "Bo Ek",
        "Institute of Ponds", "Abstract. Lakes matter.", "Lakes are deep.",
    )  # fmt: skip
    assert found == ["On lakes", *["author block"] * 4, "Abstract", "On lakes"]
    assert cited("# On lakes", "Ana Cruz", "Professors met at the University.")[1:] == ["On lakes"] * 2


def test_no_parts_give_no_parts() -> None:
    assert structured([]) == []
