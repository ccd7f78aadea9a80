"""Writes a Word file with real footnotes as a stream: only one paragraph is in memory.

python-docx makes the frame (styles, footer, properties); it cannot write footnotes, and keeps everything in memory.
Elements are those of WordprocessingML, ECMA-376, part 1, 17:
https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from pincite.briefing.escaping import is_right_to_left, xml_text
from pincite.briefing.writers.reproducible_zip import part
from pincite.ingest.atomic_write import replacing

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = Any  # of lxml
BODY, NOTES = "word/document.xml", "word/footnotes.xml"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of every custom property
NOTE_TEXT, NOTE_MARK = "footnote text", "footnote reference"
FONT = "Calibri"
LONGEST = 255  # characters of a property


@dataclass(frozen=True, slots=True)
class Styles:
    """Style ids by purpose."""

    title: str
    subtitle: str
    headings: tuple[str, ...]
    bullet: str
    table: str
    note: str
    note_mark: str


class WordFile:
    """An open Word file to which blocks are appended."""

    def __init__(self, body: Any, notes: Any, styles: Styles) -> None:
        self.body = body
        self.notes = notes
        self.styles = styles
        self.last_note = 0

    def add(self, block: Element) -> None:
        """Add a paragraph or a table."""
        self.body.write(block)

    def note(self, *runs: Element) -> Element:
        """Write a footnote; returns the run that refers to it, to be put into a paragraph."""
        self.last_note += 1
        self.notes.write(note(self.last_note, runs, self.styles.note, self.styles.note_mark))
        return note_reference(self.last_note, self.styles.note_mark)


@contextmanager
def word_file(path: Path, title: str, date: str, properties: Mapping[str, str]) -> Iterator[WordFile]:
    """A Word file to append to, moved into place when complete. `date`: an ISO 8601 day."""
    frame = make_frame(title, date, properties)
    last = frame.element.body.sectPr
    packed = BytesIO()
    frame.save(packed)
    with replacing(path) as new, zipfile.ZipFile(packed) as old, zipfile.ZipFile(new, "w") as package:
        for entry in sorted(set(old.namelist()) - {BODY, NOTES}, key=lambda one: (one != "[Content_Types].xml", one)):
            with part(package, entry) as file:
                file.write(old.read(entry))
        with tempfile.TemporaryFile() as buffer:
            with part(package, BODY) as file, streamed(file, "document", "body") as body:
                with streamed(buffer, "footnotes") as notes:
                    for separator in separators():
                        notes.write(separator)
                    yield WordFile(body, notes, styles_of(frame))
                body.write(last)
            buffer.seek(0)
            with part(package, NOTES) as file:
                shutil.copyfileobj(buffer, file)


@contextmanager
def streamed(file: IO[bytes], *tags: str) -> Iterator[Any]:
    """A stream of XML elements inside one or two enclosing elements."""
    with etree.xmlfile(file, encoding="UTF-8") as stream:
        stream.write_declaration(standalone=True)
        with stream.element(name(tags[0]), nsmap=NAMES):
            if tags[1:]:
                with stream.element(name(tags[1])):
                    yield stream
            else:
                yield stream


def make_frame(title: str, date: str, properties: Mapping[str, str]) -> Any:
    """A document without text: styles, footer, properties, and the relations of its footnotes."""
    frame = Document()
    frame.styles["Normal"].font.name = FONT
    frame.styles["Normal"].font.size = Pt(11)
    add_note_styles(frame)
    number_pages(frame)
    core = frame.core_properties
    core.title, core.author = title[:LONGEST], "Pincite"
    core.comments = "; ".join(f"{key}: {value}" for key, value in properties.items())[:LONGEST]
    core.created = core.modified = datetime.fromisoformat(date)
    core.last_modified_by, core.revision = "Pincite", 1
    package = frame.part.package
    custom = Part(PackURI("/docProps/custom.xml"), CUSTOM_TYPE, custom_properties(properties), package)
    package.relate_to(custom, CUSTOM_RELATIONSHIP)
    empty = Part(PackURI(f"/{NOTES}"), CONTENT_TYPE.WML_FOOTNOTES, b"", package)
    frame.part.relate_to(empty, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = frame.settings.element
    separators_in_use = element("footnotePr", element("footnote", id="-1"), element("footnote", id="0"))
    settings.insert(settings.index(settings.find(qn("w:compat"))), separators_in_use)
    return frame


def add_note_styles(frame: Any) -> None:
    """The styles of footnotes, which python-docx's template lacks."""
    text = frame.styles.add_style(NOTE_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = frame.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    frame.styles.add_style(NOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True).font.superscript = True


def number_pages(frame: Any) -> None:
    """Page numbers in the footer."""
    footer = frame.sections[0].footer.paragraphs[0]
    footer.alignment = 1
    footer._p.append(element("fldSimple", element("r", element("t")), instr="PAGE"))


def custom_properties(properties: Mapping[str, str]) -> bytes:
    """The part with custom properties. ECMA-376, part 1, 22.3."""
    names: Any = {None: CUSTOM, "vt": VALUES}  # the stubs know no default namespace
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap=names)
    for number, (key, value) in enumerate(properties.items(), 2):  # 0 and 1 are taken
        buffer = etree.SubElement(root, f"{{{CUSTOM}}}property", fmtid=FORMAT, pid=str(number), name=key)
        etree.SubElement(buffer, f"{{{VALUES}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def styles_of(frame: Any) -> Styles:
    """The ids of the styles used."""
    ids = {style.name: style.style_id for style in frame.styles}
    headings = tuple(ids[f"Heading {level}"] for level in (1, 2, 3))
    names = ("List Bullet", "Table Grid", NOTE_TEXT, NOTE_MARK)
    return Styles(ids["Title"], ids["Subtitle"], headings, *(ids[one] for one in names))


def name(tag: str) -> str:
    """A qualified name of WordprocessingML."""
    return f"{{{W}}}{tag}"


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """An element with its attributes and children."""
    made = etree.Element(name(tag), {name(key): value for key, value in attributes.items()}, nsmap=NAMES)
    made.extend(children)
    return made


def run(text: str, *, bold: bool = False, italic: bool = False, colour: str | None = None) -> Element:
    """A run of text in one format; line ends become breaks. `colour`: six hex digits."""
    properties = element("rPr")
    if bold:
        properties.append(element("b"))
    if italic:
        properties.append(element("i"))
    if colour:
        properties.append(element("color", val=colour))
    if is_right_to_left(text):
        properties.append(element("rtl"))
    made = element("r", *([properties] if len(properties) else []))
    for number, line in enumerate(xml_text(text).split("\n")):
        if number:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set(SPACE, "preserve")
        made.append(words)
    return made


def paragraph(*runs: Element, style: str | None = None, keep: bool = False) -> Element:
    """A paragraph, right to left if its first letter is. `keep`: on the same page as the next."""
    properties = element("pPr")
    if style:
        properties.append(element("pStyle", val=style))
    if keep:
        properties.append(element("keepNext"))
    if is_right_to_left("".join(text for one in runs for text in one.itertext())):
        properties.append(element("bidi"))
    return element("p", *([properties] if len(properties) else []), *runs)


def note_reference(number: int, style: str) -> Element:
    """The superscript mark of a footnote."""
    look = element("rPr", element("rStyle", val=style))
    return element("r", look, element("footnoteReference", id=str(number)))


def note(number: int, runs: Iterable[Element], style: str, mark_style: str) -> Element:
    """A footnote that begins with its mark."""
    mark = element("r", element("rPr", element("rStyle", val=mark_style)), element("footnoteRef"))
    return element("footnote", paragraph(mark, run(" "), *runs, style=style), id=str(number))


def separators() -> list[Element]:
    """The separators that Word requires as the first two footnotes."""
    kinds = (("-1", "separator", "separator"), ("0", "continuationSeparator", "continuationSeparator"))
    return [
        element("footnote", element("p", element("r", element(tag))), type=kind, id=number)
        for number, kind, tag in kinds
    ]


def table(rows: Iterable[Sequence[str]], widths: Sequence[int], style: str) -> Element:
    """A table whose first row is a header, repeated on each page; `widths` in twentieths of a point."""
    layout = element("tblLayout", type="fixed")
    width = element("tblW", w=str(sum(widths)), type="dxa")
    grid = element("tblGrid", *(element("gridCol", w=str(one)) for one in widths))
    made = element("tbl", element("tblPr", element("tblStyle", val=style), width, layout), grid)
    for number, cells in enumerate(rows):
        made.append(table_row(cells, widths, head=not number))
    return made


def table_row(cells: Sequence[str], widths: Sequence[int], *, head: bool) -> Element:
    """A row of a table."""
    look = element("trPr", element("cantSplit"), *([element("tblHeader")] if head else []))
    return element(
        "tr",
        look,
        *(
            element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), paragraph(run(text, bold=head)))
            for text, width in zip(cells, widths, strict=True)
        ),
    )
