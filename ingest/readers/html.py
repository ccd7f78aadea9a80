"""HTML by lxml: the main text only, tables as rows, the two-column tables that EUR-Lex lays points out in as items."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from ingest.document import BlockKind, Part, Reading
from ingest.errors import RejectedFile
from ingest.readers.encodings import INVISIBLE, decode
from ingest.readers.html_tables import table_parts
from ingest.readers.raised import raised_text

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
CHARSET_WINDOW = 4096
UNREAD_INLINE = frozenset("script style template noscript svg button select textarea datalist canvas".split())
UNREAD = UNREAD_INLINE | frozenset("nav aside label iframe object video audio head".split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Classes of headings in acts as EUR-Lex lays them out: the act, chapter, section, article, title of the article.
EUR_LEX_HEADINGS = {"oj-doc-ti": 1, "oj-ti-section-1": 2, "oj-ti-section-2": 3, "oj-ti-art": 4, "oj-sti-art": 5}
INLINE = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
LINE_BREAK = "\u2028"
MAIN_WORDS = 50  # what a `main` element must hold to be taken for the whole text


def read_html(path: Path) -> Reading:
    """Parts of the main text; properties from the title and the meta elements. Raises RejectedFile without text."""
    root, warnings = parse(path.read_bytes())
    parts = all_parts(main_element(root))
    if not parts:
        raise RejectedFile("the page holds no text; save the page with its content, not only its frame")
    return Reading(parts, page_properties(root), warnings)


def fragment_parts(text: str) -> list[Part]:
    """Parts of a piece of HTML inside another document."""
    return all_parts(tree_of(f"<body>{text}</body>").find("body"))


def all_parts(element: html.HtmlElement) -> list[Part]:
    """Parts of an element. Raises RejectedFile for elements inside each other without end."""
    try:
        return list(element_parts(element))
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
    """Parts of an element in reading order."""
    if not isinstance(element.tag, str) or element.tag in UNREAD or is_hidden(element) or is_page_furniture(element):
        return
    if element.tag == "table":
        yield from table_parts(element, element_parts)
    elif is_leaf(element):
        if text := inline_text(element):
            yield leaf_part(element, text)
    else:
        yield from mixed_parts(element)


def is_page_furniture(element: html.HtmlElement) -> bool:
    """Whether an element is the header or the footer of the page, not of an article: that holds its title and notes."""
    return (
        element.tag in {"header", "footer"} and next(element.iterancestors("main", "article", "section"), None) is None
    )


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether a reader of the page would not see the element."""
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def is_leaf(element: html.HtmlElement) -> bool:
    """Whether an element holds nothing but running text."""
    return all(
        not isinstance(child.tag, str) or child.tag in UNREAD_INLINE or (child.tag in INLINE and is_leaf(child))
        for child in element
    )


def leaf_part(element: html.HtmlElement, text: str) -> Part:
    """A heading, an item or a paragraph."""
    if level := HEADINGS.get(element.tag) or EUR_LEX_HEADINGS.get(element.get("class") or ""):
        return Part(BlockKind.HEADING, text, level)
    return Part(BlockKind.ITEM if element.tag == "li" else BlockKind.PARAGRAPH, text)


def mixed_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of an element that holds blocks, and the loose text between them."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in UNREAD_INLINE or (child.tag in INLINE and is_leaf(child)):
            add_words(child, loose)
            continue
        if text := squeeze("".join(loose)):
            yield Part(BlockKind.PARAGRAPH, text)
        yield from element_parts(child)
        loose = [child.tail or ""]
    if text := squeeze("".join(loose)):
        yield Part(BlockKind.PARAGRAPH, text)


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
    """Text with each run of white space as one space and without invisible signs; a line break stays a line end."""
    lines = (" ".join(line.split()) for line in text.translate(INVISIBLE).split(LINE_BREAK))
    return "\n".join(line for line in lines if line)
