"""Automatic numbers of lists and headings in LibreOffice, which the file defines but does not contain as text.

OpenDocument 1.3, part 3, 5.3 and 16.30 to 16.34.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from pincite.ingest.readers.list_numbers import format_number
from pincite.ingest.readers.zip_xml import Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
MOST_LEVELS = 10


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How a level is numbered: format (empty for none), prefix, suffix, first number, number of levels shown."""

    style: str
    prefix: str
    suffix: str
    start: int
    levels_shown: int


@dataclass(slots=True)
class ListCounter:
    """Counter of a list style: the current number of each level from 1."""

    levels: dict[int, ListLevel]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, start: int | None = None) -> str:
        """The number of the next paragraph at a level from 1; empty if the level shows none."""
        level = self.levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = start if start is not None else self.counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in self.counts if other > depth]:
            del self.counts[deeper]
        if not level.style:
            return ""
        numbers = [self.current(above) for above in range(max(depth - level.levels_shown, 0) + 1, depth + 1)]
        return level.prefix + ".".join(filter(None, numbers)) + level.suffix

    def current(self, depth: int) -> str:
        """The current number of a level in its format."""
        level = self.levels.get(depth)
        return (
            "" if level is None or not level.style else format_number(self.counts.get(depth, level.start), level.style)
        )


def list_styles(roots: Iterable[Element]) -> dict[str, dict[int, ListLevel]]:
    """Levels of list styles by name; the outline numbering of headings has the empty name."""
    styles: dict[str, dict[int, ListLevel]] = {}
    for root in roots:
        for element in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
            outline = etree.QName(element).localname == "outline-style"
            styles["" if outline else element.get(f"{STYLE}name", "")] = levels_of(element)
    return styles


def levels_of(element: Element) -> dict[int, ListLevel]:
    """Levels of a list style; bullets have no number."""
    levels: dict[int, ListLevel] = {}
    for item in element:
        depth = attribute_number(item.get(f"{TEXT}level"), 0) if isinstance(item.tag, str) else 0
        if 0 < depth <= MOST_LEVELS:
            bullet = etree.QName(item).localname not in {"list-level-style-number", "outline-level-style"}
            style = "" if bullet else FORMATS.get(item.get(f"{STYLE}num-format", ""), "")
            affixes = item.get(f"{STYLE}num-prefix", ""), item.get(f"{STYLE}num-suffix", "")
            start, shown = item.get(f"{TEXT}start-value"), item.get(f"{TEXT}display-levels")
            levels[depth] = ListLevel(style, *affixes, attribute_number(start, 1), attribute_number(shown, 1))
    return levels


def attribute_number(text: str | None, otherwise: int) -> int:
    """The number that an attribute states, `otherwise` if it states none."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_LEVELS else otherwise
