"""Sources that a question names, in the library or not: symbols, titles, publications, instruments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.answer.query.answer_types import MONTH
from pincite.answer.query.tokens import content_words, normalised_words
from pincite.ingest.data.document_types import nouns

# A name with two capitals or a digit: an acronym, a bill, a document symbol.
IDENTIFIER = re.compile(r"\b(?=[\w./-]*(?:[A-Z][\w./-]*[A-Z]|\d))\w[\w./-]*\w\b")
PLAIN_NUMBER = re.compile(r"(?:1[89]|20)\d\d|\d{1,3}(?:[.,]\d+)?")
# Numbers of bills, memoranda, resolutions and publications, in forms that plain figures do not have.
SYMBOL = re.compile(
    r"(?:[A-Z]{1,5}/)+(?:[A-Z]+[./-])*\d[\w./-]*\w"  # A/RES/79/1
    r"|\b[A-Z]{1,4}-\d{1,3}-\d{1,4}\b"  # M-25-21
    r"|\b(?:[A-Z]{2,6} )?\d{2,4}-\d{1,2}\b(?! (?:per|%))"  # AI 600-1
    r"|\b(?:SB|HB|AB|HR|H\.R\.|S\.B\.|EO|CETS|E\.O\.) ?\d{1,5}\b"
    r"|\b(?:[Bb]ills?|[Mm]emo(?:randum)?|[Rr]egulation|[Dd]irective|[Rr]esolution|[Dd]ecision)"
    r"(?: \(\w+\))?(?: [Nn]o\.?)? \d[\w./-]*\w"
)
YEAR = re.compile(r"(?<![\d/.,:-])(?:1[5-9]|20)\d\d(?![\d/-])(?![.,]\d)")
SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d-\d\d(?:\d\d)?")
PUBLICATION = rf"(?:{'|'.join(nouns('publications'))})"
QUOTED_TITLE = re.compile(rf"\b{PUBLICATION}s? [‘“'\"](?P<title>[^’”'\"]{{12,}})[’”'\"]")
PUBLISHED_IN = re.compile(
    rf"(?P<body>(?:[A-Z][\w-]+ ){{0,4}}[A-Z][\w-]+)['’]s? (?:\w+ )?(?P<year>(?:19|20)\d\d) {PUBLICATION}\b"
)
INSTRUMENT = rf"(?:{'|'.join(nouns('instruments'))})"
INSTRUMENTS = rf"(?:{INSTRUMENT}|strategie|treatie)s?"
CAPITALISED = r"[A-Z][\w.-]*\w(?:['’]s?)?"
LINKING_WORDS = r"(?:(?:of|for|on|and|the|an|a|to|in) )*"
NAME = rf"{CAPITALISED}(?: {LINKING_WORDS}(?:(?:19|20)\d\d )?{CAPITALISED})*"
POSSESSIVE = re.compile(
    rf"\b(?P<name>{CAPITALISED}(?: {LINKING_WORDS}{CAPITALISED})*?)['’]s? (?:[\w-]+ ){{0,3}}?(?i:{INSTRUMENTS})\b"
)
ADOPTED_AT = re.compile(
    rf"\b{INSTRUMENTS} (?:issued|adopted|agreed|signed|released|published|made|concluded) (?:at|by) (?:the )?"
    rf"(?P<name>{NAME})"
)
IN_FULL = re.compile(
    rf"\b(?P<name>(?:{CAPITALISED} {LINKING_WORDS})*(?P<kind>(?i:{INSTRUMENTS}))\b(?: {LINKING_WORDS}{CAPITALISED})*)"
)
ANY_INSTRUMENT = re.compile(rf"\b{INSTRUMENTS}\b", re.IGNORECASE)
MONTH_NAME = re.compile(rf"\b(?:{MONTH})\b")
# The question is about what others report, which a library without the instrument can answer.
AS_REPORTED = re.compile(
    r"\b(?:according to|going by|in the account of|described? by|report(?:s|ed) (?:on|that)|cited"
    r"|as .{1,40} (?:recounts?|tells?|describes?|reports?|puts|sees)|as recounted)\b",
    re.IGNORECASE,
)
GENERIC_WORDS = frozenset(
    "ai artificial intelligence guiding guide action plan national international executive general global code conduct "
    "new under which what how in by for does did is are list name".split()
)  # words that do not tell one instrument from others


@dataclass(frozen=True, slots=True)
class Symbol:
    """An official symbol or number as written in a question, with its offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication named by its body and year."""

    body: str
    year: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, declaration or other instrument: its wording in the question, and its name."""

    written: str
    name: str


@dataclass(frozen=True, slots=True)
class NamedSources:
    """Sources that a question names.

    `identifiers`: acronyms and symbols. `titles`: titles in quotation marks. `years`: in figures, not within symbols.
    `as_reported`: the question asks what others report about a source.
    """

    identifiers: tuple[str, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    titles: tuple[str, ...] = ()
    publications: tuple[Publication, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    years: tuple[str, ...] = ()
    as_reported: bool = False


def named_sources(text: str) -> NamedSources:
    """The sources that a question names.

    >>> named = named_sources("What does memo M-25-21 say, and what does Ruritania's testing statute?")
    >>> [symbol.text for symbol in named.symbols], [one.written for one in named.instruments]
    (['M-25-21'], ["Ruritania's testing statute"])
    """
    return NamedSources(
        identifiers=identifiers(text),
        symbols=tuple(symbols(text)),
        titles=tuple(match["title"] for match in QUOTED_TITLE.finditer(text)),
        publications=tuple(Publication(match["body"], match["year"]) for match in PUBLISHED_IN.finditer(text)),
        instruments=tuple(instruments(text)),
        years=tuple(YEAR.findall(text)),
        as_reported=AS_REPORTED.search(text) is not None,
    )


def identifiers(text: str) -> tuple[str, ...]:
    """Acronyms and symbols in a question, without years and plain numbers.

    >>> identifiers("What did A/RES/78/265 and the OECD say on AI in 2024?")
    ('A/RES/78/265', 'OECD', 'AI')
    """
    return tuple(name for name in IDENTIFIER.findall(text) if not PLAIN_NUMBER.fullmatch(name))


def symbols(text: str) -> Iterator[Symbol]:
    """Numbers of bills, memoranda, resolutions and publications, without ranges of years (`2024-25`)."""
    for match in SYMBOL.finditer(text):
        if not SPAN_OF_YEARS.fullmatch(match[0]):
            yield Symbol(match[0], match.start(), match.end())


def instruments(text: str) -> Iterator[Instrument]:
    """Instruments named by owner, by place of adoption, or in full."""
    for form in (POSSESSIVE, ADOPTED_AT):
        yield from (Instrument(match[0], match["name"]) for match in form.finditer(text))
    for match in IN_FULL.finditer(text):
        if match["kind"][0].isupper() and distinctive_words(ANY_INSTRUMENT.sub("", match["name"])):
            yield Instrument(match["name"], match["name"])


def distinctive_words(name: str) -> list[str]:
    """The words of a name that distinguish one instrument from others.

    >>> distinctive_words("Which AI Action Plan"), distinctive_words("Interim Measures of Ruritania")
    ([], ['interim', 'measure', 'ruritania'])
    """
    words = content_words(normalised_words(MONTH_NAME.sub("", name)))
    return [word for word in words if not word.isdigit() and word not in GENERIC_WORDS]
