"""Automatic numbers of Word (`6.`, `(a)`, `Article 3`), which the file defines but does not contain as text.

ECMA-376, part 1, 17.9.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from pincite.ingest.readers.list_numbers import format_number
from pincite.ingest.readers.zip_xml import Element


@dataclass(frozen=True, slots=True)
class NumberingLevel:
    """How a list level is numbered: number format, text with `%1` for the number of level 1, first number."""

    style: str
    text: str
    start: int


@dataclass(slots=True)
class NumberingCounters:
    """Counters of a document's lists. `levels`: by list and level; `lists`: the shared counter of each list."""

    levels: dict[tuple[str, int], NumberingLevel]
    lists: dict[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, depth: int) -> str:
        """The number of the next paragraph at a level (from 0) of a list; empty for bullets and unknown lists."""
        level = self.levels.get((number, depth))
        if level is None or level.style in {"bullet", "none"}:
            return ""
        counts = self.counts[self.lists[number]]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return re.sub(r"%([1-9])", lambda match: self.current(number, int(match[1]) - 1), level.text)

    def current(self, number: str, depth: int) -> str:
        """The current number of a level in its format."""
        level = self.levels.get((number, depth), NumberingLevel("decimal", "", 1))
        return format_number(self.counts[self.lists[number]].get(depth, level.start), level.style)


def numbering_counters(numbering: Element | None) -> NumberingCounters:
    """Counters for the lists defined in the numbering part of a document."""
    counters = NumberingCounters({}, {})
    if numbering is None:
        return counters
    abstract = {item.get(qn("w:abstractNumId")): item for item in numbering.findall(qn("w:abstractNum"))}
    for item in numbering.findall(qn("w:num")):
        name, shared = item.get(qn("w:numId")), value(item, "w:abstractNumId")
        if name is None or shared is None or shared not in abstract:
            continue
        overrides = item.findall(qn("w:lvlOverride"))
        counters.lists[name] = f"{name} overridden" if overrides else shared
        for element in [*abstract[shared].findall(qn("w:lvl")), *overrides]:
            add_level(counters, name, element)
    return counters


def add_level(counters: NumberingCounters, name: str, element: Element) -> None:
    """Add the definition of a level, or what a list overrides in it."""
    depth = int(element.get(qn("w:ilvl"), "0"))
    base = counters.levels.get((name, depth), NumberingLevel("decimal", f"%{depth + 1}.", 1))
    definition = element.find(qn("w:lvl")) if element.tag == qn("w:lvlOverride") else element
    start = value(element, "w:startOverride") or value(definition, "w:start") or str(base.start)
    style, text = value(definition, "w:numFmt") or base.style, value(definition, "w:lvlText")
    counters.levels[name, depth] = NumberingLevel(style, base.text if text is None else text, int(start))


def value(element: Element | None, name: str) -> str | None:
    """The `val` attribute of a child element."""
    child = None if element is None else element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))
