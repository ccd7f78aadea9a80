"""Plain text: encodings, wrapped and double-spaced lines, pages, unmarked headings and tables."""

import base64
from pathlib import Path
from time import perf_counter

import pytest

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.text.reader import read_text

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
def test_marked_and_valid_encodings_give_no_warning(tmp_path: Path, encoding: str, text: str) -> None:
    reading = read(tmp_path, text.encode(encoding))
    assert (texts(reading), reading.warnings) == ([text], ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1251"])
def test_unmarked_encodings_are_guessed_with_a_warning(tmp_path: Path, encoding: str) -> None:
    reading = read(tmp_path, UKRAINIAN.encode(encoding))
    assert texts(reading) == [UKRAINIAN]
    assert reading.warnings == (f"encoding not stated, read as {encoding}",)


def test_short_utf_16_text_without_byte_order_mark(tmp_path: Path) -> None:
    assert texts(read(tmp_path, FRENCH.encode("utf-16-le"))) == [FRENCH]
    assert texts(read(tmp_path, "Їжак".encode("utf-16-be"))) == ["Їжак"]


@pytest.mark.parametrize("text", ["Où l'été protège les États – à 5 €", "Die Prüfstellen müssen eröffnen", "¿Qué año?"])
def test_western_text_is_read_as_windows_1252(tmp_path: Path, text: str) -> None:
    assert texts(read(tmp_path, text.encode("cp1252"))) == [text]


@pytest.mark.parametrize("encoding", ["iso2022_jp", "shift_jis", "utf-32-le", "koi8-u"])
def test_other_unmarked_encodings_are_distinguished(tmp_path: Path, encoding: str) -> None:
    text = UKRAINIAN if encoding == "koi8-u" else "規則は政策を定める。加盟国は登録簿を公開しなければならない。" * 3
    assert texts(read(tmp_path, text.encode(encoding))) == [text]


def test_damaged_byte_costs_one_character(tmp_path: Path) -> None:
    data = UKRAINIAN.encode()
    reading = read(tmp_path, data[:20] + b"\xff" + data[20:])
    assert texts(reading)[0].replace("\ufffd", "") == UKRAINIAN
    assert reading.warnings == ("some bytes are not valid UTF-8 and are shown as \ufffd",)


def test_binary_data_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(RejectedFile, match="binary data"):
        read(tmp_path, bytes(range(256)) * 20)


def test_invisible_characters_are_removed(tmp_path: Path) -> None:
    shown = read(tmp_path, "regu\u00adlation of Biden-\u2060Harris zero\u200bwidth\ufeff a\x02b\r\nnext\rlast")
    assert texts(shown) == ["regulation of Biden-Harris zerowidth ab", "next", "last"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_form_one_paragraph(tmp_path: Path, end: str) -> None:
    reading = read(tmp_path, end.join([*WRAPPED, "", *SECOND]))
    assert texts(reading) == [" ".join(WRAPPED), " ".join(SECOND)]


def test_words_are_dehyphenated_at_line_ends(tmp_path: Path) -> None:
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


def test_short_lines_stay_separate(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "Name: A\nRole: Chair\n\nDear all,")) == ["Name: A", "Role: Chair", "Dear all,"]


def test_points_in_wrapped_lines_are_paragraphs(tmp_path: Path) -> None:
    points = ["The Board shall, before the end of the year and in good order, take these steps:"]
    points += ["(a) publish the rate of use of each site by the tenth day of every month;"]
    points += ["(b) charge for time that is booked and not used, at a tenth of the rate", "for private applicants."]
    assert texts(read(tmp_path, "\n".join(points))) == [*points[:2], " ".join(points[2:])]


def test_double_spaced_lines_are_joined_up_to_a_short_line(tmp_path: Path) -> None:
    reading = read(tmp_path, "\n\n".join([*WRAPPED, *SECOND, *WRAPPED, *SECOND]))
    assert texts(reading) == [" ".join([*WRAPPED, *SECOND]), " ".join([*WRAPPED, *SECOND])]


def test_form_feeds_separate_pages(tmp_path: Path) -> None:
    reading = read(tmp_path, "On one.\n\fOn two.\n\n\f\fOn four.")
    assert [(part.page, part.text) for part in reading.parts] == [(1, "On one."), (2, "On two."), (4, "On four.")]
    assert [part.page for part in read(tmp_path, "No pages.").parts] == [None]


def test_front_matter_is_a_part_and_gives_properties(tmp_path: Path) -> None:
    reading = read(tmp_path, "---\ntitle: Compute\ntags: [a, b]\n---\n# Heading\n\nText.\n")
    assert reading.properties == {"title": "Compute", "tags": ["a", "b"]}
    assert [(part.kind, part.text) for part in reading.parts] == [
        (BlockKind.FRONT_MATTER, "title: Compute\ntags: [a, b]"),
        (BlockKind.HEADING, "Heading"),
        (BlockKind.PARAGRAPH, "Text."),
    ]


def test_short_line_above_prose_is_a_heading(tmp_path: Path) -> None:
    reading = read(tmp_path, f"Who pays for it\n\n{UKRAINIAN * 4}\n\nNot this one.\n\n{UKRAINIAN * 4}")
    assert [part.kind for part in reading.parts] == [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 3]


PROSE = "The Forum met in Kigali, and its members agreed on what a register of systems has to hold in each country."


def kinds_and_texts(folder: Path, content: str) -> list[tuple[BlockKind, str]]:
    return [(part.kind, part.text) for part in read(folder, content).parts]


def test_evident_markdown_is_read_as_markdown(tmp_path: Path) -> None:
    text = f"# A title\n\n**Purpose.** {PROSE}\n\n- See [the *register*](https://example.org/x)\n\fOn the next page.\n"
    reading = read(tmp_path, text)
    assert [(part.kind, part.level, part.text, part.page) for part in reading.parts] == [
        (BlockKind.HEADING, 1, "A title", 1),
        (BlockKind.HEADING, 2, "Purpose", 1),
        (BlockKind.PARAGRAPH, 0, PROSE, 1),
        (BlockKind.ITEM, 0, "- See the register", 1),
        (BlockKind.PARAGRAPH, 0, "On the next page.", 2),
    ]


def test_unmarked_headings_have_levels(tmp_path: Path) -> None:
    lines = [
        "Who pays for machines",
        "Jane Doe, John van Doe",
        "Introduction",
        PROSE,
        PROSE,
        "What was found",
        "In Africa",
    ]
    lines += [PROSE, "2.1 In Asia", PROSE, "Jane Doe is in the chair of the Forum."]
    reading = read(tmp_path, "\n".join(lines))
    assert [(part.level, part.text) for part in reading.parts if part.kind is BlockKind.HEADING] == [
        (1, "Who pays for machines"),
        (2, "Introduction"),
        (2, "What was found"),
        (3, "In Africa"),
        (3, "2.1 In Asia"),
    ]


def test_headings_in_capitals_are_above_others(tmp_path: Path) -> None:
    lines = ["SCOPE", PROSE, "Whom it binds", PROSE, "DUTIES", PROSE]
    assert [part.level for part in read(tmp_path, "\n\n".join(lines)).parts] == [2, 0, 3, 0, 2, 0]


@pytest.mark.parametrize(
    "line", ["12 May 2024", "Write to a@b.org", "Dear all,", "it goes on", "- A point", "It ends."]
)
def test_lines_that_only_resemble_headings_are_text(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, f"{PROSE}\n\n{line}\n\n{PROSE}").parts[1].kind is not BlockKind.HEADING


def test_many_consecutive_short_lines_are_a_list(tmp_path: Path) -> None:
    lines = ["Kigali", "Hanoi", "La Paz", "Tbilisi", "Suva", PROSE]
    kinds = [part.kind for part in read(tmp_path, f"{PROSE}\n" + "\n".join(lines)).parts]
    assert kinds[:3] == [BlockKind.PARAGRAPH] * 3


def test_flattened_table_is_split_from_the_sentence_before_it(tmp_path: Path) -> None:
    table = "Table 1. Use by site (+ = high)SiteUseKigali siteHigh + +Hanoi"
    assert kinds_and_texts(tmp_path, f"{PROSE}{table}\nTable 1 shows that it is so in all of these places today.") == [
        (BlockKind.PARAGRAPH, PROSE),
        (BlockKind.TABLE, "Table 1. Use by site (+ = high)\nSiteUseKigali siteHigh + +\nHanoi"),
        (BlockKind.PARAGRAPH, "Table 1 shows that it is so in all of these places today."),
    ]


def test_cells_below_a_caption_form_a_table(tmp_path: Path) -> None:
    lines = [PROSE * 2, "Table 2. Staff by office", "Office Staff", "Kigali 12", "Hanoi 9", "What follows", PROSE * 2]
    assert kinds_and_texts(tmp_path, "\n".join(lines))[1:3] == [
        (BlockKind.TABLE, "Table 2. Staff by office\nOffice Staff\nKigali 12\nHanoi 9"),
        (BlockKind.HEADING, "What follows"),
    ]


def test_paragraph_across_a_page_break_is_rejoined(tmp_path: Path) -> None:
    cut = PROSE.replace("what a register", "what a register\n\f")
    (part,) = read(tmp_path, cut).parts
    assert (part.page, part.text[part.turns[0] :]) == (1, "of systems has to hold in each country.")


def test_page_numbers_and_running_lines_are_removed(tmp_path: Path) -> None:
    pages = [f"The Forum\n{word}.\n- {number} -\n" for number, word in enumerate(("One", "Two", "Three"), 1)]
    assert kinds_and_texts(tmp_path, "\f".join(pages)) == [
        (BlockKind.PARAGRAPH, f"{w}.") for w in ("One", "Two", "Three")
    ]


def test_table_of_contents_is_boilerplate(tmp_path: Path) -> None:
    reading = read(tmp_path, "Scope ........ 3\nDuties of members . . . . . 12\n")
    assert [part.kind for part in reading.parts] == [BlockKind.BOILERPLATE] * 2


def test_ragged_lines_without_blank_lines_are_paragraphs(tmp_path: Path) -> None:
    lines = [*WRAPPED[:2], "that its public bodies use.", "Why it matters", *SECOND[:2], "at the third session."]
    assert texts(read(tmp_path, "\n".join(lines))) == [
        " ".join(lines[:3]), lines[3], " ".join(lines[4:]),
    ]  # fmt: skip


REPAIRED = ("characters that had been encoded twice were repaired; compare with the original",)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (FRENCH, "latin-1"),
        (FRENCH, "cp1252"),
        (FRENCH, "cp437"),
        (FRENCH, "mac_roman"),
        (UKRAINIAN, "latin-1"),
        (UKRAINIAN, "sloppy-windows-1251"),
        ("1986–1990, “so”", "latin-1"),
    ],
)
def test_double_encoded_text_is_repaired_with_a_warning(tmp_path: Path, text: str, wrong: str) -> None:
    reading = read(tmp_path, text.encode().decode(wrong))
    assert texts(reading) == [text]
    assert reading.warnings == REPAIRED


def test_double_encoded_lines_among_sound_ones_are_repaired(tmp_path: Path) -> None:
    damaged = "Der Ausschuss – § 4 – trat 2024 in Åland zusammen.".encode().decode("latin-1")
    reading = read(tmp_path, f"{FRENCH}\n\n{damaged}")
    assert texts(reading) == [FRENCH, "Der Ausschuss – § 4 – trat 2024 in Åland zusammen."]
    assert reading.warnings == REPAIRED


@pytest.mark.parametrize(
    "text",
    [
        f"{FRENCH} « Â » — Ã",
        "Literele Â și Î",
        "The letter Â is used.",
        "Disse “AMANHÃ” e “IRMÃ”.",
        "MANHÃ”",
        "XÃ HỘI",
        "12 INÇ³",
    ],
)
def test_well_encoded_text_is_unchanged(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    assert texts(reading) == [text]
    assert reading.warnings == ()


def test_base64_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(RejectedFile, match="base64"):
        read(tmp_path, base64.encodebytes(UKRAINIAN.encode()))


@pytest.mark.parametrize("content", ["x" * 2_000_000, "word " * 400_000, "[" * 100_000, "a_" * 200_000, ". " * 400_000])
def test_endless_lines_are_read_quickly(tmp_path: Path, content: str) -> None:
    began = perf_counter()
    assert read(tmp_path, content).parts
    assert perf_counter() - began < 5
