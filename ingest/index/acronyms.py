"""Acronyms that a text defines, and the names of acts that it cites by number.

An acronym is defined by a bracket, as in Schwartz and Hearst (2003), but with stricter rules that favour precision:
every capital must begin a word of the long form, and only function words may be skipped.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pincite.ingest.data.stop_words import stop_words
from pincite.ingest.metadata.symbols import usual_form

TABLES = """
CREATE TABLE acronyms (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    short TEXT NOT NULL, long TEXT NOT NULL, PRIMARY KEY (document, short, long)
) WITHOUT ROWID;
"""
BRACKET = re.compile(
    r"\((?:hereinafter|hereafter|henceforth|далі|далее)?[\s,:–—-]*(?:the )?"
    r"[“”\"«]?(?P<inside>[^()“”\"«»\n]{2,120}?)[“”\"»]?\)"
)
SHORT = re.compile(r"(?=(?:[\W_]*\w){2})[^\W\d_][\w.&-]*(?: [A-Z][\w-]*)?")
SHORT_BEFORE = re.compile(r"(?<![\w/])([^\W_][\w.&-]{1,14}) $")
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
FUNCTION_WORDS = stop_words(("en", "fr", "es", "uk")) | {"against", "into"}
LONG_FORM_REACH = 160  # characters before a bracket
FEWEST, MOST = 2, 10  # capitals of an acronym
# An act with number and date, and its name in a bracket.
NUMBERED = re.compile(
    r"\b(?P<act>Executive Order|EO|E\.O\.|Proclamation|(?:Regulation|Directive|Decision) \((?:EU|EC|EEC)\))"
    r"(?: No\.?)? ?(?P<number>\d[\d/]{2,10}) of (?P<date>[^()\n;]{6,60}?) \((?P<name>[A-Z][^()\d\n]{10,160})\)"
)


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form and its long form, as written in the text."""

    short: str
    long: str


def find_acronyms(text: str) -> list[Acronym]:
    """The acronyms that a text defines, in order, without repetitions.

    >>> find_acronyms("the World AI Cooperation Organization (WAICO)"), find_acronyms("WHO (World Health Organization)")
    ([Acronym(short='WAICO', long='World AI Cooperation Organization')], \
[Acronym(short='WHO', long='World Health Organization')])
    >>> find_acronyms("large language models (LLMs), Regulation (EU) 2024/1689, see Annex (AB)")
    [Acronym(short='LLM', long='large language models')]
    >>> find_acronyms("Executive Order 14110 of October 30, 2023 (Safe Use of Artificial Intelligence), is revoked")
    [Acronym(short='Executive Order 14110', long='Safe Use of Artificial Intelligence')]
    """
    acts = (Acronym(usual_form(f"{m['act']} {m['number']}"), m["name"]) for m in NUMBERED.finditer(text))
    return list(dict.fromkeys([*bracketed_acronyms(text), *acts]))


def bracketed_acronyms(text: str) -> Iterator[Acronym]:
    """Acronyms in a bracket after their long form, or before it in a bracket."""
    for match in BRACKET.finditer(text):
        before = text[max(match.start() - LONG_FORM_REACH, 0) : match.start()].replace("\n", " \n")
        inside = " ".join(match["inside"].split())
        if SHORT.fullmatch(inside):
            long = long_form(inside, before.rsplit("\n", 1)[-1])
            if long:
                yield Acronym(bare(inside), long)
        elif (short := SHORT_BEFORE.search(before)) and long_form(short[1], inside) == inside:
            yield Acronym(bare(short[1]), inside)


def bare(short: str) -> str:
    """An acronym without dots and without the s of the plural.

    >>> bare("LLMs"), bare("U.S."), bare("AI Office")
    ('LLM', 'US', 'AI Office')
    """
    plain = short.replace(".", "")
    return plain[:-1] if re.search(r"[A-Z]{2}s$", plain) else plain


def long_form(short: str, before: str) -> str | None:
    """The words at the end of a text whose initials are the capitals of an acronym.

    >>> long_form("OECD", "the Organisation for Economic Co-operation and Development")
    'Organisation for Economic Co-operation and Development'
    >>> long_form("EU", "under Regulation"), long_form("EU", "the European Union and others")
    (None, None)
    """
    left, words = initials_of(short), list(WORD.finditer(before))
    if not FEWEST <= len(left) <= MOST or not words or before[words[-1].end() :].strip():
        return None
    start = words[-1].end()
    for place, word in reversed(list(enumerate(words))):
        matched = matched_letters(word.group(), left)
        if not matched and not may_be_skipped(before, word, last=place == len(words) - 1):
            return None
        left = left[: len(left) - matched]
        start = word.start()
        if not left:
            break
    found = before[start : words[-1].end()]
    return None if left or re.search(r"[;:!?|]|\. ", found) else re.sub(r"['’]s$", "", found)


def matched_letters(word: str, left: list[str]) -> int:
    """The number of remaining letters that a word matches: its initial, or a whole word in capitals.

    >>> matched_letters("AI", ["w", "a", "i"]), matched_letters("of", ["o", "m"]), matched_letters("of", ["o"])
    (2, 0, 0)
    """
    if word.isupper() and len(word) > 1 and left[-len(word) :] == list(word.casefold()):
        return len(word)
    opens = word.casefold() in FUNCTION_WORDS and len(left) == 1  # no long form begins with a function word
    return int(bool(left) and word[0].casefold() == left[-1] and not opens)


def may_be_skipped(before: str, word: re.Match[str], *, last: bool) -> bool:
    """Whether a long form may contain a word without a letter in the acronym: `of`, or the end of `Co-operation`."""
    after_hyphen = before[word.start() - 1 : word.start()] == "-"
    return after_hyphen or (word.group().casefold() in FUNCTION_WORDS and not last)


def initials_of(short: str) -> list[str]:
    """The capitals of an acronym in lower case; none if it contains a digit or is a word.

    >>> initials_of("AIxCC"), initials_of("AI Office"), initials_of("Act"), initials_of("AR6")
    (['a', 'i', 'c', 'c'], ['a', 'i', 'o'], [], [])
    """
    plain = bare(short)
    capitals = [sign.casefold() for sign in plain if sign.isupper()]
    is_acronym = sum(sign.isupper() for sign in plain.split()[0]) >= FEWEST
    return capitals if is_acronym and not re.search(r"\d", plain) else []


def store(connection: sqlite3.Connection, document: int, acronyms: Iterable[Acronym]) -> None:
    """Store the acronyms of a document. Call it inside the document's transaction."""
    rows = [(document, acronym.short, acronym.long) for acronym in acronyms]
    connection.executemany("INSERT OR IGNORE INTO acronyms VALUES (?, ?, ?)", rows)


def library_acronyms(connection: sqlite3.Connection) -> Mapping[str, tuple[str, ...]]:
    """The long forms of each acronym, those of most documents first; spellings that differ in case count as one."""
    documents: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    spellings: Counter[str] = Counter()
    for document, short, long in connection.execute("SELECT document, short, long FROM acronyms"):
        documents[short][long.casefold()].add(document)
        spellings[long] += 1
    best = {long.casefold(): long for long, _ in sorted(spellings.items(), key=lambda item: (item[1], item[0]))}
    return {
        short: tuple(best[long] for long in sorted(forms, key=lambda long: (-len(forms[long]), long)))
        for short, forms in sorted(documents.items())
    }
