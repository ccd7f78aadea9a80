"""A Word file with real footnotes, written as it grows: only one paragraph is in memory. Knows nothing about questions.

python-docx makes the frame (styles, footer, properties); it cannot write footnotes, and holds all that it writes.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
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

from pincite.briefing.writers.reproducible_zip import part
from pincite.briefing.writers.wordml import NAMES, Element, element, name, note, note_reference, separators
from pincite.ingest.atomic_write import replacing

BODY, NOTES = "word/document.xml", "word/footnotes.xml"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of every property that a user defines
NOTE_TEXT, NOTE_MARK = "footnote text", "footnote reference"
FONT = "Calibri"
LONGEST = 255  # characters of a property


@dataclass(frozen=True, slots=True)
class Styles:
    """The ids of styles by what they are for."""

    title: str
    subtitle: str
    headings: tuple[str, ...]
    bullet: str
    table: str
    note: str
    note_mark: str


class WordFile:
    """An open Word file; what is added to it stands in it in that order."""

    def __init__(self, body: Any, notes: Any, styles: Styles) -> None:
        self.body = body
        self.notes = notes
        self.styles = styles
        self.last_note = 0

    def add(self, block: Element) -> None:
        """Add a paragraph or a table."""
        self.body.write(block)

    def note(self, *runs: Element) -> Element:
        """Write a footnote; the run that refers to it is to be put into a paragraph."""
        self.last_note += 1
        self.notes.write(note(self.last_note, runs, self.styles.note, self.styles.note_mark))
        return note_reference(self.last_note, self.styles.note_mark)


@contextmanager
def word_file(path: Path, title: str, date: str, properties: Mapping[str, str]) -> Iterator[WordFile]:
    """A Word file to add to, put in place when it is done. `date`: ISO 8601, a day."""
    frame = make_frame(title, date, properties)
    last = frame.element.body.sectPr
    packed = BytesIO()
    frame.save(packed)
    with replacing(path) as new, zipfile.ZipFile(packed) as old, zipfile.ZipFile(new, "w") as package:
        for entry in sorted(set(old.namelist()) - {BODY, NOTES}, key=lambda one: (one != "[Content_Types].xml", one)):
            with part(package, entry) as file:
                file.write(old.read(entry))
        with tempfile.TemporaryFile() as held:
            with part(package, BODY) as file, streamed(file, "document", "body") as body:
                with streamed(held, "footnotes") as notes:
                    for separator in separators():
                        notes.write(separator)
                    yield WordFile(body, notes, styles_of(frame))
                body.write(last)
            held.seek(0)
            with part(package, NOTES) as file:
                shutil.copyfileobj(held, file)


@contextmanager
def streamed(file: IO[bytes], *tags: str) -> Iterator[Any]:
    """XML whose elements are written one after the other, inside one or two that hold them all."""
    with etree.xmlfile(file, encoding="UTF-8") as stream:
        stream.write_declaration(standalone=True)
        with stream.element(name(tags[0]), nsmap=NAMES):
            if tags[1:]:
                with stream.element(name(tags[1])):
                    yield stream
            else:
                yield stream


def make_frame(title: str, date: str, properties: Mapping[str, str]) -> Any:
    """A document without words: its styles, footer and properties, and what ties its footnotes to it."""
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
    told = element("footnotePr", element("footnote", id="-1"), element("footnote", id="0"))
    settings.insert(settings.index(settings.find(qn("w:compat"))), told)
    return frame


def add_note_styles(frame: Any) -> None:
    """The styles of footnotes, which python-docx's template lacks."""
    text = frame.styles.add_style(NOTE_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = frame.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    frame.styles.add_style(NOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True).font.superscript = True


def number_pages(frame: Any) -> None:
    """The number of the page under each page."""
    footer = frame.sections[0].footer.paragraphs[0]
    footer.alignment = 1
    footer._p.append(element("fldSimple", element("r", element("t")), instr="PAGE"))


def custom_properties(properties: Mapping[str, str]) -> bytes:
    """The part with the properties that a user defines. ECMA-376, part 1, 22.3."""
    names: Any = {None: CUSTOM, "vt": VALUES}  # the stubs know no default namespace
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap=names)
    for number, (key, value) in enumerate(properties.items(), 2):  # 0 and 1 are taken
        held = etree.SubElement(root, f"{{{CUSTOM}}}property", fmtid=FORMAT, pid=str(number), name=key)
        etree.SubElement(held, f"{{{VALUES}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def styles_of(frame: Any) -> Styles:
    """The ids of the styles used."""
    ids = {style.name: style.style_id for style in frame.styles}
    headings = tuple(ids[f"Heading {level}"] for level in (1, 2, 3))
    names = ("List Bullet", "Table Grid", NOTE_TEXT, NOTE_MARK)
    return Styles(ids["Title"], ids["Subtitle"], headings, *(ids[one] for one in names))
