"""Word documents: headings, numbers, notes, tables and text boxes as Word displays them."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.docx.reader import read_docx

HEADING, PARAGRAPH, ITEM, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.TABLE
RULE = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOX = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"


def read(folder: Path, made: Document) -> Reading:
    made.save(str(folder / "a.docx"))
    return read_docx(folder / "a.docx")


def texts(folder: Path, made: Document) -> list[str]:
    return [part.text for part in read(folder, made).parts]


def add(made: Document, inner: str, namespaces: tuple[str, ...] = ("w",)) -> Any:
    """A paragraph of that XML at the end of the body."""
    paragraph = parse_xml(f"<w:p {nsdecls(*namespaces)}>{inner}</w:p>")
    made.element.body.insert(len(made.element.body) - 1, paragraph)
    return paragraph


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def with_part(data: bytes, name: str, content: str, kind: str) -> bytes:
    """A package with one more part, bound to the document."""
    old, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            text = old.read(item)
            if item == "word/_rels/document.xml.rels":
                schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
                relation = f'<Relationship Id="rIdN" Type="{schema}/{kind}" Target="{name}"/></Relationships>'
                text = text.replace(b"</Relationships>", relation.encode())
            new.writestr(item, text)
        new.writestr(f"word/{name}", content)
    return out.getvalue()


def test_headings_by_style_inheritance_and_outline_level(tmp_path: Path) -> None:
    made = docx.Document()
    own = made.styles.add_style("House heading", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = made.styles["Heading 2"]
    outlined = made.styles.add_style("Outlined", WD_STYLE_TYPE.PARAGRAPH)
    outlined.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    for text, style in (("T", "Title"), ("One", "Heading 1"), ("Own", own), ("Out", outlined), ("Body", "Normal")):
        made.add_paragraph(text, style)
    assert [(part.kind, part.level) for part in read(tmp_path, made).parts] == [
        (HEADING, 1), (HEADING, 1), (HEADING, 2), (HEADING, 3), (PARAGRAPH, 0),
    ]  # fmt: skip


def test_issuer_and_date_are_read_only_if_the_subject_is_a_symbol(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Words.")
    made.core_properties.title, made.core_properties.author = "A report", "Windows User"
    assert read(tmp_path, made).properties == {"title": "A report", "language": None}
    made.core_properties.subject, made.core_properties.author = "MF/RES/2/7", "Assembly"
    stated = read(tmp_path, made).properties
    assert (stated["symbol"], stated["issuer"], str(stated["date"])) == ("MF/RES/2/7", "Assembly", "2013-12-23")


def test_automatic_list_numbers(tmp_path: Path) -> None:
    made = docx.Document()
    numbering = made.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (style, text, start) in enumerate(
            [("decimal", "%1.", 6), ("lowerLetter", "(%2)", 1), ("lowerRoman", "%1.%2.%3", 1), ("bullet", "•", 1)]
        )
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth in (0, 1, 1, 2, 3, 0, 1):
        properties = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr></w:pPr>'
        add(made, properties + run("point"))
    assert texts(tmp_path, made) == [
        "6. point", "(a) point", "(b) point", "6.b.i point", "point", "7. point", "(a) point",
    ]  # fmt: skip
    made.add_paragraph("by style", "List Number")
    assert texts(tmp_path, made)[-1] == "1. by style"
    assert {part.kind for part in read(tmp_path, made).parts} == {ITEM}


def test_merged_cells(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(4, 3)
    for row, line in enumerate(("Region Year Use", "Africa 2024 5", "- 2025 7", "All - 12")):
        for column, text in enumerate(line.split()):
            table.cell(row, column).text = "" if text == "-" else text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    (part,) = read(tmp_path, made).parts
    assert part.kind is TABLE
    assert part.text.split("\n") == ["Region | Year | Use", "Africa | 2024 | 5", "Africa | 2025 | 7", "All | 12"]


def test_nested_table_and_frame_of_single_cells(tmp_path: Path) -> None:
    made = docx.Document()
    outer = made.add_table(1, 2)
    outer.cell(0, 0).text = "a"
    outer.cell(0, 1).add_table(1, 2).cell(0, 1).text = "inside"
    frame = made.add_table(1, 1).cell(0, 0)
    frame.text = "Framed."
    frame.add_paragraph("Also framed.")
    assert texts(tmp_path, made) == ["a | inside", "Framed.", "Also framed."]


def test_row_with_fewer_cells_than_the_grid(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 2)
    for row, cell in enumerate(("a", "b")):
        table.cell(row, 0).text = cell
    properties = parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="5"/></w:trPr>')
    table.rows[1]._tr.insert(0, properties)
    table.cell(0, 1)._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))
    assert texts(tmp_path, made) == ["a | \nb | "]


def test_tracked_changes_are_accepted_and_hidden_text_is_skipped(tmp_path: Path) -> None:
    made = docx.Document()
    inserted = f'<w:ins w:id="1" w:author="x">{run("shall ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="x"><w:r><w:delText>should </w:delText></w:r></w:del>'
    add(
        made,
        run("States ") + inserted + deleted + run("secret ", "<w:vanish/>") + run("report", '<w:vanish w:val="0"/>'),
    )
    assert texts(tmp_path, made) == ["States shall report"]


def test_links_content_controls_and_special_characters(tmp_path: Path) -> None:
    made = docx.Document()
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('controlled')}</w:sdtContent></w:sdt>"
    add(made, f"<w:hyperlink>{run('a link')}</w:hyperlink><w:r><w:tab/></w:r>{control}<w:r><w:br/></w:r>{run('co')}"
        f"<w:r><w:noBreakHyphen/></w:r>{run('operate')}")  # fmt: skip
    block = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run('A block.')}</w:p></w:sdtContent></w:sdt>")
    made.element.body.insert(0, block)
    assert texts(tmp_path, made) == ["A block.", "a link controlled\nco-operate"]


def test_superscripts(tmp_path: Path) -> None:
    made = docx.Document()
    raised = '<w:vertAlign w:val="superscript"/>'
    add(
        made,
        run("above 10")
        + run("25", raised)
        + run(" in the Convention")
        + run("4", raised)
        + run(", 21")
        + run("st", raised),
    )
    assert texts(tmp_path, made) == ["above 10^25 in the Convention[4], 21st"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    made = docx.Document()
    choice = f'<mc:Choice Requires="wps"><w:drawing>{BOX}</w:drawing></mc:Choice>'
    both = f"<mc:AlternateContent>{choice}<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>"
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    paragraph = parse_xml(f"<w:p {nsdecls('w')} {namespace}>{run('Before.')}<w:r>{both}</w:r></w:p>")
    made.element.body.insert(0, paragraph)
    assert texts(tmp_path, made) == ["Before.", "In a box."]


def test_footnotes_follow_the_paragraph_that_references_them(tmp_path: Path) -> None:
    made = docx.Document()
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    add(made, run("First") + mark.format(8) + run(", again") + mark.format(8) + run(" and second") + mark.format(9))
    made.add_paragraph("Next.")
    made.save(str(tmp_path / "plain.docx"))
    note = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    both = note.format(8, "See A.") + note.format(9, "See B.")
    notes = f"<w:footnotes {nsdecls('w')}>{RULE}{both}</w:footnotes>"
    data = with_part((tmp_path / "plain.docx").read_bytes(), "footnotes.xml", notes, "footnotes")
    (tmp_path / "a.docx").write_bytes(data)
    parts = read_docx(tmp_path / "a.docx").parts
    assert [part.text for part in parts] == ["First[1], again[1] and second[2]", "[1] See A.", "[2] See B.", "Next."]
    assert [part.kind for part in parts[1:3]] == [BlockKind.FOOTNOTE] * 2


def test_empty_document_is_rejected(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph(" \t")
    made.add_table(2, 2)
    with pytest.raises(RejectedFile, match="contains no text"):
        read(tmp_path, made)


@pytest.mark.parametrize("damage", ["half", "not a zip", "no document", "broken xml"])
def test_damaged_package_is_rejected(tmp_path: Path, damage: str) -> None:
    made = docx.Document()
    made.add_paragraph("Words. " * 500)
    path = tmp_path / "a.docx"
    made.save(str(path))
    if damage == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == "not a zip":
        path.write_bytes(b"PK\x03\x04 and nothing else")
    else:
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("word/document.xml", "<w:document>" if damage == "broken xml" else "")
    with pytest.raises(RejectedFile, match="not a sound Word document"):
        read_docx(path)


def test_archive_bomb_is_rejected(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/document.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(33):
            member.write(bytes(2**24))
    with pytest.raises(RejectedFile, match="more than 512 MiB"):
        read_docx(tmp_path / "a.docx")


def test_quotes_and_contents_have_their_kinds(tmp_path: Path) -> None:
    made = docx.Document()
    made.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    for text, style in (("Scope 3", "toc 1"), ("So it is.", "Quote"), ("So too.", "Intense Quote"), ("Plain.", None)):
        made.add_paragraph(text, style)
    assert [part.kind for part in read(tmp_path, made).parts] == [
        BlockKind.BOILERPLATE, BlockKind.QUOTE, BlockKind.QUOTE, PARAGRAPH,
    ]  # fmt: skip


def test_generated_table_of_contents_is_boilerplate(tmp_path: Path) -> None:
    made = docx.Document()
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inner = f"<w:sdtPr>{gallery}</w:sdtPr><w:sdtContent><w:p>{run('Scope')}</w:p></w:sdtContent>"
    made.element.body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}>{inner}</w:sdt>"))
    made.add_heading("Scope", 1)
    assert [part.kind for part in read(tmp_path, made).parts] == [BlockKind.BOILERPLATE, HEADING]


def test_headers_footers_and_comments_are_skipped(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Running head"
    made.sections[0].footer.paragraphs[0].text = "Page 1"
    paragraph = made.add_paragraph("Text.")
    made.add_comment(paragraph.runs, "A comment", author="A")
    assert texts(tmp_path, made) == ["Text."]


def test_oversized_text_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (65 << 20))
    with pytest.raises(RejectedFile, match="unpacks to more than 64 MiB"):
        read_docx(path)


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("[Content_Types].xml", "document.main+xml", "document.macroEnabled.main+xml", "contains macros"),
        ("word/document.xml", MAIN, "http://purl.oclc.org/ooxml/w", "Strict Open XML"),
    ],
)
def test_rejection_names_strict_and_macro_documents(tmp_path: Path, part: str, old: str, new: str, reason: str) -> None:
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    docx.Document().save(str(path))
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(out, "w") as changed:
        for name in made.namelist():
            text = made.read(name)
            changed.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    with pytest.raises(RejectedFile, match=reason):
        read_docx(out)
