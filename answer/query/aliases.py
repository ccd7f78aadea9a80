"""By what the documents of a library can be named: numbers, words of titles, issuers and dates, authors, file names.

Made once for an open index, so that a question is looked up and not compared with every document.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar
from weakref import WeakKeyDictionary

from pincite.answer.query.tokens import Words, content, fold, folded, spelled_out
from pincite.ingest.data.bodies import acronyms_of_bodies, body_words, ordering_bodies
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index

Key = TypeVar("Key", bound=Hashable)
Postings = Mapping[Key, frozenset[int]]

COMMON = frozenset(body_words("common_words"))
NUMBER_WORDS = re.compile(r"[^\W\d_]+|\d+")
SUBTITLE = re.compile(r"(?<=\w)[:?!] | [/|–—] ")
BRACKETED = re.compile(r"\(([^()]{3,80})\)")
VERSION = re.compile(r" v?\d+(?:\.\d+)*$")


@dataclass(frozen=True, slots=True)
class Aliases:
    """What names the documents of a library; integers are positions in `entries`.

    `numbers`: the figures that official symbols end with. `words`: those that describe a document (title, file name,
    issuer, `2024`, `2024-03`). `titles`: names of their own by first word. `title_texts`: the words of each title.
    `spelled`: acronyms of one word, and what they stand for.
    """

    entries: tuple[Entry, ...]
    acronyms: Mapping[str, Words]
    spelled: Mapping[str, Words]
    long_forms: Mapping[str, tuple[tuple[Words, str], ...]]
    numbers: Mapping[Words, tuple[tuple[int, Words], ...]]
    words: Postings[str]
    titles: Mapping[str, tuple[tuple[Words, int], ...]]
    title_texts: tuple[str, ...]
    authors: Postings[Words]
    issuers: Mapping[str, Words]
    files: Postings[str]


_kept: "WeakKeyDictionary[Index, Aliases]" = WeakKeyDictionary()


def aliases_of(index: Index) -> Aliases:
    """What names the documents of an open index, made once for it."""
    if index not in _kept:
        _kept[index] = collect_aliases(index.entries, index.acronyms)
    return _kept[index]


def collect_aliases(entries: Sequence[Entry], acronyms: Mapping[str, Words]) -> Aliases:
    """What names the documents of a library, with the acronyms that they define: short form to its long ones."""
    spelled = {fold(short): content(folded(longs[0])) for short, longs in acronyms.items() if " " not in short}
    texts = tuple(" ".join(title_words(entry, spelled)) for entry in entries)
    titles = [(name, n) for n, entry in enumerate(entries) for name in own_names(entry.metadata.title, spelled)]
    longs = [(content(folded(long)), short) for short, forms in acronyms.items() for long in forms]
    return Aliases(
        entries=tuple(entries),
        acronyms=acronyms,
        spelled=spelled,
        long_forms=by_first_word((words, short) for words, short in longs if words),
        numbers=grouped((number, (n, series)) for (series, number), n in symbols(entries, acronyms, spelled, texts)),
        words=postings((word, n) for n, entry in enumerate(entries) for word in describing(entry, spelled)),
        titles=by_first_word(titles),
        title_texts=texts,
        authors=postings((name, n) for n, e in enumerate(entries) for a in e.metadata.authors for name in surnames(a)),
        issuers=called({e.metadata.issuer for e in entries if e.metadata.issuer}, acronyms),
        files=postings((stem, n) for n, entry in enumerate(entries) for stem in file_names(entry.path)),
    )


def title_words(entry: Entry, spelled: Mapping[str, Words]) -> Words:
    """The words of a title that count, acronyms spelled out."""
    return spelled_out(content(folded(entry.metadata.title)), spelled)


def own_names(title: str, spelled: Mapping[str, Words]) -> set[Words]:
    """What a document may be called by its title: all of it, its title before a subtitle, a name in brackets in it.

    >>> sorted(own_names("Regulation on models (Models Act): a draft", {}))
    [('model', 'act'), ('regulation', 'model', 'model', 'act', 'draft')]
    """
    main, *subtitles = SUBTITLE.split(title)
    pieces = [title, *(VERSION.sub("", name) for name in BRACKETED.findall(title))]
    if subtitles and not BRACKETED.search(main):
        pieces += [main]
    names = {spelled_out(content(folded(piece)), spelled) for piece in pieces}
    return {name for name in names if len(name) > 1 and any(word.isalpha() for word in name)}


def symbols(
    entries: Sequence[Entry], acronyms: Mapping[str, Words], spelled: Mapping[str, Words], texts: Sequence[str]
) -> Iterator[tuple[tuple[Words, Words], int]]:
    """Series and number of every document's symbol: its own, or the one by which others cite an act of its title."""
    for position, entry in enumerate(entries):
        if entry.metadata.symbol and (found := numbered(entry.metadata.symbol)):
            yield found, position
    laws = [position for position, entry in enumerate(entries) if entry.metadata.kind == "law"]
    for short, longs in acronyms.items():
        if " " in short and (found := numbered(short)):
            name = " ".join(spelled_out(content(folded(longs[0])), spelled))
            yield from ((found, position) for position in laws if name in texts[position])


def numbered(symbol: str) -> tuple[Words, Words] | None:
    """A symbol as the words of its series and the figures of its number, None where it does not end with figures.

    >>> [numbered(symbol) for symbol in ("A/RES/78/265", "Executive Order 14110", "Act")]
    [(('a', 'res'), ('78', '265')), (('executive', 'order'), ('14110',)), None]
    """
    parts = NUMBER_WORDS.findall(re.sub(r" final$|:\d{4}$", "", symbol).casefold())
    figures = len(parts) - next((n for n, part in enumerate(reversed(parts)) if not part.isdigit()), len(parts))
    return (tuple(parts[:figures]), tuple(parts[figures:])) if 0 < figures < len(parts) else None


def describing(entry: Entry, spelled: Mapping[str, Words]) -> set[str]:
    """The words by which a document may be described."""
    known = entry.metadata
    stem = folded(re.sub(r"[_.]", " ", PurePosixPath(entry.path).stem))
    words = {*title_words(entry, spelled), *spelled_out(content(stem), spelled), *content(folded(known.issuer or ""))}
    words |= {fold(word) for word in issuer_letters(known.issuer or "")}
    words |= {word for word in NUMBER_WORDS.findall((known.symbol or "").casefold()) if word.isalpha()}
    if known.issuer in ordering_bodies() and known.kind == "law":
        words |= {"executive", "order"}
    return {*(word for word in words if not word.isdigit()), *dates_of(known.date)}


def dates_of(date: str | None) -> set[str]:
    """The year and the month of a date.

    >>> sorted(dates_of("2024-03-21"))
    ['2024', '2024-03']
    """
    return {date[:length] for length in (4, 7) if len(date) >= length} if date else set()


def issuer_letters(issuer: str) -> Iterator[str]:
    """The letters by which a body is called: `EU`, and `UN` for what is one of its bodies."""
    if known := acronyms_of_bodies().get(issuer.casefold()):
        yield known


def called(issuers: Iterable[str], acronyms: Mapping[str, Words]) -> Mapping[str, Words]:
    """Bodies by what they are called: in full, without `UN`, by their letters, by a last word that is theirs alone.

    >>> sorted(called(["UN General Assembly", "Observatory for Lakes"], {}))
    ['assembly', 'general assembly', 'lake', 'observatory', 'observatory for lake', 'un general assembly', 'unga']
    """
    short = {folded(long): fold(letters) for letters, longs in acronyms.items() for long in longs}
    pairs: list[tuple[str, str]] = []
    for issuer in sorted(issuers):
        words = folded(issuer)
        plain = words[words[:1] in {("un",), ("the",), ("us",)} :]
        pairs += [(" ".join(name), issuer) for name in (words, plain)]
        pairs += [(fold(letters), issuer) for letters in (*issuer_letters(issuer), *filter(None, [short.get(words)]))]
        pairs += [(word, issuer) for word in {plain[0], plain[-1]} - COMMON] if plain else []
    return {name: bodies for name, bodies in grouped(pairs).items() if " " in name or len(bodies) == 1}


def surnames(author: str) -> Iterator[Words]:
    """The surname of an author, without what stands before it.

    >>> list(surnames("Nora von Ingersleben-Seip"))
    [('ingersleben', 'seip')]
    """
    *_, last = author.split() or [""]
    if len(last) > 1:
        yield folded(last)


def file_names(path: str) -> Iterator[str]:
    """What a file may be called: with its folder, without it, without its ending where that is no plain word or number.

    >>> list(file_names("un/78-265.pdf")), list(file_names("plan.md"))
    (['un/78-265.pdf', '78-265.pdf', '78-265'], ['plan.md'])
    """
    name = PurePosixPath(path)
    stem = [] if name.stem.isalnum() else [name.stem]
    yield from dict.fromkeys(text.casefold() for text in (path, name.name, *stem))


def postings(pairs: Iterable[tuple[Key, int]]) -> Postings[Key]:
    """Positions by what leads to them."""
    found: dict[Key, set[int]] = defaultdict(set)
    for key, position in pairs:
        found[key].add(position)
    return {key: frozenset(positions) for key, positions in found.items()}


Value = TypeVar("Value")


def grouped(pairs: Iterable[tuple[Key, Value]]) -> Mapping[Key, tuple[Value, ...]]:
    """Values by their key, in their order, each once."""
    found: dict[Key, dict[Value, None]] = defaultdict(dict)
    for key, value in pairs:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}


def by_first_word(pairs: Iterable[tuple[Words, Value]]) -> Mapping[str, tuple[tuple[Words, Value], ...]]:
    """Phrases with what they stand for, by their first word."""
    return grouped((words[0], (words, value)) for words, value in pairs if words)
