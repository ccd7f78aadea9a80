"""Markdown with YAML front matter, through markdown-it. The canonical text is the rendered one, without markup."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.readers.bold_headings import with_bold_headings
from pincite.ingest.readers.consolidation import without_origin_marks
from pincite.ingest.readers.encoding.decode import decode
from pincite.ingest.readers.html.reader import fragment_parts
from pincite.ingest.readers.markdown.bold_headings import bold_heading_tokens
from pincite.ingest.readers.markdown.front_matter import front_matter
from pincite.ingest.readers.markdown.tables import cell_parts, with_wide_heads
from pincite.ingest.readers.points import table_or_points, with_joined_enumerators
from pincite.ingest.readers.running_lines import without_running_lines
from pincite.ingest.readers.superscripts import superscript_text

NESTING = 100  # the preset drops anything nested more than 20 deep
PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING}).enable(["table", "strikethrough"])
PARSER.disable("code")  # an indented first line is a paragraph in policy texts, never code
PARSER.use(front_matter_plugin).use(footnote_plugin)
HTML_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)", re.IGNORECASE)
SKIPPED = frozenset({"script", "style", "template", "del", "s", "strike"})
LONGEST_HEADING = 300  # characters; a longer one is a paragraph above a line of dashes
STRAY_BOLD = re.compile(r"(?<!\w)\*\*|\*\*(?!\w)")  # the parser ignores bold that ends in a space
FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*\n")
HEADING_LINE = re.compile(r"^#{1,6} +\S.*\n(?=[ \t]*(?:\n|\Z))", re.MULTILINE)
BOLD_LINE = re.compile(r"^(?:\*\*|__)[^\s*_][^*_\n]*(?:\*\*|__)", re.MULTILINE)
LINK = re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?:|mailto:|/)[^)\s]{1,500}\)")
MOST_BRACKETS = 2000  # of one block of text
FEWEST_LINKS = 2  # of a table of contents
NOTE_MARK = re.compile(r"\(\*{0,3}\d{0,3}\)|\[\*{0,3}\d{0,3}\]|\*{1,3}\d{0,3}")
POINT = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|[•▪◦●])\s")
ENDS_POINT = (".", ";", ":", "—", "; and", "; or")
FEWEST_MARKS = 3  # bold line openings and links that identify a text as Markdown


def read_markdown(path: Path) -> Reading:
    """Parts of a Markdown file; the front matter is both a part, which can be cited, and the properties."""
    return markdown_reading(*decode(path.read_bytes()))


def is_markdown(text: str) -> bool:
    """Whether a text is evidently Markdown, whatever the name of its file.

    >>> is_markdown("# A title\\n\\nIt says so."), is_markdown("#1 of 3 * 2")
    (True, False)
    """
    if FRONT_MATTER.match(text) or HEADING_LINE.search(f"{text}\n"):
        return True
    return len(BOLD_LINE.findall(text)) + len(LINK.findall(text)) >= FEWEST_MARKS


def markdown_reading(text: str, warnings: tuple[str, ...]) -> Reading:
    """Parts of Markdown text and the properties in its front matter; form feeds separate pages."""
    pages = without_running_lines(text.split("\f"))
    properties: dict[str, Any] = {}
    parts: list[Part] = []
    for number, page in enumerate(pages, 1):
        tokens = PARSER.parse(with_wide_heads(with_brackets_escaped(page)))
        if number == 1 and tokens and tokens[0].type == "front_matter":
            properties = front_matter(tokens[0].content)
            parts.append(Part(BlockKind.FRONT_MATTER, tokens[0].content.strip()))
        parts += [replace(part, page=number if len(pages) > 1 else None) for part in body_parts(tokens)]
    return Reading(with_bold_headings(parts), properties, warnings)


def with_brackets_escaped(text: str) -> str:
    """Text with masses of brackets escaped: searching them for links takes quadratic time."""
    if text.count("[") <= MOST_BRACKETS:
        return text
    blocks = text.split("\n\n")
    return "\n\n".join(block.replace("[", "\\[") if block.count("[") > MOST_BRACKETS else block for block in blocks)


def body_parts(tokens: Sequence[Token]) -> list[Part]:
    """Parts of the document below its front matter; bold headings have no level yet."""
    tree = SyntaxTreeNode([token for token in tokens if token.type != "front_matter"])
    parts = (
        part
        for node in tree.children
        for part in (paragraph_parts(node) if node.type == "paragraph" else node_parts(node))
    )
    return list(with_joined_enumerators(parts))


def paragraph_parts(node: SyntaxTreeNode) -> Iterator[Part]:
    """A paragraph outside lists and quotes, with a bold heading at its start as a part of its own."""
    children = [child for inner in node.children if inner.token for child in inner.token.children or []]
    if is_note(children):
        yield Part(BlockKind.FOOTNOTE, " ".join(plain_text(children).split()))
        return
    cut = bold_heading_tokens(children, plain_text)
    heading, text = " ".join(plain_text(children[:cut]).split()), plain_text(children[cut:])
    if heading:
        yield Part(BlockKind.HEADING, heading.removesuffix("."))  # the full stop only separates it from its text
    if text:
        yield Part(BlockKind.PARAGRAPH, text)


def is_note(children: Sequence[Token]) -> bool:
    """Whether a paragraph is a note: it begins with a bracketed number that links back to its place in the text."""
    types = [child.type for child in children[:3]]
    return (
        types == ["link_open", "text", "link_close"]
        and str(children[0].attrGet("href")).startswith("#")
        and NOTE_MARK.fullmatch(children[1].content) is not None
        and bool(plain_text(children[3:]))
    )


def node_parts(node: SyntaxTreeNode) -> Iterator[Part]:
    """Parts of one block; the number of a list item or footnote precedes its first part."""
    if node.type == "heading":
        text = " ".join(block_text(node).split())
        fits = len(text) <= LONGEST_HEADING
        yield Part(BlockKind.HEADING, text, int(node.tag[1:])) if fits else Part(BlockKind.PARAGRAPH, text)
    elif node.type == "paragraph":
        yield Part(BlockKind.PARAGRAPH, block_text(node))
    elif node.type == "table":
        yield from table_or_points([[cell_parts(block_text(cell)) for cell in row.children] for row in rows(node)])
    elif node.type == "fence":
        yield Part(BlockKind.PARAGRAPH, node.content.strip())
    elif node.type == "html_block":
        yield from fragment_parts(node.content)
    elif node.type in {"bullet_list", "ordered_list"}:
        yield from list_parts(node)
    elif node.type == "blockquote":
        yield from marked_parts("", BlockKind.QUOTE, node)
    elif node.type == "footnote":
        yield from marked_parts(f"[{footnote_label(node.meta)}] ", BlockKind.FOOTNOTE, node)
    else:
        yield from (part for child in node.children for part in node_parts(child))


def list_parts(node: SyntaxTreeNode) -> Iterator[Part]:
    """Parts of a list with their depth; a list of links to places in the document is a table of contents."""
    contents = is_link_list(node)
    for item, number in zip(node.children, item_numbers(node), strict=True):
        for part in marked_parts(f"{number}{item.markup} " if number else "- ", BlockKind.ITEM, item):
            if contents:
                yield replace(part, kind=BlockKind.BOILERPLATE, level=0)
            else:
                yield replace(part, depth=part.depth + 1) if part.kind is BlockKind.ITEM else part


def item_numbers(node: SyntaxTreeNode) -> list[str]:
    """Numbers of the items of a list: as typed if they ascend, else counted from the first, as Markdown does."""
    typed = [item.info for item in node.children]
    if node.type == "bullet_list" or all(int(number) < int(after) for number, after in pairwise(typed)):
        return typed
    return [str(number) for number in range(int(typed[0]), int(typed[0]) + len(typed))]


def is_link_list(node: SyntaxTreeNode) -> bool:
    """Whether a list contains nothing but links to places in the same document."""
    linked, loose, inside = 0, False, False
    for inner in node.walk():
        for child in (inner.token.children or []) if inner.type == "inline" and inner.token else []:
            if child.type in {"link_open", "link_close"}:
                inside = str(child.attrGet("href") or "").startswith("#")
                linked += inside
            loose = loose or (not inside and bool(child.content.strip()))
    return linked >= FEWEST_LINKS and not loose


def marked_parts(marker: str, kind: BlockKind, node: SyntaxTreeNode) -> Iterator[Part]:
    """Parts of an item, a quote or a footnote, with its marker before the first."""
    for child in node.children:
        for part in node_parts(child):
            if part.text:
                paragraph = part.kind is BlockKind.PARAGRAPH
                yield replace(part, kind=kind if paragraph else part.kind, text=marker + part.text)
                marker = ""


def rows(table: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """Rows of the head and body of a table."""
    return [row for section in table.children for row in section.children]


def footnote_label(meta: dict[str, Any]) -> str:
    """A footnote's label as written, or its number."""
    return str(meta.get("label") or meta["id"] + 1)


def block_text(node: SyntaxTreeNode) -> str:
    """The plain text of a block of running text."""
    inner = (child.token for child in node.children if child.type == "inline" and child.token)
    return "".join(plain_text(token.children or []) for token in inner)


def plain_text(children: Sequence[Token]) -> str:
    """The plain text of inline tokens: links without targets, no markup, no scripts, soft line breaks as spaces."""
    text, superscript, skipped = "", None, None
    for index, child in enumerate(children):
        tag = html_tag(child)
        if skipped:
            skipped = None if tag == f"/{skipped}" else skipped
        elif tag in SKIPPED:
            skipped = tag
        elif tag == "/sup" and superscript is not None:
            text = text[:superscript] + superscript_text(text[:superscript], text[superscript:])
        elif child.type == "softbreak" and children[index + 1 :] and begins_point(text, children[index + 1].content):
            text += "\n"
        else:
            superscript = len(text) if tag == "sup" else superscript
            text += token_text(child, tag)
    lines = (" ".join(line.split()) for line in without_origin_marks(text).split("\n"))
    return "\n".join(line for line in lines if line)


def begins_point(above: str, line: str) -> bool:
    """Whether a line begins a point that Markdown does not know as a list item, such as `(a)` below a colon."""
    return POINT.match(line) is not None and above.rstrip().endswith(ENDS_POINT)


def html_tag(child: Token) -> str | None:
    """Name of an inline HTML tag, with `/` if it closes, None for other tokens; `~~` is read as the tag `s`."""
    if child.type in {"s_open", "s_close"}:
        return "/s" if child.nesting < 0 else "s"
    found = HTML_TAG.match(child.content) if child.type == "html_inline" else None
    return found[1].lower() if found else None


def token_text(child: Token, tag: str | None) -> str:
    """The plain text of one inline token."""
    if child.type == "footnote_ref":
        return f"[{footnote_label(child.meta)}]"
    if tag == "br":
        return "\n"
    if child.type == "text":
        return STRAY_BOLD.sub("", child.content)
    return {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}.get(child.type, child.content)
