"""Markdown with YAML front matter, by markdown-it. The canonical text is what a reader sees, without the marks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from ingest.document import BlockKind, Part, Reading
from ingest.readers.encodings import decode
from ingest.readers.html import fragment_parts
from ingest.readers.raised import raised_text
from ingest.readers.text import front_matter

NESTING = 100  # the preset leaves out what is nested more than 20 deep
PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING}).enable(["table"])
PARSER.use(front_matter_plugin).use(footnote_plugin)
HTML_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)", re.IGNORECASE)
UNREAD = frozenset({"script", "style", "template"})
CELL_BREAK = " | "


def read_markdown(path: Path) -> Reading:
    """Parts of a Markdown file; the front matter is both a part (it can be cited) and the properties."""
    text, warnings = decode(path.read_bytes())
    tokens = PARSER.parse(text)
    properties: dict[str, Any] = {}
    parts: list[Part] = []
    if tokens and tokens[0].type == "front_matter":
        properties = front_matter(tokens[0].content)
        parts.append(Part(BlockKind.FRONT_MATTER, tokens[0].content.strip()))
    return Reading(parts + body(tokens), properties, warnings)


def body(tokens: list[Token]) -> list[Part]:
    """Parts of the document below its front matter."""
    tree = SyntaxTreeNode([token for token in tokens if token.type != "front_matter"])
    return [part for node in tree.children for part in node_parts(node)]


def node_parts(node: SyntaxTreeNode) -> Iterator[Part]:
    """Parts of one block; the number of a list item or footnote goes in front of its first part."""
    if node.type == "heading":
        yield Part(BlockKind.HEADING, " ".join(inline(node).split()), int(node.tag[1:]))
    elif node.type == "paragraph":
        yield Part(BlockKind.PARAGRAPH, inline(node))
    elif node.type == "table":
        yield Part(BlockKind.TABLE, "\n".join(CELL_BREAK.join(map(cell_text, row.children)) for row in rows(node)))
    elif node.type in {"fence", "code_block"}:
        yield Part(BlockKind.PARAGRAPH, node.content.strip())
    elif node.type == "html_block":
        yield from fragment_parts(node.content)
    elif node.type == "list_item":
        yield from marked(f"{node.info}{node.markup} " if node.info else "- ", BlockKind.ITEM, node)
    elif node.type == "footnote":
        yield from marked(f"[{footnote_label(node.meta)}] ", BlockKind.FOOTNOTE, node)
    else:
        yield from (part for child in node.children for part in node_parts(child))


def marked(mark: str, kind: BlockKind, node: SyntaxTreeNode) -> Iterator[Part]:
    """Parts of an item or a footnote, its mark in front of the first."""
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
    return "".join(plain(child.token) for child in node.children if child.type == "inline" and child.token)


def plain(token: Token) -> str:
    """The words of an inline token: link texts without targets, no marks, no scripts, soft line breaks as spaces."""
    text, raised, unread = "", None, None
    for child in token.children or []:
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
    return text.strip()


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
    return {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}.get(child.type, child.content)
