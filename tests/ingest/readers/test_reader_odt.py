"""OpenDocument texts: headings, list numbers, tables and notes as LibreOffice displays them."""

import zipfile
from pathlib import Path

import pytest

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.odt.reader import read_odt

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "draw": "drawing",
        **{name: name for name in ("office", "text", "table", "style", "meta")},
    }.items()
)
STYLES = """<office:automatic-styles>
<style:style style:name="P1" style:parent-style-name="Quotations"/><style:style style:name="Quotations"/>
<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
</text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>
<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>
</office:automatic-styles>"""


def read(folder: Path, body: str, **more: str) -> Reading:
    path = folder / "a.odt"
    content = f"<office:document-content {SPACES}>{STYLES}<office:body><office:text>{body}</office:text></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f"{content}</office:document-content>")
        for name, text in more.items():
            package.writestr(name.replace("__", "/"), text)
    return read_odt(path)


def kinds_and_texts(reading: Reading) -> list[tuple[BlockKind, str]]:
    return [(part.kind, part.text) for part in reading.parts]


def paragraph(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def item(*blocks: str) -> str:
    return f"<text:list-item>{''.join(blocks)}</text:list-item>"


def test_headings_have_levels_and_outline_numbers(tmp_path: Path) -> None:
    titles = ("1", "Scope"), ("2", "Whom"), ("2", "What"), ("1", "Duties")
    body = "".join(f'<text:h text:outline-level="{level}">{title}</text:h>' for level, title in titles)
    assert [(part.level, part.text) for part in read(tmp_path, body).parts] == [
        (1, "1 Scope"), (2, "1.1 Whom"), (2, "1.2 What"), (1, "2 Duties"),
    ]  # fmt: skip


def test_nested_and_continued_lists_are_numbered(tmp_path: Path) -> None:
    inner = f"<text:list>{item(paragraph('in'))}{item(paragraph('in too'))}</text:list>"
    both = item(paragraph("one"), inner) + item(paragraph("two"), paragraph("more"))
    first = f'<text:list text:style-name="L1">{both}</text:list>'
    on = f'<text:list text:style-name="L1" text:continue-numbering="true">{item(paragraph("three"))}</text:list>'
    bullets = f'<text:list text:style-name="L2">{item(paragraph("dot"))}</text:list>'
    reading = read(tmp_path, first + paragraph("Between.") + on + bullets)
    assert [part.text for part in reading.parts] == [
        "1. one", "(a) in", "(b) in too", "2. two", "more", "Between.", "3. three", "dot",
    ]  # fmt: skip
    assert [part.kind for part in reading.parts].count(BlockKind.ITEM) == 7


def test_notes_follow_their_paragraph(tmp_path: Path) -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    body = paragraph(f"Agreed{note.format(paragraph('See A.'))} by all.") + paragraph("Next.")
    assert kinds_and_texts(read(tmp_path, body)) == [
        (BlockKind.PARAGRAPH, "Agreed[1] by all."),
        (BlockKind.FOOTNOTE, "[1] See A."),
        (BlockKind.PARAGRAPH, "Next."),
    ]


def test_tables_quotes_and_contents(tmp_path: Path) -> None:
    row = "<table:table-row>{}</table:table-row>"
    cells = [f"<table:table-cell>{paragraph(text)}</table:table-cell>" for text in ("Site", "Use", "Kigali", "68")]
    table = f"<table:table>{row.format(''.join(cells[:2]))}{row.format(''.join(cells[2:]))}</table:table>"
    contents = (
        f"<text:table-of-content><text:index-body>{paragraph('Scope 3')}</text:index-body></text:table-of-content>"
    )
    assert kinds_and_texts(read(tmp_path, contents + table + paragraph("He said so.", "P1"))) == [
        (BlockKind.BOILERPLATE, "Scope 3"),
        (BlockKind.TABLE, "Site | Use\nKigali | 68"),
        (BlockKind.QUOTE, "He said so."),
    ]


def test_invisible_content_is_skipped(tmp_path: Path) -> None:
    gone = "<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>"
    comment = "<office:annotation><text:p>a comment</text:p></office:annotation>"
    raised = '<text:span text:style-name="T1">25</text:span>'
    spaced = f'a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d 10{raised}{comment}'
    assert kinds_and_texts(read(tmp_path, gone + paragraph(spaced))) == [(BlockKind.PARAGRAPH, "a b c\nd 10^25")]


def test_title_and_language_from_metadata(tmp_path: Path) -> None:
    stated = "<office:meta><dc:title>A plan</dc:title><dc:language>uk</dc:language></office:meta>"
    meta = f'<office:x {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/">{stated}</office:x>'
    assert read(tmp_path, paragraph("x")).properties == {}
    assert read(tmp_path, paragraph("x"), **{"meta.xml": meta}).properties == {"title": "A plan", "language": "uk"}


@pytest.mark.parametrize(
    ("body", "more", "reason"),
    [
        (paragraph(""), {}, "contains no text"),
        ("<text:p>", {}, "not a sound OpenDocument"),
        (paragraph("x"), {"META-INF__manifest.xml": "<m><encryption-data/></m>"}, "password"),
        ("<text:section>" * 300 + "</text:section>" * 300, {}, "not a sound"),
    ],
)
def test_rejection_names_the_reason(tmp_path: Path, body: str, more: dict[str, str], reason: str) -> None:
    with pytest.raises(RejectedFile, match=reason):
        read(tmp_path, body, **more)


def test_archive_bomb_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(RejectedFile, match="unpacks to more than"):
        read(tmp_path, paragraph("a" * (65 << 20)))
