"""Groups the blocks of a document into citable units, from which passages are cut."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import RUNNING_TEXT, Block, BlockKind, Document

APPARATUS = frozenset({BlockKind.REFERENCE, BlockKind.BOILERPLATE, BlockKind.FRONT_MATTER, BlockKind.FOOTNOTE})
LAST_LABEL = re.compile(r"(?:\s?\([^()]*\)|, [^,]*)$")  # of a pinpoint


@dataclass(frozen=True, slots=True)
class Unit:
    """Adjacent blocks with the same citation, after the headings directly above them."""

    blocks: tuple[Block, ...]

    @property
    def cited(self) -> Block:
        """The first block that is not a heading, else the last heading."""
        return next((block for block in self.blocks if block.kind is not BlockKind.HEADING), self.blocks[-1])


def units(blocks: Sequence[Block]) -> Iterator[Unit]:
    """The units of a section; headings belong to the unit that follows.

    >>> blocks = [Block(BlockKind.HEADING, 0, 1, 1)]
    >>> blocks += [Block(BlockKind.ITEM, n, n + 1, 0, f"para. {n}") for n in (1, 2, 2)]
    >>> [len(unit.blocks) for unit in units(blocks)]
    [2, 2]
    """
    above: tuple[Block, ...] = ()
    for kind, group in groupby(blocks, citation_key):
        if kind is None:
            above += tuple(group)
        else:
            yield Unit((*above, *group))
            above = ()
    if above:
        yield Unit(above)


def citation_key(block: Block) -> tuple[str, str | None] | None:
    """Key that adjacent blocks of a unit share, None for a heading. Footnotes share one key."""
    if block.kind is BlockKind.HEADING:
        return None
    apart = block.kind in APPARATUS or block.kind is BlockKind.TABLE
    return block.kind if apart else "text", None if block.kind is BlockKind.FOOTNOTE else block.pinpoint


def lead_of(block: Block, leads: dict[str, str]) -> str:
    """The lead-in of a point: the last sentence of the nearest text whose pinpoint is a prefix of its own.

    >>> lead_of(Block(BlockKind.ITEM, 0, 9, 0, "Article 16(2)(b)"), {"Article 16(2)": "2. So be it. Measures shall:"})
    'Measures shall:'
    """
    pinpoint = block.pinpoint or ""
    while found := LAST_LABEL.search(pinpoint):
        pinpoint = pinpoint[: found.start()]
        if pinpoint in leads:
            start, end = sentence_spans(leads[pinpoint])[-1]
            return " ".join(leads[pinpoint][start:end].split())
    return ""


def sections(document: Document) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """The sections of a document: heading path and blocks, which begin with the nearest heading.

    A heading without text of its own is only part of the heading path of those below it; one that is followed on its
    page by a heading of the same or a higher rank shares its section: so do the lines of a title page.
    """
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            blocks.append(block)
            continue
        if is_bare(blocks) and block.level > blocks[-1].level:
            blocks = []
        elif blocks and not (is_bare(blocks) and on_one_page(document, blocks[0], block)):
            yield tuple(title for _, title in path), blocks
            blocks = []
        path = [(level, title) for level, title in path if level < block.level]
        path.append((block.level, " ".join(document.text[block.start : block.end].split())))
        blocks.append(block)
    if blocks:
        yield tuple(title for _, title in path), blocks


def is_bare(blocks: Sequence[Block]) -> bool:
    """Whether a section consists of headings so far."""
    return bool(blocks) and all(block.kind is BlockKind.HEADING for block in blocks)


def on_one_page(document: Document, one: Block, other: Block) -> bool:
    """Whether two blocks begin on the same page, or the document has no pages."""
    return document.page_at(one.start) == document.page_at(other.start)


class PassagePinpoints:
    """Pinpoints of passages, by the offsets of the blocks of a document."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.starts = [block.start for block in document.blocks]
        self.counted = [block.start for block in document.blocks if block.kind in RUNNING_TEXT]
        self.paged = bool(document.page_starts)

    def pinpoint(self, cited: Block, start: int, end: int) -> str | None:
        """The pinpoint of a passage: that of its unit; for footnotes their numbers; without numbers and pages, the
        counted paragraphs.
        """
        if cited.kind is BlockKind.FOOTNOTE:
            inside = self.blocks[max(bisect_right(self.starts, start) - 1, 0) : bisect_left(self.starts, end)]
            numbers = [found[1] for block in inside if (found := re.match(r"footnote (\S+)", block.pinpoint or ""))]
            return number_range("footnote", numbers) or cited.pinpoint
        if cited.pinpoint or self.paged:
            return cited.pinpoint
        first, last = bisect_right(self.counted, start), bisect_left(self.counted, end)
        return number_range("paragraph", [str(number) for number in sorted({max(first, 1), last}) if number])


def number_range(name: str, numbers: Sequence[str]) -> str | None:
    """A name with one number, or with the first and last of several.

    >>> number_range("footnote", ["4", "5", "6"]), number_range("paragraph", ["2"])
    ('footnotes 4-6', 'paragraph 2')
    """
    if not numbers:
        return None
    return f"{name} {numbers[0]}" if len(numbers) == 1 else f"{name}s {numbers[0]}-{numbers[-1]}"
