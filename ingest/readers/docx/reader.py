"""Word documents: paragraphs, tables, text boxes and notes in order, headings by style. Word files have no fixed pages.

python-docx opens the package; its paragraphs omit text in content controls, tracked insertions and text boxes, and its
tables fail on rows of unequal width, so the body is traversed here.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.bold_headings import may_be_heading, with_bold_headings
from pincite.ingest.readers.docx.numbering import OFF, NumberingCounters, numbering_counters, value
from pincite.ingest.readers.docx.runs import (
    EMPHASIS,
    STRIKES,
    apply_styles,
    is_emphasised,
    paragraph_text,
    states,
    text_boxes,
)
from pincite.ingest.readers.docx.tables import own_cells, own_rows, table_rows
from pincite.ingest.readers.list_numbers import roman_numeral
from pincite.ingest.readers.points import table_or_points
from pincite.ingest.readers.zip_xml import LARGEST_XML, Element, open_package, read_part
from pincite.ingest.readers.zip_xml import UNSOUND as UNSOUND_PACKAGE

UNSOUND = (OpcError, PythonDocxError, *UNSOUND_PACKAGE)
STRICT_NAMESPACE = b"http://purl.oclc.org/ooxml/"  # namespaces of the strict variant of ISO/IEC 29500
WRAPPERS = frozenset(map(qn, "w:sdt w:sdtContent w:customXml w:smartTag w:ins w:moveTo".split()))


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """The structural meaning of a paragraph style; `level` is that of a heading from 1, else 0."""

    level: int
    kind: BlockKind
    numbering: Element | None


FEWEST_BOLD, MOST_BOLD = 2, 0.3  # lines in bold that are headings: at least so many, at most this share of the text
PLAIN = ParagraphStyle(0, BlockKind.PARAGRAPH, numbering=None)
# Kinds of paragraphs by the start of the names of their styles.
KINDS = (
    (re.compile(r"(?:intense |block )?quot|block text", re.IGNORECASE), BlockKind.QUOTE),
    (re.compile(r"toc \d|toc heading|table of (?:figures|authorities)|index \d", re.IGNORECASE), BlockKind.BOILERPLATE),
    (re.compile(r"List"), BlockKind.ITEM),
)


@dataclass(slots=True)
class NoteMarkers:
    """Footnotes and endnotes by kind and id, the markers assigned so far, and the notes not yet emitted."""

    texts: dict[tuple[str, str], Element]
    markers: dict[tuple[str, str], str] = field(default_factory=dict)
    pending: list[Part] = field(default_factory=list)

    def marker(self, reference: Element) -> str:
        """The marker of a referenced note: numbers for footnotes, lower-case Roman numerals for endnotes."""
        key = (etree.QName(reference).localname.removesuffix("Reference"), reference.get(qn("w:id"), ""))
        if key in self.texts and key not in self.markers:
            number = sum(kind == key[0] for kind, _ in self.markers) + 1
            self.markers[key] = f"[{roman_numeral(number) if key[0] == 'endnote' else number}]"
            words = [paragraph_text(paragraph, self.marker) for paragraph in self.texts[key].iter(qn("w:p"))]
            self.pending.append(Part(BlockKind.FOOTNOTE, " ".join([self.markers[key], *filter(None, words)])))
        return self.markers.get(key, "")

    def take(self) -> list[Part]:
        """The pending notes, which are then no longer pending."""
        taken, self.pending = self.pending, []
        return taken


@dataclass(frozen=True, slots=True)
class WordDocument:
    """An open document: its styles, the counters of its lists, its notes."""

    styles: dict[str, ParagraphStyle]
    numbers: NumberingCounters
    notes: NoteMarkers
    carried: list[str] = field(default_factory=list)  # texts whose paragraph mark is deleted: they join the next text

    def block_parts(self, container: Element, *, in_cell: bool = False) -> Iterator[Part]:
        """Parts of the body, a cell or a text box, in order."""
        for child in container:
            if child.tag == qn("w:p"):
                yield from self.paragraph_parts(child, in_cell=in_cell)
            elif child.tag == qn("w:tbl"):
                yield from self.table_parts(child)
            elif child.tag in WRAPPERS:
                parts = self.block_parts(child, in_cell=in_cell)
                contents = child.tag == qn("w:sdt") and is_contents(child)
                yield from (replace(part, kind=BlockKind.BOILERPLATE, level=0) if contents else part for part in parts)
        if self.carried:
            yield Part(BlockKind.PARAGRAPH, self.with_carried(""))

    def paragraph_parts(self, paragraph: Element, *, in_cell: bool) -> Iterator[Part]:
        """A paragraph with its number, followed by its text boxes and the notes that it references."""
        text = paragraph_text(paragraph, self.notes.marker)
        if is_removed(paragraph):
            self.carried.extend(filter(None, [text]))
        elif text or not is_hidden_mark(paragraph):
            yield from self.text_parts(paragraph, self.with_carried(text), in_cell=in_cell)
        for box in text_boxes(paragraph):
            yield from self.block_parts(box)
        yield from self.notes.take()

    def with_carried(self, text: str) -> str:
        """A text after those that deleted paragraph marks have joined to it."""
        texts = [*self.carried, text]
        self.carried.clear()
        return " ".join(filter(None, texts))

    def text_parts(self, paragraph: Element, text: str, *, in_cell: bool) -> Iterator[Part]:
        """The text of a paragraph as a heading, an item or a paragraph; an empty one is counted all the same."""
        name = value(paragraph.find(qn("w:pPr")), "w:pStyle") or ""
        style = self.styles.get(name, PLAIN)
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        listed = value(own, "w:numId") or value(style.numbering, "w:numId") or ""
        stated = value(own, "w:ilvl") or value(style.numbering, "w:ilvl")
        depth = self.numbers.level_of_style(listed, name) if stated is None else int(stated)
        number = self.numbers.next(listed, depth)
        text = f"{number} {text}" if number and (text or in_cell) else text
        if not text:
            return
        if style.level and style.kind is not BlockKind.BOILERPLATE:
            yield Part(BlockKind.HEADING, " ".join(text.split()), style.level)
        elif (listed, depth) in self.numbers.levels:
            kind = BlockKind.ITEM if style.kind is BlockKind.PARAGRAPH else style.kind
            yield Part(kind, text.strip(), depth=depth + 1)
        elif style.kind is BlockKind.PARAGRAPH and not in_cell and is_emphasised(paragraph) and may_be_heading(text):
            yield Part(BlockKind.HEADING, " ".join(text.split()))  # without a level yet
        else:
            yield Part(style.kind, text)

    def table_parts(self, table: Element) -> Iterator[Part]:
        """A table as one part with a line for each row, or the points that it lays out.

        A frame of single-cell rows is read as the text inside it.
        """
        rows = own_rows(table)
        if all(len(list(own_cells(row))) == 1 for row in rows):
            for row in rows:
                yield from (part for cell in own_cells(row) for part in self.block_parts(cell))
            return
        yield from table_or_points(table_rows(table, self.cell_parts))
        yield from self.notes.take()

    def cell_parts(self, cell: Element) -> list[Part]:
        """Parts of a cell; its notes remain pending until the end of the table."""
        parts = list(self.block_parts(cell, in_cell=True))
        self.notes.pending += [part for part in parts if part.kind is BlockKind.FOOTNOTE]
        return [part for part in parts if part.kind is not BlockKind.FOOTNOTE]


def read_docx(path: Path) -> Reading:
    """Parts of a Word document. Raises RejectedFile if it is damaged, too large or without text."""
    try:
        check_size(path)
        document = docx.Document(str(path))
        parts = list(open_word(document.part, document.element.body).block_parts(document.element.body))
        properties = document_properties(document.core_properties)
    except UNSOUND as error:
        raise RejectedFile(rejection_reason(path)) from error
    if not any(part.text for part in parts):
        raise RejectedFile("the document contains no text; if it is a scan, run OCR on it first")
    return Reading(with_bold_headings(parts_with_bold_lines(parts)), properties)


def parts_with_bold_lines(parts: Sequence[Part]) -> list[Part]:
    """Parts with headings in bold only if the document sets several such lines apart, and not most of its text."""
    bold = sum(part.kind is BlockKind.HEADING and not part.level for part in parts)
    if FEWEST_BOLD <= bold <= MOST_BOLD * len(parts):
        return list(parts)
    plain = (part.kind is BlockKind.HEADING and not part.level for part in parts)
    return [
        replace(part, kind=BlockKind.PARAGRAPH) if change else part for part, change in zip(parts, plain, strict=True)
    ]


def check_size(path: Path) -> None:
    """Raise RejectedFile if a package would fill the memory."""
    with open_package(path) as package:
        if any(item.file_size > LARGEST_XML for item in package.infolist() if item.filename.endswith(".xml")):
            raise RejectedFile(f"its text unpacks to more than {LARGEST_XML >> 20} MiB; split the document")


def rejection_reason(path: Path) -> str:
    """Why a package cannot be read as a Word document, and what to do."""
    types, text = b"", b""
    with suppress(*UNSOUND, RejectedFile), open_package(path) as package:
        types, text = read_part(package, "[Content_Types].xml"), read_part(package, "word/document.xml")
    if STRICT_NAMESPACE in text:
        return "it is saved as Strict Open XML; open it in Word and save it as a plain Word document (.docx)"
    if b"macroEnabled" in types or b"template" in types:
        return "it is a template or contains macros; open it in Word and save it as a plain Word document (.docx)"
    return "it is not a sound Word document; open it in Word or LibreOffice and save it again as .docx"


def is_removed(paragraph: Element) -> bool:
    """Whether the mark of a paragraph is deleted or moved away by tracked changes."""
    marks = (f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(name)}" for name in ("w:del", "w:moveFrom"))
    return any(paragraph.find(mark) is not None for mark in marks)


def is_hidden_mark(paragraph: Element) -> bool:
    """Whether the mark of a paragraph is hidden."""
    hidden = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val")) not in OFF


def is_contents(control: Element) -> bool:
    """Whether a content control contains the table of contents."""
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def open_word(part: Any, body: Element) -> WordDocument:
    """An open document from the styles, numbering and notes of a package."""
    styles = related(part, RELATIONSHIP_TYPE.STYLES)
    apply_styles(body, {name: styles_with(styles, name) for name in (*STRIKES, *EMPHASIS)})
    numbering = related(part, RELATIONSHIP_TYPE.NUMBERING)
    notes = [related(part, kind) for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)]
    texts = {
        (etree.QName(note).localname, note.get(qn("w:id"), "")): note
        for root in notes
        if root is not None
        for note in root
        if note.get(qn("w:type"), "normal") == "normal"
    }
    return WordDocument(styles_of(styles), numbering_counters(numbering), NoteMarkers(texts))


def related(part: Any, kind: str) -> Element | None:
    """The XML of a part related to the main one, None if there is none."""
    found = next((relation.target_part for relation in part.rels.values() if relation.reltype == kind), None)
    return None if found is None else parse_xml(found.blob)


def styles_of(root: Element | None) -> dict[str, ParagraphStyle]:
    """Paragraph styles by id, with what they inherit."""
    elements = {} if root is None else {item.get(qn("w:styleId"), ""): item for item in root.findall(qn("w:style"))}
    return {name: make_style(name, elements) for name in elements}


def styles_with(root: Element | None, name: str) -> frozenset[str]:
    """Ids of the styles that switch a property of runs on, themselves or by what they inherit."""
    elements = {} if root is None else {item.get(qn("w:styleId"), ""): item for item in root.findall(qn("w:style"))}
    stated = {
        key: [found for item in ancestry_of(key, elements) if (found := states(item, name)) is not None]
        for key in elements
    }
    return frozenset(key for key, found in stated.items() if found and found[0])


def ancestry_of(name: str, elements: dict[str, Element]) -> list[Element]:
    """A style and the styles that it is based on, nearest first."""
    ancestry: list[Element] = []
    base: str | None = name
    while base in elements and elements[base] not in ancestry:
        ancestry.append(elements[base])
        base = value(elements[base], "w:basedOn")
    return ancestry


def make_style(name: str, elements: dict[str, Element]) -> ParagraphStyle:
    """A style by its id; each property comes from the nearest ancestor that defines it."""
    ancestry = ancestry_of(name, elements)
    names = [value(element, "w:name") or "" for element in ancestry]
    level = next((found for element in ancestry if (found := heading_level(element))), 0)
    numberings = (element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for element in ancestry)
    numbering = next((found for found in numberings if found is not None), None)
    kinds = (kind for name in names for pattern, kind in KINDS if pattern.match(name))
    return ParagraphStyle(level, next(kinds, BlockKind.PARAGRAPH), numbering)


def heading_level(style: Element) -> int:
    """Level of a heading by a style's own name or outline level, 0 for other text."""
    if match := re.fullmatch(r"(?i:heading (\d)|title)", value(style, "w:name") or ""):
        return int(match[1] or 1)
    outline = value(style.find(qn("w:pPr")), "w:outlineLvl")
    return int(outline) + 1 if outline in set("012345678") else 0


def document_properties(core: Any) -> dict[str, Any]:
    """The title; issuer and date only if the subject is a symbol: otherwise they describe the typist."""
    subject = core.subject or ""
    properties = {
        "title": None if core.title in ("", "Word Document") else core.title,
        "language": core.language or None,
    }
    if re.fullmatch(r"[\w./() -]*\d[\w./() -]*", subject):
        issuer = None if core.author in ("", "python-docx") else core.author
        properties |= {"symbol": subject, "issuer": issuer, "date": core.created.date() if core.created else None}
    return properties
