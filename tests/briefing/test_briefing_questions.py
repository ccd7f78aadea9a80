"""Thirty kinds of trouble in files of questions: each is told with its place, and the rest is asked."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from pincite.answer.query.filters import Filters
from pincite.briefing.questions.questions import Questions, read_questions
from pincite.ingest.errors import BadInput

# (what stands in the file, what is asked, where something is told and whether that is not asked)
CSV = {
    "byte order mark": (b"\xef\xbb\xbfquestion\nWho?\n", ["Who?"], []),
    "UTF-16": ("question;id\nХто?;a\n".encode("utf-16"), ["Хто?"], []),
    "UTF-16 without mark": ("question,id\nWho pays?,a\n".encode("utf-16-le"), ["Who pays?"], [(".", False)]),
    "Windows-1251": ("question\nХто вирішує про це і коли?\n".encode("cp1251"), ["Хто вирішує про це і коли?"],
                     [(".", False)]),
    "Windows-1252": ("question\nWho pays for the café?\n".encode("cp1252"), ["Who pays for the café?"], [(".", False)]),
    "semicolons": (b"id;question\n1;Who, and when?\n", ["Who, and when?"], []),
    "tabs": (b"id\tquestion\n1\tWho?\n", ["Who?"], []),
    "bars": (b"id|question\n1|Who?\n", ["Who?"], []),
    "a stated separator": (b"sep=;\nid;question\n1;Who?\n", ["Who?"], []),
    "line ends of Windows": (b"question\r\nWho?\r\n", ["Who?"], []),
    "line ends of an old Mac": (b"question\rWho?\r", ["Who?"], []),
    "no head": (b"Who decides?\nWho pays?\n", ["Who decides?", "Who pays?"], []),
    "no column question": (b"Topic,section\nWho pays,A\n", ["Who pays"], []),
    "columns that are not used": (b"question,owner\nWho?,me\n", ["Who?"], [("line 1", False)]),
    "empty rows": (b"question,id\nWho?,a\n\n,\nWhy?,b\n", ["Who?", "Why?"], [("line 3-4", False)]),
    "a row without a question": (b"question,id\n,a\nWho?,b\n", ["Who?"], [("line 2", True)]),
    "a short row": (b"id,question\n1\n2,Who?\n", ["Who?"], [("line 2", True)]),
    "a long row": (b"question,id\nWho?,1,x,y\n", ["Who?"], []),
    "a question cut at its comma": (b"id,question\n1,Who, and why?\n2,When?\n", ["When?"], [("line 2", True)]),
    "commas in a list": (b"Who, and why?\nWhen, and where?\n", ["Who, and why?", "When, and where?"], []),
    "quotation marks": (b'question\n"Who says ""now"", and why?"\n', ['Who says "now", and why?'], []),
    "a line end in a cell": (b'question\n"Who\npays?"\nWhy?\n', ["Who pays?", "Why?"], []),
    "an open quotation mark": (b'question\n"Who pays\nWhy?\nWhen?\n', ["Why?", "When?"], [("line 2", True)]),
    "a quotation mark closed by the next": (b'question\n"Who pays\n"Why not?\nWhen?\n', ["When?"],
                                            [("line 2", True), ("line 3", True)]),
    "a cell of 100 kB": (b"question\n" + b"why " * 25_000 + b"\nWho?\n", ["Who?"], [("line 2", True)]),
    "a cell of 1 MB": (b"question\n" + b"why " * 250_000 + b"\nWho?\n", ["Who?"], [("line 2", True)]),
    "duplicated ids": (b"id,question\n7,Who?\n7,Why?\n", ["Who?", "Why?"], [("line 3", False)]),
    "right to left": ("question\nما هي القواعد؟\n".encode(), ["ما هي القواعد؟"], []),
    "signs only": (b"question\n???\nWho?\n", ["Who?"], [("line 2", True)]),
    "control characters": (b"question\nWho\x00 \x07pays for " + b"all " * 20, ["Who pays for" + " all" * 20], []),
    "an unknown kind": (b"question,kind\nWho?,poem\nWhy?,law\n", ["Why?"], [("line 2", True)]),
    "a date that is none": (b"question,after\nWho?,soon\nWhy?,2024-03\n", ["Why?"], [("line 2", True)]),
    "a formula as text": (b"question\n=1+1 is what?\n", ["=1+1 is what?"], []),
}  # fmt: skip


def told(read: Questions) -> list[tuple[str, bool]]:
    return [("." if "." in one.where else one.where, one.skipped) for one in read.complaints]


@pytest.mark.parametrize("name", CSV)
def test_trouble_in_a_table_of_text(name: str, tmp_path: Path) -> None:
    data, asked, complaints = CSV[name]
    (tmp_path / "q.csv").write_bytes(data)
    read = read_questions(tmp_path / "q.csv")
    assert [one.question for one in read.asked] == asked
    assert told(read) == complaints


def test_trouble_in_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    rows = [
        ["id", "section", "question", "after"], [1.0, "A", "Who pays?", 2024], [2, None, "=A1&B1", None],
        ["Energy", None, None, None], [None, None, "What about it?", None], [], [3, "M", "One?", None],
        [4, None, "Two?", None], [5, None, "#REF!", None], ["x" * 32_000, None, "Long id?", None], [6, "B", None, None],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    sheet["C9"].data_type = "e"
    sheet.merge_cells("A4:D4")
    sheet.merge_cells("B7:B8")
    book.create_sheet("Notes").append(["not a question"])
    book.save(tmp_path / "q.xlsx")
    read = read_questions(tmp_path / "q.xlsx")
    assert [(one.id, one.section, one.question) for one in read.asked[:4]] == [
        ("1", "A", "Who pays?"), ("q2", "Energy", "What about it?"), ("3", "M", "One?"), ("4", "M", "Two?")
    ]  # fmt: skip
    assert read.asked[0].filters.after == "2024-01-01"
    assert {("row 3", True), ("row 6", False), ("row 9", True), ("row 11", True)} <= set(told(read))
    assert next(one.where for one in read.complaints) == "sheet Notes"


def test_json_lines(tmp_path: Path) -> None:
    lines = ['{"question": "Who?", "id": "a", "kind": ["law", "report"]}', "{", '"Why?"', '{"id": 1}', "[1]", "",
             '{"question": "Odd \\ud800 one?"}']  # fmt: skip
    (tmp_path / "q.jsonl").write_text("\n".join(lines), encoding="utf-8")
    read = read_questions(tmp_path / "q.jsonl")
    assert [one.question for one in read.asked] == ["Who?", "Why?", "Odd one?"]
    assert read.asked[0].filters == Filters()  # `kind` may be that of a gold question
    assert told(read) == [("line 2", True), ("line 4", True), ("line 5", True)]
    assert json.dumps(read.asked[2].question)


def test_headings_are_sections_and_items_and_lines_questions(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\n# Water\n\nIntro?\n\n## Costs\n- **Who** pays?\n  And when?\n2) Why?\n\n---\n"
    text += "People:\n* [ ] Who?\n"
    (tmp_path / "q.md").write_text(text, encoding="utf-8")
    read = read_questions(tmp_path / "q.md")
    assert read.title == "Water"
    assert [(one.section, one.question) for one in read.asked] == [
        ("", "Intro?"), ("Costs", "Who pays? And when?"), ("Costs", "Why?"), ("People", "Who?")
    ]  # fmt: skip


def test_a_row_goes_before_the_filters_of_all(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question,language\nWho?,uk\nWhy?,\n", encoding="utf-8")
    read = read_questions(tmp_path / "q.csv", Filters(languages=("en",), kinds=("law",)))
    assert [one.filters.languages for one in read.asked] == [("uk",), ("en",)]
    assert {one.filters.kinds for one in read.asked} == {("law",)}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("q.pdf", b"%PDF"),
        ("q.csv", b""),
        ("q.csv", b"\x00\x01\x02\xff" * 500),
        ("q.xlsx", b"PK\x03\x04 broken"),
        ("no.csv", None),
    ],
)
def test_what_is_no_file_of_questions_is_one_sentence(name: str, data: bytes | None, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput, match=name) as raised:
        read_questions(tmp_path / name)
    assert "\n" not in str(raised.value)
