"""A document's blocks by what they are cited by: the units that passages are cut from. Knows nothing about lengths."""

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
    """Neighbouring blocks that are cited alike, behind the headings that stand right above them."""

    blocks: tuple[Block, ...]

    @property
    def cited(self) -> Block:
        """The first block that is no heading, or the last heading where there is none."""
        return next((block for block in self.blocks if block.kind is not BlockKind.HEADING), self.blocks[-1])


def units(blocks: Sequence[Block]) -> Iterator[Unit]:
    """A section's blocks by what they are cited by; headings go with what follows them.

    >>> blocks = [Block(BlockKind.HEADING, 0, 1, 1)]
    >>> blocks += [Block(BlockKind.ITEM, n, n + 1, 0, f"para. {n}") for n in (1, 2, 2)]
    >>> [len(unit.blocks) for unit in units(blocks)]
    [2, 2]
    """
    above: tuple[Block, ...] = ()
    for kind, group in groupby(blocks, cited_by):
        if kind is None:
            above += tuple(group)
        else:
            yield Unit((*above, *group))
            above = ()
    if above:
        yield Unit(above)


def cited_by(block: Block) -> tuple[str, str | None] | None:
    """What a block shares with the next to stand in one passage with it; None for a heading. Footnotes go together."""
    if block.kind is BlockKind.HEADING:
        return None
    apart = block.kind in APPARATUS or block.kind is BlockKind.TABLE
    return block.kind if apart else "text", None if block.kind is BlockKind.FOOTNOTE else block.pinpoint


def lead_of(block: Block, leads: dict[str, str]) -> str:
    """The last sentence of what announces a point: of the nearest text whose pinpoint is the beginning of its own.

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
    """Runs of blocks under the same headings, the nearest heading first among them.

    A heading with no text of its own is left to the heading path of those below it; one that a heading of no less rank
    follows on its page goes with it: the lines of a title page are one section.
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
    """Whether a section is nothing but headings so far."""
    return bool(blocks) and all(block.kind is BlockKind.HEADING for block in blocks)


def on_one_page(document: Document, one: Block, other: Block) -> bool:
    """Whether two blocks begin on the same page, or there are no pages."""
    return document.page_at(one.start) == document.page_at(other.start)


class Counting:
    """Blocks of a document by their offsets, to tell which a passage holds."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.starts = [block.start for block in document.blocks]
        self.counted = [block.start for block in document.blocks if block.kind in RUNNING_TEXT]
        self.paged = bool(document.page_starts)

    def pinpoint(self, cited: Block, start: int, end: int) -> str | None:
        """What a passage is cited by: as its unit is, footnotes by their numbers, and text that neither number nor page
        nor heading tells the place of by counting paragraphs.
        """
        if cited.kind is BlockKind.FOOTNOTE:
            inside = self.blocks[max(bisect_right(self.starts, start) - 1, 0) : bisect_left(self.starts, end)]
            numbers = [found[1] for block in inside if (found := re.match(r"footnote (\S+)", block.pinpoint or ""))]
            return spanned("footnote", numbers) or cited.pinpoint
        if cited.pinpoint or self.paged:
            return cited.pinpoint
        first, last = bisect_right(self.counted, start), bisect_left(self.counted, end)
        return spanned("paragraph", [str(number) for number in sorted({max(first, 1), last}) if number])


def spanned(name: str, numbers: Sequence[str]) -> str | None:
    """One number or the first and last of several behind a name.

    >>> spanned("footnote", ["4", "5", "6"]), spanned("paragraph", ["2"])
    ('footnotes 4-6', 'paragraph 2')
    """
    if not numbers:
        return None
    return f"{name} {numbers[0]}" if len(numbers) == 1 else f"{name}s {numbers[0]}-{numbers[-1]}"
