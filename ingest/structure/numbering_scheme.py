"""How a whole text is numbered: by articles, by sections of an executive order, by consecutive paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from pincite.ingest.data.numbering import collected_instrument, enacting_words, unit_by_title
from pincite.ingest.document import RUNNING_TEXT, BlockKind, Part
from pincite.ingest.structure import preamble, provisions
from pincite.ingest.structure.enumerators import Enumerator, find_enumerator
from pincite.ingest.structure.outline import LARGEST_GAP
from pincite.ingest.structure.provisions import SECTION_OF_ACT

DASH = re.compile(r"[-–—‒•▪●◦*·]\s")
FEWEST_TITLES = 2  # articles or sections that make a text an act or an order
FEWEST_NUMBERED = 4  # consecutively numbered paragraphs
NUMBERED_SHARE = 0.35  # of all paragraphs are numbered or are points below a numbered one
SHORT_SHARE = 0.9  # of all paragraphs, where there is one numbered paragraph fewer than that
MANY_NUMBERED, MANY_SHARE = 15, 0.2  # so many need a smaller share, of the text between the first and the last
SEQUENCE_SHARE = 0.7  # of the numbers of an act or of clauses that follow one another
FEWEST_CLAUSES = 6
ENACTING_REACH, TITLE_REACH = 60, 25  # parts in which an act enacts, and in which its title is
LONGEST_TITLE = 16  # words
LONGEST_SYMBOL_LINE = 60  # characters
OPENS_UNITS = RUNNING_TEXT | {BlockKind.HEADING}
TITLE_OF_SECTION = re.compile(r"(?P<number>\d{1,4}[A-Z]{0,3})[ \xa0]+(?P<subsection>(?!))?(?=[A-Z][a-z])")
LEADERS = re.compile(r"\.{4}|(?:\. ){4}")  # of a line of contents
DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)\.?\s+\S")
LONGEST_HEADING = 12  # words of a heading that is not marked as one


@dataclass(frozen=True, slots=True)
class NumberingScheme:
    """How a text numbers its units.

    `has_articles`, `has_order_sections` (`Sec. 4`), `has_numbered_paragraphs` (consecutive ones), and
    `has_dotted_paragraphs` (`4.2`). `act_unit`: what a unit of an act is called that opens with a number alone, empty
    for other texts; `has_section_titles`: it opens with a number and a title (`5A  Permits`). `has_decimal_clauses`:
    whether clauses are cited by their number alone, as in by-laws (`4.7.1(b)`). `collected`: whether several decisions
    are in one file.
    """

    has_articles: bool = False
    has_order_sections: bool = False
    has_numbered_paragraphs: bool = False
    has_dotted_paragraphs: bool = False
    act_unit: str = ""
    has_section_titles: bool = False
    has_decimal_clauses: bool = False
    collected: bool = False


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
    has_articles = len(articles - {None}) >= FEWEST_TITLES
    collected = len({symbol for part in parts if (symbol := collected_symbol(part))}) >= FEWEST_TITLES
    numbered = collected or is_consecutive(enumerators, 1 if has_resolution_preamble(text) else FEWEST_NUMBERED)
    decimal = not has_articles and not numbered and has_decimal_clauses(parts)
    dotted = [enumerator.label for enumerator in enumerators if enumerator and enumerator.is_dotted]
    in_act = not (has_articles or sections or decimal)
    unit = act_unit_of(parts) if in_act else ""
    titled = in_act and not unit and act_unit_of(parts, titled=True)
    return NumberingScheme(
        has_articles=has_articles,
        has_order_sections=len(sections) >= FEWEST_TITLES and any(part.text[:4].lower() == "sec." for part in parts),
        has_numbered_paragraphs=numbered,
        has_dotted_paragraphs=len(set(dotted)) >= FEWEST_NUMBERED and dotted == sorted(dotted, key=label_numbers),
        act_unit=unit or titled or "",
        has_section_titles=bool(titled),
        has_decimal_clauses=decimal,
        collected=collected,
    )


def act_unit_of(parts: Sequence[Part], *, titled: bool = False) -> str:
    """What the units of an act are called, `section` or `regulation`, if a text is one whose units open with a number.

    It is one if it has words with which acts enact or name themselves, and its units follow one another from 1, most
    numbers in sequence; a single unit that opens its first subsection on the same line counts for such words.

    >>> texts = ["An Act to provide for quays.", "1. This Act may be cited as the Quays Act.", "2.—(1) A quay is lit."]
    >>> act_unit_of([Part(BlockKind.PARAGRAPH, text) for text in texts])
    'section'
    >>> act_unit_of([Part(BlockKind.PARAGRAPH, f"{n}. Requests a report;") for n in range(1, 9)])
    ''
    """
    openings = [
        found for part in parts if part.kind in OPENS_UNITS and (found := opening_of_section(part.text, titled=titled))
    ]
    numbers = [int(found["number"]) for found in openings if found["number"].isdecimal()]  # `4A` may be an inserted one
    in_sequence = 1 + sum(0 <= after - before <= 1 for before, after in pairwise(numbers))
    enacts = any(enacting_words().search(part.text) for part in parts[:ENACTING_REACH])
    opens_subsections = sum(found["subsection"] is not None for found in openings)
    if numbers[:1] != [1] or len(numbers) < FEWEST_TITLES or in_sequence < SEQUENCE_SHARE * len(numbers):
        return ""
    if not enacts and opens_subsections < FEWEST_TITLES:
        return ""
    titles = (part.text for part in parts[:TITLE_REACH] if len(part.text.split()) <= LONGEST_TITLE)
    text = "\n".join(part.text for part in parts if part.kind in RUNNING_TEXT)
    unit = next((unit for title in titles if (unit := unit_by_title(title, text))), None)
    return unit or ("section" if enacts else "")


def opening_of_section(text: str, start: int = 0, *, titled: bool = False) -> re.Match[str] | None:
    """How a section of an act opens at an offset; `titled`: by a number and a title on a line of their own.

    >>> [opening_of_section("5A  Permits for boats", titled=titled) is not None for titled in (True, False)]
    [True, False]
    """
    if not titled:
        return SECTION_OF_ACT.match(text, start)
    is_line = len(text.split()) <= LONGEST_TITLE and text[-1:] not in ".;:,"
    return TITLE_OF_SECTION.match(text, start) if is_line else None


def has_decimal_clauses(parts: Sequence[Part]) -> bool:
    """Whether running text, not only headings, is numbered `4.7` or `4.7.1` throughout, as in by-laws and charters."""
    text = [part for part in parts if part.kind in RUNNING_TEXT and not LEADERS.search(part.text)]
    headings = sum(DECIMAL.match(part.text) is not None for part in parts if part.kind is BlockKind.HEADING)
    clauses = [found[1] for part in text if (found := DECIMAL.match(part.text))]
    rising = sum(label_numbers(before) < label_numbers(after) for before, after in pairwise(clauses))
    return len(clauses) >= FEWEST_CLAUSES and len(clauses) > headings and rising >= SEQUENCE_SHARE * (len(clauses) - 1)


def collected_symbol(part: Part) -> str | None:
    """The symbol of a decision or resolution whose title a part is.

    >>> collected_symbol(Part(BlockKind.PARAGRAPH, "Decision 1/CMA.3"))
    '1/CMA.3'
    """
    found = collected_instrument().fullmatch(part.text.strip()) if len(part.text) <= LONGEST_SYMBOL_LINE else None
    return found["symbol"] if found else None


def label_numbers(label: str) -> list[int]:
    """The numbers of a label such as `4.12`."""
    return [int(number) for number in label.split(".")]


def has_resolution_preamble(text: Sequence[Part]) -> bool:
    """Whether a text opens as a resolution does, so that even one numbered paragraph is an operative one."""
    return any(preamble.opens_preamble(part, following) for part, following in pairwise(text))


def is_consecutive(enumerators: Sequence[Enumerator | None], fewest: int) -> bool:
    """Whether paragraphs are numbered consecutively throughout a text, with a fair share of it under the numbers."""
    latest = numbered = below = last = 0
    first = len(enumerators)
    for place, found in enumerate(enumerators):
        if found and found.decimal and 0 < found.decimal - latest <= LARGEST_GAP and found.form == "#.":
            latest, numbered, last, first = found.decimal, numbered + 1, place, min(first, place)
        elif found and latest and found.decimal is None:
            below += 1
    share = (NUMBERED_SHARE if numbered < MANY_NUMBERED else MANY_SHARE) * (
        len(enumerators) if numbered < MANY_NUMBERED else last - first + 1
    )
    is_short = numbered == FEWEST_NUMBERED - 1 and numbered + below >= SHORT_SHARE * len(enumerators)
    return is_short or (numbered >= fewest and (fewest == 1 or numbered + below >= share))


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
