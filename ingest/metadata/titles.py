"""Titles of documents, found among mastheads, tables of contents and running headers."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from pincite.ingest.data.stop_words import stop_words
from pincite.ingest.document import BlockKind, Part
from pincite.ingest.metadata.dates import find_date, find_month
from pincite.ingest.metadata.issuers import body_of
from pincite.ingest.metadata.symbols import SYMBOL

REACH = 3  # parts within which an unfinished title continues
UNFINISHED_WORDS = stop_words(("en", "fr", "es", "de", "uk")) | {"про", "щодо", "для"}
UNFINISHED = re.compile(rf"\b(?:{'|'.join(sorted(UNFINISHED_WORDS))})$", re.IGNORECASE)
FOOTNOTE_MARK = re.compile(r"\[(?:\d{1,3}|[ivx]{1,5})\]")
LENGTH = 400
WORDS = 25
MIN_HEADING_WORDS = 3  # of a heading that replaces the title of a web page
NUMBERED = re.compile(r"\d+/\d+\.\s+(.+)", re.DOTALL)  # of a UN resolution
COUNCIL = re.compile(r"Resolution \d+ \(\d{4}\)")  # the whole title of a resolution of the Security Council
DRAFT = re.compile(r"[^.]*\bdraft (?:resolution|decision)", re.IGNORECASE)
# Lines in the place of a title that are none.
BOILERPLATE = re.compile(
    r"(?:table of )?contents|(?:executive )?summary|foreword|preface|preamble|acknowledge?ments?|abstract|introduction"
    r"|sommaire|table des mati[eè]res|avant-propos|índice|inhalt(?:sverzeichnis)?|зміст|вступ|анотація|about this .*"
    r"|original: .*|distr\..*|general assembly distr.*|(?:agenda )?item \d+.*|[\w-]+ session|official journal.*"
    r"|official gazette.*|federal register.*|presidential documents.*|journal officiel.*|bolet[ií]n oficial.*"
    r"|bundesgesetzblatt.*|lembaran negara.*|no\. ?\d.*"
    r"|(?:resolution|decision) adopted by the .*|adopted by the .*|\[?text with eea relevance.*|\(text with eea .*"
    r"|page \d+.*|memorandum (?:for|to) .*|from: .*|international standard"
    r"|draft|final|annex(?: [ivx\d]+)?|legal instruments|press release|for immediate release"
    r"|advance .{0,40}copy"
    r"|skip to .*|menu|search|home|share|print|cookies?.*|we use cookies.*",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"^\W*(?:subject|re): *(\S.*)$", re.IGNORECASE | re.MULTILINE)  # of a memorandum
NUMBER = re.compile(r"^(?:(?:chapter|part|section) )?(?:\d+(?:\.\d+)*|[IVX]+)\b[.):–— -]*(?=\w)", re.IGNORECASE)
HEAD_PARTS = 100  # that may contain the title
# How the title of a national act begins; anything before it belongs to the gazette.
ACT = re.compile(
    r"(?:peraturan|undang-undang|keputusan|loi n|décret n|ordonnance n|ley (?:n|\d)|decreto (?:n|ley|\d)|act no|law no"
    r"|verordnung über|gesetz (?:über|zu)|постанова|указ президента)\b",
    re.IGNORECASE,
)
ACT_PARTS = 15
SUBJECT_PARTS = 15
DATED_WORDS = 6  # of a line with place and date
LIBRARY = re.compile(r"(?:УДК|UDC|DOI|ISSN|ISBN|JEL)\b|https?://|www\.")
# Default titles that programs write into the properties of a file.
DEFAULT = re.compile(
    r"microsoft (?:word|powerpoint) - .*|untitled.*|(?:new )?(?:document|presentation|layout|slide|title|print)"
    r" ?\d*|brochure|(?:word|powerpoint) (?:document|presentation)"
    r"|.*\.(?:docx?|pdf|indd|pptx?|qxd|odt|rtf|tex|html?|fm)"
    r"|\S*\d\S*|.*\bEUR-Lex",
    re.IGNORECASE,
)


def stated_title(title: str | None, parts: Sequence[Part]) -> str | None:
    """The title in the properties, unless a program made it up; of a web page without the name of the site.

    >>> stated_title("Microsoft Word - 24-05969E.docx", [])
    >>> stated_title("A plan for AI | Ministry", [Part(BlockKind.HEADING, "A plan for AI", 1)])
    'A plan for AI'
    """
    if title is None or DEFAULT.fullmatch(title):
        return None
    heads = [" ".join(part.text.split()) for part in parts if part.kind is BlockKind.HEADING and part.level == 1]
    site = (
        head
        for head in heads
        if len(head.split()) >= MIN_HEADING_WORDS and re.match(re.escape(head) + r" [|\-–—] ", title)
    )
    return next(site, title)


def first_title(parts: Sequence[Part]) -> str | None:
    """The title in a text: that of a UN resolution, else the first heading of level 1, else the first line or words.

    >>> first_title([Part(BlockKind.HEADING, "General Assembly", 1), Part(BlockKind.HEADING, "78/265. Safe AI", 2)])
    'Safe AI'
    """
    worded = [part for part in parts[:HEAD_PARTS] if part.kind is not BlockKind.FRONT_MATTER and has_words(part.text)]
    text = [part for part in worded if may_be_title(part.text)] or worded
    headings = [part for part in text if part.kind is BlockKind.HEADING]
    if own := numbered_title(headings) or drafted_title(text) or subject_of(parts):
        return own
    if headings and (top := min(part.level for part in headings[:9])) == 1:
        return joined_headings(text, top)
    if act := next((part.text for part in text[:ACT_PARTS] if ACT.match(part.text)), None):
        return act
    words = text[0].text.split() if text else []
    if len(words) > WORDS and headings:
        return joined_headings(text, headings[0].level)
    return " ".join(words[:WORDS]) + ("…" if len(words) > WORDS else "") if words else None


def numbered_title(headings: Sequence[Part]) -> str | None:
    """The title after the number of a resolution, or the number if there is no other title.

    >>> numbered_title([Part(BlockKind.HEADING, "Resolution 2686 (2023)", 1)])
    'Resolution 2686 (2023)'
    """
    for part in headings[:9]:
        if match := NUMBERED.fullmatch(part.text):
            return match[1]
        if COUNCIL.fullmatch(part.text.strip()):
            return part.text.strip()
    return None


def drafted_title(parts: Sequence[Part]) -> str | None:
    """The title of a draft: the line after its sponsors.

    >>> sponsors = Part(BlockKind.PARAGRAPH, "Kenya, Norway and Peru: draft resolution")
    >>> drafted_title([sponsors, Part(BlockKind.PARAGRAPH, "Shared testing of AI models")])
    'Shared testing of AI models'
    """
    for part, following in pairwise(parts[:20]):
        if ":" in part.text and DRAFT.fullmatch(part.text.rstrip(" ,")) and len(following.text.split()) <= 2 * WORDS:
            return following.text
    return None


def subject_of(parts: Sequence[Part]) -> str | None:
    """The subject of a memorandum.

    >>> subject_of([Part(BlockKind.PARAGRAPH, "MEMORANDUM FOR THE HEADS OF AGENCIES\\nSUBJECT: Use of models")])
    'Use of models'
    """
    head = [part.text[:LENGTH] for part in parts[:SUBJECT_PARTS]]
    if not any(re.search(r"\bmemorandum\b", text, re.IGNORECASE) for text in head):
        return None
    return next((match[1] for text in head if (match := SUBJECT.search(text))), None)


def may_be_title(text: str) -> bool:
    """Whether a text may be a title: it has words and is no masthead, heading of contents or library code.

    >>> may_be_title("УДК 327:004.8"), may_be_title("DOI:"), may_be_title("1.9"), may_be_title("AI for all")
    (False, False, False, True)
    >>> may_be_title("Table of Contents"), may_be_title("Council of Europe Treaty Series - No. 225")
    (False, False)
    >>> may_be_title("A/RES/78/265")
    False
    """
    line = " ".join(text.split()).strip("*_#|[] ")
    if not has_words(line) or BOILERPLATE.fullmatch(NUMBER.sub("", line)):
        return False
    if len(line.split()) <= DATED_WORDS and not line.startswith("of ") and (find_date(line) or find_month(line)):
        return False
    bare = re.sub(r"^United Nations\b", "", SYMBOL.sub("", line)).strip(" -–—|*.")
    return bool(bare) and body_of(line) is None


def has_words(text: str) -> bool:
    """Whether a text has words and is no library code."""
    return re.search(r"[^\W\d_]{2}", text) is not None and not LIBRARY.match(text)


def joined_headings(parts: Sequence[Part], level: int) -> str:
    """The first heading of a level, joined with those of the same level that follow: a title set in several lines.

    >>> set_apart = [("Council Recommendation on", 1), ("Legal instruments", 2), ("Artificial Intelligence", 1)]
    >>> joined_headings([Part(BlockKind.HEADING, *heading) for heading in set_apart], 1)
    'Council Recommendation on Artificial Intelligence'
    """
    first = next(index for index, part in enumerate(parts) if part.level == level)
    lines = [part.text for part in takewhile(lambda part: part.level == level, parts[first:])]
    if level > 1:
        lines = lines[:1]  # consecutive deeper headings are sections
    rest = parts[first + len(lines) :][:REACH]
    if UNFINISHED.search(lines[-1]):
        lines += [part.text for part in rest if part.level == level][:1]
    return " ".join(" ".join(lines).split())


def shortened(title: str) -> str:
    """A title of at most 400 characters, shortened between words.

    >>> len(shortened("word " * 100)) <= LENGTH
    True
    """
    return title if len(title) <= LENGTH else title[: LENGTH - 1].rsplit(" ", 1)[0] + "…"


def without_symbol(title: str, symbol: str | None) -> str:
    """A title without the symbol of the document at its beginning.

    >>> without_symbol("CETS 225 - Framework Convention", "CETS 225"), without_symbol("NIST AI 100-1", "NIST AI 100-1")
    ('Framework Convention', 'NIST AI 100-1')
    """
    return (
        re.sub(rf"^{re.escape(symbol)}(?:\s*[-–—:.,|]\s*| of \w+ \d{{1,2}}, \d{{4}} )(?=\S)", "", title)
        if symbol
        else title
    )
