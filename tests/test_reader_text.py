"""Plain text: encodings, wrapped and double-spaced lines, pages, front matter."""

from pathlib import Path

import pytest

from ingest.document import BlockKind, Reading
from ingest.errors import RejectedFile
from ingest.readers.text import read_text

UKRAINIAN = "Генеральна Асамблея ухвалила резолюцію про штучний інтелект, і це її перший крок."
FRENCH = "L'Assemblée générale décide que les États protègent les données à caractère personnel."
WRAPPED = [
    "The Assembly decides that each member State shall open, within eighteen",
    "months of the adoption of this resolution, a public register of the systems",
    "that its public bodies use, and that the register shall be open to all.",
]
SECOND = [
    "It invites member States with a working register to second staff to those",
    "that have none, and asks the Executive Secretary to report on what was done",
    "at the third session and in writing at the fourth.",
]


def read(folder: Path, content: str | bytes) -> Reading:
    path = folder / "a.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_text(path)


def texts(reading: Reading) -> list[str]:
    return [part.text for part in reading.parts]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [UKRAINIAN, FRENCH, "規則は政策を定める。"])
def test_marked_and_valid_encodings_are_read_without_a_word(tmp_path: Path, encoding: str, text: str) -> None:
    reading = read(tmp_path, text.encode(encoding))
    assert (texts(reading), reading.warnings) == ([text], ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1251"])
def test_unmarked_encodings_are_guessed_and_told(tmp_path: Path, encoding: str) -> None:
    reading = read(tmp_path, UKRAINIAN.encode(encoding))
    assert texts(reading) == [UKRAINIAN]
    assert reading.warnings == (f"encoding not stated, read as {encoding}",)


def test_utf_16_without_a_mark_in_latin_letters_and_in_a_few_words(tmp_path: Path) -> None:
    assert texts(read(tmp_path, FRENCH.encode("utf-16-le"))) == [FRENCH]
    assert texts(read(tmp_path, "Їжак".encode("utf-16-be"))) == ["Їжак"]


def test_a_damaged_byte_costs_one_letter_and_not_the_file(tmp_path: Path) -> None:
    data = UKRAINIAN.encode()
    reading = read(tmp_path, data[:20] + b"\xff" + data[20:])
    assert texts(reading)[0].replace("\ufffd", "") == UKRAINIAN
    assert reading.warnings == ("some bytes are not valid UTF-8 and are shown as \ufffd",)


def test_what_is_no_text_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(RejectedFile, match="binary data"):
        read(tmp_path, bytes(range(256)) * 20)


def test_signs_that_nobody_sees_are_gone(tmp_path: Path) -> None:
    shown = read(tmp_path, "regu\u00adlation of Biden-\u2060Harris zero\u200bwidth\ufeff a\x02b\r\nnext\rlast")
    assert texts(shown) == ["regulation of Biden-Harris zerowidth ab", "next", "last"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_one_paragraph(tmp_path: Path, end: str) -> None:
    reading = read(tmp_path, end.join([*WRAPPED, "", *SECOND]))
    assert texts(reading) == [" ".join(WRAPPED), " ".join(SECOND)]


def test_words_broken_at_line_ends_are_whole(tmp_path: Path) -> None:
    lines = [
        "The committee spoke of regulation at length, and of how a policy is made, and of the regu-",
        "lation of models that the multi-stakeholder body had asked for in its report of the multi-",
        "stakeholder group, with 5-year plans, and at last of the inter\u00ad",
        "national rules.",
    ]
    (whole,) = texts(read(tmp_path, "\n".join(lines)))
    assert "the regulation of models" in whole
    assert "the multi-stakeholder group" in whole
    assert whole.endswith("the international rules.")


def test_short_lines_stay_apart(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "Name: A\nRole: Chair\n\nDear all,")) == ["Name: A", "Role: Chair", "Dear all,"]


def test_points_in_wrapped_lines_are_paragraphs(tmp_path: Path) -> None:
    points = ["The Board shall, before the end of the year and in good order, take these steps:"]
    points += ["(a) publish the rate of use of each site by the tenth day of every month;"]
    points += ["(b) charge for time that is booked and not used, at a tenth of the rate", "for private applicants."]
    assert texts(read(tmp_path, "\n".join(points))) == [*points[:2], " ".join(points[2:])]


def test_double_spaced_lines_are_joined_up_to_where_a_line_stops_short(tmp_path: Path) -> None:
    reading = read(tmp_path, "\n\n".join([*WRAPPED, *SECOND, *WRAPPED, *SECOND]))
    assert texts(reading) == [" ".join([*WRAPPED, *SECOND]), " ".join([*WRAPPED, *SECOND])]


def test_form_feeds_are_pages(tmp_path: Path) -> None:
    reading = read(tmp_path, "On one.\n\fOn two.\n\n\f\fOn four.")
    assert [(part.page, part.text) for part in reading.parts] == [(1, "On one."), (2, "On two."), (4, "On four.")]
    assert [part.page for part in read(tmp_path, "No pages.").parts] == [None]


def test_front_matter_is_a_part_and_states_properties(tmp_path: Path) -> None:
    reading = read(tmp_path, "---\ntitle: Compute\ntags: [a, b]\n---\n# Heading\n\nText.\n")
    assert reading.properties == {"title": "Compute", "tags": ["a", "b"]}
    assert [(part.kind, part.text) for part in reading.parts] == [
        (BlockKind.FRONT_MATTER, "title: Compute\ntags: [a, b]"),
        (BlockKind.HEADING, "Heading"),
        (BlockKind.PARAGRAPH, "Text."),
    ]


def test_a_short_line_above_prose_is_a_heading(tmp_path: Path) -> None:
    reading = read(tmp_path, f"Who pays for it\n\n{UKRAINIAN * 4}\n\nNot this one.\n\n{UKRAINIAN * 4}")
    assert [part.kind for part in reading.parts] == [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 3]
