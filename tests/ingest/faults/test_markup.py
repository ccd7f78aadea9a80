"""HTML, Markdown, word-processor and plain text files whose markup was read wrongly: points, struck text, list numbers.

Each kind of fault is tested on a small text written here, and on the inputs in `../shared/faults` if they are present.
"""

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pincite.ingest.document import BlockKind, Document
from support.made_files import made, pinpoint_of, read, texts

ITEM, TABLE, HEADING, NOTE = BlockKind.ITEM, BlockKind.TABLE, BlockKind.HEADING, BlockKind.FOOTNOTE


# Tables that lay out points


def test_one_row_tables_of_markdown_are_points(tmp_path: Path) -> None:
    document = made(tmp_path, "a.md", "Article 1\n\n1. The master states:\n\n" + points("a", "b"))
    assert texts(document, ITEM)[-2:] == ["(a) the a of the ferry;", "(b) the b of the ferry;"]
    assert not texts(document, TABLE)


def points(*marks: str) -> str:
    """A table with one row for each point, as conversions of EUR-Lex write them."""
    return "\n\n".join(f"|  |  |\n| --- | --- |\n| ({mark}) | the {mark} of the ferry; |" for mark in marks)


def test_points_nested_in_a_row_of_markdown_are_not_lost(tmp_path: Path) -> None:
    row = "| (3) | in Article 9, this is added:   |  |  | | --- | --- | | ‘(d) | a spare lamp;’. | |"
    document = made(tmp_path, "a.md", f"|  |  |  |  |\n| --- | --- | --- | --- |\n{row}\n")
    assert texts(document) == ["(3) in Article 9, this is added:", "‘(d) a spare lamp;’."]


def test_rows_wider_than_their_head_keep_all_cells(tmp_path: Path) -> None:
    document = made(tmp_path, "a.md", "| Pier | Fee |\n| --- | --- |\n| East | 12 | in winter 9 |\n")
    assert texts(document, TABLE) == ["Pier | Fee | \nEast | 12 | in winter 9"]


@pytest.mark.parametrize(
    "rows",
    ["<tr><td>1</td><td>Ferry</td></tr><tr><td>2</td><td>Yacht</td></tr>", "<tr><td>Ferry</td><td>(a)</td></tr>"],
)
def test_tables_of_data_remain_tables(tmp_path: Path, rows: str) -> None:
    assert len(texts(made(tmp_path, "a.html", f"<p>Classes.</p><table>{rows}</table>"), TABLE)) == 1


def test_tables_of_word_lay_out_points_too(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for row, cells in zip(table.rows, (("(i)", "to light the lamp;"), ("(ii)", "to note the hour.")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    assert texts(saved(word, tmp_path)) == ["(i) to light the lamp;", "(ii) to note the hour."]


def test_contents_and_head_of_an_act_in_markdown_are_boilerplate(tmp_path: Path) -> None:
    head = "| Amtsblatt der Europäischen Union | DE | L 12/4 |\n| --- | --- | --- |\n"
    document = made(tmp_path, "a.md", f"* [recital 1](#r1)\n  + [article 1](#a1)\n\n{head}\nVERORDNUNG (EU) 2031/8\n")
    assert texts(document) == ["VERORDNUNG (EU) 2031/8"]


def test_a_list_of_links_to_other_pages_is_text(tmp_path: Path) -> None:
    assert len(texts(made(tmp_path, "a.md", "- [One](https://example.org)\n- [Two](https://example.net)\n"), ITEM)) == 2


def test_notes_of_an_act_in_markdown_are_footnotes(tmp_path: Path) -> None:
    text = "Having regard to the opinion [(1)](#n1),\n\n[(1)](#c1)  OJ C 4, 5.1.2031, p. 6.\n"
    document = made(tmp_path, "a.md", text)
    assert texts(document, NOTE) == ["(1) OJ C 4, 5.1.2031, p. 6."]
    assert pinpoint_of(document, "OJ C 4") == "footnote 1"


def test_marks_of_consolidation_are_no_text(tmp_path: Path) -> None:
    page = (
        "<p class='title-article-norm'>Article 4</p><p class='modref'><a>▼M2</a></p>"
        "<div class='norm'><span class='no-parag'>1a.&nbsp;</span><div class='norm inline-element'>"
        "<p class='modref'>▼B</p><p class='norm'>The fee is ►M3 <span>EUR 60 </span>◄ a night.</p></div></div>"
        "<p class='modref'><a>▼M3 —————</a></p>"
    )
    assert texts(made(tmp_path, "a.html", page)) == ["Article 4", "1a. The fee is EUR 60 a night."]
    assert texts(made(tmp_path, "a.md", "▼M1\n\n► Not a mark of ►C1 this ◄ kind.\n")) == ["► Not a mark of this kind."]


def test_eurlex_as_markdown(shared: Path) -> None:
    document = read(shared / "faults" / "eurlex_as_markdown.md")
    assert pinpoint_of(document, "The coasts of the Union") == "Recital 1"
    assert texts(document)[0].startswith("REGULATION (EU) 2031/7")
    assert "(a) keep the light lit from dusk to dawn;" in texts(document, ITEM)
    assert not texts(document, TABLE)


def test_climate_law_is_complete(shared: Path) -> None:
    document = read(shared / "domains" / "climate" / "eu_climate_law_regulation_2021_1119.md")
    assert not texts(document, TABLE)
    assert "implement strategies and measures designed to meet the objectives" in document.text
    assert pinpoint_of(document, "OJ L 282, 19.10.2016") == "footnote 4"


# Struck and deleted text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<p>The toll is <del>7</del> <ins>9</ins> crowns.</p><p><s>It rises.</s></p>"),
        ("a.html", "<p>The toll is <span style='text-decoration: line-through'>7</span> 9 crowns.</p>"),
        ("a.html", "<style>.old, i.out{color:red;text-decoration:line-through}</style>"
                   "<p>The toll is <span class='x old'>7</span> 9 crowns.<i class='out'> Gone.</i></p>"),
        ("a.md", "The toll is ~~7~~ 9 crowns.\n\n~~It rises.~~\n"),
        ("a.md", "The toll is <del>7</del> 9 crowns.\n"),
        ("a.rtf", r"{\rtf1 The toll is {\strike 7} \strike 8\strike0 9 crowns.\par}"),
    ],
)  # fmt: skip
def test_struck_text_is_left_out(tmp_path: Path, name: str, content: str) -> None:
    assert made(tmp_path, name, content).text == "The toll is 9 crowns."


def test_an_element_that_undoes_a_strike_is_text(tmp_path: Path) -> None:
    page = "<style>span{text-decoration:line-through}</style><p>It <span style='text-decoration:none'>is</span> so.</p>"
    assert made(tmp_path, "a.html", page).text == "It is so."


def test_struck_runs_of_word_are_left_out(tmp_path: Path) -> None:
    word = docx.Document()
    style = word.styles.add_style("Repealed", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    style.font.strike = True
    paragraph = word.add_paragraph("The toll is ")
    paragraph.add_run("7 ").font.strike = True
    paragraph.add_run("8 ", style="Repealed")
    paragraph.add_run("9").font.double_strike = False
    paragraph.add_run(" crowns.")
    assert saved(word, tmp_path).text == "The toll is 9 crowns."


@pytest.mark.parametrize(
    ("name", "fee"),
    [("deleted_text.html", "The fee is 55 crowns"), ("lazy_numbers_and_strike.md", "The fee is 55 crowns")],
)
def test_struck_fees(shared: Path, name: str, fee: str) -> None:
    assert fee in read(shared / "faults" / name).text


# Numbers and depth of lists


def depths(document: Sequence[str]) -> list[str]:
    return [text.split()[0] for text in document]


def test_style_sheets_decide_the_marks_of_lists(tmp_path: Path) -> None:
    style = "<style>ol.act > li > ol {list-style-type: lower-roman} ol ol ol{list-style:upper-alpha inside}</style>"
    inner = "<ol><li>One.<ol><li>Deep.</li></ol></li><li>Two.</li></ol>"
    document = made(tmp_path, "a.html", f"{style}<h1>Article 8</h1><ol class='act'><li>First:{inner}</li></ol>")
    assert texts(document, ITEM) == ["1. First:", "i. One.", "A. Deep.", "ii. Two."]


def test_lists_in_an_article_whose_style_sheet_is_missing_follow_convention(tmp_path: Path) -> None:
    lists = "<ol><li>First:<ol><li>One:<ol><li>Deep.</li></ol></li><li>Two.</li></ol></li></ol>"
    page = f"<html><head><link rel='stylesheet' href='a.css'></head><body><h2>{{}}</h2>{lists}</body></html>"
    document = made(tmp_path, "a.html", page.format("Art. 8 of the Pilots Act"))
    assert texts(document, ITEM) == ["1. First:", "a. One:", "i. Deep.", "b. Two."]
    assert texts(made(tmp_path, "b.html", page.format("How to apply")), ITEM)[1] == "1. One:"


def test_article_of_a_web_page(shared: Path) -> None:
    document = read(shared / "field" / "html" / "gdpr_art_13.html")
    assert pinpoint_of(document, "the contact details of the data protection officer") == "Article 13(1)(b)"
    assert pinpoint_of(document, "In addition to the information referred to in paragraph 1") == "Article 13(2)"


def test_markdown_counts_lists_whose_numbers_do_not_ascend(tmp_path: Path) -> None:
    assert depths(texts(made(tmp_path, "a.md", "4. a\n4. b\n4. c\n"))) == ["4.", "5.", "6."]
    assert depths(texts(made(tmp_path, "b.md", "1. a\n3. c\n4. d\n"))) == ["1.", "3.", "4."]


def test_points_that_markdown_does_not_know_begin_lines(tmp_path: Path) -> None:
    document = made(
        tmp_path, "a.md", "1. A keeper shall:\n   (a) light the lamp;\n   (b) under paragraph\n   (2) rest.\n"
    )
    assert "\n(a) light the lamp;\n(b) under paragraph (2) rest." in "\n".join(texts(document))


def test_nested_ol(shared: Path) -> None:
    document = read(shared / "faults" / "nested_ol.html")
    assert pinpoint_of(document, "the name of the owner") == "Article 13(1)(b)"
    assert pinpoint_of(document, "The office shall answer") == "Article 13(2)"
    assert pinpoint_of(document, "does not apply at night") == "Article 13(3)"


def test_lazy_numbers(shared: Path) -> None:
    document = read(shared / "faults" / "lazy_numbers_and_strike.md")
    assert depths(texts(document, ITEM)[:3]) == ["1.", "2.", "3."]


# Numbering of Word


def saved(word: WordFile, folder: Path) -> Document:
    word.save(str(folder / "a.docx"))
    return read(folder / "a.docx")


def numbered(word: WordFile, text: str, level: int, mark: str = "") -> None:
    """Add a paragraph at a level of a list; `mark`: what tracked changes did to its end."""
    paragraph = word.add_paragraph(text)
    change = f'<w:rPr><w:{mark} w:id="1" w:author="A"/></w:rPr>' if mark else ""
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>{change}'
    paragraph._p.insert(0, parse_xml(f"<w:pPr {nsdecls('w')}>{properties}</w:pPr>"))
    if mark:
        run = paragraph._p.find(qn("w:r"))
        wrapper = parse_xml(f'<w:{mark} {nsdecls("w")} w:id="2" w:author="A"/>')
        run.addprevious(wrapper)
        wrapper.append(run)


@pytest.fixture
def word() -> WordFile:
    """A document with a list of two levels, `1.` and `1.1`."""
    made = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(("%1.", "%1.%2"))
    )
    root = made.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return made


def test_deleted_and_moved_paragraphs_are_not_counted(tmp_path: Path, word: WordFile) -> None:
    for text, mark in (("Gone.", "del"), ("Here.", ""), ("Moved.", "moveFrom"), ("There.", "")):
        numbered(word, text, 0, mark)
    assert texts(saved(word, tmp_path)) == ["1. Here.", "2. There."]


def test_a_level_without_the_one_above_counts_it(tmp_path: Path, word: WordFile) -> None:
    word.add_paragraph("1. Opening, typed by hand.")
    for text, level in (("Lamps.", 1), ("Oil.", 1), ("Keepers.", 0), ("Watches.", 1)):
        numbered(word, text, level)
    assert texts(saved(word, tmp_path))[1:] == ["1.1 Lamps.", "1.2 Oil.", "2. Keepers.", "2.1 Watches."]


def test_text_before_a_deleted_paragraph_mark_joins_the_next(tmp_path: Path) -> None:
    word = docx.Document()
    first = word.add_paragraph("The fee is due")
    first._p.insert(0, parse_xml(f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'))
    word.add_paragraph("on arrival.")
    assert saved(word, tmp_path).text == "The fee is due on arrival."


def test_lines_in_bold_above_text_are_headings_of_word(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Keys of the lighthouse", 1)
    for line in ("Spare keys", "Loss of a key"):
        word.add_paragraph().add_run(line).bold = True
        word.add_paragraph("A keeper hands it to the office, which enters it in the book of the station.")
        word.add_paragraph("The office answers.")
        word.add_paragraph("The book is kept for ten years.")
    document = saved(word, tmp_path)
    assert texts(document, HEADING) == ["Keys of the lighthouse", "Spare keys", "Loss of a key"]
    assert [block.level for block in document.blocks if block.kind is HEADING] == [1, 2, 2]


def test_tracked_deletion_numbers(shared: Path) -> None:
    document = read(shared / "faults" / "tracked_deletion_numbers.docx")
    assert depths(texts(document, ITEM)) == ["1.", "2.", "3.", "4."]


def test_numbers_of_a_constitution_are_those_of_its_contents(shared: Path) -> None:
    document = read(next((shared / "domains" / "health").glob("NHS*.docx")))
    assert str(pinpoint_of(document, "The board is therefore composed of")).endswith("2.2.3")
    assert "5 Suspension of Standing Orders" in texts(document, HEADING)


def test_bold_lines_of_a_company_policy(shared: Path) -> None:
    document = read(next((shared / "domains" / "company").glob("*.docx")))
    assert texts(document, HEADING)[1:] == ["Main Cash Vault", "Back-Up Vaults", "Dual Control Vault", "Sole Control"]
