"""Legislation of the United Kingdom, printed pages of the United States, and text extracted from printed pages."""

from pathlib import Path

import pytest

from pincite.ingest.document import BlockKind
from support.made_files import made, read, texts

HEADING = BlockKind.HEADING


def test_numbers_set_apart_by_style_sheets_are_separated(tmp_path: Path) -> None:
    page = (
        "<h1 class='LegTitle'>The Buoys Order 2027</h1><h3 class='LegP1Container'><span class='LegDS LegP1No'>7</span>"
        "<span class='LegDS LegP1GroupTitle'>Colours</span></h3><p class='LegP2Container'><span class='LegDS LegP2No'>"
        "(1)</span><span class='LegDS LegP2Text'>A buoy <a class='LegCommentaryLink'>F1</a>is red.</span></p>"
        "<p><b>(2)</b>It is lit under section 5<span>(2)</span>(a).</p>"
    )
    document = made(tmp_path, "a.html", page)
    assert texts(document) == [
        "The Buoys Order 2027", "7 Colours", "(1) A buoy is red.", "(2) It is lit under section 5(2)(a).",
    ]  # fmt: skip


def test_side_headings_of_legislation_gov_uk(shared: Path) -> None:
    document = read(shared / "faults" / "legislation_gov_uk.html")
    headings = ["The Lighthouse Regulations 2026", "Citation and commencement", "Duties of keepers", "Relief keepers"]
    assert texts(document, HEADING) == headings
    assert "(2) They come into force" in document.text


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_printed_pages_of_the_federal_register(tmp_path: Path, name: str) -> None:
    rule = "-" * 60
    page = f"""<html><body><pre>
[Federal Register Volume 12, Number 3 (Monday, January 5, 2032)]
[Rules]
[FR Doc No: 2032-00007]

{rule}

OFFICE OF BUOYS

    A buoy is repainted each year, and its number is told to the\\4\\
{rule}

    \\4\\ See the list of buoys.
    Second part of the note.

{rule}

[[Page 72]]

office within a week. Nothing else is asked of
its owner.
    An owner who is late pays a fee.
</pre></body></html>"""
    document = made(tmp_path, name, page)
    assert texts(document) == [
        "OFFICE OF BUOYS",
        "A buoy is repainted each year, and its number is told to the[4] office within a week. "
        "Nothing else is asked of its owner.",
        "[4] See the list of buoys. Second part of the note.",
        "An owner who is late pays a fee.",
    ]


def test_hanging_lines_of_a_list_do_not_begin_paragraphs(tmp_path: Path) -> None:
    text = "(a) A keeper shall light the lamp and then shall enter the hour in the\n    book of the station.\n"
    assert len(texts(made(tmp_path, "a.txt", text))) == 1


def test_federal_register(shared: Path) -> None:
    document = read(shared / "faults" / "federal_register.html")
    assert "of the proposed pier, alternatives to it, and concludes" in document.text
    assert "[[Page" not in document.text
    assert "---" not in document.text


# Text extracted from printed pages


def printed(pages: int) -> str:
    """A text of pages with a running head glued to the first line of each, and the page's number below it."""
    text = "what was done in the night, by whom, at which hour, and with how much oil."
    words = ("The", "Each", "No", "Any", "Our", "This", "One", "Some")
    return "".join(
        f"Strategy of the Port\nfor buoys and lamps{word} station keeps lamp {number} in order and asks its keeper\n"
        + f"{text}\n" * 11
        + f"{word.lower()} lamp that is out is lit by the keeper of station {number}, who then\n{number}\n"
        for number, word in zip(range(4, 4 + pages), words, strict=False)
    )


def test_page_numbers_and_running_heads_inside_a_text_are_left_out(tmp_path: Path) -> None:
    text = made(tmp_path, "a.txt", printed(8)).text
    assert "Strategy of the Port" not in text
    assert "buoys and lamps" not in text
    assert "of station 5, who then No station keeps lamp 6 in order" in text


def test_numbers_of_a_list_are_no_page_numbers(tmp_path: Path) -> None:
    text = "\n\n".join(f"{number}\n\nThe lamp of the station." for number in range(1, 9))
    assert "\n\n7\n\n" in made(tmp_path, "a.txt", text).text


def test_large_initials_and_ligatures_do_not_split_words(tmp_path: Path) -> None:
    text = "L\nas luces del puerto son eﬁ caces.\n\nA\nlamp is lit. See las luces, lamp and a keeper."
    assert made(tmp_path, "a.txt", text).text.startswith("Las luces del puerto son eficaces.\n\nA lamp is lit.")


def test_headings_printed_twice_as_a_shadow_are_read_once(tmp_path: Path) -> None:
    prose = "The port keeps its lamps in order, and each keeper writes down what was done in the night."
    text = (
        f"It is asked of all.DUTIES OF KEEPERSDUTIES  \nOF KEEPERS\n{prose}\n\nLAMPS AND \nOILLAMPS AND\nOIL\n{prose}\n"
    )
    assert texts(made(tmp_path, "a.txt", text), HEADING) == ["DUTIES OF KEEPERS", "LAMPS AND OIL"]


def test_words_split_after_f_are_joined_where_the_parts_are_no_words(tmp_path: Path) -> None:
    split = (
        "A fi rm offi cer made a fi nal eff ort; the offi cial report is specifi c. It fi nds that staff members and"
    )
    text = made(tmp_path, "a.txt", f"{split} staff, members all, are cut off the net.").text
    assert "A firm officer made a final effort; the official report is specific. It finds that staff members" in text
    assert "cut off the net" in text


def test_running_heads_of_extracted_strategies(shared: Path) -> None:
    folder = shared / "domains" / "cyber"
    spain, jamaica = (read(next(folder.glob(f"*{name}*"))).text for name in ("Spain", "Jamaica"))
    assert "PRESIDENCIA DEL GOBIERNO 25" not in spain
    assert "eficaces si se adoptan" in spain
    assert "Government of JamaicaCONCLUSION" not in jamaica
