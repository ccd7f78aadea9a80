"""Parts laid out as one text: offsets of blocks, and pages at their exact borders."""

from dataclasses import replace
from itertools import pairwise

import pytest

from pincite.ingest.document import BlockKind, Document, Metadata, Part, fill_pages, join_parts, with_metadata

HEADING, PARAGRAPH, FOOTNOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.FOOTNOTE


def document(*parts: Part) -> Document:
    text, page_starts, blocks = join_parts(parts)
    return Document("0" * 64, "a.pdf", text, page_starts, blocks, Metadata())


def test_a_page_begins_with_its_first_letter() -> None:
    made = document(Part(PARAGRAPH, "first", page=1), Part(PARAGRAPH, "second", page=2))
    border = made.text.index("second")
    assert made.page_starts == (0, border)
    assert [made.page_at(offset) for offset in (0, border - 1, border, len(made.text) - 1)] == [1, 1, 2, 2]


def test_a_paragraph_over_the_page_stands_on_both() -> None:
    made = document(Part(PARAGRAPH, "begins here and ends there", page=3, turns=(12,)), Part(PARAGRAPH, "next", page=4))
    turn = made.text.index("and ends")
    assert [made.page_at(offset) for offset in (0, turn - 1, turn)] == [3, 3, 4]
    assert made.page_span(4) == (turn, len(made.text))
    assert made.page_at(made.text.index("next")) == 4


def test_a_paragraph_may_run_over_three_pages() -> None:
    made = document(Part(PARAGRAPH, "one two three", page=1, turns=(4, 8)))
    assert made.page_starts == (0, 4, 8)
    assert [made.page_span(page) for page in (1, 2, 3)] == [(0, 4), (4, 8), (8, 13)]


def test_empty_pages_keep_their_number() -> None:
    made = document(Part(PARAGRAPH, "on two", page=2), Part(PARAGRAPH, "on five", page=5))
    five = made.text.index("on five")
    assert made.page_starts == (0, 0, five, five, five)
    assert [made.page_at(offset) for offset in (0, five - 1, five)] == [2, 2, 5]
    assert made.page_span(3) == (five, five)


def test_there_is_no_page_below_one_nor_behind_the_last() -> None:
    made = document(Part(PARAGRAPH, "only", page=1))
    assert made.page_span(1) == (0, 4)
    assert made.page_span(0) is None
    assert made.page_span(2) is None


def test_a_text_without_pages_has_none() -> None:
    made = document(Part(PARAGRAPH, "a web page"))
    assert made.page_starts == ()
    assert made.page_at(0) is None
    assert made.page_span(1) is None


def test_blocks_cut_the_text_where_their_parts_were() -> None:
    parts = [Part(HEADING, "Scope", 2, 1), Part(PARAGRAPH, "Words.", page=1), Part(FOOTNOTE, "1 See below.", page=1)]
    made = document(*parts)
    assert made.text == "Scope\n\nWords.\n\n1 See below."
    assert [made.text[block.start : block.end] for block in made.blocks] == [part.text for part in parts]
    assert [(block.kind, block.level) for block in made.blocks] == [(HEADING, 2), (PARAGRAPH, 0), (FOOTNOTE, 0)]
    assert all(above.end < below.start for above, below in pairwise(made.blocks))


@pytest.mark.parametrize("blank", ["", " \n\t"])
def test_parts_without_words_leave_no_trace(blank: str) -> None:
    made = document(Part(PARAGRAPH, "a", page=1), Part(PARAGRAPH, blank, page=2), Part(PARAGRAPH, "b", page=3))
    assert made.text == "a\n\nb"
    assert len(made.blocks) == 2
    assert made.page_starts == (0, 3, 3)


def test_no_parts_are_an_empty_text() -> None:
    assert join_parts([]) == ("", (), ())
    assert fill_pages({}, 0) == ()


def test_metadata_is_replaced_and_nothing_else() -> None:
    made = document(Part(PARAGRAPH, "a"))
    assert with_metadata(made, Metadata(title="T")) == replace(made, metadata=Metadata(title="T"))
