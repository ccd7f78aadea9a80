"""Rich Text Format: text in any encoding, headings, tables and notes, without pictures and hidden text."""

from pathlib import Path
from time import perf_counter

import pytest

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.rtf.reader import read_rtf

FONTS = r"{\fonttbl{\f0\fcharset204 Times;}{\f1\fcharset0 Arial;}{\f2\fcharset128 Mincho;}}"
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s15 Quote;}{\s20 toc 1;}}"


def read(folder: Path, body: str | bytes) -> Reading:
    path = folder / "a.rtf"
    data = body.encode("latin-1") if isinstance(body, str) else body
    path.write_bytes(rb"{\rtf1\ansi\ansicpg1252\deff1" + (FONTS + STYLES).encode() + data + b"}")
    return read_rtf(path)


def kinds_and_texts(reading: Reading) -> list[tuple[BlockKind, str]]:
    return [(part.kind, part.text) for part in reading.parts]


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        (r"caf\'e9 \emdash  \'93q\'94", "café — “q”"),
        (r"\f0 \'c7\'e2\'b3\'f2", "Звіт"),
        (r"\f2 \'8b\'4b\'91\'a5", "規則"),
        (r"\u1047?\u1074?{\uc2\u8364 ab}5", "Зв€5"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"a\~b\_c\-d \{x\} \\", "a b-cd {x} \\"),
        (r"10{\super 25} and 2024{\super 7}", "10^25 and 2024[7]"),
    ],
)
def test_every_encoding_of_characters(tmp_path: Path, words: str, read_as: str) -> None:
    assert [part.text for part in read(tmp_path, rf"\pard {words}\par").parts] == [read_as]


def test_paragraphs_by_style(tmp_path: Path) -> None:
    body = r"\pard\s20 Scope 3\par\pard\s1 Scope\par\pard\plain It is so.\par\pard\outlinelevel1 Whom\par"
    body += r"\pard\s15 He said so.\par"
    reading = read(tmp_path, body)
    assert kinds_and_texts(reading) == [
        (BlockKind.BOILERPLATE, "Scope 3"),
        (BlockKind.HEADING, "Scope"),
        (BlockKind.PARAGRAPH, "It is so."),
        (BlockKind.HEADING, "Whom"),
        (BlockKind.QUOTE, "He said so."),
    ]
    assert [part.level for part in reading.parts] == [0, 1, 0, 2, 0]


def test_list_numbers_precede_their_text(tmp_path: Path) -> None:
    body = r"{\listtext\pard 1.\tab}One;\par{\listtext\pard\f2 \'81\'45\tab}a dot\par"
    assert kinds_and_texts(read(tmp_path, body)) == [(BlockKind.ITEM, "1. One;"), (BlockKind.ITEM, "a dot")]


def test_table_rows(tmp_path: Path) -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl {}\cell {}\par more\cell\row"
    body = row.format("Site", "Use") + row.format("Kigali", "68") + r"\pard After.\par"
    assert kinds_and_texts(read(tmp_path, body)) == [
        (BlockKind.TABLE, "Site | Use more\nKigali | 68 more"),
        (BlockKind.PARAGRAPH, "After."),
    ]


def test_footnotes_follow_their_paragraph(tmp_path: Path) -> None:
    note = r"{\super\chftn}{\footnote\pard{\super\chftn} See A.\par Or B.}"
    body = rf"Agreed{note} by all, and{note} more.\par Next.\par"
    assert kinds_and_texts(read(tmp_path, body)) == [
        (BlockKind.PARAGRAPH, "Agreed[1] by all, and[2] more."),
        (BlockKind.FOOTNOTE, "[1] See A. Or B."),
        (BlockKind.FOOTNOTE, "[2] See A. Or B."),
        (BlockKind.PARAGRAPH, "Next."),
    ]


def test_invisible_content_is_skipped(tmp_path: Path) -> None:
    gone = r"{\header Running}{\*\unknown x}{\v hidden}{\deleted gone}{\pict\wmetafile8 00ff}"
    gone += r"{\field{\*\fldinst LINK}{\fldrslt shown}}"
    assert [part.text for part in read(tmp_path, rf"Text {gone}.\par").parts] == ["Text shown."]
    binary = b"Before {\\object{\\objdata\\bin9 }}}{{{\\\\\\}} after.\\par"
    assert [part.text for part in read(tmp_path, binary).parts] == ["Before after."]


def test_title_from_metadata(tmp_path: Path) -> None:
    assert read(tmp_path, r"{\info{\title A plan}{\author B}}Text.\par").properties == {"title": "A plan"}


def test_unmarked_headings(tmp_path: Path) -> None:
    reading = read(tmp_path, r"Why it matters\par It matters since all of them have agreed to it.\par")
    assert [part.kind for part in reading.parts] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_hostile_files_are_read_or_rejected_quickly(tmp_path: Path) -> None:
    began = perf_counter()
    with pytest.raises(RejectedFile, match="nested too deeply"):
        read(tmp_path, "{" * 100_000)
    with pytest.raises(RejectedFile, match="contains no text"):
        read(tmp_path, rb"{\pict " + b"00ff" * 2_000_000)
    assert [part.text for part in read(tmp_path, r"\par}}}} Text \bin99999999").parts] == ["Text"]
    assert perf_counter() - began < 3
