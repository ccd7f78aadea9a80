"""Automatic numbers of Word (`6.`, `(a)`, `Article 3`), which the file defines but does not contain as text.

ECMA-376, part 1, 17.9.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from pincite.ingest.readers.list_numbers import format_number
from pincite.ingest.readers.zip_xml import Element

OFF = frozenset({"0", "false", "off"})  # values of a property that is switched off


@dataclass(frozen=True, slots=True)
class NumberingLevel:
    """How a list level is numbered: number format, text with `%1` for the number of level 1, first number.

    `legal`: whether all numbers in it are shown as decimals. `restarts`: the level (from 1) after which it begins anew,
    0 for never, None for any level above it. `override`: the number at which one list begins it.
    """

    style: str
    text: str
    start: int
    legal: bool = False
    restarts: int | None = None
    override: int | None = None
    paragraph_style: str | None = None


@dataclass(slots=True)
class NumberingCounters:
    """Counters of a document's lists. `levels`: by list and level; `lists`: the shared counter of each list."""

    levels: dict[tuple[str, int], NumberingLevel]
    lists: dict[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[tuple[str, int]] = field(default_factory=set)  # lists and levels whose own first number has been used

    def next(self, number: str, depth: int) -> str:
        """The number of the next paragraph at a level (from 0) of a list; empty for bullets and unknown lists.

        As in Word, a level that begins without the one above it counts that as begun: after `1.1` comes `2`.
        """
        level = self.levels.get((number, depth))
        if level is None:
            return ""
        counts = self.counts[self.lists[number]]
        for above in range(depth):
            self.begin(number, above, counts)
            counts.setdefault(above, self.first(number, above))
        self.begin(number, depth, counts)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth and self.begins_anew(number, other, depth)]:
            del counts[deeper]
        if level.style in {"bullet", "none"}:
            return ""
        return re.sub(r"%([1-9])", lambda match: self.current(number, int(match[1]) - 1, level), level.text)

    def begin(self, number: str, depth: int, counts: dict[int, int]) -> None:
        """Reset a level where a list begins it at a number of its own."""
        level = self.levels.get((number, depth))
        if level is not None and level.override is not None and (number, depth) not in self.begun:
            counts[depth] = level.override - 1
            self.begun.add((number, depth))

    def first(self, number: str, depth: int) -> int:
        """The first number of a level."""
        level = self.levels.get((number, depth))
        return 1 if level is None else level.start

    def begins_anew(self, number: str, depth: int, above: int) -> bool:
        """Whether a level begins anew after a paragraph of a level above it."""
        level = self.levels.get((number, depth))
        return level is None or level.restarts is None or above < level.restarts

    def current(self, number: str, depth: int, shown_in: NumberingLevel) -> str:
        """The current number of a level in its format."""
        level = self.levels.get((number, depth), NumberingLevel("decimal", "", 1))
        count = self.counts[self.lists[number]].get(depth, level.start)
        return format_number(count, "decimal" if shown_in.legal else level.style)

    def level_of_style(self, number: str, style: str) -> int:
        """The level of a list that a paragraph style is linked to, 0 if there is none."""
        linked = (
            depth for (name, depth), level in self.levels.items() if (name, level.paragraph_style) == (number, style)
        )
        return next(linked, 0)


def numbering_counters(numbering: Element | None) -> NumberingCounters:
    """Counters for the lists defined in the numbering part of a document."""
    counters = NumberingCounters({}, {})
    if numbering is None:
        return counters
    abstract = {item.get(qn("w:abstractNumId")): item for item in numbering.findall(qn("w:abstractNum"))}
    by_style = {link: item for item in abstract.values() if (link := value(item, "w:styleLink"))}
    for item in numbering.findall(qn("w:num")):
        name, shared = item.get(qn("w:numId")), value(item, "w:abstractNumId")
        if name is None or shared is None or shared not in abstract:
            continue
        definition = by_style.get(value(abstract[shared], "w:numStyleLink") or "", abstract[shared])
        counters.lists[name] = str(definition.get(qn("w:abstractNumId")))
        for element in [*definition.findall(qn("w:lvl")), *item.findall(qn("w:lvlOverride"))]:
            add_level(counters, name, element)
    return counters


def add_level(counters: NumberingCounters, name: str, element: Element) -> None:
    """Add the definition of a level, or what a list overrides in it."""
    depth = int(element.get(qn("w:ilvl"), "0"))
    base = counters.levels.get((name, depth), NumberingLevel("decimal", f"%{depth + 1}.", 1))
    definition = element.find(qn("w:lvl")) if element.tag == qn("w:lvlOverride") else element
    start, override = value(definition, "w:start"), value(element, "w:startOverride")
    style, text = value(definition, "w:numFmt") or base.style, value(definition, "w:lvlText")
    restarts = value(definition, "w:lvlRestart")
    counters.levels[name, depth] = NumberingLevel(
        style,
        base.text if text is None else text,
        base.start if start is None else int(start),
        base.legal or is_on(definition, "w:isLgl"),
        base.restarts if restarts is None else int(restarts),
        base.override if override is None else int(override),
        value(definition, "w:pStyle") or base.paragraph_style,
    )


def is_on(element: Element | None, name: str) -> bool:
    """Whether an element has a child that switches a property on."""
    child = None if element is None else element.find(qn(name))
    return child is not None and child.get(qn("w:val")) not in OFF


def value(element: Element | None, name: str) -> str | None:
    """The `val` attribute of a child element."""
    child = None if element is None else element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))
