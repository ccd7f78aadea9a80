"""How a text is numbered, told from all of it: by articles, by sections of an order, by paragraphs counted through."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from pincite.ingest.document import RUNNING_TEXT, BlockKind, Part
from pincite.ingest.structure import preamble, provisions
from pincite.ingest.structure.enumerators import Mark, find_mark
from pincite.ingest.structure.outline import FARTHEST_GAP

DASH = re.compile(r"[-–—‒•▪●◦*·]\s")
FEWEST_TITLES = 2  # articles or sections by which an act or an order is known
FEWEST_NUMBERED = 4  # paragraphs counted through a text
NUMBERED_SHARE = 0.35  # of the paragraphs that are numbered, or stand as points below one that is
LONGEST_TITLE = 12  # words of a line that is a heading though nothing marks it


@dataclass(frozen=True, slots=True)
class Dialect:
    """Whether a text has articles; sections of an order; paragraphs numbered on through it; `4.2`-numbered ones."""

    act: bool = False
    order: bool = False
    numbered: bool = False
    dotted: bool = False


def dialect_of(parts: Sequence[Part]) -> Dialect:
    """How a text is numbered.

    >>> paragraphs = [Part(BlockKind.PARAGRAPH, f"{n}. The Board met.") for n in range(1, 6)]
    >>> dialect_of(paragraphs).numbered, dialect_of(paragraphs[:2]).numbered
    (True, False)
    """
    text = [part for part in parts if part.kind in RUNNING_TEXT and not DASH.match(part.text)]
    marks = [find_mark(part.text) for part in text]
    articles = {
        provisions.article_of(part) for part in parts if part.kind in RUNNING_TEXT or part.kind is BlockKind.HEADING
    }
    sections = {found[1] for part in parts if (found := provisions.SECTION_OF_ORDER.match(part.text))}
    dotted = [mark.label for mark in marks if mark and mark.is_dotted]
    return Dialect(
        act=len(articles - {None}) >= FEWEST_TITLES,
        order=len(sections) >= FEWEST_TITLES and any(part.text[:4].lower() == "sec." for part in parts),
        numbered=is_numbered(marks, 1 if speaks_formally(text) else FEWEST_NUMBERED),
        dotted=len(set(dotted)) >= FEWEST_NUMBERED and dotted == sorted(dotted, key=numbers_of),
    )


def numbers_of(label: str) -> list[int]:
    """The numbers of a label such as `4.12`."""
    return [int(number) for number in label.split(".")]


def speaks_formally(text: Sequence[Part]) -> bool:
    """Whether a body speaks in a text as in a resolution: what is numbered behind its preamble are its decisions."""
    return any(preamble.opens_preamble(part, following) for part, following in pairwise(text))


def is_numbered(marks: Sequence[Mark | None], fewest: int) -> bool:
    """Whether paragraphs are counted through a text: one chain of numbers under which a good share of it stands."""
    reached = counted = below = 0
    for mark in marks:
        if mark and mark.decimal and 0 < mark.decimal - reached <= FARTHEST_GAP and mark.form == "#.":
            reached, counted = mark.decimal, counted + 1
        elif mark and reached and mark.decimal is None:
            below += 1
    return counted >= fewest and (fewest == 1 or counted + below >= NUMBERED_SHARE * len(marks))


def with_titles(parts: Sequence[Part], dialect: Dialect) -> list[Part]:
    """Parts of a numbered text with those lines as headings that stand like one above a numbered paragraph.

    >>> lines = [Part(BlockKind.PARAGRAPH, words) for words in ("Oceans", "7. We shall act.", "Yours,")]
    >>> [part.kind.value for part in with_titles(lines, Dialect(numbered=True))]
    ['heading', 'paragraph', 'paragraph']
    """
    if not dialect.numbered:
        return list(parts)
    level = max((part.level for part in parts if part.kind is BlockKind.HEADING), default=1) + 1
    return [
        replace(part, kind=BlockKind.HEADING, level=level) if is_title(part, after) else part
        for part, after in zip_longest(parts, parts[1:])
    ]


def with_captions(parts: Sequence[Part]) -> list[Part]:
    """Parts with the captions of tables as parts of their tables.

    >>> lines = [Part(BlockKind.PARAGRAPH, "Table 2. Lakes"), Part(BlockKind.TABLE, "Lake | Depth")]
    >>> [part.kind.value for part in with_captions(lines)]
    ['table', 'table']
    """
    return [
        replace(part, kind=BlockKind.TABLE)
        if after and after.kind is BlockKind.TABLE and part.kind in RUNNING_TEXT and provisions.table_of(part)
        else part
        for part, after in zip_longest(parts, parts[1:])
    ]


def is_title(part: Part, following: Part | None) -> bool:
    """Whether a line stands like a heading above a numbered paragraph."""
    if part.kind is not BlockKind.PARAGRAPH or following is None or following.kind not in RUNNING_TEXT:
        return False
    mark, text = find_mark(following.text), part.text.strip()
    alone = len(text.split()) <= LONGEST_TITLE and text[:1].isupper() and text[-1:].isalnum() and "\n" not in text
    return alone and mark is not None and mark.decimal is not None and find_mark(text) is None
