"""Acts as EUR-Lex lays them out: headings by their classes, numbers that stand apart from their points.

Knows three layouts: the Official Journal's, consolidated acts, proposals of the Commission.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import html

from pincite.ingest.document import BlockKind, Part

# Depths by class, without `oj-`: the act, a chapter and its title, the same of a section, of an article; annexes.
ACT, CHAPTER, CHAPTER_TITLE, SECTION, ARTICLE, ARTICLE_TITLE = 1, 2, 3, 4, 6, 7
LEVELS = {
    "doc-ti": ACT,
    "title-doc-first": ACT,
    "title-annex-1": ACT,
    "annexetitre": ACT,
    "title-annex-2": CHAPTER,
    "ti-section-1": CHAPTER,
    "title-division-1": CHAPTER,
    "chaptertitle": CHAPTER,
    "ti-section-2": CHAPTER_TITLE,
    "title-division-2": CHAPTER_TITLE,
    "ti-grseq-1": CHAPTER_TITLE,
    "title-gr-seq-level-1": CHAPTER_TITLE,
    "sectiontitle": SECTION,
    "ti-art": ARTICLE,
    "title-article-norm": ARTICLE,
    "titrearticle": ARTICLE,
    "sti-art": ARTICLE_TITLE,
    "stitle-article-norm": ARTICLE_TITLE,
}
IN_CHAPTER = re.compile(r"(?:sub-?)?section\b|sezione|abschnitt|sección|розділ", re.IGNORECASE)
ANNEX = re.compile(r"(?:annex|annexe|anhang|anexo|allegato|додаток)\b(?:\s+[IVXLC\d]+)?", re.IGNORECASE)
ANNEX_SECTION = re.compile(r"[^\W\d_]+ (?:[A-Z]|[IVX]+|\d{1,2})\.?")
NUMBER = re.compile(
    r"\(?(?:\d{1,3}[a-z]?|[a-z]|([a-z])\1|[ivxl]{2,6})\)|(?:\d{1,3}|[a-z])\.|\d{1,3}(?:\.\d{1,3})+\.?|[—–•]",
    re.IGNORECASE,
)
TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})


def heading_class_level(element: html.HtmlElement, text: str) -> int:
    """Depth of a heading that its class shows to be one, 0 for other elements; a numbered point is none."""
    names = (element.get("class") or "").lower().split()
    level = next((LEVELS[name] for item in names if (name := item.removeprefix("oj-")) in LEVELS), 0)
    if level == CHAPTER_TITLE and NUMBER.match(text):
        return 0
    return SECTION if level == CHAPTER and IN_CHAPTER.match(text) else level


def finished(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts with the titles of annexes and of sections one below them, and numbers in front of their points."""
    above: Part | None = None
    number: Part | None = None
    for part in parts:
        shown = part
        if part.kind is BlockKind.HEADING and above is not None:
            shown = replace(part, level=below(above, part))
        if number is not None and part.kind in TEXT:
            shown = replace(part, kind=BlockKind.ITEM, text=f"{number.text} {part.text}")
        elif number is not None:
            yield number
        number = shown if shown.kind in TEXT and shown is part and NUMBER.fullmatch(part.text) else None
        above = shown if shown.kind is BlockKind.HEADING else None
        if number is None:
            yield shown
    if number is not None:
        yield number


def below(above: Part, part: Part) -> int:
    """Level of a heading right behind another: the title of an annex or of a section is one deeper than its number."""
    if above.level == part.level == ACT and ANNEX.fullmatch(above.text):
        return ACT + 1
    if above.level == part.level == CHAPTER_TITLE and ANNEX_SECTION.fullmatch(above.text):
        return CHAPTER_TITLE + 1
    return SECTION + 1 if above.level == SECTION and part.level == CHAPTER_TITLE else part.level
