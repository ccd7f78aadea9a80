"""What a text itself says that its short names stand for: acronyms, and the names of acts that are cited by number.

Acronyms are found where a bracket defines them, as Schwartz and Hearst (2003) look for them, but more strictly: every
capital must begin a word of the long form, and only function words may be passed over. So fewer are found, and those
hold. Knows nothing of files or passages.
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
REACH = 160  # characters before a bracket in which a long form stands
FEWEST, MOST = 2, 10  # capitals of an acronym
# An act by its number, perhaps with its date, and in a bracket its name.
NUMBERED = re.compile(
    r"\b(?P<act>Executive Order|EO|E\.O\.|Proclamation|(?:Regulation|Directive|Decision) \((?:EU|EC|EEC)\))"
    r"(?: No\.?)? ?(?P<number>\d[\d/]{2,10}) of (?P<date>[^()\n;]{6,60}?) \((?P<name>[A-Z][^()\d\n]{10,160})\)"
)


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short name and what it stands for, both as the text writes them."""

    short: str
    long: str


def acronyms_of(text: str) -> list[Acronym]:
    """What a text defines, each once, in its order.

    >>> acronyms_of("the World AI Cooperation Organization (WAICO)"), acronyms_of("WHO (World Health Organization)")
    ([Acronym(short='WAICO', long='World AI Cooperation Organization')], \
[Acronym(short='WHO', long='World Health Organization')])
    >>> acronyms_of("large language models (LLMs), Regulation (EU) 2024/1689, see Annex (AB)")
    [Acronym(short='LLM', long='large language models')]
    >>> acronyms_of("Executive Order 14110 of October 30, 2023 (Safe Use of Artificial Intelligence), is revoked")
    [Acronym(short='Executive Order 14110', long='Safe Use of Artificial Intelligence')]
    """
    acts = (Acronym(usual_form(f"{m['act']} {m['number']}"), m["name"]) for m in NUMBERED.finditer(text))
    return list(dict.fromkeys([*defined(text), *acts]))


def defined(text: str) -> Iterator[Acronym]:
    """Acronyms with a bracket behind or before them."""
    for match in BRACKET.finditer(text):
        before = text[max(match.start() - REACH, 0) : match.start()].replace("\n", " \n")
        inside = " ".join(match["inside"].split())
        if SHORT.fullmatch(inside):
            long = long_form(inside, before.rsplit("\n", 1)[-1])
            if long:
                yield Acronym(bare(inside), long)
        elif (short := SHORT_BEFORE.search(before)) and long_form(short[1], inside) == inside:
            yield Acronym(bare(short[1]), inside)


def bare(short: str) -> str:
    """An acronym without its dots and without the s of its plural.

    >>> bare("LLMs"), bare("U.S."), bare("AI Office")
    ('LLM', 'US', 'AI Office')
    """
    plain = short.replace(".", "")
    return plain[:-1] if re.search(r"[A-Z]{2}s$", plain) else plain


def long_form(short: str, before: str) -> str | None:
    """The words at the end of a text whose initials are an acronym's capitals.

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
        taken = letters_taken(word.group(), left)
        if not taken and not may_be_passed(before, word, last=place == len(words) - 1):
            return None
        left = left[: len(left) - taken]
        start = word.start()
        if not left:
            break
    found = before[start : words[-1].end()]
    return None if left or re.search(r"[;:!?|]|\. ", found) else re.sub(r"['’]s$", "", found)


def letters_taken(word: str, left: list[str]) -> int:
    """How many of the last letters that are left a word accounts for: its initial, or all of a word in capitals.

    >>> letters_taken("AI", ["w", "a", "i"]), letters_taken("of", ["o", "m"]), letters_taken("of", ["o"])
    (2, 0, 0)
    """
    if word.isupper() and len(word) > 1 and left[-len(word) :] == list(word.casefold()):
        return len(word)
    opens = word.casefold() in FUNCTION_WORDS and len(left) == 1  # no long form begins with one
    return int(bool(left) and word[0].casefold() == left[-1] and not opens)


def may_be_passed(before: str, word: re.Match[str], *, last: bool) -> bool:
    """Whether a word may stand in a long form without a letter of its own: `of`, and the end of `Co-operation`."""
    after_hyphen = before[word.start() - 1 : word.start()] == "-"
    return after_hyphen or (word.group().casefold() in FUNCTION_WORDS and not last)


def initials_of(short: str) -> list[str]:
    """The letters that must begin words, an acronym's capitals; none where there is a figure, or where it is a word.

    >>> initials_of("AIxCC"), initials_of("AI Office"), initials_of("Act"), initials_of("AR6")
    (['a', 'i', 'c', 'c'], ['a', 'i', 'o'], [], [])
    """
    plain = bare(short)
    capitals = [sign.casefold() for sign in plain if sign.isupper()]
    is_acronym = sum(sign.isupper() for sign in plain.split()[0]) >= FEWEST
    return capitals if is_acronym and not re.search(r"\d", plain) else []


def keep(connection: sqlite3.Connection, document: int, acronyms: Iterable[Acronym]) -> None:
    """Keep what a document defines. To be called inside the document's transaction."""
    rows = [(document, acronym.short, acronym.long) for acronym in acronyms]
    connection.executemany("INSERT OR IGNORE INTO acronyms VALUES (?, ?, ?)", rows)


def acronyms_of_all(connection: sqlite3.Connection) -> Mapping[str, tuple[str, ...]]:
    """The long forms of every short one, that of most documents first; spellings that differ in case count as one."""
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
