"""Which lines may be a document's title: mastheads, containers, contents, dates, bodies and provisions are none."""

import re

from pincite.ingest.data.body_names import body_of, general_body
from pincite.ingest.data.naming import any_naming
from pincite.ingest.data.stop_words import stop_words
from pincite.ingest.metadata.dates import DATES, find_date, find_month
from pincite.ingest.metadata.symbols import SYMBOL

UNFINISHED_WORDS = stop_words(("en", "fr", "es", "de", "uk")) | {
    "про",
    "щодо",
    "для",
    "sur",
    "pour",
    "sobre",
    "para",
    "über",
    "zur",
    "zum",
}
UNFINISHED = re.compile(rf"(?:\b(?:{'|'.join(sorted(UNFINISHED_WORDS))})|[,:–—&])$", re.IGNORECASE)
FOOTNOTE_MARK = re.compile(r"\[(?:\d{1,3}|[ivx]{1,5})\]")  # of a footnote
NUMBER = re.compile(r"^(?:(?:chapter|part|section) )?(?:\d+(?:\.\d+)*|[IVX]+)\b[.):–— -]*(?=\w)", re.IGNORECASE)
PROVISION = re.compile(
    rf"(?:(?:{any_naming('provisions').pattern})\.? ?(?:[\divxlc]+(?:\.\d+)*[a-z]?|one|first|premier|1er|primero|único)"
    r"|§ ?\d+\w?|第.{1,4}[条條章])[.:]?",
    re.IGNORECASE,
)
NUMBERED_SENTENCE = re.compile(r"\(?\d+[A-Z]?\)?[.)]?(?:[-—–]? ?\(\d+\))? ?\S")
SENTENCE_WORDS = 12  # from here on a line that ends in a full stop is a sentence
CAPITALS_LENGTH = 80  # characters at most, of a line of a title set in capitals
DATED_WORDS = 6  # of a line that gives place and date
LIBRARY = re.compile(r"(?:УДК|UDC|DOI|ISSN|ISBN|JEL|NIPO|NOR|ELI|CELEX|ECLI)\b|https?://|www\.")
RULE = re.compile(r"^(\W)\1{3,}$")
VERSION_AT_END = re.compile(r"[\s,;–—-]*\bv(?:er(?:sion)?)?\.? ?\d+(?:\.\d+)*$", re.IGNORECASE)


def may_name(text: str, *, strict: bool = True) -> bool:
    """Whether a line may be a title; `strict` also refuses what only has the form of a body's name.

    >>> may_name("УДК 327:004.8"), may_name("DOI:"), may_name("1.9"), may_name("AI for all")
    (False, False, False, True)
    >>> may_name("Table of Contents"), may_name("Council of Europe Treaty Series - No. 225"), may_name("A/RES/78/265")
    (False, False, False)
    >>> may_name("LAWS OF ARDENIA"), may_name("Town of Oakville"), may_name("Article 13"), may_name("Version 2.0")
    (False, False, False, False)
    """
    line = " ".join(text.split()).strip("*_#|[] ")
    boilerplate = any_naming("boilerplate")
    if (
        not has_words(line)
        or boilerplate.fullmatch(NUMBER.sub("", line))
        or boilerplate.fullmatch(line)
        or PROVISION.fullmatch(line)
    ):
        return False
    if any_naming("trailing_notes").fullmatch(line):
        return False
    if len(line.split()) <= DATED_WORDS and not line.startswith("of ") and (find_date(line) or is_month(line)):
        return False
    bare = re.sub(r"^United Nations\b", "", SYMBOL.sub("", line)).strip(" -–—|*.")
    if not has_words(bare) or body_of(line) is not None or (bare != line and general_body(bare) is not None):
        return False
    return not (strict and general_body(line))


def is_month(line: str) -> bool:
    """Whether a line is a month with its year and little more, rather than a title that ends with them."""
    return bool(find_month(line)) and len(line.split()) <= DATED_WORDS - 2


def is_sentence(text: str) -> bool:
    """Whether a text is a provision or a sentence of the body rather than a title.

    >>> is_sentence("1. The fee for a berth is set by the harbour council."), is_sentence("1. Introduction")
    (True, False)
    """
    words = len(text.split())
    ends = text.rstrip().endswith((".", ";", ":"))
    return (ends and (words >= SENTENCE_WORDS or (words > 3 and NUMBERED_SENTENCE.match(text) is not None))) or (  # noqa: PLR2004  `1. Short title.`
        NUMBERED_SENTENCE.match(text) is not None and words > 2 * SENTENCE_WORDS
    )


def has_words(text: str) -> bool:
    """Whether a text holds words, and not the marks of a library alone."""
    return re.search(r"[^\W\d_]{2}", text) is not None and not LIBRARY.match(text) and not RULE.match(text)


def goes_on(above: str, below: str, *, same_look: bool) -> bool:
    """Whether a title that is set in lines goes on in the line below.

    >>> goes_on("Strategy for", "Lakes 2031", same_look=False), goes_on("NATIONAL LAKE", "STRATEGY", same_look=False)
    (True, True)
    >>> goes_on("A plan", "Lakes 2031", same_look=False), goes_on("Lake Act 1990", "of Ardenia", same_look=False)
    (False, True)
    """
    if UNFINISHED.search(above):
        return True
    if are_parallel(above, below):
        return False
    in_capitals = above.isupper() and below.isupper() and max(len(above), len(below)) < CAPITALS_LENGTH
    return same_look or starts_low(below) or in_capitals


def starts_low(text: str) -> bool:
    """Whether a line begins with a small letter, as the middle of a title does."""
    first = next((letter for letter in text.lstrip("(“\"'‘«") if letter.isalpha()), "A")
    return first.islower()


def are_parallel(above: str, below: str) -> bool:
    """Whether two lines are the same title in two languages: in other scripts, or both with the same year at the end.

    >>> are_parallel("維也納條約法公約", "Vienna Convention"), are_parallel("ORDEN DE PUERTOS 2024", "PORTS ORDER 2024")
    (True, True)
    """
    years = [re.search(r"(?:19|20)\d\d$", text) for text in (above, below)]
    same_year = bool(years[0] and years[1] and years[0][0] == years[1][0])
    return same_year or script_of(above) != script_of(below)


def script_of(text: str) -> str:
    """The script of most letters: `cjk`, `cyrillic` or `other`.

    >>> script_of("公約 A"), script_of("Закон")
    ('cjk', 'cyrillic')
    """
    cjk = sum("\u3040" <= sign <= "\u9fff" for sign in text)
    cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in text)
    rest = sum(sign.isalpha() for sign in text) - cjk - cyrillic
    return max((cjk, "cjk"), (cyrillic, "cyrillic"), (rest, "other"))[1]


def without_notes(title: str) -> str:
    """A title without what is said behind it of its adoption and version, and without marks of footnotes.

    >>> without_notes("Guidelines on lakes Adopted on 4 May 2020 Version 1.1"), without_notes("Politique du port v1.0")
    ('Guidelines on lakes', 'Politique du port')
    >>> without_notes("Guide to version control"), without_notes("Model Rules 2.0")
    ('Guide to version control', 'Model Rules 2.0')
    """
    title = FOOTNOTE_MARK.sub("", title).strip()
    note = re.compile(rf"[\s,;–—-]+(?:{any_naming('trailing_notes').pattern})$", re.IGNORECASE)
    while (shorter := VERSION_AT_END.sub("", note.sub("", title)).rstrip(" ,;–—-")) != title and has_words(shorter):
        title = shorter
    return title


def is_date_only(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return DATES.fullmatch(text.strip(" .,()[]")) is not None
