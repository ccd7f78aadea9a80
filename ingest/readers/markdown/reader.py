"""Markdown with YAML front matter, by markdown-it. The canonical text is what a reader sees, without the marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from pincite.ingest.document import BETWEEN_CELLS, BlockKind, Part, Reading
from pincite.ingest.readers.encoding.decode import decode
from pincite.ingest.readers.html.reader import fragment_parts
from pincite.ingest.readers.markdown.bold_headings import bold_head, with_bold_headings
from pincite.ingest.readers.markdown.front_matter import front_matter
from pincite.ingest.readers.superscripts import raised_text

NESTING = 100  # the preset leaves out what is nested more than 20 deep
PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING}).enable(["table", "strikethrough"])
PARSER.disable("code")  # a set-in first line is a paragraph in texts of this kind, never a program
PARSER.use(front_matter_plugin).use(footnote_plugin)
HTML_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)", re.IGNORECASE)
UNREAD = frozenset({"script", "style", "template"})
LONGEST_HEADING = 300  # characters; what is longer only stands above a line of dashes
STRAY_BOLD = re.compile(r"(?<!\w)\*\*|\*\*(?!\w)")  # bold that ends in a space is none to the parser
FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*\n")
HEADING_LINE = re.compile(r"^#{1,6} +\S.*\n(?=[ \t]*(?:\n|\Z))", re.MULTILINE)
BOLD_LINE = re.compile(r"^(?:\*\*|__)[^\s*_][^*_\n]*(?:\*\*|__)", re.MULTILINE)
LINK = re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?:|mailto:|/)[^)\s]{1,500}\)")
MOST_BRACKETS = 2000  # of one block of text
FEWEST_MARKS = 3  # bold openings of lines and links that show a text to be Markdown


def read_markdown(path: Path) -> Reading:
    """Parts of a Markdown file; the front matter is both a part (it can be cited) and the properties."""
    return markdown_reading(*decode(path.read_bytes()))


def is_markdown(text: str) -> bool:
    """Whether a text is evidently Markdown, whatever its file is called.

    >>> is_markdown("# A title\\n\\nIt says so."), is_markdown("#1 of 3 * 2")
    (True, False)
    """
    if FRONT_MATTER.match(text) or HEADING_LINE.search(f"{text}\n"):
        return True
    return len(BOLD_LINE.findall(text)) + len(LINK.findall(text)) >= FEWEST_MARKS


def markdown_reading(text: str, warnings: tuple[str, ...]) -> Reading:
    """Parts of Markdown text and the properties that its front matter states; form feeds are pages."""
    pages = text.split("\f")
    properties: dict[str, Any] = {}
    parts: list[Part] = []
    for number, page in enumerate(pages, 1):
        tokens = PARSER.parse(harmless(page))
        if number == 1 and tokens and tokens[0].type == "front_matter":
            properties = front_matter(tokens[0].content)
            parts.append(Part(BlockKind.FRONT_MATTER, tokens[0].content.strip()))
        parts += [replace(part, page=number if len(pages) > 1 else None) for part in body(tokens)]
    return Reading(with_bold_headings(parts), properties, warnings)


def harmless(text: str) -> str:
    """Text in which brackets without end stand for themselves: to look for links in them takes forever."""
    if text.count("[") <= MOST_BRACKETS:
        return text
    blocks = text.split("\n\n")
    return "\n\n".join(block.replace("[", "\\[") if block.count("[") > MOST_BRACKETS else block for block in blocks)


def body(tokens: Sequence[Token]) -> list[Part]:
    """Parts of the document below its front matter; headings that are only set in bold have no level yet."""
    tree = SyntaxTreeNode([token for token in tokens if token.type != "front_matter"])
    return [
        part
        for node in tree.children
        for part in (paragraph_parts(node) if node.type == "paragraph" else node_parts(node))
    ]


def paragraph_parts(node: SyntaxTreeNode) -> Iterator[Part]:
    """A paragraph outside lists and quotes, a heading in bold at its beginning apart from it."""
    children = [child for inner in node.children if inner.token for child in inner.token.children or []]
    cut = bold_head(children, plain)
    head, text = " ".join(plain(children[:cut]).split()), plain(children[cut:])
    if head:
        yield Part(BlockKind.HEADING, head.removesuffix("."))  # the full stop only parts it from the text behind it
    if text:
        yield Part(BlockKind.PARAGRAPH, text)


def node_parts(node: SyntaxTreeNode) -> Iterator[Part]:
    """Parts of one block; the number of a list item or footnote goes in front of its first part."""
    if node.type == "heading":
        text = " ".join(inline(node).split())
        fits = len(text) <= LONGEST_HEADING
        yield Part(BlockKind.HEADING, text, int(node.tag[1:])) if fits else Part(BlockKind.PARAGRAPH, text)
    elif node.type == "paragraph":
        yield Part(BlockKind.PARAGRAPH, inline(node))
    elif node.type == "table":
        yield Part(BlockKind.TABLE, "\n".join(BETWEEN_CELLS.join(map(cell_text, row.children)) for row in rows(node)))
    elif node.type == "fence":
        yield Part(BlockKind.PARAGRAPH, node.content.strip())
    elif node.type == "html_block":
        yield from fragment_parts(node.content)
    elif node.type == "list_item":
        yield from marked(f"{node.info}{node.markup} " if node.info else "- ", BlockKind.ITEM, node)
    elif node.type == "blockquote":
        yield from marked("", BlockKind.QUOTE, node)
    elif node.type == "footnote":
        yield from marked(f"[{footnote_label(node.meta)}] ", BlockKind.FOOTNOTE, node)
    else:
        yield from (part for child in node.children for part in node_parts(child))


def marked(mark: str, kind: BlockKind, node: SyntaxTreeNode) -> Iterator[Part]:
    """Parts of an item, a quote or a footnote, its mark in front of the first."""
    for child in node.children:
        for part in node_parts(child):
            yield replace(part, kind=kind if part.kind is BlockKind.PARAGRAPH else part.kind, text=mark + part.text)
            mark = ""


def rows(table: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """Rows of a table's head and body."""
    return [row for section in table.children for row in section.children]


def cell_text(cell: SyntaxTreeNode) -> str:
    """A cell as one line."""
    return " ".join(inline(cell).split())


def footnote_label(meta: dict[str, Any]) -> str:
    """A footnote's label as written, or its number."""
    return str(meta.get("label") or meta["id"] + 1)


def inline(node: SyntaxTreeNode) -> str:
    """The words of a block that holds running text."""
    inner = (child.token for child in node.children if child.type == "inline" and child.token)
    return "".join(plain(token.children or []) for token in inner)


def plain(children: Sequence[Token]) -> str:
    """The words of inline tokens: link texts without targets, no marks, no scripts, soft line breaks as spaces."""
    text, raised, unread = "", None, None
    for child in children:
        tag = html_tag(child)
        if unread:
            unread = None if tag == f"/{unread}" else unread
        elif tag in UNREAD:
            unread = tag
        elif tag == "/sup" and raised is not None:
            text = text[:raised] + raised_text(text[:raised], text[raised:])
        else:
            raised = len(text) if tag == "sup" else raised
            text += words(child, tag)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def html_tag(child: Token) -> str | None:
    """Name of the tag that an inline child is, with `/` where it closes, None for what is no tag."""
    found = HTML_TAG.match(child.content) if child.type == "html_inline" else None
    return found[1].lower() if found else None


def words(child: Token, tag: str | None) -> str:
    """The words of an inline child."""
    if child.type == "footnote_ref":
        return f"[{footnote_label(child.meta)}]"
    if tag == "br":
        return "\n"
    if child.type == "text":
        return STRAY_BOLD.sub("", child.content)
    return {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}.get(child.type, child.content)
