"""Shows a document: outline and text of the chosen section, with pinpoints and pages."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from pincite.ingest.document import Block, BlockKind, Document
from pincite.ingest.index.catalog import Entry
from pincite.ingest.places.outline import OutlineNode
from pincite.ingest.places.outline import outline_of as outline_of_units
from pincite.ingest.structure.pinpoint_grammar import path_of
from pincite.ui.engine import Engine, Stamp
from pincite.ui.escaping import as_html, as_markdown

LONGEST = 30_000  # characters of a section; longer text without headings is split
FRONT_MATTER = "Front matter"
LONGEST_LABEL = 80  # characters of an entry of the outline
UNLISTED = frozenset({"para", "point", "recital", "preamble", "footnote", "table"})  # units that it does not list
INDENT = "\u2003"  # an em space per level


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document: its title in the outline, its depth from 0, and its blocks."""

    title: str
    depth: int
    blocks: tuple[Block, ...]


def show_document(engine: Engine, stamp: Stamp, entry: Entry) -> None:
    """Show the outline beside the text."""
    outline = outline_of(engine, stamp, entry.path)
    outline_column, text_column = st.columns([1, 2], gap="large")
    with outline_column, st.container(height=420 if len(outline) > 12 else "content", border=False, key="outline"):  # noqa: PLR2004  lines that fit
        number = st.radio(
            "Outline",
            range(len(outline)),
            index=int(outline[0] == FRONT_MATTER and len(outline) > 1),
            format_func=lambda one: as_markdown(outline[one]) if one < len(outline) else "",
            key=f"outline-{entry.number}",
        )
    with text_column, st.container(key="reading"):
        st.html(section_html(engine, stamp, entry.path, number or 0))


@st.cache_data(show_spinner=False, max_entries=64)
def outline_of(_engine: Engine, stamp: Stamp, path: str) -> list[str]:  # noqa: ARG001  the stamp is the cache's key
    """The titles of a document's sections, indented by depth."""
    lines: list[str] = []
    depth = -1
    for section in sections_of(_engine.document(path)):
        depth = min(section.depth, depth + 1)  # a skipped level leaves no gap
        lines.append(INDENT * depth + section.title)
    return lines


@st.cache_data(show_spinner=False, max_entries=256)
def section_html(_engine: Engine, stamp: Stamp, path: str, number: int) -> str:  # noqa: ARG001  as above
    """A section as HTML."""
    document = _engine.document(path)
    sections = sections_of(document)
    blocks = sections[min(number, len(sections) - 1)].blocks
    befores = (None, *(block.pinpoint for block in blocks))
    return "".join(block_html(document, *both) for both in zip(blocks, befores, strict=False))


def sections_of(document: Document) -> list[Section]:
    """The sections of a document in reading order; at least one.

    A section begins with each unit that has a title, and with each article or section of an act; its paragraphs and
    points belong to it. What comes before the first, and what is too long, is split by length.
    """
    entries = list(listed_units(outline_of_units(document)))
    starts = [node.start for _, node in entries]
    sections: list[Section] = []
    for place, group in groupby(document.blocks, lambda block: bisect_right(starts, block.start)):
        depth, node = entries[place - 1] if place else (0, None)
        for number, part in enumerate(parts_of(tuple(group))):
            first = node if number == 0 else None
            sections.append(Section(label_of(first) if first else opening_of(document, part), depth, part))
    return sections or [Section("No text could be read", 0, ())]


def listed_units(nodes: Sequence[OutlineNode], depth: int = 0) -> Iterator[tuple[int, OutlineNode]]:
    """The units that the outline lists, each with its depth, in reading order."""
    for node in nodes:
        path = path_of(node.pinpoint)
        listed = bool(node.title) or (len(path) == 2 and path[0] not in UNLISTED)  # noqa: PLR2004  kind and number
        if listed:
            yield depth, node
        yield from listed_units(node.children, depth + listed)


def parts_of(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Blocks in parts of at most LONGEST characters."""
    first = 0
    for number, block in enumerate(blocks):
        if number > first and block.end - blocks[first].start > LONGEST:
            yield blocks[first:number]
            first = number
    yield blocks[first:]


def label_of(node: OutlineNode) -> str:
    """How the outline names a unit: its citation and its title, each once."""
    names = dict.fromkeys(filter(None, (node.pinpoint, node.title)))
    return shortened(" · ".join(names))


def opening_of(document: Document, blocks: tuple[Block, ...]) -> str:
    """How the outline names a section without a unit of its own: by pinpoint and first words."""
    first = blocks[0]
    if first.kind is BlockKind.FRONT_MATTER:
        return FRONT_MATTER
    words = " ".join(document.text[first.start : first.end].split())
    return shortened(" · ".join(filter(None, (first.pinpoint, words))))


def shortened(words: str) -> str:
    """Words on two lines of the outline at most."""
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1]}…"


def block_html(document: Document, block: Block, before: str | None) -> str:
    """A block as HTML, with its page if it starts one, and its pinpoint unless the block before has the same."""
    page = document.page_at(block.start)
    begins = page is not None and document.page_starts[page - 1] == block.start
    heading = block.kind is BlockKind.HEADING
    pinpoint = "" if heading or block.pinpoint == before else block.pinpoint
    place = " · ".join(filter(None, (f"p. {page}" if begins else "", pinpoint)))
    mark = f'<span class="pincite-pinpoint">{as_html(place)}</span>' if place else ""
    style = "heading" if heading else f"block pincite-{block.kind.value.replace(' ', '-')}"
    return f'{mark}<p class="pincite-{style}" dir="auto">{as_html(document.text[block.start : block.end])}</p>'
