"""HTML by lxml: the main text only, tables as rows, the two-column tables that EUR-Lex lays points out in as items."""

import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes
from lxml import etree, html

from ingest.document import BlockKind, Part, Reading
from ingest.errors import RejectedFile
from ingest.readers.text import BYTE_ORDER_MARKS

UNREAD = frozenset("script style template noscript svg nav aside form button iframe head".split())
UNREAD_AROUND_MAIN = UNREAD | {"header", "footer"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Classes of headings in acts as EUR-Lex lays them out: the act, chapter, section, article, title of the article.
EUR_LEX_HEADINGS = {"oj-doc-ti": 1, "oj-ti-section-1": 2, "oj-ti-section-2": 3, "oj-ti-art": 4, "oj-sti-art": 5}
INLINE = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
MARKER = re.compile(r"[(\[]?[\divxlcdm]{1,5}[)\].]{0,2}|\(?[a-z]{1,2}\)|[—–•\-]", re.IGNORECASE)
CELL_BREAK = " | "
MAIN_WORDS = 50  # what a `main` element must hold to be taken for the whole text
POINT_CELLS = 2  # a number and its text
GRID_PARTS = 6  # paragraphs in a cell that can still be read as part of a row


def read_html(path: Path) -> Reading:
    """Parts of the main text; properties from the title and the meta elements. Raises RejectedFile without text."""
    root = parse(path.read_bytes())
    properties = page_properties(root)
    parts = list(element_parts(main_element(root), UNREAD_AROUND_MAIN))
    if not parts:
        raise RejectedFile("the page holds no text; save the page with its content, not only its frame")
    return Reading(parts, properties)


def parse(data: bytes) -> html.HtmlElement:
    """The tree of a page, in the encoding that it states or, failing that, the likeliest."""
    if not data.strip():
        raise RejectedFile("the file is empty")
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding=encoding_of(data), remove_comments=True))
    except (etree.ParserError, ValueError) as error:
        raise RejectedFile(f"the HTML cannot be parsed ({error}); open it in a browser and save it again") from error
    return root


def encoding_of(data: bytes) -> str | None:
    """The encoding by byte-order mark, by UTF-8 validity, by statement (None: lxml reads it), or by statistics."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if re.search(rb"charset\s*=", data[:4096], re.IGNORECASE):
            return None
        best = from_bytes(data).best()
        return best.encoding if best else None
    return "utf-8"


def page_properties(root: html.HtmlElement) -> dict[str, str]:
    """What title and meta elements state, by lower-case name."""
    properties = {
        str(meta.get("name") or meta.get("property")).lower(): str(meta.get("content"))
        for meta in root.iter("meta")
        if (meta.get("name") or meta.get("property")) and meta.get("content")
    }
    title = root.findtext(".//title")
    if title and title.strip():
        properties.setdefault("title", title)
    if language := root.get("lang"):
        properties.setdefault("language", language)
    return properties


def main_element(root: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the main text: `main`, a single `article`, else the body."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1 and len(found[0].text_content().split()) > MAIN_WORDS:
            return found[0]
    body = root.find("body")
    return root if body is None else body


def element_parts(element: html.HtmlElement, unread: frozenset[str]) -> Iterator[Part]:
    """Parts of an element in reading order."""
    if not isinstance(element.tag, str) or element.tag in unread or is_hidden(element):
        return
    if element.tag == "table":
        yield from table_parts(element, unread)
    elif is_leaf(element):
        if text := inline_text(element, unread):
            yield leaf_part(element, text)
    else:
        yield from mixed_parts(element, unread)


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether a reader of the page would not see the element."""
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def is_leaf(element: html.HtmlElement) -> bool:
    """Whether an element holds nothing but running text."""
    return all(not isinstance(child.tag, str) or child.tag in INLINE for child in element.iterdescendants())


def leaf_part(element: html.HtmlElement, text: str) -> Part:
    """A heading, an item or a paragraph."""
    if level := HEADINGS.get(element.tag) or EUR_LEX_HEADINGS.get(element.get("class") or ""):
        return Part(BlockKind.HEADING, text, level)
    return Part(BlockKind.ITEM if element.tag == "li" else BlockKind.PARAGRAPH, text)


def mixed_parts(element: html.HtmlElement, unread: frozenset[str]) -> Iterator[Part]:
    """Parts of an element that holds blocks, and the loose text between them."""
    loose = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag in INLINE and is_leaf(child):
            loose += inline_text(child, unread, strip=False) + (child.tail or "")
            continue
        if text := squeeze(loose):
            yield Part(BlockKind.PARAGRAPH, text)
        yield from element_parts(child, unread)
        loose = child.tail or ""
    if text := squeeze(loose):
        yield Part(BlockKind.PARAGRAPH, text)


def inline_text(element: html.HtmlElement, unread: frozenset[str], *, strip: bool = True) -> str:
    """The running text of an element, white space squeezed, `br` as a line end."""
    pieces: list[str] = []

    def walk(node: html.HtmlElement) -> None:
        if node.tag == "br":
            pieces.append("\u2028")
        elif is_exponent(node, pieces):
            pieces.append(f"^{node.text_content().strip()}")
        elif isinstance(node.tag, str) and node.tag not in unread and not is_hidden(node):
            pieces.append(node.text or "")
            for child in node:
                walk(child)
                pieces.append(child.tail or "")

    walk(element)
    text = "".join(pieces)
    return squeeze(text) if strip else text


def is_exponent(node: html.HtmlElement, before: list[str]) -> bool:
    """Whether a raised number stands behind a figure: 10 to the 25th must not read 1025."""
    raised = node.tag == "sup" or "oj-super" in (node.get("class") or "").split()
    return (
        raised and bool(re.search(r"\d$", "".join(before[-3:]))) and node.text_content().strip().lstrip("-−").isdigit()
    )


def squeeze(text: str) -> str:
    """Text with each run of white space as one space; a line separator stays a line end."""
    lines = (" ".join(line.split()) for line in text.split("\u2028"))
    return "\n".join(line for line in lines if line)


def table_parts(table: html.HtmlElement, unread: frozenset[str]) -> Iterator[Part]:
    """A data table as rows; a table that only lays out numbered points as these points."""
    rows = [[list(element_parts(cell, unread)) for cell in row if cell.tag in {"td", "th"}] for row in own_rows(table)]
    rows = [row for row in rows if any(row)]
    if all(len(row) == POINT_CELLS and is_marker(row[0]) for row in rows) or not is_grid(rows):
        for row in rows:
            yield from point_parts(row)
    else:
        yield Part(BlockKind.TABLE, "\n".join(CELL_BREAK.join(map(cell_text, row)) for row in rows))


def own_rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    """Rows of the table itself, not those of tables inside it."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def is_marker(cell: list[Part]) -> bool:
    """Whether a cell holds just the number of a point."""
    return not cell or (len(cell) == 1 and MARKER.fullmatch(cell[0].text) is not None)


def is_grid(rows: list[list[list[Part]]]) -> bool:
    """Whether cells are short enough to be read as a row: no cell holds a table, none many paragraphs."""
    return all(
        len(cell) <= GRID_PARTS and all(part.kind is not BlockKind.TABLE for part in cell)
        for row in rows
        for cell in row
    )


def point_parts(row: list[list[Part]]) -> Iterator[Part]:
    """The parts of a laid-out row; the number in its first cell goes in front of the point's first part."""
    parts = [part for cell in row for part in cell]
    if len(row) > 1 and len(parts) > 1 and is_marker(row[0]) and row[0]:
        yield Part(BlockKind.ITEM, f"{parts[0].text} {parts[1].text}")
        parts = parts[2:]
    yield from parts


def cell_text(cell: list[Part]) -> str:
    """A cell as one line."""
    return " ".join(" ".join(part.text.split()) for part in cell)
