"""Units of acts and treaties: what one act inserts in another, side headings, schedules, recitals, both scripts."""

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.structure import structured


def part(text: str) -> Part:
    return Part(BlockKind.HEADING, text[2:], 2) if text.startswith("# ") else Part(BlockKind.PARAGRAPH, text)


def cited(*texts: str) -> list[str | None]:
    return [found.pinpoint for found in structured([part(text) for text in texts])]


QUAYS_ACT = ("# QUAYS ACT 2031", "An Act to provide for quays.", "1. This Act may be cited as the Quays Act 2031.")


def test_section_that_another_act_inserts_is_cited_as_itself() -> None:
    found = cited(
        *QUAYS_ACT,
        "2. The following new sections are inserted after section 40 of the principal Act:",
        "# Fees of night berths",
        "40A. (1) A master shall pay for a night berth.",
        "(2) The fee is due",
        "(a) on arrival; or",
        "# Recovery",
        "40B. The harbour master may recover a fee.",
        "3. Section 41 of the principal Act is repealed.",
    )
    assert found[5:] == [
        "section 40A(1)", "section 40A(2)", "section 40A(2)(a)", "section 40B", "section 40B", "section 3"
    ]  # fmt: skip


def test_number_out_of_sequence_opens_no_section_where_nothing_is_inserted() -> None:
    assert (
        cited(*QUAYS_ACT, "2. A quay is lit.", "40A. Boats of class 40A are towed.", "3. Boats pay.")[4] == "section 2"
    )


def test_side_heading_does_not_end_a_section() -> None:
    found = cited(
        *QUAYS_ACT, "2. (1) A wager on a boat is void.", "# Exception for the regatta",
        "(2) This section does not apply to the regatta.", "3. Boats pay.",
    )  # fmt: skip
    assert found[3:] == ["section 2(1)", "Exception for the regatta", "section 2(2)", "section 3"]


def test_title_of_a_section_is_cited_as_the_section() -> None:
    assert cited(*QUAYS_ACT, "# Lights", "2. A quay is lit.")[3:] == ["section 2", "section 2"]


def test_schedules_counted_in_words_and_annexes_in_other_languages() -> None:
    found = cited(*QUAYS_ACT, "2. A quay is lit.", "SECOND SCHEDULE", "1. Free days.", "2. Days with half fees.")
    assert found[4:] == ["Second Schedule", "Second Schedule, para. 1", "Second Schedule, para. 2"]
    german = cited("# § 1 Zweck", "Das Gesetz dient dem Hafen.", "# § 2 Gebühren", "Es fallen an:", "# Anlage 2 Sätze")
    assert german[-1] == "Anlage 2"
    assert cited("# Schedule “B” – Penalties", "Late boats pay double.")[1] == "Schedule B"


def test_order_is_cited_as_it_cites_itself() -> None:
    order = ("# BERTH FEES ORDER 2031", "1. (1) This Order may be cited as the Berth Fees Order 2031.")
    own = (
        *order,
        "(2) Paragraph 2 is in force from 1 May 2031.",
        "2. (1) The fee is 55 crowns.",
        "(2) It is due at once.",
    )
    assert cited(*own)[1:] == ["para. 1(1)", "para. 1(2)", "para. 2(1)", "para. 2(2)"]
    by_article = tuple(text.replace("Paragraph 2", "Article 2") for text in own)
    assert cited(*by_article)[1:] == ["article 1(1)", "article 1(2)", "article 2(1)", "article 2(2)"]


def test_recitals_of_a_by_law_are_preambular_paragraphs() -> None:
    found = cited(
        "# Berth By-law", "Whereas boats crowd the quay;", "And whereas the town may set fees;",
        "Now therefore the Council enacts as follows:", "# 1. Fees", "1.1 Boats pay.",
    )  # fmt: skip
    assert found[1:3] == [
        'preamble, first paragraph ("Whereas boats crowd")',
        'preamble, second paragraph ("And whereas the")',
    ]


def test_preamble_in_one_block() -> None:
    block = "The States Parties to this Treaty,Recognizing that boats pass,Agree as follows:"
    assert cited("# Quay Treaty", block, "# Article 1", "Boats pass.", "# Article 2", "Boats pay.")[1] == "preamble"


def test_words_that_a_point_inserts_belong_to_the_point() -> None:
    found = cited(
        "# Article 1", "Regulation (EU) 2031/7 is amended as follows:",
        "(1) in Article 4, paragraph 3 is replaced by the following:",
        "‘3. Boats pay 55 crowns.", "They pay on arrival.", "(a) Small boats pay half.’;",
        "(2) Article 5 is deleted.", "# Article 2", "It enters into force at once.",
    )  # fmt: skip
    assert found[2:7] == ["Article 1(1)", "Article 1(1)", "Article 1(1)", "Article 1(1)(a)", "Article 1(2)"]


def test_paragraph_after_points_and_the_next_number() -> None:
    found = cited(
        "# § 1 Zweck", "Das Gesetz dient dem Hafen.", "# § 2 Gebühren", "(1) Gebühren fallen an", "1. für Boote,",
        "2. für Schiffe.", "Maßgeblich ist die Länge.", "(2) Sie sind sofort fällig.",
    )  # fmt: skip
    assert found[3:6] + found[7:] == ["§ 2(1)", "§ 2(1)(1)", "§ 2(1)(2)", "§ 2(2)"]


def test_captions_of_a_gazette_hold_what_follows() -> None:
    found = cited("AGENCY: Harbour Board.", "DATES: Comments are due on 4 May 2031.", "Late ones are not read.")
    assert found == ["Agency", "Dates", "Dates"]
    assert cited("THE PRESIDENT: The meeting is open.") == cited("The meeting is open.")


def test_depth_in_the_markup_tells_like_numbers_apart() -> None:
    article, item = Part(BlockKind.HEADING, "Article 5", 1), BlockKind.ITEM
    parts = [
        Part(BlockKind.HEADING, "Article 4", 1), Part(BlockKind.PARAGRAPH, "Boats pass."), article,
        Part(item, "1. The keeper shall:", depth=1), Part(item, "1. light the lamp;", depth=2),
        Part(item, "2. keep a log.", depth=2), Part(item, "2. The Board shall report.", depth=1),
    ]  # fmt: skip
    found = [found.pinpoint for found in structured(parts)]
    assert found[3:] == ["Article 5(1)", "Article 5(1)(1)", "Article 5(1)(2)", "Article 5(2)"]


def test_chinese_numbers_and_the_same_article_in_two_languages() -> None:
    found = cited(
        "第一條 目的", "船舶得通行。", "第二條 費用", "一、船舶應繳費。二、費用於到港時繳納。",
        "1. Boats pay.", "2. They pay on arrival.",
    )  # fmt: skip
    assert found[3:] == ["Article 2(1)", "Article 2(2)", "Article 2(1)", "Article 2(2)"]


def test_points_inside_a_sentence_are_units() -> None:
    text = "1. Boats that pass shall: (a) carry a light; (b) sound a horn; and (c) pay."
    found = cited("# Article 4", "Boats pass.", "# Article 5", text)
    assert found[3:] == ["Article 5(1)", "Article 5(1)(a)", "Article 5(1)(b)", "Article 5(1)(c)"]
