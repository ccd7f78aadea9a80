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
from pincite.ingest.reading import read_document

ITEM, TABLE, HEADING, NOTE = BlockKind.ITEM, BlockKind.TABLE, BlockKind.HEADING, BlockKind.FOOTNOTE


def read(path: Path) -> Document:
    return read_document(path, path.name)


def made(folder: Path, name: str, content: str) -> Document:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read(path)


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    """Texts of the blocks of some kinds, of all without boilerplate if none is named."""
    kinds = kinds or tuple(set(BlockKind) - {BlockKind.BOILERPLATE})
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def pinpoint_of(document: Document, words: str) -> str | None:
    """The pinpoint of the block with some words."""
    return next(block.pinpoint for block in document.blocks if words in document.text[block.start : block.end])


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


# Legislation of the United Kingdom, printed pages of the United States


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
