"""Numbers that Word counts itself, `6.`, `(a)`, `Article 3`: they stand in no text of the file but on the page.

Knows nothing about the words of a paragraph. ECMA-376, part 1, 17.9.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

Element = Any
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered: format, text with `%1` for the number of level 1, first number."""

    style: str
    text: str
    start: int


@dataclass(slots=True)
class Numbers:
    """Counters of a document's lists. `levels` is by list and level, `lists` the counters that lists share."""

    levels: dict[tuple[str, int], Level]
    lists: dict[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, depth: int) -> str:
        """The number of the next paragraph at a level (from 0) of a list, empty for a bullet or an unknown list."""
        level = self.levels.get((number, depth))
        if level is None or level.style in {"bullet", "none"}:
            return ""
        counts = self.counts[self.lists[number]]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return re.sub(r"%([1-9])", lambda match: self.shown(number, int(match[1]) - 1), level.text)

    def shown(self, number: str, depth: int) -> str:
        """The running number of a level in its format."""
        level = self.levels.get((number, depth), Level("decimal", "", 1))
        return formatted(self.counts[self.lists[number]].get(depth, level.start), level.style)


def numbers_of(numbering: Element | None) -> Numbers:
    """Counters for the lists that a document's numbering part defines."""
    numbers = Numbers({}, {})
    if numbering is None:
        return numbers
    abstract = {item.get(qn("w:abstractNumId")): item for item in numbering.findall(qn("w:abstractNum"))}
    for item in numbering.findall(qn("w:num")):
        name, shared = item.get(qn("w:numId")), value(item, "w:abstractNumId")
        if name is None or shared is None or shared not in abstract:
            continue
        own = item.findall(qn("w:lvlOverride"))
        numbers.lists[name] = f"{name} of its own" if own else shared
        for element in [*abstract[shared].findall(qn("w:lvl")), *own]:
            add_level(numbers, name, element)
    return numbers


def add_level(numbers: Numbers, name: str, element: Element) -> None:
    """Note how a level is numbered, or what a list changes in it."""
    depth = int(element.get(qn("w:ilvl"), "0"))
    known = numbers.levels.get((name, depth), Level("decimal", f"%{depth + 1}.", 1))
    given = element.find(qn("w:lvl")) if element.tag == qn("w:lvlOverride") else element
    start = value(element, "w:startOverride") or value(given, "w:start") or str(known.start)
    style, text = value(given, "w:numFmt") or known.style, value(given, "w:lvlText")
    numbers.levels[name, depth] = Level(style, known.text if text is None else text, int(start))


def value(element: Element | None, name: str) -> str | None:
    """The value of a child element."""
    child = None if element is None else element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def formatted(number: int, style: str) -> str:
    """A number as a list shows it.

    >>> [formatted(4, style) for style in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['4', 'd', 'IV', '04']
    """
    if style in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (number - 1) % LETTERS) * ((number - 1) // LETTERS + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in {"lowerRoman", "upperRoman"}:
        return roman(number).upper() if style == "upperRoman" else roman(number)
    return f"{number:02}" if style == "decimalZero" else str(number)


def roman(number: int) -> str:
    """A number in small Roman figures.

    >>> roman(14), roman(0)
    ('xiv', '')
    """
    figures = ""
    for size, figure in ROMAN:
        figures += figure * (number // size)
        number %= size
    return figures
