"""Units that passages are cut from, and what they are cited by."""

from pincite.ingest.chunking.units import PassagePinpoints, lead_of, sections, units
from pincite.ingest.document import Block, BlockKind, Document, Metadata, Part, join_parts

HEADING, PARAGRAPH, FOOTNOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.FOOTNOTE


def document(*parts: Part) -> Document:
    return Document("0", "a", *join_parts(parts), Metadata())


def test_headings_of_a_title_page_go_with_what_follows_on_it() -> None:
    made = document(
        Part(HEADING, "Board", 2, 1), Part(HEADING, "Plan", 1, 1), Part(PARAGRAPH, "Lakes.", 0, 1),
        Part(HEADING, "Annexes", 1, 1), Part(HEADING, "One", 1, 2), Part(PARAGRAPH, "Ponds.", 0, 2),
    )  # fmt: skip
    assert [(path, len(blocks)) for path, blocks in sections(made)] == [
        (("Plan",), 3),
        (("Annexes",), 1),
        (("One",), 2),
    ]


def test_apparatus_and_tables_stand_apart_and_footnotes_together() -> None:
    kinds = [PARAGRAPH, PARAGRAPH, FOOTNOTE, FOOTNOTE, BlockKind.TABLE, BlockKind.REFERENCE]
    pinpoints = ["para. 1", "para. 1", "footnote 1", "footnote 2", "para. 1", "para. 1"]
    blocks = [Block(kind, n, n + 1, 0, pin) for n, (kind, pin) in enumerate(zip(kinds, pinpoints, strict=True))]
    assert [len(unit.blocks) for unit in units(blocks)] == [2, 2, 1, 1]


def test_the_nearest_announcement_leads() -> None:
    leads = {"Article 5": "For the purposes of it:", "Article 5(1)": "1. It is so. Forbidden are:"}
    assert lead_of(Block(PARAGRAPH, 0, 1, 0, "Article 5(1)(a)(i)"), leads) == "Forbidden are:"
    assert lead_of(Block(PARAGRAPH, 0, 1, 0, "Annex III, point 4(a)"), {"Annex III": "Listed are:"}) == "Listed are:"
    assert not lead_of(Block(PARAGRAPH, 0, 1, 0, "Article 55(1)"), leads)


def test_paragraphs_are_counted_where_nothing_else_tells_the_place() -> None:
    bare = document(*[Part(PARAGRAPH, f"Lake {n}.") for n in range(5)])
    counting = PassagePinpoints(bare)
    second, fourth = bare.blocks[1], bare.blocks[3]
    assert counting.pinpoint(second, second.start, fourth.end) == "paragraphs 2-4"
    assert counting.pinpoint(second, second.start + 2, second.end) == "paragraph 2"
    paged = document(Part(PARAGRAPH, "Lake.", 0, 1))
    assert PassagePinpoints(paged).pinpoint(paged.blocks[0], 0, 5) is None


def test_footnotes_are_cited_by_their_numbers() -> None:
    made = document(*[Part(FOOTNOTE, f"{n} See annex.", pinpoint=f"footnote {n}") for n in (4, 5, 6)])
    assert PassagePinpoints(made).pinpoint(made.blocks[0], 0, made.blocks[1].end) == "footnotes 4-5"
