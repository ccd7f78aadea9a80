"""All names a document goes by: short titles that it gives itself, acronyms, what it annexes, translated titles."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from pincite.ingest.data.document_types import document_nouns, nouns
from pincite.ingest.data.naming import any_naming, naming_patterns
from pincite.ingest.data.stop_words import stop_words
from pincite.ingest.document import RUNNING_TEXT, BlockKind
from pincite.ingest.metadata.head_lines import FoundValue, TextLine, joined

QUOTED = re.compile(r"[“„«‘\"]\s?([^“”„«»‘’\"]{2,90}?)\s?[”“»’\"](?![^\W_])")
BRACKETED = re.compile(r"\(\s?([^()]{2,90}?)\s?\)")
QUOTES = " “”„«»‘’\"',.;:–—-*†‡"
CITING_LINES = 400  # lines at the head in which a text says how it may be cited: behind a long table of sections, too
CITING_LENGTH = 900  # characters of such a line
CLOSING_LINES = 60  # lines at the end in which some acts say it
STATED = (
    "short_title",
    "short title",
    "alternative",
    "aliases",
    "alias",
    "acronym",
    "jurabk",
    "abbreviation",
    "dcterms.alternative",
)
ADOPTING_LINES = 80
ANNEX = re.compile(r"(?:annex|appendix|annexe|anexo|anlage|додаток)(?: [ivx\da-z])?", re.IGNORECASE)
ACRONYM = re.compile(r"(?=(?:.*[A-ZÀ-ÞА-ЯІЇЄ]){2})[\w./&-]{2,8}(?: [A-ZÀ-Þ]{2,6})?(?: \d+(?:\.\d+)?)?")
GENERIC = (
    frozenset(nouns("instruments"))
    | stop_words(("en", "fr", "es", "de", "uk"))
    | frozenset(naming_patterns("generic_words"))
)
SPECIFIC_WORDS = 14  # at most, in a name
SINGLE_LENGTH = 6  # letters at least, of a name of one word that is no acronym


@cache
def citation_clauses() -> tuple[re.Pattern[str], ...]:
    """The clauses in which acts say how they may be cited."""
    return tuple(re.compile(clause, re.IGNORECASE) for clause in naming_patterns("short_titles"))


def cited_as(lines: Sequence[TextLine]) -> FoundValue | None:
    """The name by which an act says that it may be cited, the whole act's before that of one of its parts.

    >>> text = "1. This Act may be cited as the Lake Keepers Act 1990, and comes into operation in May."
    >>> cited_as([TextLine(text, BlockKind.PARAGRAPH, 0, None, 0, 0)]).value
    'Lake Keepers Act 1990'
    """
    ends = [*lines[:CITING_LINES], *lines[CITING_LINES:][-CLOSING_LINES:]]
    found = []
    for line in ends:
        if line.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE}:
            for clause in citation_clauses():
                match = clause.search(line.text[:CITING_LENGTH])
                if match and (name := clean_name(match["name"])):
                    part = bool(
                        re.match(r".*\bthis (?:part|title|division|chapter|subtitle)\b", match[0], re.IGNORECASE)
                    )
                    start = line.start + match.start("name")
                    found.append((part, FoundValue(name, "citation clause", start, start + len(match["name"]))))
    whole = [value for part, value in found if not part]
    return next(iter(whole), None)


def clean_name(text: str) -> str | None:
    """A name without quotation marks and without what is said of it; None where it names nothing.

    >>> clean_name("“Lights Act of 2026”"), clean_name("the Act"), clean_name("the “EU AI Act”")
    ('Lights Act of 2026', None, 'EU AI Act')
    """
    quoted = QUOTED.search(text)
    name = joined(quoted[1] if quoted else text).strip(QUOTES)
    name = re.sub(r"^(?:the|la|le|el|les|los) ", "", name, flags=re.IGNORECASE).strip(QUOTES)
    return name if is_specific(name) else None


def is_specific(name: str) -> bool:
    """Whether a name can tell a document from others: it has a word of its own, and is no sentence.

    >>> [is_specific(name) for name in ("Paris Agreement", "Agreement", "the present Convention", "GDPR")]
    [True, False, False, True]
    """
    words = re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", name)
    own = [word for word in words if word.casefold() not in GENERIC and not word.isdigit()]
    shaped = name[:1].isupper() or name[:1].isdigit() or ACRONYM.fullmatch(name) is not None
    return (
        bool(own)
        and shaped
        and len(words) <= SPECIFIC_WORDS
        and (len(words) > 1 or ACRONYM.fullmatch(name) is not None or len(name) >= SINGLE_LENGTH)
    )


def names_in_title(title: str) -> Iterator[str]:
    """Names in brackets or quotation marks at the end of a title, and an acronym behind it.

    >>> list(names_in_title("Regulation (EU) 2031/7 on coasts (‘European Lights Law’)"))
    ['European Lights Law']
    >>> list(names_in_title("Bundes-Klimaschutzgesetz (KSG)")), list(names_in_title("Rules (amendment) of the port"))
    (['KSG'], [])
    """
    for match in BRACKETED.finditer(title):
        inside = match[1]
        quoted = QUOTED.findall(inside) or ([inside] if inside[0] in QUOTES else [])
        for piece in quoted or ([] if title.isupper() else [inside]):
            name = joined(piece).strip(QUOTES)
            is_end = not title[match.end() :].strip(" .,;)")
            if is_specific(name) and (quoted or ACRONYM.fullmatch(name) or (is_end and is_instrument(name))):
                yield name
    for match in QUOTED.finditer(BRACKETED.sub("", title)):
        if is_specific(match[1]) and not title.startswith(match[0]):
            yield joined(match[1]).strip(QUOTES)


def is_instrument(name: str) -> bool:
    """Whether a name ends with a word for documents: `General Data Protection Regulation`."""
    *before, last = re.findall(r"[^\W_]+", name) or [""]
    return bool(before) and name[:1].isupper() and last.casefold() in document_nouns()


def hereinafter(head: Sequence[TextLine], title: str) -> Iterator[FoundValue]:
    """What a text says at its head that it is called: `Strategy for Lakes 2031, hereinafter “SLS 2031”`."""
    folded = re.escape(title[:80])
    pattern = re.compile(
        rf"(?:{folded}|this (?:{'|'.join(document_nouns())}))[^.;]{{0,80}}?"
        rf"(?:{any_naming('hereinafter').pattern})[^.;“„«‘\"]{{0,40}}(?P<names>[“„«‘\"][^.;]{{2,160}})",
        re.IGNORECASE,
    )
    for line in head:
        for match in pattern.finditer(line.text):
            for quoted in QUOTED.finditer(match["names"]):
                if is_specific(quoted[1]):
                    start = line.start + match.start("names") + quoted.start(1)
                    yield FoundValue(joined(quoted[1]), "name the text gives itself", start, start + len(quoted[1]))


@cache
def adopting_clauses() -> tuple[re.Pattern[str], ...]:
    """The clauses in which a decision adopts an instrument that it annexes."""
    return tuple(
        re.compile(
            rf"^\W*(?:\(?\w{{1,3}}[.)]\s*)?(?i:{clause.split('(?P<name>')[0]})(?P<name>{clause.split('(?P<name>')[1]}"
        )
        for clause in naming_patterns("adopts")
    )


def adopted_instruments(lines: Iterable[TextLine]) -> Iterator[FoundValue]:
    """The names of instruments that a document adopts or annexes.

    >>> text = "1. Decides to adopt the Lake Agreement under the Convention, as contained in the annex;"
    >>> [name.value for name in adopted_instruments([TextLine(text, BlockKind.PARAGRAPH, 0, None, 0, 0)])]
    ['Lake Agreement']
    """
    for line in islice(lines, ADOPTING_LINES):
        for clause in adopting_clauses():
            match = clause.search(line.text) if line.kind in RUNNING_TEXT else None
            if match and is_specific(match["name"]):
                yield FoundValue(
                    joined(match["name"]),
                    "instrument it adopts",
                    line.start + match.start("name"),
                    line.start + match.end("name"),
                )


def stated_names(stated: Mapping[str, Any]) -> Iterator[FoundValue]:
    """Further names that front matter or properties state."""
    for key in STATED:
        value = stated.get(key)
        for name in value if isinstance(value, list) else [value] if value else []:
            if text := joined(str(name)):
                yield FoundValue(text, "front matter" if key != "dcterms.alternative" else "file property")


def other_names(title: FoundValue, head: Sequence[TextLine], stated: Mapping[str, Any]) -> list[FoundValue]:
    """All further names of a document, each once, without its title."""
    found = [
        *stated_names(stated),
        *(FoundValue(name, "title", title.start, title.end) for name in names_in_title(title.value)),
        *hereinafter(head, title.value),
        *adopted_instruments(head),
    ]
    unique: dict[str, FoundValue] = {}
    for name in found:
        unique.setdefault(name.value.casefold(), name)
    return [name for key, name in unique.items() if key != title.value.casefold()]
