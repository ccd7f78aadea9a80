"""OpenDocument texts: headings, lists, tables and notes in order. They have no fixed pages.

OpenDocument 1.3, part 3: https://docs.oasis-open.org/office/OpenDocument/v1.3/
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.odt.lists import STYLE, TEXT, ListCounter, ListLevel, attribute_number, list_styles
from pincite.ingest.readers.points import TEXT as TEXT_KINDS
from pincite.ingest.readers.points import table_or_points
from pincite.ingest.readers.superscripts import superscript_text
from pincite.ingest.readers.whitespace import collapse_lines
from pincite.ingest.readers.zip_xml import UNSOUND, Element, open_package, parse_xml, read_part

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SKIPPED = frozenset(
    "tracked-changes annotation annotation-end sequence-decls variable-decls user-field-decls forms note-citation "
    "ruby-text hidden-text object image desc title".split()
)
WRAPPERS = frozenset("section numbered-paragraph deletion index-body".split())
INDEXES = frozenset("table-of-content illustration-index table-index alphabetical-index".split())
CHARACTERS = {"tab": "\t", "line-break": "\n"}
QUOTES = ("quot", "block text")
MOST_REPEATED = 64  # columns that a cell may be repeated in: spreadsheets fill their rows to the edge
MOST_SPACES = 16
STRIKES = ("text-line-through-style", "text-line-through-type")
PROPERTIES = {"title": "title", "language": "language"}


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """A style: its own and inherited names in lower case, its list style, whether text is superscript or struck."""

    names: tuple[str, ...]
    numbering: str | None
    superscript: bool
    struck: bool = False


@dataclass(slots=True)
class OdtDocument:
    """An open document: its styles, the counters of its lists, the notes not yet emitted."""

    styles: dict[str, OdtStyle]
    lists: dict[str, dict[int, ListLevel]]
    counters: dict[str, ListCounter] = field(default_factory=dict)
    notes: list[Part] = field(default_factory=list)

    def block_parts(self, container: Element) -> Iterator[Part]:
        """Parts of the body, a cell or a text box, in order."""
        for child in container:
            name = local_name(child)
            if name in {"h", "p"}:
                yield from self.paragraph_parts(child)
            elif name == "list":
                yield from self.list_parts(child, child.get(f"{TEXT}style-name") or "", 1)
            elif name == "table":
                yield from self.table_parts(child)
            elif name in INDEXES:
                yield from (replace(part, kind=BlockKind.BOILERPLATE, level=0) for part in self.block_parts(child))
            elif name in WRAPPERS or name in {"frame", "text-box"}:
                yield from self.block_parts(child)

    def paragraph_parts(self, element: Element, number: str = "") -> Iterator[Part]:
        """A paragraph or heading with its number, followed by its text boxes and the notes that it references."""
        style = self.styles.get(element.get(f"{TEXT}style-name") or "", OdtStyle((), None, superscript=False))
        level = (
            attribute_number(element.get(f"{TEXT}outline-level"), 1)
            if local_name(element) == "h"
            else int("title" in style.names)
        )
        if level and not number and local_name(element) == "h":
            number = self.counter(style.numbering or "").next(level)
        if text := self.text_of(element):
            kind = BlockKind.ITEM if number else BlockKind.PARAGRAPH
            kind = BlockKind.QUOTE if any(name.startswith(QUOTES) for name in style.names) else kind
            text = f"{number} {text}".strip()
            yield Part(BlockKind.HEADING, " ".join(text.split()), level) if level else Part(kind, text)
        for box in element.iter(f"{DRAW}text-box"):
            yield from self.block_parts(box)
        yield from self.take_notes()

    def list_parts(self, element: Element, style: str, depth: int) -> Iterator[Part]:
        """Parts of a list, with the number of each item before its first paragraph."""
        if (
            depth == 1
            and element.get(f"{TEXT}continue-numbering") != "true"
            and not element.get(f"{TEXT}continue-list")
        ):
            self.counters.pop(style, None)
        for item in element:
            if local_name(item) not in {"list-item", "list-header"}:
                continue
            numbered = local_name(item) == "list-item"
            for child in item:
                if local_name(child) == "list":
                    yield from self.list_parts(child, child.get(f"{TEXT}style-name") or style, depth + 1)
                elif local_name(child) in {"p", "h"}:
                    start = item.get(f"{TEXT}start-value")
                    number = (
                        self.counter(style).next(depth, attribute_number(start, 1) if start else None)
                        if numbered
                        else ""
                    )
                    yield from self.item_parts(child, number, depth)
                    numbered = False

    def item_parts(self, element: Element, number: str, depth: int) -> Iterator[Part]:
        """Parts of a paragraph in a list; a heading remains one."""
        for part in self.paragraph_parts(element, number):
            yield replace(part, kind=BlockKind.ITEM, depth=depth) if part.kind in TEXT_KINDS else part

    def counter(self, style: str) -> ListCounter:
        """The counter of a list style, created at its first use."""
        return self.counters.setdefault(style, ListCounter(self.lists.get(style, {})))

    def table_parts(self, table: Element) -> Iterator[Part]:
        """A table as one part with a line for each row; a frame of single-cell rows as the text inside it."""
        rows = [
            [cell for cell in row if local_name(cell) in {"table-cell", "covered-table-cell"}]
            for row in own_rows(table)
        ]
        if all(len(row) == 1 for row in rows):
            for row in rows:
                yield from (part for cell in row for part in self.block_parts(cell))
            return
        yield from table_or_points([[cell for item in row for cell in self.cells(item)] for row in rows])
        yield from self.take_notes()

    def cells(self, cell: Element) -> list[list[Part]]:
        """Parts of a cell, as often as it is repeated; its notes remain pending until the end of the table."""
        if local_name(cell) == "covered-table-cell":
            return []
        parts = list(self.block_parts(cell))
        self.notes += [part for part in parts if part.kind is BlockKind.FOOTNOTE]
        parts = [part for part in parts if part.kind is not BlockKind.FOOTNOTE]
        repeated = attribute_number(cell.get(f"{TABLE}number-columns-repeated"), 1)
        return [parts] * min(repeated, MOST_REPEATED if parts else 1)

    def text_of(self, element: Element) -> str:
        """The text of a paragraph, tabs as spaces."""
        if self.is_struck(element):
            return ""
        pieces: list[str] = [element.text or ""]
        self.add_text(element, pieces)
        return collapse_lines("".join(pieces))

    def add_text(self, element: Element, pieces: list[str]) -> None:
        """Append the text of the children of an element."""
        for child in element:
            name = local_name(child)
            if name == "note":
                pieces.append(self.note_marker(child))
            elif name == "s":
                pieces.append(" " * min(attribute_number(child.get(f"{TEXT}c"), 1), MOST_SPACES))
            elif name in CHARACTERS:
                pieces.append(CHARACTERS[name])
            elif name and name not in SKIPPED and name != "frame" and not self.is_struck(child):
                inner = [child.text or ""]
                self.add_text(child, inner)
                style = self.styles.get(child.get(f"{TEXT}style-name") or "")
                text = "".join(inner)
                pieces.append(superscript_text("".join(pieces[-3:]), text) if style and style.superscript else text)
            pieces.append(child.tail or "")

    def is_struck(self, element: Element) -> bool:
        """Whether the style of an element strikes its text through."""
        style = self.styles.get(element.get(f"{TEXT}style-name") or "")
        return style is not None and style.struck

    def note_marker(self, note: Element) -> str:
        """The marker of a note in the text; the note itself remains pending until the end of the paragraph."""
        mark = f"[{''.join(note.find(f'{TEXT}note-citation').itertext()).strip()}]"
        body = note.find(f"{TEXT}note-body")
        pending, self.notes = self.notes, []
        words = [] if body is None else [part.text for part in self.block_parts(body)]
        self.notes = [*pending, Part(BlockKind.FOOTNOTE, " ".join([mark, *words])), *self.notes]
        return mark

    def take_notes(self) -> list[Part]:
        """The pending notes, which are then no longer pending."""
        taken, self.notes = self.notes, []
        return taken


def read_odt(path: Path) -> Reading:
    """Parts of an OpenDocument text. Raises RejectedFile if it is encrypted, without text, or damaged."""
    try:
        with open_package(path) as package:
            reject_encrypted(package)
            content = parse_xml(read_part(package, "content.xml"))
            styles = parse_xml(read_part(package, "styles.xml")) if "styles.xml" in package.namelist() else content
            properties = properties_of(package)
        document = OdtDocument(styles_of([styles, content]), list_styles([styles, content]))
        parts = list(document.block_parts(content.find("{*}body/{*}text")))
    except UNSOUND as error:
        raise RejectedFile("it is not a sound OpenDocument text; open it in LibreOffice and save it again") from error
    except RecursionError as error:
        raise RejectedFile("its lists or tables are nested too deeply; save it as .docx or PDF") from error
    if not any(part.text for part in parts):
        raise RejectedFile("the document contains no text; if it is a scan, run OCR on it first")
    return Reading(parts, properties)


def reject_encrypted(package: zipfile.ZipFile) -> None:
    """Raise RejectedFile if a document is encrypted (OpenDocument 1.3, part 2, 3.4)."""
    manifest = "META-INF/manifest.xml"
    if manifest in package.namelist() and b"encryption-data" in read_part(package, manifest):
        raise RejectedFile("it is protected by a password; save a copy without one")


def local_name(element: Element) -> str:
    """Name of an element without its namespace, empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def own_rows(table: Element) -> list[Element]:
    """Rows of the table itself, not of tables nested in it."""
    return [row for row in table.iter(f"{TABLE}table-row") if next(row.iterancestors(f"{TABLE}table")) is table]


def styles_of(roots: list[Element]) -> dict[str, OdtStyle]:
    """Styles of paragraphs and text by name, with what they inherit."""
    elements = {item.get(f"{STYLE}name", ""): item for root in roots for item in root.iter(f"{STYLE}style")}
    return {name: make_style(name, elements) for name in elements}


def make_style(name: str, elements: dict[str, Element]) -> OdtStyle:
    """A style by its name, with what it inherits."""
    ancestry: list[Element] = []
    base: str | None = name
    while base in elements and elements[base] not in ancestry:
        ancestry.append(elements[base])
        base = elements[base].get(f"{STYLE}parent-style-name")
    display_names = [item.get(f"{STYLE}display-name") or item.get(f"{STYLE}name", "") for item in ancestry]
    names = tuple(text.replace("_20_", " ").lower() for text in display_names)
    numbering = next((found for item in ancestry if (found := item.get(f"{STYLE}list-style-name"))), None)
    found = [item.find(f"{STYLE}text-properties") for item in ancestry]
    properties = [item for item in found if item is not None]
    position = next((str(item.get(f"{STYLE}text-position", "")) for item in properties), "")
    lines = (line for item in properties for name in STRIKES if (line := item.get(f"{STYLE}{name}")))
    return OdtStyle(names, numbering, position.startswith("super"), next(lines, "none") != "none")


def properties_of(package: zipfile.ZipFile) -> dict[str, str]:
    """Title and language in the metadata of a document."""
    if "meta.xml" not in package.namelist():
        return {}
    properties: dict[str, str] = {}
    for element in parse_xml(read_part(package, "meta.xml")).iterfind("{*}meta/*"):
        if (name := PROPERTIES.get(local_name(element))) and (element.text or "").strip():
            properties.setdefault(name, element.text.strip())
    return properties
