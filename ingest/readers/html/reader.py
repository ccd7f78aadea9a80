"""HTML through lxml: the main text only, tables as rows, and the layout tables of EUR-Lex as numbered points."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree, html

from pincite.ingest.document import INVISIBLE, BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.consolidation import without_origin_marks
from pincite.ingest.readers.encoding.decode import decode
from pincite.ingest.readers.html.boilerplate import (
    BOILERPLATE_PHRASES,
    is_hidden,
    is_page_header_or_footer,
    kind_of_element,
    name_words,
)
from pincite.ingest.readers.html.eur_lex import heading_class_level, with_nested_titles
from pincite.ingest.readers.html.lists import apply_conventional_marks, item_number, list_depth
from pincite.ingest.readers.html.stylesheet import apply_stylesheets
from pincite.ingest.readers.html.tables import table_parts
from pincite.ingest.readers.points import ENUMERATOR, TEXT, with_joined_enumerators
from pincite.ingest.readers.superscripts import superscript_text
from pincite.ingest.readers.text.parts import plain_parts

CHARSET = re.compile(rb"(?:charset|<\?xml[^>]{1,80}encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
HEXADECIMAL = re.compile(r"(?:[0-9a-f]{2}){2,200}")
CHARSET_WINDOW = 4096
SKIPPED_INLINE = frozenset("script style template noscript svg button select textarea datalist canvas".split())
SKIPPED = SKIPPED_INLINE | frozenset("nav label iframe object video audio head".split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
INLINE = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
LINE_BREAK = "\u2028"
NUMBER_END = "\ue000"  # after the number of a provision, until it is known what follows
NUMBER_BEFORE_WORD = re.compile(NUMBER_END + r"(?=[\w‘“\"'«(\[])")
NUMBER_WORDS = frozenset("no num nr number numero nummer enumerator".split())  # in the classes of numbers
NUMBER_TEXT = re.compile(
    r"(?:[^\W\d_]+\s+)?[(\[]?(?:\d+(?:\.\d+)*[a-z]{0,3}|[ivxlcdm]+|[a-z]{1,2})[)\].]*", re.IGNORECASE
)
BLANK_LINES = re.compile(r"\n{3,}")
NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxl]{2,6})[.)]\s", re.IGNORECASE)
MAIN_WORDS = 50  # more words than this make a `main` element the whole text


def read_html(path: Path) -> Reading:
    """Parts of the main text, properties from title and meta elements. Raises RejectedFile if there is no text."""
    root, warnings = parse_page(path.read_bytes())
    parts = all_parts(main_element(root))
    if not parts:
        raise RejectedFile("the page contains no text; save the page with its content, not only its frame")
    return Reading(parts, page_properties(root), warnings)


def page_parts(data: bytes) -> list[Part]:
    """Parts of a page that is a chapter of a book; none if it contains no element."""
    return all_parts(main_element(parse_page(data)[0])) if b"<" in data else []


def fragment_parts(text: str) -> list[Part]:
    """Parts of a fragment of HTML inside another document."""
    return all_parts(parse_text(f"<body>{text}</body>").find("body"))


def all_parts(element: html.HtmlElement) -> list[Part]:
    """Parts of an element. Raises RejectedFile if elements are nested too deeply."""
    try:
        return list(with_joined_enumerators(with_nested_titles(element_parts(element))))
    except RecursionError as error:
        raise RejectedFile("its elements are nested too deeply; open it in a browser and print it to PDF") from error


def parse_page(data: bytes) -> tuple[html.HtmlElement, tuple[str, ...]]:
    """The tree of a page, decoded as it states or as is likeliest, and warnings."""
    stated = CHARSET.search(data[:CHARSET_WINDOW])
    text, warnings = decode(data, stated[1].decode("ascii") if stated else None)
    root = parse_text(text)
    restore_addresses(root)
    apply_stylesheets(root)
    apply_conventional_marks(root)
    return root, warnings


def restore_addresses(root: html.HtmlElement) -> None:
    """Write out the e-mail addresses that Cloudflare hides from robots: hexadecimal, each byte XOR the first."""
    for element in root.iter():
        hidden = element.get("data-cfemail") or ""
        if HEXADECIMAL.fullmatch(hidden):
            key, *letters = bytes.fromhex(hidden)
            element.text = bytes(letter ^ key for letter in letters).decode(errors="replace")


def parse_text(text: str) -> html.HtmlElement:
    """The tree of HTML text. Raises RejectedFile if it contains no element."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise RejectedFile(f"the HTML cannot be parsed ({error}); open it in a browser and save it again") from error


def page_properties(root: html.HtmlElement) -> dict[str, str]:
    """Properties in the title and meta elements, by lower-case name."""
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
    """The element with the main text: `main`, a single `article`, the act on a EUR-Lex page, else the body."""
    for path in (".//main", ".//*[@role='main']", ".//article", ".//div[@id='text']"):
        found = root.findall(path)
        if len(found) == 1 and len(found[0].text_content().split()) > MAIN_WORDS:
            return found[0]
    body = root.find("body")
    return root if body is None else body


def element_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of an element in reading order, with the kind that its markup gives them."""
    if (
        not isinstance(element.tag, str)
        or element.tag in SKIPPED
        or is_hidden(element)
        or is_page_header_or_footer(element)
    ):
        return
    parts = item_parts(element) if element.tag == "li" else unmarked_parts(element)
    kind = kind_of_element(element)
    for part in parts:
        if kind is BlockKind.BOILERPLATE:
            yield replace(part, kind=kind, level=0)
        elif kind and part.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            yield replace(part, kind=kind)
        else:
            yield part


def item_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of a list item with their depth, and its number in front of the first."""
    number, depth = item_number(element), list_depth(element)
    for part in unmarked_parts(element):
        if part.kind not in TEXT:
            yield part
        elif number and not NUMBERED.match(part.text):
            yield replace(part, kind=BlockKind.ITEM, text=f"{number} {part.text}", depth=part.depth or depth)
        else:
            yield replace(part, depth=part.depth or depth)
        number = ""


def unmarked_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of an element by its content."""
    if element.tag == "table":
        yield from table_parts(element, element_parts)
    elif element.tag == "pre":
        yield from plain_parts(preformatted_text(element).translate(INVISIBLE))
    elif is_leaf(element):
        if text := inline_text(element):
            yield from leaf_parts(element, text)
    else:
        yield from mixed_parts(element)


def preformatted_text(element: html.HtmlElement) -> str:
    """The text of a `pre` element with its line ends; the Government Publishing Office marks items by `bullet`."""
    for bullet in element.iter("bullet"):
        bullet.text = f"•{bullet.text or ''}"  # an unclosed tag: the words that follow are inside it
    return str(element.text_content())


def is_leaf(element: html.HtmlElement) -> bool:
    """Whether an element contains only running text."""
    return all(
        not isinstance(child.tag, str) or child.tag in SKIPPED_INLINE or (child.tag in INLINE and is_leaf(child))
        for child in element
    )


def leaf_parts(element: html.HtmlElement, text: str) -> Iterator[Part]:
    """A heading, a list item or paragraphs."""
    if level := HEADINGS.get(element.tag) or heading_class_level(element, text):
        yield Part(BlockKind.HEADING, " ".join(text.split()), level)
    else:
        yield from text_parts(text, BlockKind.ITEM if element.tag == "li" else BlockKind.PARAGRAPH)


def text_parts(text: str, kind: BlockKind) -> Iterator[Part]:
    """Running text as parts: two line breaks end a paragraph."""
    for paragraph in text.split("\n\n"):
        if paragraph:
            yield Part(BlockKind.BOILERPLATE if BOILERPLATE_PHRASES.fullmatch(paragraph) else kind, paragraph)


def mixed_parts(element: html.HtmlElement) -> Iterator[Part]:
    """Parts of an element that contains blocks, and of the loose text between them."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in SKIPPED_INLINE or (child.tag in INLINE and is_leaf(child)):
            add_text(child, loose)
            continue
        yield from text_parts(collapse_space("".join(loose)), BlockKind.PARAGRAPH)
        yield from element_parts(child)
        loose = [child.tail or ""]
    yield from text_parts(collapse_space("".join(loose)), BlockKind.PARAGRAPH)


def inline_text(element: html.HtmlElement) -> str:
    """The running text of an element, white space collapsed, `br` as a line end."""
    pieces = [element.text or ""]
    for child in element:
        add_text(child, pieces)
    return collapse_space("".join(pieces))


def add_text(node: html.HtmlElement, pieces: list[str]) -> None:
    """Append the text of an inline element and the text that follows it."""
    if node.tag == "br":
        pieces.append(LINE_BREAK)
    elif is_superscript(node):
        before = "".join(pieces[-3:]).rstrip()
        pieces.append(superscript_text(before, node.text_content().strip()))
    elif isinstance(node.tag, str) and node.tag not in SKIPPED and not is_hidden(node):
        pieces.append(node.text or "")
        for child in node:
            add_text(child, pieces)
        if is_number(node):
            pieces.append(NUMBER_END)
    pieces.append(node.tail or "")


def is_number(node: html.HtmlElement) -> bool:
    """Whether an inline element is the number of what follows it, which style sheets set apart."""
    text = node.text_content().strip()
    if not NUMBER_WORDS.isdisjoint(name_words((node.get("class") or "").split())):
        return NUMBER_TEXT.fullmatch(text) is not None
    return ENUMERATOR.fullmatch(text) is not None and text[-1] in ".)" and is_first(node)


def is_first(node: html.HtmlElement) -> bool:
    """Whether an inline element begins the text of its parent."""
    parent = node.getparent()
    return parent is not None and parent[0] is node and not (parent.text or "").strip()


def is_superscript(node: html.HtmlElement) -> bool:
    """Whether an element is superscript."""
    return node.tag == "sup" or "oj-super" in (node.get("class") or "").split()


def collapse_space(text: str) -> str:
    """Text with white space collapsed and invisible characters removed; a line break becomes a line end.

    Several in a row become a blank line. A number is separated from the word that follows it.
    """
    text = without_origin_marks(text)
    text = NUMBER_BEFORE_WORD.sub(" ", text).replace(NUMBER_END, "") if NUMBER_END in text else text
    lines = (" ".join(line.split()) for line in text.translate(INVISIBLE).split(LINE_BREAK))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
