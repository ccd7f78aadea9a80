"""Words with spaces inside, rejoined where that is safe."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pincite.ingest.readers.pdf.lines import readable
from pincite.ingest.readers.pdf.reader import read_pdf
from pincite.ingest.readers.pdf.split_words import find_split_words, repair_text
from support.drawn_pdf import BODY, LEFT, TOP, Draw, block, line, make

FILLER = ["it stands as it is said to be and that is how it was when all of it was read out to us"] * 60


def text_of(folder: Path, page: Sequence[Draw]) -> str:
    return " ".join(part.text for part in read_pdf(make(folder, page)).parts)


def moved(pieces: Sequence[tuple[str, float]], font: tuple[str, float] = BODY) -> Draw:
    """A line in pieces, each moved to the right by so many points of its size."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(*font)
        left = float(LEFT)
        for text, move in pieces:
            canvas.drawString(left + move * font[1], TOP, text)
            left += move * font[1] + canvas.stringWidth(text, *font)

    return draw


def spaced(text: str, check_distinct: float) -> Draw:
    """A line with its letters set apart by so many points."""

    def draw(canvas: Canvas) -> None:
        words = canvas.beginText(LEFT, TOP)
        words.setFont("Times-Roman", 11)
        words.setCharSpace(check_distinct)
        words.textOut(text)
        canvas.drawText(words)

    return draw


def test_kerned_letter_stays_in_its_word(tmp_path: Path) -> None:
    page = [
        moved([("The duty of the l", 0), ("east of them is to keep the person a", 0.11), ("t the centre of it.", 0.11)])
    ]
    assert text_of(tmp_path, page) == "The duty of the least of them is to keep the person at the centre of it."


def test_closely_set_words_stay_separate(tmp_path: Path) -> None:
    page = [moved([("The duty of the least of", 0), ("them is to keep the books", 0.24)])]
    assert text_of(tmp_path, page) == "The duty of the least of them is to keep the books"


def test_letter_spaced_words_are_joined(tmp_path: Path) -> None:
    assert text_of(tmp_path, [spaced("SECTION", 3.5), *block(["It begins below."], TOP - 40)]).startswith("SECTION It")


def test_single_letters_and_digits_are_unchanged(tmp_path: Path) -> None:
    page = [moved([(text, 1.2) for text in ("A", "B", "C", "D", "E")]), line("In 1 9 2 0 and in 3 4 years", TOP - 40)]
    assert text_of(tmp_path, page) == "A B C D E In 1 9 2 0 and in 3 4 years"


def test_split_word_that_occurs_whole_elsewhere_is_repaired() -> None:
    text = ["a structural flaw, structural change", "of a Structu ral kind", *FILLER]
    assert repair_text("of a Structu ral kind", find_split_words(text)) == "of a Structural kind"


@pytest.mark.parametrize(
    "text",
    [
        ["a structural flaw", "structu ral kind"],  # occurs whole only once
        ["any one may, anyone, anyone", "any of them, one of them"],  # both halves are words
        ["part 12 and part 13, part12, part12", "part 12"],  # digits
        ["the data base, database, database", "other data"],  # one half is a word
    ],
)
def test_possible_word_pairs_are_unchanged(text: list[str]) -> None:
    assert find_split_words([*text, *FILLER]).pairs == frozenset()


def test_short_text_gives_too_little_evidence_for_repairs() -> None:
    assert find_split_words(["a structural flaw, structural change", "of a structu ral kind"]).pairs == frozenset()


def test_letter_spaced_word_is_joined_if_it_occurs_whole() -> None:
    text = ["C H A P T E R  I", "in this chapter", "rows A B C D E"]
    assert [repair_text(line, find_split_words(text)) for line in text] == [
        "CHAPTER  I",
        "in this chapter",
        "rows A B C D E",
    ]


def test_ligatures_are_expanded() -> None:
    assert readable("e\ufb03cient \ufb02ow\x00") == "efficient flow"
