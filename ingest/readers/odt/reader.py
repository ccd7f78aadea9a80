"""OpenDocument texts: headings, lists, tables and notes in order. They have no fixed pages.

OpenDocument 1.3, part 3: https://docs.oasis-open.org/office/OpenDocument/v1.3/
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from pincite.ingest.document import BETWEEN_CELLS, INVISIBLE, BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.odt.lists import STYLE, TEXT, Counters, Level, list_styles, whole
from pincite.ingest.readers.superscripts import raised_text
from pincite.ingest.readers.zip_xml import UNSOUND, Element, open_package, part_of, xml_of

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
UNREAD = frozenset(
    "tracked-changes annotation annotation-end sequence-decls variable-decls user-field-decls forms note-citation "
    "ruby-text hidden-text object image desc title".split()
)
WRAPPERS = frozenset("section numbered-paragraph deletion index-body".split())
INDEXES = frozenset("table-of-content illustration-index table-index alphabetical-index".split())
SIGNS = {"tab": "\t", "line-break": "\n"}
QUOTES = ("quot", "block text")
MOST_REPEATED = 64  # columns that a cell may stand for: spreadsheets fill their rows to the edge
MOST_SPACES = 16
PROPERTIES = {"title": "title", "language": "language"}


@dataclass(frozen=True, slots=True)
class StyleNames:
    """A style with those it is based on: names in small letters, the list that it numbers, whether it is raised."""

    names: tuple[str, ...]
    numbering: str | None
    raised: bool


@dataclass(slots=True)
class Text:
    """An open document: its styles, the counters of its lists, notes whose text is still to come."""

    styles: dict[str, StyleNames]
    lists: dict[str, dict[int, Level]]
    counters: dict[str, Counters] = field(default_factory=dict)
    notes: list[Part] = field(default_factory=list)

    def block_parts(self, container: Element) -> Iterator[Part]:
        """Parts of the body, of a cell or of a text box, in order."""
        for child in container:
            name = local(child)
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
        """A paragraph or heading with its number, the text boxes that hang on it, and the notes that it refers to."""
        style = self.styles.get(element.get(f"{TEXT}style-name") or "", StyleNames((), None, raised=False))
        level = whole(element.get(f"{TEXT}outline-level"), 1) if local(element) == "h" else int("title" in style.names)
        if level and not number and local(element) == "h":
            number = self.counter(style.numbering or "").next(level)
        if text := self.words(element):
            kind = BlockKind.ITEM if number else BlockKind.PARAGRAPH
            kind = BlockKind.QUOTE if any(name.startswith(QUOTES) for name in style.names) else kind
            text = f"{number} {text}".strip()
            yield Part(BlockKind.HEADING, " ".join(text.split()), level) if level else Part(kind, text)
        for box in element.iter(f"{DRAW}text-box"):
            yield from self.block_parts(box)
        yield from self.taken()

    def list_parts(self, element: Element, style: str, depth: int) -> Iterator[Part]:
        """Parts of a list: of each item the number stands in front of its first paragraph."""
        if (
            depth == 1
            and element.get(f"{TEXT}continue-numbering") != "true"
            and not element.get(f"{TEXT}continue-list")
        ):
            self.counters.pop(style, None)
        for item in element:
            if local(item) not in {"list-item", "list-header"}:
                continue
            numbered = local(item) == "list-item"
            for child in item:
                if local(child) == "list":
                    yield from self.list_parts(child, child.get(f"{TEXT}style-name") or style, depth + 1)
                elif local(child) in {"p", "h"}:
                    start = item.get(f"{TEXT}start-value")
                    number = self.counter(style).next(depth, whole(start, 1) if start else None) if numbered else ""
                    yield from self.item_parts(child, number)
                    numbered = False

    def item_parts(self, element: Element, number: str) -> Iterator[Part]:
        """A paragraph of a list; a heading stays one."""
        for part in self.paragraph_parts(element, number):
            yield replace(part, kind=BlockKind.ITEM) if part.kind is BlockKind.PARAGRAPH else part

    def counter(self, style: str) -> Counters:
        """The counters of a list style, made at its first use."""
        return self.counters.setdefault(style, Counters(self.lists.get(style, {})))

    def table_parts(self, table: Element) -> Iterator[Part]:
        """A table as one part, a row a line; a frame around text, with one cell in a row, as the text in it."""
        rows = [
            [cell for cell in row if local(cell) in {"table-cell", "covered-table-cell"}] for row in own_rows(table)
        ]
        if all(len(row) == 1 for row in rows):
            for row in rows:
                yield from (part for cell in row for part in self.block_parts(cell))
            return
        lines = [[text for cell in row for text in self.cell_texts(cell)] for row in rows]
        yield Part(BlockKind.TABLE, "\n".join(BETWEEN_CELLS.join(line) for line in lines if any(line)))
        yield from self.taken()

    def cell_texts(self, cell: Element) -> list[str]:
        """A cell as one line, as often as it is repeated; its notes wait for the end of the table."""
        if local(cell) == "covered-table-cell":
            return []
        parts = list(self.block_parts(cell))
        self.notes += [part for part in parts if part.kind is BlockKind.FOOTNOTE]
        text = " ".join(" ".join(part.text.split()) for part in parts if part.kind is not BlockKind.FOOTNOTE)
        return [text] * min(whole(cell.get(f"{TABLE}number-columns-repeated"), 1), MOST_REPEATED if text else 1)

    def words(self, element: Element) -> str:
        """The words of a paragraph, tabs as spaces."""
        pieces: list[str] = [element.text or ""]
        self.add_words(element, pieces)
        lines = "".join(pieces).translate(INVISIBLE).split("\n")
        return "\n".join(words for line in lines if (words := " ".join(line.split())))

    def add_words(self, element: Element, pieces: list[str]) -> None:
        """Add the words of an element's children to those before them."""
        for child in element:
            name = local(child)
            if name == "note":
                pieces.append(self.note_mark(child))
            elif name == "s":
                pieces.append(" " * min(whole(child.get(f"{TEXT}c"), 1), MOST_SPACES))
            elif name in SIGNS:
                pieces.append(SIGNS[name])
            elif name and name not in UNREAD and name != "frame":
                inner = [child.text or ""]
                self.add_words(child, inner)
                style = self.styles.get(child.get(f"{TEXT}style-name") or "")
                words = "".join(inner)
                pieces.append(raised_text("".join(pieces[-3:]), words) if style and style.raised else words)
            pieces.append(child.tail or "")

    def note_mark(self, note: Element) -> str:
        """The mark of a note in the text; the note itself waits for the end of the paragraph."""
        mark = f"[{''.join(note.find(f'{TEXT}note-citation').itertext()).strip()}]"
        body = note.find(f"{TEXT}note-body")
        waiting, self.notes = self.notes, []
        words = [] if body is None else [part.text for part in self.block_parts(body)]
        self.notes = [*waiting, Part(BlockKind.FOOTNOTE, " ".join([mark, *words])), *self.notes]
        return mark

    def taken(self) -> list[Part]:
        """The notes that wait, once."""
        taken, self.notes = self.notes, []
        return taken


def read_odt(path: Path) -> Reading:
    """Parts of an OpenDocument text. Raises RejectedFile for one under a password, without text, or broken."""
    try:
        with open_package(path) as package:
            check_password(package)
            content = xml_of(part_of(package, "content.xml"))
            styles = xml_of(part_of(package, "styles.xml")) if "styles.xml" in package.namelist() else content
            stated = properties_of(package)
        document = Text(styles_of([styles, content]), list_styles([styles, content]))
        parts = list(document.block_parts(content.find("{*}body/{*}text")))
    except UNSOUND as error:
        raise RejectedFile("it is not a sound OpenDocument text; open it in LibreOffice and save it again") from error
    except RecursionError as error:
        raise RejectedFile("its lists or tables are nested too deeply; save it as .docx or PDF") from error
    if not any(part.text for part in parts):
        raise RejectedFile("the document holds no text; if it is a scan, run OCR on it first")
    return Reading(parts, stated)


def check_password(package: zipfile.ZipFile) -> None:
    """Raise RejectedFile for a document that is encrypted (OpenDocument 1.3, part 2, 3.4)."""
    manifest = "META-INF/manifest.xml"
    if manifest in package.namelist() and b"encryption-data" in part_of(package, manifest):
        raise RejectedFile("it is protected by a password; save a copy without one")


def local(element: Element) -> str:
    """Name of an element without its namespace, empty for what is none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def own_rows(table: Element) -> list[Element]:
    """Rows of the table itself, not those of tables in its cells."""
    return [row for row in table.iter(f"{TABLE}table-row") if next(row.iterancestors(f"{TABLE}table")) is table]


def styles_of(roots: list[Element]) -> dict[str, StyleNames]:
    """Styles of paragraphs and text by name, with what they take from those that they are based on."""
    elements = {item.get(f"{STYLE}name", ""): item for root in roots for item in root.iter(f"{STYLE}style")}
    return {name: make_style(name, elements) for name in elements}


def make_style(name: str, elements: dict[str, Element]) -> StyleNames:
    """A style by its name, with its line of descent."""
    line: list[Element] = []
    base: str | None = name
    while base in elements and elements[base] not in line:
        line.append(elements[base])
        base = elements[base].get(f"{STYLE}parent-style-name")
    shown = [item.get(f"{STYLE}display-name") or item.get(f"{STYLE}name", "") for item in line]
    names = tuple(text.replace("_20_", " ").lower() for text in shown)
    numbering = next((found for item in line if (found := item.get(f"{STYLE}list-style-name"))), None)
    places = (item.find(f"{STYLE}text-properties") for item in line)
    place = next((str(found.get(f"{STYLE}text-position", "")) for found in places if found is not None), "")
    return StyleNames(names, numbering, place.startswith("super"))


def properties_of(package: zipfile.ZipFile) -> dict[str, str]:
    """Title and language that the document states."""
    if "meta.xml" not in package.namelist():
        return {}
    stated: dict[str, str] = {}
    for element in xml_of(part_of(package, "meta.xml")).iterfind("{*}meta/*"):
        if (name := PROPERTIES.get(local(element))) and (element.text or "").strip():
            stated.setdefault(name, element.text.strip())
    return stated
