"""Numbers of lists and headings as LibreOffice shows them: they stand in no text of the file but on the page.

Knows nothing about the words of a paragraph. OpenDocument 1.3, part 3, 5.3 and 16.30 to 16.34.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from pincite.ingest.readers.docx.numbering import formatted
from pincite.ingest.readers.zip_xml import Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
MOST_LEVELS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How a level is numbered: format (empty for none), what stands around the number, first number, levels shown."""

    style: str
    prefix: str
    suffix: str
    start: int
    shown: int


@dataclass(slots=True)
class Counters:
    """Running numbers of a list style: of each level from 1 the number that it is at."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, start: int | None = None) -> str:
        """The number of the next paragraph at a depth from 1, empty where the level shows none."""
        level = self.levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = start if start is not None else self.counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in self.counts if other > depth]:
            del self.counts[deeper]
        if not level.style:
            return ""
        numbers = [self.number(above) for above in range(max(depth - level.shown, 0) + 1, depth + 1)]
        return level.prefix + ".".join(filter(None, numbers)) + level.suffix

    def number(self, depth: int) -> str:
        """The running number of a level in its format."""
        level = self.levels.get(depth)
        return "" if level is None or not level.style else formatted(self.counts.get(depth, level.start), level.style)


def list_styles(roots: Iterable[Element]) -> dict[str, dict[int, Level]]:
    """Levels of list styles by name; the numbers of headings under the empty name."""
    styles: dict[str, dict[int, Level]] = {}
    for root in roots:
        for element in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
            outline = etree.QName(element).localname == "outline-style"
            styles["" if outline else element.get(f"{STYLE}name", "")] = levels_of(element)
    return styles


def levels_of(element: Element) -> dict[int, Level]:
    """Levels of a list style; bullets show no number."""
    levels: dict[int, Level] = {}
    for item in element:
        depth = whole(item.get(f"{TEXT}level"), 0) if isinstance(item.tag, str) else 0
        if 0 < depth <= MOST_LEVELS:
            bullet = etree.QName(item).localname not in {"list-level-style-number", "outline-level-style"}
            style = "" if bullet else FORMATS.get(item.get(f"{STYLE}num-format", ""), "")
            around = item.get(f"{STYLE}num-prefix", ""), item.get(f"{STYLE}num-suffix", "")
            start, shown = item.get(f"{TEXT}start-value"), item.get(f"{TEXT}display-levels")
            levels[depth] = Level(style, *around, whole(start, 1), whole(shown, 1))
    return levels


def whole(text: str | None, otherwise: int) -> int:
    """The number that an attribute states."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_LEVELS else otherwise
