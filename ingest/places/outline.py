"""The tree of units of a document: chapters, articles, paragraphs, points, each with the range of text that it spans.

Headings nest by their level, provisions by their pinpoints: `Article 5(1)(a)` lies in `Article 5(1)`, that in
`Article 5`, and this in the chapter whose heading is open where it begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pincite.ingest.document import Block, BlockKind, Document
from pincite.ingest.structure.pinpoint_grammar import path_of

OUTSIDE = frozenset({BlockKind.FOOTNOTE, BlockKind.BOILERPLATE, BlockKind.REFERENCE, BlockKind.FRONT_MATTER})
LONGEST_TITLE = 120  # characters
NUMBER_IN_FRONT = re.compile(
    r"^\s*(?:(?:[^\W\d_]+\.?|§+)\s*(?=\d|[IVXLC]+\b|[A-Z]\b))?(?:\d+(?:\.\d+)*[A-Za-z]?|[IVXLC]+|[A-Z])(?![\w’'])"
    r"(?:\s+(?:bis|ter|quater)\b)?[.:)]*\s*[–—-]*\s*"
)

# Units that contain provisions which are cited without them, and how deep.
CONTAINERS = {"book": 1, "part": 2, "title": 3, "chapter": 4, "section": 5}
PROVISION = 6  # depth of articles, paragraphs and all else that is cited without its container

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A unit of a document: `document.text[start:end]` with all units inside it.

    `pinpoint`: its citation; of a chapter or a section without a number its heading. `title`: what its heading says
    besides, or the heading itself; empty where it has none.
    """

    pinpoint: str
    title: str
    start: int
    end: int
    children: tuple["OutlineNode", ...] = ()


@dataclass(slots=True)
class OpenNode:
    """A unit whose end is not reached. `path`: of a provision; `level`: of a heading, 0 for running text."""

    pinpoint: str
    path: Path
    level: int
    start: int
    title: str = ""
    awaits_title: bool = False
    children: list[OutlineNode] = field(default_factory=list)

    def closed(self, end: int) -> OutlineNode:
        """The unit as it is once its end is known.

        A heading above a single section is the title of that section, as in acts of the Commonwealth.
        """
        only = self.children[0] if len(self.children) == 1 else None
        if only and not self.path and not only.title and only.end == end and is_section(only.pinpoint):
            return replace(only, title=self.title, start=self.start)
        return OutlineNode(self.pinpoint, self.title, self.start, end, tuple(self.children))


def outline_of(document: Document) -> tuple[OutlineNode, ...]:
    """The outermost units of a document, in reading order."""
    root = OpenNode("", (), 0, 0)
    walk = OutlineWalk(document, [root])
    for block in document.blocks:
        if block.kind not in OUTSIDE:
            walk.take(block)
    walk.close_to(1)
    return tuple(root.children)


@dataclass(slots=True)
class OutlineWalk:
    """A walk through the blocks of a document. `open_nodes`: from the document to the innermost unit."""

    document: Document
    open_nodes: list[OpenNode]
    end: int = 0  # of the last block that was taken

    def take(self, block: Block) -> None:
        """Open and close the units that a block begins and ends."""
        pinpoint = block.pinpoint or ""
        path = path_of(pinpoint) if pinpoint else ()
        text = self.document.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            self.take_heading(block, pinpoint, path, text)
        elif path:
            self.take_provision(block, pinpoint, path, text)
        self.end = block.end

    def take_heading(self, block: Block, pinpoint: str, path: Path, text: str) -> None:
        """A heading opens a unit, or is the title of the one that its number opened just before."""
        innermost = self.open_nodes[-1]
        if innermost.awaits_title and (not path or path == innermost.path):
            innermost.title, innermost.awaits_title = title_of(text), False
            innermost.level = innermost.level or block.level
            return
        self.close_headings(block.level, path)
        title = title_after_number(text) if path else title_of(text)
        awaits = bool(path) and not title
        self.open_nodes.append(OpenNode(pinpoint or title_of(text), path, block.level, block.start, title, awaits))

    def take_provision(self, block: Block, pinpoint: str, path: Path, text: str) -> None:
        """Running text opens a unit for each step of its pinpoint that is not open yet."""
        innermost = self.open_nodes[-1]
        if innermost.awaits_title and path == innermost.path and is_title(text):
            innermost.title, innermost.awaits_title = title_of(text), False
            return
        self.close_to(self.depth_of(path))
        open_path = self.open_nodes[-1].path
        if open_path == path:
            return
        is_numbered_title = is_title(text) and len(path) <= 2  # noqa: PLR2004  `Article 5` and the like on a line
        for length in range(max(len(open_path) if open_path == path[: len(open_path)] else 0, 1) + 1, len(path) + 1):
            step = path[:length]
            whole = length == len(path)
            cited = pinpoint if whole else citation_of(pinpoint, path, length)
            if cited:
                awaits = whole and is_numbered_title
                self.open_nodes.append(OpenNode(cited, step, 0, block.start, "", awaits))

    def depth_of(self, path: Path) -> int:
        """How many open units contain a provision: those whose path begins its own, and the headings around them."""
        depth = 1
        for number, unit in enumerate(self.open_nodes[1:], 2):
            if unit.path and not contains(unit.path, path):
                break
            depth = number
        return depth

    def close_headings(self, level: int, path: Path) -> None:
        """Close what a heading of a level ends: all provisions that do not contain it, and headings not above it."""
        depth = 1
        for number, unit in enumerate(self.open_nodes[1:], 2):
            is_above = 0 < unit.level < level
            if not (contains(unit.path, path) if unit.path and path else is_above):
                break
            depth = number
        self.close_to(depth)

    def close_to(self, depth: int) -> None:
        """Close the innermost units until so many are open."""
        while len(self.open_nodes) > depth:
            closed = self.open_nodes.pop().closed(self.end)
            self.open_nodes[-1].children.append(closed)


def is_section(pinpoint: str) -> bool:
    """Whether a unit is a section of an act or the like, as a whole.

    >>> is_section("section 4A"), is_section("section 4A(1)"), is_section("para. 4")
    (True, False, False)
    """
    path = path_of(pinpoint)
    return len(path) == 2 and path[0] in {"section", "regulation", "rule", "article"}  # noqa: PLR2004  kind and number


def contains(outer: Path, inner: Path) -> bool:
    """Whether a provision lies in another, by its path or because the other is a chapter and the like.

    >>> contains(("article", "5"), ("article", "5", "1")), contains(("chapter", "ii"), ("article", "5"))
    (True, True)
    >>> contains(("article", "5"), ("article", "6")), contains(("section", "1"), ("section", "2", "a"))
    (False, False)
    """
    return outer == inner[: len(outer)] or (outer[0] != inner[0] and rank(outer) < rank(inner))


def rank(path: Path) -> int:
    """How deep a unit is among those that contain provisions."""
    return CONTAINERS.get(path[0], PROVISION) if len(path) == 2 else PROVISION  # noqa: PLR2004  `Chapter II`


def citation_of(pinpoint: str, path: Path, length: int) -> str:
    """The citation of a unit around a provision: as many steps of its pinpoint as asked for, empty where it has none.

    >>> citation_of("Article 5(1)(a)", ("article", "5", "1", "a"), 3), citation_of("para. 6 (e)", ("para", "6", "e"), 2)
    ('Article 5(1)', 'para. 6')
    """
    for end in range(1, len(pinpoint) + 1):
        cut = pinpoint[:end].rstrip(" ,")
        if (end == len(pinpoint) or not pinpoint[end].isalnum()) and path_of(cut) == path[:length]:
            return cut
    return ""


def title_of(text: str) -> str:
    """A heading on one line, cut at a word where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else line[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def title_after_number(text: str) -> str:
    """The title of a numbered heading without its number.

    >>> title_after_number("Article 5 – Scope"), title_after_number("§ 3 Ziele"), title_after_number("ARTICLE 7")
    ('Scope', 'Ziele', '')
    >>> title_after_number("4.7.1 Composition of the Board"), title_after_number("Article 2 bis. Tarifas")
    ('Composition of the Board', 'Tarifas')
    """
    return title_of(NUMBER_IN_FRONT.sub("", text, count=1))


def is_title(text: str) -> bool:
    """Whether running text is a title: short, on one line, without the end of a sentence."""
    return len(text) <= LONGEST_TITLE and "\n" not in text and text.rstrip()[-1:] not in ".;:,"


def every_node(units: Sequence[OutlineNode]) -> Iterator[OutlineNode]:
    """All units of a tree in reading order, each before those inside it."""
    for unit in units:
        yield unit
        yield from every_node(unit.children)
