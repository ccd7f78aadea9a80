"""Acts in the layout of EUR-Lex: headings by their classes.

Covers three layouts: the Official Journal, consolidated acts, and proposals of the Commission.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import html

from pincite.ingest.data.html_classes import heading_levels
from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.points import ENUMERATOR_ALONE

ACT, CHAPTER, CHAPTER_TITLE, SECTION = 1, 2, 3, 4  # levels of headings
SECTION_IN_CHAPTER = re.compile(r"(?:sub-?)?section\b|sezione|abschnitt|sección|розділ", re.IGNORECASE)
ANNEX = re.compile(r"(?:annex|annexe|anhang|anexo|allegato|додаток)\b(?:\s+[IVXLC\d]+)?", re.IGNORECASE)
ANNEX_SECTION = re.compile(r"[^\W\d_]+ (?:[A-Z]|[IVX]+|\d{1,2})\.?")


def heading_class_level(element: html.HtmlElement, text: str) -> int:
    """Level of a heading by its class, 0 for other elements and for numbered points."""
    names = (element.get("class") or "").lower().split()
    levels = heading_levels()
    level = next((levels[name] for item in names if (name := item.removeprefix("oj-")) in levels), 0)
    if level == CHAPTER_TITLE and ENUMERATOR_ALONE.match(text):
        return 0
    return SECTION if level == CHAPTER and SECTION_IN_CHAPTER.match(text) else level


def with_nested_titles(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts with the titles of annexes and sections one level below their numbers."""
    above: Part | None = None
    for part in parts:
        heading = part.kind is BlockKind.HEADING
        result = replace(part, level=level_below(above, part)) if heading and above is not None else part
        above = result if heading else None
        yield result


def level_below(above: Part, part: Part) -> int:
    """Level of a heading directly after another: the title of an annex or section is one deeper than its number."""
    if above.level == part.level == ACT and ANNEX.fullmatch(above.text):
        return ACT + 1
    if above.level == part.level == CHAPTER_TITLE and ANNEX_SECTION.fullmatch(above.text):
        return CHAPTER_TITLE + 1
    return SECTION + 1 if above.level == SECTION and part.level == CHAPTER_TITLE else part.level
