"""How a whole text is numbered: by articles, by sections of an executive order, by consecutive paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from pincite.ingest.document import RUNNING_TEXT, BlockKind, Part
from pincite.ingest.structure import preamble, provisions
from pincite.ingest.structure.enumerators import Enumerator, find_enumerator
from pincite.ingest.structure.outline import LARGEST_GAP

DASH = re.compile(r"[-–—‒•▪●◦*·]\s")
FEWEST_TITLES = 2  # articles or sections that make a text an act or an order
FEWEST_NUMBERED = 4  # consecutively numbered paragraphs
NUMBERED_SHARE = 0.35  # of all paragraphs are numbered or are points below a numbered one
LONGEST_HEADING = 12  # words of a heading that is not marked as one


@dataclass(frozen=True, slots=True)
class NumberingScheme:
    """Whether a text has articles, sections of an order, consecutive paragraphs, paragraphs numbered like `4.2`."""

    has_articles: bool = False
    has_order_sections: bool = False
    has_numbered_paragraphs: bool = False
    has_dotted_paragraphs: bool = False


def numbering_scheme_of(parts: Sequence[Part]) -> NumberingScheme:
    """The numbering scheme of a text.

    >>> paragraphs = [Part(BlockKind.PARAGRAPH, f"{n}. The Board met.") for n in range(1, 6)]
    >>> [numbering_scheme_of(few).has_numbered_paragraphs for few in (paragraphs, paragraphs[:2])]
    [True, False]
    """
    text = [part for part in parts if part.kind in RUNNING_TEXT and not DASH.match(part.text)]
    enumerators = [find_enumerator(part.text) for part in text]
    articles = {
        provisions.article_of(part) for part in parts if part.kind in RUNNING_TEXT or part.kind is BlockKind.HEADING
    }
    sections = {found[1] for part in parts if (found := provisions.SECTION_OF_ORDER.match(part.text))}
    dotted = [enumerator.label for enumerator in enumerators if enumerator and enumerator.is_dotted]
    return NumberingScheme(
        has_articles=len(articles - {None}) >= FEWEST_TITLES,
        has_order_sections=len(sections) >= FEWEST_TITLES and any(part.text[:4].lower() == "sec." for part in parts),
        has_numbered_paragraphs=is_consecutive(enumerators, 1 if has_resolution_preamble(text) else FEWEST_NUMBERED),
        has_dotted_paragraphs=len(set(dotted)) >= FEWEST_NUMBERED and dotted == sorted(dotted, key=label_numbers),
    )


def label_numbers(label: str) -> list[int]:
    """The numbers of a label such as `4.12`."""
    return [int(number) for number in label.split(".")]


def has_resolution_preamble(text: Sequence[Part]) -> bool:
    """Whether a text opens as a resolution does, so that even one numbered paragraph is an operative one."""
    return any(preamble.opens_preamble(part, following) for part, following in pairwise(text))


def is_consecutive(enumerators: Sequence[Enumerator | None], fewest: int) -> bool:
    """Whether paragraphs are numbered consecutively throughout a text, with a fair share of it under the numbers."""
    latest = numbered = below = 0
    for found in enumerators:
        if found and found.decimal and 0 < found.decimal - latest <= LARGEST_GAP and found.form == "#.":
            latest, numbered = found.decimal, numbered + 1
        elif found and latest and found.decimal is None:
            below += 1
    return numbered >= fewest and (fewest == 1 or numbered + below >= NUMBERED_SHARE * len(enumerators))


def with_unmarked_headings(parts: Sequence[Part], scheme: NumberingScheme) -> list[Part]:
    """Parts of a numbered text, with short lines above a numbered paragraph turned into headings.

    >>> lines = [Part(BlockKind.PARAGRAPH, words) for words in ("Oceans", "7. We shall act.", "Yours,")]
    >>> [part.kind.value for part in with_unmarked_headings(lines, NumberingScheme(has_numbered_paragraphs=True))]
    ['heading', 'paragraph', 'paragraph']
    """
    if not scheme.has_numbered_paragraphs:
        return list(parts)
    level = max((part.level for part in parts if part.kind is BlockKind.HEADING), default=1) + 1
    return [
        replace(part, kind=BlockKind.HEADING, level=level) if is_unmarked_heading(part, after) else part
        for part, after in zip_longest(parts, parts[1:])
    ]


def with_table_captions(parts: Sequence[Part]) -> list[Part]:
    """Parts with the captions of tables marked as tables.

    >>> lines = [Part(BlockKind.PARAGRAPH, "Table 2. Lakes"), Part(BlockKind.TABLE, "Lake | Depth")]
    >>> [part.kind.value for part in with_table_captions(lines)]
    ['table', 'table']
    """
    return [
        replace(part, kind=BlockKind.TABLE)
        if after and after.kind is BlockKind.TABLE and part.kind in RUNNING_TEXT and provisions.table_of(part)
        else part
        for part, after in zip_longest(parts, parts[1:])
    ]


def is_unmarked_heading(part: Part, following: Part | None) -> bool:
    """Whether a short line above a numbered paragraph is its heading."""
    if part.kind is not BlockKind.PARAGRAPH or following is None or following.kind not in RUNNING_TEXT:
        return False
    below, text = find_enumerator(following.text), part.text.strip()
    short = len(text.split()) <= LONGEST_HEADING and text[:1].isupper() and text[-1:].isalnum() and "\n" not in text
    return short and below is not None and below.decimal is not None and find_enumerator(text) is None
