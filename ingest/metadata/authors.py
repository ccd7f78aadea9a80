"""Who wrote an article: stated, or read off its byline. Readers ask for articles by their authors."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile
from typing import Any

from pincite.ingest.document import BlockKind, Part

STATED = ("authors", "author", "citation_author", "dc.creator", "byline")
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
HEAD_PARTS = 20  # in which a byline stands
AFFILIATION_REACH = 3  # parts behind a name in which it says where its bearer works
TEXT_WORDS = 60  # of a paragraph with which the text itself begins
MOST_AUTHORS = 12
NAMES_OF_SERVICES = frozenset({"admin", "editor", "staff", "webmaster", "press office"})


def find_authors(stated: Mapping[str, Any], parts: Sequence[Part], title: str) -> tuple[str, ...]:
    """The authors that an article states or that its byline names, in their order.

    >>> lines = [Part(BlockKind.HEADING, "On lakes", 1), Part(BlockKind.PARAGRAPH, "Ana de la Cruz, Bo Ek and Li Wei")]
    >>> find_authors({}, lines, "On lakes")
    ('Ana de la Cruz', 'Bo Ek', 'Li Wei')
    >>> find_authors({"author": "Press Office"}, lines[:1], "On lakes")
    ()
    """
    value = next((stated[key] for key in STATED if stated.get(key)), None)
    if value:
        return names_in(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    head = [part for part in islice(parts, HEAD_PARTS) if part.kind is not BlockKind.FRONT_MATTER]
    bylines = (names_in(found[1]) for part in head if (found := BYLINE.fullmatch(part.text.strip())))
    return next((names for names in bylines if names), None) or names_below(head, title)


def names_below(head: Sequence[Part], title: str) -> tuple[str, ...]:
    """Lines of names below a title: several in the next line, or each with an address or a post behind it."""
    start = next((n for n, part in enumerate(head) if part.text.strip()[:60] == title.strip()[:60]), -1)
    following = head[start + 1 :]
    if start >= 0 and following and len(together := names_in(following[0].text, whole=True)) > 1:
        return together
    found: list[str] = []
    above_text = takewhile(lambda part: len(part.text.split()) < TEXT_WORDS, following)
    for number, part in enumerate(above_text):
        if part.kind is BlockKind.HEADING:
            continue
        behind = following[number + 1 : number + 1 + AFFILIATION_REACH]
        if any(AFFILIATION.search(other.text) for other in behind):
            found += names_in(part.text, whole=True)
    return tuple(found[:MOST_AUTHORS])


def names_in(text: str, *, whole: bool = False) -> tuple[str, ...]:
    """The names in a list of names; nothing where something else stands in it and `whole` asks for names alone.

    >>> names_in("Ana Cruz, 6 May 2024"), names_in("Ana Cruz, 6 May 2024", whole=True)
    (('Ana Cruz',), ())
    """
    pieces = [piece.strip() for piece in SEPARATOR.split(MARKS.sub("", " ".join(text.split()))) if piece.strip()]
    names = [piece for piece in pieces if NAME.fullmatch(piece) and piece.casefold() not in NAMES_OF_SERVICES]
    return tuple(names[:MOST_AUTHORS]) if names and (len(names) == len(pieces) or not whole) else ()
