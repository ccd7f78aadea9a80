"""What a document says about itself: title, kind, issuer, symbol, date, language.

Stated properties (front matter, document properties) win over what is read off the text.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

from ingest.dates import find_date, iso_date
from ingest.document import BlockKind, Metadata, Part, Reading
from ingest.readers.encodings import INVISIBLE

KINDS = ("article", "resolution", "report", "statement", "law", "other")

# How a text shows its kind, looked for in folder names, tags, symbol and title. The first that fits decides.
KIND_SIGNS = (
    ("resolution", r"resolutions?\b|\bA/RES/|/RES/"),
    (
        "law",
        r"\blaws?\b|\bregulation \(eu\)|\bexecutive[- ]order\b|presidential-actions?|\bconvention\b|\btreaty\b"
        r"|(?-i:\bAct\b)",
    ),
    ("statement", r"statements?\b|remarks?\b|fact[- ]sheet|readout|briefing|press[- ]|communiqu|declaration"),
    ("report", r"reports?\b|framework\b|\bstudy\b|recommendation|principles\b|guidelines\b|strategy\b|\breview\b"),
    ("article", r"articles?\b|\bblog\b|\bessay\b|\bopinion\b|\babstract\b|\bdoi\b"),
)
SYMBOL = re.compile(
    r"\b(?:[A-Z]{1,4}/RES/\d+/\d+|A/\d+/L?\.?\d+|(?:S|E)/RES/\d+\s?\(\d{4}\)|OECD/LEGAL/\d{4}|CETS (?:No\. ?)?\d{3}"
    r"|(?i:Regulation|Directive) \(EU\) \d{4}/\d+|NIST AI \d{3}-\d+|[A-Z]{2,4}/[A-Z]{2,4}/\d{4}/\d+)"
)
HEAD = 3000
ADOPTION_HEAD = 1000
SYMBOL_LINE_WORDS = 6
# Bodies by the symbols of their documents.
ISSUERS = (
    ("A/", "UN General Assembly"),
    ("S/", "UN Security Council"),
    ("E/", "UN Economic and Social Council"),
    ("OECD/", "OECD"),
    ("CETS", "Council of Europe"),
    ("NIST", "NIST"),
    ("Regulation (EU)", "European Union"),
    ("Directive (EU)", "European Union"),
)
NAMING_WORDS = 3  # that a title must have to be found again in the text
TITLE_REACH = 3  # parts between which a title that is cut goes on
UNFINISHED = re.compile(
    r"\b(?:of|on|for|to|and|or|the|in|a|an|by|with|from|про|щодо|та|і|й|з|у|в|на|до|для)$", re.IGNORECASE
)
MARK = re.compile(r"\[(?:\d{1,3}|[ivx]{1,5})\]")  # of a footnote
TITLE_LENGTH = 400
TITLE_WORDS = 25
RESOLUTION_TITLE = re.compile(r"\d+/\d+\.\s+(.+)", re.DOTALL)


def describe(reading: Reading, path: str) -> Metadata:
    """Metadata of a document from its reading and its path in the library.

    >>> describe(Reading([Part(BlockKind.HEADING, "A plan", 1)], {"date": "2024-05-01"}), "reports/plan.md").kind
    'report'
    """
    stated = {key.lower(): value for key, value in reading.properties.items() if value not in (None, "")}
    if str(stated.get("title")).endswith("EUR-Lex"):
        del stated["title"]  # it names the web page, not the act
    head = "\n".join(part.text for part in reading.parts)[:HEAD]
    title = (
        clean(stated.get("title")) or clean(MARK.sub("", first_title(reading.parts) or "")) or PurePosixPath(path).stem
    )
    symbol = clean(stated.get("symbol")) or own_symbol(stated_kind(stated), head, title)
    return Metadata(
        title=title,
        kind=stated_kind(stated) or guess_kind(path, symbol, title, clean(stated.get("tags"))),
        issuer=clean(stated.get("issuer")) or issuer_of(symbol),
        symbol=symbol,
        date=iso_date(stated.get("date")) or find_date(path) or adoption_date(head) or find_date(head),
        language=stated_language(stated) or guess_language("\n".join(part.text for part in reading.parts)),
        url=clean(stated.get("url") or stated.get("source_url")),
    )


def clean(value: Any) -> str | None:
    """A stated value as one line of text, None when there is nothing in it."""
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(str(value).translate(INVISIBLE).split()) if value is not None else ""
    return text or None


def stated_kind(stated: dict[str, Any]) -> str | None:
    """The kind that the document states, when it is one of ours."""
    kind = str(stated.get("kind", "")).lower()
    return kind if kind in KINDS else None


def stated_language(stated: dict[str, Any]) -> str | None:
    """The first language that the document states."""
    value = stated.get("language") or stated.get("lang")
    first = value[0] if isinstance(value, list) and value else value
    return str(first)[:2].lower() if first else None


def first_title(parts: Sequence[Part]) -> str | None:
    """A UN resolution's own title, else the first heading of level 1, else the first short line or heading, or words.

    >>> first_title([Part(BlockKind.HEADING, "General Assembly", 1), Part(BlockKind.HEADING, "78/265. Safe AI", 2)])
    'Safe AI'
    """
    text = [part for part in parts if part.kind is not BlockKind.FRONT_MATTER and may_name(part.text)]
    headings = [part for part in text if part.kind is BlockKind.HEADING]
    if resolution := next((match for part in headings[:9] if (match := RESOLUTION_TITLE.fullmatch(part.text))), None):
        return resolution[1]
    if any(part.level == 1 for part in headings):
        return joined_headings(text, 1)
    words = text[0].text.split() if text else []
    if len(words) > TITLE_WORDS and headings:
        return headings[0].text
    return " ".join(words[:TITLE_WORDS]) + ("…" if len(words) > TITLE_WORDS else "") if words else None


def may_name(text: str) -> bool:
    """Whether a text may be a title: it has words, and is no mark of a library.

    >>> may_name("УДК 327:004.8"), may_name("DOI:"), may_name("1.9"), may_name("AI for all")
    (False, False, False, True)
    """
    return re.search(r"[^\W\d_]{2}", text) is not None and not re.match(r"(?:УДК|UDC|DOI|ISSN|ISBN|JEL)\b", text)


def joined_headings(parts: Sequence[Part], level: int) -> str:
    """The first heading of a level with those of the same level that follow it at once: a title set in lines.

    >>> set_apart = [("Council Recommendation on", 1), ("Legal instruments", 2), ("Artificial Intelligence", 1)]
    >>> joined_headings([Part(BlockKind.HEADING, *heading) for heading in set_apart], 1)
    'Council Recommendation on Artificial Intelligence'
    """
    first = next(index for index, part in enumerate(parts) if part.level == level)
    lines = [part.text for part in takewhile(lambda part: part.level == level, parts[first:])]
    rest = parts[first + len(lines) :][:TITLE_REACH]
    if UNFINISHED.search(lines[-1]):
        lines += [part.text for part in rest if part.level == level][:1]
    return " ".join(" ".join(lines).split())[:TITLE_LENGTH]


def guess_kind(path: str, symbol: str | None, title: str, tags: str | None) -> str:
    """The kind that folder, tags, symbol or title point to, in this order of trust.

    >>> guess_kind("un/78-265.pdf", "A/RES/78/265", "Seizing the opportunities", None)
    'resolution'
    """
    for place in (str(PurePosixPath(path).parent), tags, symbol, title, PurePosixPath(path).stem):
        for kind, signs in KIND_SIGNS:
            if place and re.search(signs, place, re.IGNORECASE):
                return kind
    return "other"


def own_symbol(kind: str | None, head: str, title: str) -> str | None:
    """The symbol that stands on a line of its own, or nearly so, or behind the title, else in it.

    A document names many others.

    >>> own_symbol(None, "Cite as: OECD, Recommendation on AI, OECD/LEGAL/0449, see A/RES/70/1", "Recommendation on AI")
    'OECD/LEGAL/0449'
    """
    if kind == "article":
        return None
    lines = head.split("\n")
    short = [line for line in lines if len(line.split()) <= SYMBOL_LINE_WORDS]
    naming = [line.split(title, 1)[1] for line in lines if len(title.split()) >= NAMING_WORDS and title in line]
    return find_symbol("\n".join(short + naming)) or find_symbol(title)


def issuer_of(symbol: str | None) -> str | None:
    """The body whose documents bear symbols of this form.

    >>> issuer_of("A/RES/78/265")
    'UN General Assembly'
    """
    return next((issuer for start, issuer in ISSUERS if symbol and symbol.startswith(start)), None)


def find_symbol(text: str) -> str | None:
    """The first document symbol in a text.

    >>> find_symbol("United Nations A/RES/78/265 General Assembly"), find_symbol("REGULATION (EU) 2024/1689 OF")
    ('A/RES/78/265', 'Regulation (EU) 2024/1689')
    """
    match = SYMBOL.search(text)
    return re.sub("REGULATION|DIRECTIVE", lambda act: act.group().title(), match.group()) if match else None


def adoption_date(head: str) -> str | None:
    """The date on which a document says at its head that it was adopted.

    >>> adoption_date("Distr. 1 April 2024. Resolution adopted by the General Assembly on 21 March 2024")
    '2024-03-21'
    """
    match = re.search(r"\badopt\w*\b[^.\n]{0,80}", head[:ADOPTION_HEAD], re.IGNORECASE)
    return find_date(match.group()) if match else None


def guess_language(text: str) -> str:
    """Ukrainian, Russian or English by their letters; issue of finer detection lies with a later stage.

    >>> guess_language("Малі держави і правила"), guess_language("Small states")
    ('uk', 'en')
    """
    letters = [letter for letter in text if letter.isalpha()]
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    if cyrillic * 2 < len(letters) or not letters:
        return "en"
    return "uk" if any(letter in "іїєґІЇЄҐ" for letter in text) else "ru"
