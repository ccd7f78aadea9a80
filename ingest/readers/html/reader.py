"""HTML by lxml: the main text only, tables as rows, the two-column tables that EUR-Lex lays points out in as items."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree, html

from pincite.ingest.document import INVISIBLE, BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.encoding.decode import decode
from pincite.ingest.readers.html.boilerplate import PHRASES, is_hidden, is_page_furniture, marked_kind
from pincite.ingest.readers.html.eur_lex import finished, heading_class_level
from pincite.ingest.readers.html.lists import item_number
from pincite.ingest.readers.html.tables import table_parts
from pincite.ingest.readers.superscripts import raised_text
from pincite.ingest.readers.text.parts import plain_parts

CHARSET = re.compile(rb"(?:charset|<\?xml[^>]{1,80}encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
CHARSET_WINDOW = 4096
UNREAD_INLINE = frozenset("script style template noscript svg button select textarea datalist canvas".split())
UNREAD = UNREAD_INLINE | frozenset("nav label iframe object video audio head".split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
INLINE = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
LINE_BREAK = "\u2028"
BLANK_LINES = re.compile(r"\n{3,}")
NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxl]{2,6})[.)]\s", re.IGNORECASE)
MAIN_WORDS = 50  # what a `main` element must hold to be taken for the whole text


def read_html(path: Path) -> Reading:
    """Parts of the main text; properties from the title and the meta elements. Raises RejectedFile without text."""
    root, warnings = parse(path.read_bytes())
    parts = all_parts(main_element(root))
    if not parts:
        raise RejectedFile("the page holds no text; save the page with its content, not only its frame")
    return Reading(parts, page_properties(root), warnings)


def page_parts(data: bytes) -> list[Part]:
    """Parts of a page that is a chapter of a book; none where it holds no element."""
    return all_parts(main_element(parse(data)[0])) if b"<" in data else []


def fragment_parts(text: str) -> list[Part]:
    """Parts of a piece of HTML inside another document."""
    return all_parts(tree_of(f"<body>{text}</body>").find("body"))


def all_parts(element: html.HtmlElement) -> list[Part]:
    """Parts of an element. Raises RejectedFile for elements inside each other without end."""
    try:
        return list(finished(element_parts(element)))
    except RecursionError as error:
        raise RejectedFile("its elements are nested too deeply; open it in a browser and print it to PDF") from error


def parse(data: bytes) -> tuple[html.HtmlElement, tuple[str, ...]]:
    """The tree of a page, in the encoding that it states or, failing that, the likeliest, and warnings."""
    stated = CHARSET.search(data[:CHARSET_WINDOW])
    text, warnings = decode(data, stated[1].decode("ascii") if stated else None)
    return tree_of(text), warnings


def tree_of(text: str) -> html.HtmlElement:
    """The tree of HTML text. Raises RejectedFile for what holds no element."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise RejectedFile(f"the HTML cannot be parsed ({error}); open it in a browser and save it again") from error


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
    """The element that holds the main text: `main`, a single `article`, the act on a EUR-Lex page, else the body."""
    for path in (".//main", ".//*[@role='main']", ".//article", ".//div[@id='text']"):
        found = root.findall(path)
        if len(found) == 1 and len(found[0].text_content().split()) > MAIN_WORDS:
            return found[0]
    body = root.find("body")
    return root if body is None else body


def element_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of an element in reading order, of the kind that the element marks them to be."""
    if not isinstance(element.tag, str) or element.tag in UNREAD or is_hidden(element) or is_page_furniture(element):
        return
    parts = item_parts(element) if element.tag == "li" else unmarked_parts(element)
    kind = marked_kind(element)
    for part in parts:
        if kind is BlockKind.BOILERPLATE:
            yield replace(part, kind=kind, level=0)
        elif kind and part.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            yield replace(part, kind=kind)
        else:
            yield part


def item_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of an item of a list, its number in front of the first."""
    number = item_number(element)
    for part in unmarked_parts(element):
        if number and part.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM} and not NUMBERED.match(part.text):
            yield replace(part, kind=BlockKind.ITEM, text=f"{number} {part.text}")
        else:
            yield part
        number = ""


def unmarked_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of an element by what it holds."""
    if element.tag == "table":
        yield from table_parts(element, element_parts)
    elif element.tag == "pre":
        yield from plain_parts(element.text_content().translate(INVISIBLE))
    elif is_leaf(element):
        if text := inline_text(element):
            yield from leaf_parts(element, text)
    else:
        yield from mixed_parts(element)


def is_leaf(element: html.HtmlElement) -> bool:
    """Whether an element holds nothing but running text."""
    return all(
        not isinstance(child.tag, str) or child.tag in UNREAD_INLINE or (child.tag in INLINE and is_leaf(child))
        for child in element
    )


def leaf_parts(element: html.HtmlElement, text: str) -> Iterator[Part]:
    """A heading, an item or paragraphs."""
    if level := HEADINGS.get(element.tag) or heading_class_level(element, text):
        yield Part(BlockKind.HEADING, " ".join(text.split()), level)
    else:
        yield from text_parts(text, BlockKind.ITEM if element.tag == "li" else BlockKind.PARAGRAPH)


def text_parts(text: str, kind: BlockKind) -> Iterator[Part]:
    """Running text as parts: two line breaks end a paragraph."""
    for paragraph in text.split("\n\n"):
        if paragraph:
            yield Part(BlockKind.BOILERPLATE if PHRASES.fullmatch(paragraph) else kind, paragraph)


def mixed_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of an element that holds blocks, and the loose text between them."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in UNREAD_INLINE or (child.tag in INLINE and is_leaf(child)):
            add_words(child, loose)
            continue
        yield from text_parts(squeeze("".join(loose)), BlockKind.PARAGRAPH)
        yield from element_parts(child)
        loose = [child.tail or ""]
    yield from text_parts(squeeze("".join(loose)), BlockKind.PARAGRAPH)


def inline_text(element: html.HtmlElement) -> str:
    """The running text of an element, white space squeezed, `br` as a line end."""
    pieces = [element.text or ""]
    for child in element:
        add_words(child, pieces)
    return squeeze("".join(pieces))


def add_words(node: html.HtmlElement, pieces: list[str]) -> None:
    """Add the words of an inline element, and of what follows it, to those before it."""
    if node.tag == "br":
        pieces.append(LINE_BREAK)
    elif is_raised(node):
        before = "".join(pieces[-3:]).rstrip()
        pieces.append(raised_text(before, node.text_content().strip()))
    elif isinstance(node.tag, str) and node.tag not in UNREAD and not is_hidden(node):
        pieces.append(node.text or "")
        for child in node:
            add_words(child, pieces)
    pieces.append(node.tail or "")


def is_raised(node: html.HtmlElement) -> bool:
    """Whether an element is set above the line."""
    return node.tag == "sup" or "oj-super" in (node.get("class") or "").split()


def squeeze(text: str) -> str:
    """Text with each run of white space as one space and without invisible signs; a line break stays a line end.

    Several in a row are a blank line.
    """
    lines = (" ".join(line.split()) for line in text.translate(INVISIBLE).split(LINE_BREAK))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
