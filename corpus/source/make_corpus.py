"""Makes the PDF and DOCX documents of the sample corpus from the `*.md.in` files in its folder.

Run `python corpus/source/make_corpus.py`. A source is Markdown whose front matter names the `output`. Paragraphs have
literal numbers ("1.", "(a)", "(i)"), as in resolutions, so Markdown's lists are disabled. The same sources and library
versions always give the same bytes.
"""

import re
from datetime import UTC, datetime, time
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import yaml
from docx.document import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT as ALIGN
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate, Paragraph, Table

SOURCES = Path(__file__).parent
MARKDOWN = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "smartquotes"]).disable("list")
MARKDOWN.use(footnote_plugin)
MARKER = re.compile(r"(?P<point>\d+\.) |(?P<roman>\([ivx]+\)) |(?P<letter>“?\([a-z]\)) |(?P<caption>(?=<b>Table ))")
LEFT, WIDTH, FOOT, HEAD, STEP = 28 * mm, A4[0] - 56 * mm, 25 * mm, A4[1] - 27 * mm, 9 * mm
BODY = ParagraphStyle("p", fontName="Times-Roman", fontSize=11, leading=14.5, spaceAfter=6, alignment=4)
BODY.bulletFontName, BODY.bulletFontSize = BODY.fontName, BODY.fontSize
BOLD = ParagraphStyle("h2", BODY, fontName="Times-Bold", fontSize=12.5, leading=16, alignment=0, keepWithNext=1)
CELL = ParagraphStyle("cell", BODY, fontSize=9.5, leading=12, spaceAfter=0, alignment=0)
STYLES = {"p": BODY, "h2": BOLD} | {
    "h1": ParagraphStyle("h1", BOLD, fontSize=17, leading=21, spaceBefore=10, spaceAfter=10),
    "point": ParagraphStyle("point", BODY, leftIndent=STEP),
    "letter": ParagraphStyle("letter", BODY, leftIndent=2 * STEP, bulletIndent=STEP),
    "roman": ParagraphStyle("roman", BODY, leftIndent=3 * STEP, bulletIndent=2 * STEP),
    "caption": ParagraphStyle("caption", CELL, fontSize=10, spaceBefore=4, spaceAfter=5, keepWithNext=1),
}
TAGS = {"em": "<i>{}</i>", "strong": "<b>{}</b>", "th": "<b>{}</b>", "softbreak": " ", "hardbreak": "<br/>"}
GRID: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "grey"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
WORD_STYLES = {"h1": "Heading 1", "h2": "Heading 2", "caption": "Caption"}
Layout = tuple[int, dict[int, list[int]]]  # the number of pages, and the footnote marks on each


class CorpusBlock(NamedTuple):
    """A heading, paragraph or table; cells are markup, and only a table has several. `kind` is a name in STYLES."""

    kind: str
    rows: list[list[str]]
    number: str = ""


class CorpusSource(NamedTuple):
    """A document before typesetting: front matter, blocks, and footnotes in the order of their marks."""

    meta: dict[str, Any]
    blocks: list[CorpusBlock]
    notes: list[str]


def read_source(path: Path) -> CorpusSource:
    """Read a source; both formats are made from the result, so that they cannot differ."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    nodes = SyntaxTreeNode(MARKDOWN.parse(body)).children
    blocks = [read_block(node) for node in nodes if node.type != "footnote_block"]
    notes = [markup(note) for node in nodes if node.type == "footnote_block" for note in node.children]
    return CorpusSource(
        yaml.safe_load(front), blocks, [f"<super>{n}</super> {note}" for n, note in enumerate(notes, 1)]
    )


def read_block(node: SyntaxTreeNode) -> CorpusBlock:
    """A block; the number of a paragraph determines its kind. Example: "(a) text" -> kind "letter", number "(a)"."""
    if node.type == "table":
        return CorpusBlock(
            "table", [list(map(markup, row.children)) for part in node.children for row in part.children]
        )
    text = markup(node)
    if node.type == "paragraph" and (marker := MARKER.match(text)):
        return CorpusBlock(marker.lastgroup or node.tag, [[text[marker.end() :]]], marker[0].strip())
    return CorpusBlock(node.tag, [[text]])


def markup(node: SyntaxTreeNode) -> str:
    """The text of a node with reportlab's tags, which `add_runs` also reads. Example: `*so*` -> `<i>so</i>`."""
    if node.type == "footnote_ref":
        return '<super>{0}</super><onDraw name="mark" label="{0}"/>'.format(node.meta["id"] + 1)
    plain = escape(node.content, quote=False) if node.type == "text" else "".join(map(markup, node.children))
    text = TAGS.get(node.type, "{}").format(plain)
    return f'<para align="right">{text}</para>' if "right" in str(node.attrs) else text


def make_pdf(source: CorpusSource) -> bytes:
    """The PDF; pages are set again until each note is on the page of its mark, since making room moves marks."""
    layout: Layout = (0, {})
    for _ in range(8):
        data, seen = set_pages(source, layout)
        if seen == layout:
            return data
        layout = seen
    raise ValueError(
        f"{source.meta['symbol']}: the footnotes keep moving between pages; move a mark to another sentence"
    )


def set_pages(source: CorpusSource, layout: Layout) -> tuple[bytes, Layout]:
    """One pass over the text, with the page count and the room for notes from the previous pass."""
    out, marks, meta = BytesIO(), dict[int, list[int]](), source.meta
    sheets = [make_sheet(source, layout, number, marks) for number in range(1, layout[0] + 10)]
    named = {"title": meta["title"], "author": meta["issuer"], "subject": meta["symbol"], "keywords": meta["licence"]}
    document = BaseDocTemplate(out, pagesize=A4, pageTemplates=sheets, invariant=1, lang="en-GB", **named)
    document.build([NextPageTemplate([str(n) for n in range(2, layout[0] + 10)]), *map(flowable, source.blocks)])
    return out.getvalue(), (document.page, marks)


def make_sheet(source: CorpusSource, layout: Layout, number: int, marks: dict[int, list[int]]) -> PageTemplate:
    """A page with room for the notes of the previous pass; records its marks, whose page is known only when drawn."""
    notes: list[Flowable] = [Paragraph(source.notes[mark - 1], CELL) for mark in layout[1].get(number, [])]
    room = sum(note.wrap(WIDTH, HEAD)[1] for note in notes) + 6 * mm if notes else 0

    def start(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setDateFormatter(lambda *_: f"D:{source.meta['date']:%Y%m%d}000000Z")
        canvas.setNamedCB("mark", lambda _canvas, _kind, mark: marks.setdefault(number, []).append(int(mark)))

    def finish(canvas: Canvas, _: BaseDocTemplate) -> None:
        if notes:
            canvas.line(LEFT, FOOT + room - 3 * mm, LEFT + 40 * mm, FOOT + room - 3 * mm)
            Frame(LEFT, FOOT, WIDTH, room, 0, 0, 0, 5 * mm).addFromList(notes, canvas)
        canvas.setFont("Times-Roman", 9)
        for height, left, right in ((HEAD + 7 * mm, "symbol", "short"), (FOOT - 9 * mm, "note", "page")):
            canvas.drawString(LEFT, height, source.meta[left])
            canvas.drawRightString(LEFT + WIDTH, height, source.meta.get(right, f"Page {number} of {layout[0]}"))

    return PageTemplate(str(number), [Frame(LEFT, FOOT + room, WIDTH, HEAD - FOOT - room, 0, 0, 0, 0)], start, finish)


def flowable(block: CorpusBlock) -> Flowable:
    """A table, or a paragraph with a hanging number; a column is as wide as its longest cell, within limits."""
    if block.kind != "table":
        return Paragraph(block.rows[0][0], STYLES[block.kind], bulletText=block.number or None)
    rows = [[Paragraph(cell, CELL) for cell in row] for row in block.rows]
    columns = zip(*block.rows, strict=True)
    weights = [min(max(12, *(len(re.sub("<.*?>", "", cell)) for cell in column)), 32) for column in columns]
    return Table(rows, [WIDTH * weight / sum(weights) for weight in weights], repeatRows=1, style=GRID, spaceAfter=10)


def make_docx(source: CorpusSource) -> bytes:
    """The DOCX; notes follow the body, since python-docx writes no footnotes, and its parts have a fixed date."""
    document, package, out, meta = docx.Document(), BytesIO(), BytesIO(), source.meta
    section, properties = document.sections[0], document.core_properties
    section.page_width, section.page_height, section.left_margin, section.right_margin = map(Mm, (210, 297, 29, 29))
    section.header.paragraphs[0].text = f"{meta['symbol']}\t\t{meta['short']}"
    section.footer.paragraphs[0].text = meta["note"]
    properties.title, properties.author, properties.subject = meta["title"], meta["issuer"], meta["symbol"]
    properties.keywords, properties.comments, properties.language = meta["licence"], meta["note"], "en-GB"
    properties.created = properties.modified = datetime.combine(meta["date"], time(), UTC)
    notes = [CorpusBlock("h2", [["Notes"]]), *(CorpusBlock("p", [[note]]) for note in source.notes)]
    for block in source.blocks + (notes if source.notes else []):
        add_block(document, block)
    document.save(package)
    with ZipFile(package) as dated, ZipFile(out, "w") as undated:
        for name in dated.namelist():
            undated.writestr(ZipInfo(name), dated.read(name), ZIP_DEFLATED)
    return out.getvalue()


def add_block(document: Document, block: CorpusBlock) -> None:
    """Add a block; its number is plain text, since programs that read only the text would lose Word's numbering."""
    if block.kind != "table":
        paragraph = document.add_paragraph(style=WORD_STYLES.get(block.kind))
        paragraph.paragraph_format.left_indent = Pt(STYLES[block.kind].bulletIndent)
        add_runs(paragraph, f"{block.number} {block.rows[0][0]}".strip())
        return
    table = document.add_table(len(block.rows), len(block.rows[0]), "Table Grid")
    for texts, row in zip(block.rows, table.rows, strict=True):
        for text, cell in zip(texts, row.cells, strict=True):
            add_runs(cell.paragraphs[0], text)
            cell.paragraphs[0].alignment = ALIGN.RIGHT if 'align="right"' in text else ALIGN.LEFT


def add_runs(paragraph: WordParagraph, text: str) -> None:
    """Add runs from markup. Example: `a <i>b</i>` -> a run "a " and an italic run "b"."""
    tags = set[str]()
    for plain, tag in re.findall("([^<]*)(<[^>]*>)?", text.replace("<br/>", "\n")):
        run = paragraph.add_run(unescape(plain))
        run.italic, run.bold, run.font.superscript = "i" in tags, "b" in tags, "super" in tags
        tags ^= {tag.strip("</>")}


def main() -> None:
    """Write the documents of all sources in this folder."""
    for path in sorted(SOURCES.glob("*.md.in")):
        source = read_source(path)
        target = SOURCES.parent / source.meta["output"]
        target.write_bytes(make_pdf(source) if target.suffix == ".pdf" else make_docx(source))


if __name__ == "__main__":
    main()
