"""Apparatus of a document: reference lists, tables of contents, and boilerplate that an issuer repeats in every text.

It is marked, not removed: search can leave it out, and readers can still open it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pincite.ingest.document import RUNNING_TEXT, BlockKind, Part
from pincite.ingest.structure.provisions import SECTION_OF_ACT, annex_of

NUMBERING = r"(?:\d+(?:\.\d+)*\.?|[IVX]+\.|[A-Z]\.)?\s*"


def title_pattern(patterns: Sequence[str]) -> re.Pattern[str]:
    """One case-insensitive pattern from several, after an optional section number."""
    return re.compile(f"{NUMBERING}(?:{'|'.join(patterns)})[\\s:.]*", re.IGNORECASE | re.DOTALL)


REFERENCES = title_pattern((
    r"(?:list of |cited |selected )?references(?: cited| list)?", "bibliography", "works cited",
    "literature(?: cited)?", "reference list", "end ?notes", "notes(?: and references)?", "further reading",
    "(?:selected )?sources",
    r"(?:список )?(?:використан\w+ )?(?:джерел\w*|літератур\w+)", r"references? \(translit\w*\)", "références",
    "bibliographie", "referencias", "bibliografía", "literaturverzeichnis", "referências",
))  # fmt: skip
CONTENTS = title_pattern((
    "(?:table of )?contents", "list of (?:tables|figures|boxes|abbreviations)", "зміст", "sommaire", "índice",
    "inhalt(?:sverzeichnis)?",
))  # fmt: skip
RELATED = title_pattern((
    r"(?:related|recommended|latest|recent|popular|more)(?: \w+)? (?:articles?|posts?|news|stories|reading|content)",
    "share (?:this|on|via).*", "you (?:may|might) also (?:like|be interested in)", "see also", "more from .*",
    "read (?:more|next)", "about the authors?", "(?:sign up|subscribe).*newsletter.*", "follow us.*",
    "stay (?:connected|informed).*", "peer reviews", "videos",
))  # fmt: skip
# Lines without substance: how a text was adopted and issued, and notices of its publisher.
STOCK_LINE = title_pattern((
    r"\[?(?:adopted )?(?:without (?:reference to|a vote)|on the report of) .{0,120}\(A/.{0,80}\)\]?",
    r"\d{1,4}(?:st|nd|rd|th) (?:plenary )?meeting\b.{0,60}", r"distr\.:? .{0,60}", r"original: \w+.{0,30}",
    r"\*\d{5,}\*", r"\d{2}-\d{5} \(\w\).{0,20}", "please recycle.*",
    "this publication is available free of charge from.*", "continued on next page",
    r"(?:©|copyright (?:©|\d)).{0,160}", "all rights reserved", "photo credits?:.*",
    r"is[bs]n[\s:].{0,40}", "doi:?", r"no (?:public reviews|videos yet)\b.*",
    "(?:follow|share|print|email|tweet|download)(?: (?:us|this|page|pdf|article)){0,2}",
))  # fmt: skip
LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}")
PAGE_NUMBER_AT_END = re.compile(r"\s(?:\d{1,4}|[ivxl]{1,6})$")
NUMBERS_IN_CONTENTS = 0.15  # share of numbers among the words of entries run together in one paragraph
LONGEST_HEADING = 12  # words
OPENS = RUNNING_TEXT | {BlockKind.HEADING}
FEWEST_TITLES = 5  # sections that are listed in front of an act
COMPLETE = 0.8  # of the sections listed that must follow
WORDS_OF_TITLE = 16  # of a section in such a list on average, at most, with headings of parts
REGION_KINDS = RUNNING_TEXT | {BlockKind.TABLE}


def with_apparatus(parts: Sequence[Part]) -> list[Part]:
    """Parts with reference lists and boilerplate marked by their kind.

    >>> text = [("A claim.", 0), ("References", 1), ("Doe, J. (2020). A book.", 0), ("Annex", 1), ("A table.", 0)]
    >>> parts = [Part(BlockKind.HEADING if level else BlockKind.PARAGRAPH, words, level) for words, level in text]
    >>> [part.kind.value for part in with_apparatus(parts)]
    ['paragraph', 'heading', 'reference', 'heading', 'paragraph']
    """
    return list(mark_apparatus(with_arrangement_marked(parts)))


def with_arrangement_marked(parts: Sequence[Part]) -> list[Part]:
    """Parts with the arrangement of sections in front of an act marked: titles of all sections, before they begin at 1.

    >>> titles = [f"{n}. Duties of class {n}" for n in range(1, 8)]
    >>> rest = [f"{n}. A keeper of class {n} shall keep a log." for n in range(1, 8)]
    >>> act = [*titles, "An Act to provide for quays.", *rest]
    >>> [part.kind.value for part in with_arrangement_marked([Part(BlockKind.PARAGRAPH, text) for text in act])][6:9]
    ['boilerplate', 'paragraph', 'paragraph']
    """
    found = [
        (n, match) for n, part in enumerate(parts) if part.kind in OPENS and (match := SECTION_OF_ACT.match(part.text))
    ]
    openings = [n for n, _ in found]
    numbers = [int(re.sub(r"\D", "", match["number"])) for _, match in found]
    restart = next((n for n in range(FEWEST_TITLES, len(numbers)) if numbers[n] == 1), None)
    if restart is None or numbers[:restart] != sorted(numbers[:restart]):
        return list(parts)
    listed = openings[:restart]
    if max(numbers[restart:]) < COMPLETE * numbers[restart - 1]:  # what follows are paragraphs of a schedule
        return list(parts)
    last = next(n for n in range(listed[-1] + 1, len(parts)) if not annex_of(parts[n]) and not is_page_number(parts[n]))
    words = sum(len(part.text.split()) for part in parts[listed[0] : listed[-1] + 1])
    if words > WORDS_OF_TITLE * len(listed):
        return list(parts)
    return [
        replace(part, kind=BlockKind.BOILERPLATE) if listed[0] <= n < last and part.kind in OPENS else part
        for n, part in enumerate(parts)
    ]


def is_page_number(part: Part) -> bool:
    """Whether a part is a number alone."""
    return part.text.strip().isdecimal()


def mark_apparatus(parts: Sequence[Part]) -> Iterator[Part]:
    """Each part, with the kind of the apparatus that contains it."""
    region: BlockKind | None = None
    region_level, contents = 0, False
    for part in parts:
        title = " ".join(part.text.split()) if is_title(part) else ""
        kind = region_kind(title)
        if kind:
            region, region_level, contents = kind, part.level, bool(CONTENTS.fullmatch(title))
            yield replace(part, kind=BlockKind.BOILERPLATE) if contents else part
            continue
        if region and (ends_region(part, region_level) or (contents and not is_contents_line(part.text))):
            region = None
        in_region = region if part.kind in REGION_KINDS else None
        yield replace(part, kind=in_region or line_kind(part))


def is_title(part: Part) -> bool:
    """Whether a part is a heading, or a line that may be one."""
    return part.kind is BlockKind.HEADING or (
        part.kind is BlockKind.PARAGRAPH
        and len(part.text.split()) <= LONGEST_HEADING
        and not part.text.endswith((".", ";"))
    )


def region_kind(title: str) -> BlockKind | None:
    """Kind of the apparatus under a title, None for the text proper."""
    if REFERENCES.fullmatch(title):
        return BlockKind.REFERENCE
    return BlockKind.BOILERPLATE if CONTENTS.fullmatch(title) or RELATED.fullmatch(title) else None


def ends_region(part: Part, region_level: int) -> bool:
    """Whether a part ends a region that a title of `region_level` opened (0: a line of text)."""
    return part.kind is BlockKind.HEADING and (region_level == 0 or part.level <= region_level)


def is_contents_line(text: str) -> bool:
    """Whether a text is part of a table of contents: it ends in a page number, or contains many of them.

    >>> lines = "2.1 Scope ........ 14", "Scope 4 Terms 6 Duties 9", "All changed in May."
    >>> [is_contents_line(line) for line in lines]
    [True, True, False]
    """
    words = text.split()
    numbers = sum(word.strip(".").replace(".", "").isdecimal() for word in words)
    return bool(
        LEADERS.search(text) or PAGE_NUMBER_AT_END.search(text) or numbers >= max(2, NUMBERS_IN_CONTENTS * len(words))
    )


def line_kind(part: Part) -> BlockKind:
    """Boilerplate for a stock line, else the kind of the part."""
    return BlockKind.BOILERPLATE if STOCK_LINE.fullmatch(part.text.strip()) else part.kind
