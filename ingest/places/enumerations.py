"""Enumerations in a document: the words that announce a list, and its items, across pages and sub-points."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pincite.ingest.document import Block, BlockKind, Document
from pincite.ingest.structure.enumerators import find_enumerator

ANNOUNCES = (":", "—", ":—", "–")  # what ends the words in front of a list
BULLETS = tuple("-–—•·▪◦*")
FEWEST = 2  # items
SKIPPED = frozenset({BlockKind.FOOTNOTE, BlockKind.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class EnumeratedItem:
    """An item of an enumeration with its sub-points: `document.text[start:end]`."""

    start: int
    end: int
    pinpoint: str | None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list: `document.text[start:end]` announces it. `pinpoint`: how the announcement is cited."""

    start: int
    end: int
    pinpoint: str | None
    items: tuple[EnumeratedItem, ...]


def enumerations_of(document: Document) -> list[Enumeration]:
    """The enumerations of a document in reading order; one inside an item of another comes after that."""
    blocks = [block for block in document.blocks if block.kind not in SKIPPED]
    found: list[Enumeration] = []
    for position, block in enumerate(blocks):
        if not document.text[block.start : block.end].rstrip().endswith(ANNOUNCES):
            continue
        items = items_behind(document, block, blocks[position + 1 :])
        if len(items) >= FEWEST:
            found.append(Enumeration(block.start, block.end, block.pinpoint, items))
    return found


def items_behind(document: Document, lead: Block, following: Sequence[Block]) -> tuple[EnumeratedItem, ...]:
    """The items of the list that a block announces: the blocks of the first one's form, with what is between them."""
    if not following:
        return ()
    form = form_of(document, following[0])
    if form is None:
        return ()
    inside = list(takewhile(lambda block: belongs(document, block, lead, following[0], form), following))
    firsts = [number for number, block in enumerate(inside) if is_item(document, block, following[0], form)]
    bounds = [*firsts, len(inside)]
    return tuple(
        EnumeratedItem(inside[first].start, inside[after - 1].end, inside[first].pinpoint)
        for first, after in pairwise(bounds)
    )


def belongs(document: Document, block: Block, lead: Block, first: Block, form: str) -> bool:
    """Whether a block is an item of a list, or a sub-point of one."""
    if block.kind is BlockKind.HEADING and first.kind is not BlockKind.HEADING:
        return False
    if is_item(document, block, first, form):
        return True
    around = lead.pinpoint or ""
    cited = block.pinpoint or ""
    return cited != around and steps_in(cited) > steps_in(first.pinpoint or "") and cited.startswith(around)


def is_item(document: Document, block: Block, first: Block, form: str) -> bool:
    """Whether a block is an item of the same list as the first: alike in form, at the same depth."""
    same_depth = steps_in(block.pinpoint or "") == steps_in(first.pinpoint or "")
    same_heading = block.kind is not BlockKind.HEADING or block.level == first.level
    return form_of(document, block) == form and same_depth and same_heading


def form_of(document: Document, block: Block) -> str | None:
    """The form of the enumerator or bullet that a block begins with; None for running text."""
    text = document.text[block.start : block.end].lstrip('“"‘ ')
    if text.startswith(BULLETS):
        return "bullet"
    enumerator = find_enumerator(text)
    if enumerator is None:
        return None
    return f"{enumerator.form} {'number' if enumerator.decimal is not None else 'letter'}"


def steps_in(pinpoint: str) -> int:
    """The depth of a point by its pinpoint.

    >>> steps_in("Article 5(1)(a)"), steps_in("para. 6 (e)"), steps_in("Scope")
    (2, 1, 0)
    """
    return pinpoint.count("(")
