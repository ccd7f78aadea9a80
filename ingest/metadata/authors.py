"""Authors of articles, from front matter or from the byline."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile
from typing import Any

from pincite.ingest.document import BlockKind, Part

PROPERTIES = ("authors", "author", "citation_author", "dc.creator", "byline")
BYLINE = re.compile(
    r"(?:by|(?:written |edited )?by:|authors?(?:\(s\))?:|автор(?:и|ы)?:)\s+(.{3,300})", re.IGNORECASE | re.DOTALL
)
PARTICLE = r"(?:von|van|de|der|den|del|della|da|di|du|la|le|el|al|bin|ibn|ten|ter|y)"
WORD = r"[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ][\w.'’-]*"
NAME = re.compile(rf"{WORD}(?: (?:{PARTICLE} )*{WORD}){{1,4}}")
SEPARATOR = re.compile(r"\s*(?:,|;|&|·|\||\band\b|\bта\b|\bet\b|\by\b)\s*", re.IGNORECASE)
AFFILIATION = re.compile(
    r"@|\borcid\b|\b(?:universit|institut|professor|department|faculty|school of|centre|center|doctor of|ph\.? ?d)"
    r"|університет|інститут|професор|доктор|университет|институт",
    re.IGNORECASE,
)
MARKS = re.compile(r"[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]|\[\w{1,3}\]|(?<=[^\W\d_])\d(?:,\d)*")
HEAD_PARTS = 20  # that may contain the byline
AFFILIATION_REACH = 3  # parts after a name that may give the author's affiliation
TEXT_WORDS = 60  # of a paragraph that belongs to the text
MAX_AUTHORS = 12
NOT_AUTHORS = frozenset({"admin", "editor", "staff", "webmaster", "press office"})


def find_authors(stated: Mapping[str, Any], parts: Sequence[Part], title: str) -> tuple[str, ...]:
    """The authors of an article in order: those of its properties, else those of its byline.

    >>> lines = [Part(BlockKind.HEADING, "On lakes", 1), Part(BlockKind.PARAGRAPH, "Ana de la Cruz, Bo Ek and Li Wei")]
    >>> find_authors({}, lines, "On lakes")
    ('Ana de la Cruz', 'Bo Ek', 'Li Wei')
    >>> find_authors({"author": "Press Office"}, lines[:1], "On lakes")
    ()
    """
    value = next((stated[key] for key in PROPERTIES if stated.get(key)), None)
    if value:
        return names_in(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    head = [part for part in islice(parts, HEAD_PARTS) if part.kind is not BlockKind.FRONT_MATTER]
    bylines = (names_in(found[1]) for part in head if (found := BYLINE.fullmatch(part.text.strip())))
    return next((names for names in bylines if names), None) or names_below(head, title)


def names_below(head: Sequence[Part], title: str) -> tuple[str, ...]:
    """Names below the title: several in one line, or each followed by an affiliation."""
    start = next((n for n, part in enumerate(head) if part.text.strip()[:60] == title.strip()[:60]), -1)
    following = head[start + 1 :]
    if start >= 0 and following and len(names := names_in(following[0].text, whole=True)) > 1:
        return names
    found: list[str] = []
    above_text = takewhile(lambda part: len(part.text.split()) < TEXT_WORDS, following)
    for number, part in enumerate(above_text):
        if part.kind is BlockKind.HEADING:
            continue
        after = following[number + 1 : number + 1 + AFFILIATION_REACH]
        if any(AFFILIATION.search(other.text) for other in after):
            found += names_in(part.text, whole=True)
    return tuple(found[:MAX_AUTHORS])


def names_in(text: str, *, whole: bool = False) -> tuple[str, ...]:
    """The names in a list of names; with `whole`, none if the list contains anything else.

    >>> names_in("Ana Cruz, 6 May 2024"), names_in("Ana Cruz, 6 May 2024", whole=True)
    (('Ana Cruz',), ())
    """
    pieces = [piece.strip() for piece in SEPARATOR.split(MARKS.sub("", " ".join(text.split()))) if piece.strip()]
    names = [piece for piece in pieces if NAME.fullmatch(piece) and piece.casefold() not in NOT_AUTHORS]
    return tuple(names[:MAX_AUTHORS]) if names and (len(names) == len(pieces) or not whole) else ()
