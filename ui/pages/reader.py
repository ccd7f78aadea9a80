"""Shows a document: outline and text of the chosen section, with pinpoints and pages."""

from dataclasses import dataclass

import streamlit as st

from pincite.ingest.document import Block, BlockKind, Document
from pincite.ingest.index.catalog import Entry
from pincite.ui.engine import Engine, Stamp
from pincite.ui.escaping import as_html, as_markdown

LONGEST = 30_000  # characters of a section; longer text without headings is split
FRONT_MATTER = "Front matter"
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
    """The sections of a document in reading order; at least one."""
    groups: list[list[Block]] = [[]]
    for block in document.blocks:
        size = block.end - groups[-1][0].start if groups[-1] else 0
        if groups[-1] and (starts_section(groups[-1], block) or size > LONGEST):
            groups.append([])
        groups[-1].append(block)
    return [section_of(document, tuple(group)) for group in groups]


def starts_section(before: list[Block], block: Block) -> bool:
    """Whether a block starts a section: a heading does, unless only headings come before it."""
    return block.kind is BlockKind.HEADING and any(one.kind is not BlockKind.HEADING for one in before)


def section_of(document: Document, blocks: tuple[Block, ...]) -> Section:
    """A section titled by its first heading, else by pinpoint and first words."""
    if not blocks:
        return Section("No text could be read", 0, ())
    first = blocks[0]
    if first.kind is BlockKind.FRONT_MATTER:
        return Section(FRONT_MATTER, 0, blocks)
    words = " ".join(document.text[first.start : first.end].split())
    if first.kind is not BlockKind.HEADING:
        words = " · ".join(filter(None, (first.pinpoint, words)))
    return Section(words if len(words) <= 80 else f"{words[:79]}…", max(first.level - 1, 0), blocks)  # noqa: PLR2004  two lines


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
