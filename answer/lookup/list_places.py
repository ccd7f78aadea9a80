"""The lists of a library: enumerations with the words that announce them, and titled units with several parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.ingest.document import Block, BlockKind, Document
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.places.enumerations import Enumeration
from pincite.ingest.places.outline import OutlineNode, every_node, is_title
from pincite.ingest.places.store import stored_enumerations

FEWEST, MOST = 2, 60  # items
LONGEST = 12_000  # characters of a list
ENUMERATED = 0.6  # share of a unit that one enumeration takes, from which the unit is that enumeration
SKIPPED = frozenset({BlockKind.FOOTNOTE, BlockKind.BOILERPLATE, BlockKind.REFERENCE, BlockKind.FRONT_MATTER})


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list: `document.text[start:end]`, with its citation if it has one of its own."""

    start: int
    end: int
    pinpoint: str | None


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list in a document. `title`: of its unit; `lead`: the range of the words that announce it, if any."""

    entry: Entry
    title: str
    pinpoint: str | None
    lead: tuple[int, int] | None
    items: tuple[ListItem, ...]

    @property
    def start(self) -> int:
        """Where the list begins, with the words that announce it."""
        return self.lead[0] if self.lead else self.items[0].start

    @property
    def end(self) -> int:
        """Where the list ends."""
        return self.items[-1].end


def lists_of(index: Index, entry: Entry) -> Iterator[ListPlace]:
    """The lists of a document: its enumerations, and its titled units that are none but have parts."""
    document = index.document(entry.path)
    nodes = list(every_node(index.catalog.outline(entry.path)))
    titled = [node for node in nodes if node.title and node.end - node.start <= LONGEST]
    enumerations = stored_enumerations(index.catalog.connection, entry.number)
    for one in enumerations:
        around = [node for node in titled if node.start <= one.start and one.items[-1].end <= node.end]
        title = min(around, key=lambda node: node.end - node.start).title if around else ""
        items = tuple(ListItem(item.start, item.end, item.pinpoint) for item in one.items)
        yield ListPlace(entry, title, one.pinpoint, (one.start, one.end), items)
    for node in titled:
        if not is_enumerated(node, enumerations) and len(items := items_of(document, node)) in range(FEWEST, MOST):
            yield ListPlace(entry, node.title, node.pinpoint, None, items)


def is_enumerated(node: OutlineNode, enumerations: Sequence[Enumeration]) -> bool:
    """Whether most of a unit is one enumeration."""
    inside = (one for one in enumerations if node.start <= one.start and one.items[-1].end <= node.end)
    return any(one.items[-1].end - one.start > ENUMERATED * (node.end - node.start) for one in inside)


def items_of(document: Document, node: OutlineNode) -> tuple[ListItem, ...]:
    """The parts of a unit: the units inside it, or else its blocks."""
    if len(node.children) >= FEWEST:
        return tuple(ListItem(child.start, child.end, child.pinpoint) for child in node.children)
    blocks = [block for block in document.blocks if node.start <= block.start < node.end and is_part(document, block)]
    return tuple(ListItem(block.start, block.end, block.pinpoint) for block in blocks)


def is_part(document: Document, block: Block) -> bool:
    """Whether a block is running text of a unit, not its number or its title."""
    heading = block.kind is BlockKind.HEADING or is_title(document.text[block.start : block.end])
    return block.kind not in SKIPPED and not heading
