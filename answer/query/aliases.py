"""The aliases of the documents in a library: symbols, title words, issuers, dates, authors, file names.

Collected once per open index, so that reading a question means lookups, not a comparison with every document.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TypeVar
from weakref import WeakKeyDictionary

from pincite.answer.query.tokens import Words, content_words, expand_acronyms, normalise_word, normalised_words
from pincite.ingest.data.bodies import acronyms_of_bodies, body_words, ordering_bodies
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.places.store import stored_terms

Key = TypeVar("Key", bound=Hashable)
Postings = Mapping[Key, frozenset[int]]

COMMON_WORDS = frozenset(body_words("common_words"))
WORDS_AND_NUMBERS = re.compile(r"[^\W\d_]+|\d+")
SUBTITLE = re.compile(r"(?<=\w)[:?!] | [/|–—] ")
IN_BRACKETS = re.compile(r"\(([^()]{3,80})\)")
SHORTEST_ABBREVIATION = 3  # letters
VERSION = re.compile(r" v?\d+(?:\.\d+)*$")


@dataclass(frozen=True, slots=True)
class Aliases:
    """The aliases of all documents; integers are positions in `entries`.

    `acronyms`: long forms by short form. `acronym_words`: the words of the long form by one-word acronym.
    `symbol_numbers`: documents and series by the number that ends their symbol. `descriptive_words`: words of titles,
    file names and issuers, and dates (`2024`, `2024-03`). `title_names`: names taken from titles, by first word.
    `normalised_titles`: the words of each title, joined by spaces. `abbreviations`: names that are one word. `names`:
    titles and defined terms as written.
    """

    entries: tuple[Entry, ...]
    acronyms: Mapping[str, Words]
    acronym_words: Mapping[str, Words]
    long_forms: Mapping[str, tuple[tuple[Words, str], ...]]
    symbol_numbers: Mapping[Words, tuple[tuple[int, Words], ...]]
    descriptive_words: Postings[str]
    title_names: Mapping[str, tuple[tuple[Words, int], ...]]
    normalised_titles: tuple[str, ...]
    author_surnames: Postings[Words]
    issuer_names: Mapping[str, Words]
    file_names: Postings[str]
    abbreviations: Postings[str]
    names: tuple[str, ...] = ()


_cache: "WeakKeyDictionary[Index, Aliases]" = WeakKeyDictionary()


def aliases_of(index: Index) -> Aliases:
    """The aliases of an open index, collected once."""
    if index not in _cache:
        _cache[index] = collect_aliases(index.entries, index.acronyms, stored_terms(index.catalog.connection))
    return _cache[index]


def collect_aliases(entries: Sequence[Entry], acronyms: Mapping[str, Words], terms: Sequence[str] = ()) -> Aliases:
    """The aliases of some documents; `acronyms` maps each short form to its long forms, `terms` are defined in them."""
    acronym_words = {
        normalise_word(short): content_words(normalised_words(long_forms[0]))
        for short, long_forms in acronyms.items()
        if " " not in short
    }
    texts = tuple(" ".join(title_words(entry, acronym_words)) for entry in entries)
    titles = [(name, n) for n, entry in enumerate(entries) for name in document_names(entry, acronym_words)]
    long_forms = [(content_words(normalised_words(long)), short) for short, forms in acronyms.items() for long in forms]
    return Aliases(
        entries=tuple(entries),
        acronyms=acronyms,
        acronym_words=acronym_words,
        long_forms=group_by_first_word((words, short) for words, short in long_forms if words),
        symbol_numbers=group_by_key(
            (number, (n, series)) for (series, number), n in symbol_numbers(entries, acronyms, acronym_words, texts)
        ),
        descriptive_words=postings(
            (word, n) for n, entry in enumerate(entries) for word in descriptive_words(entry, acronym_words)
        ),
        title_names=group_by_first_word(titles),
        normalised_titles=texts,
        author_surnames=postings(
            (name, n) for n, e in enumerate(entries) for a in e.metadata.authors for name in surnames(a)
        ),
        issuer_names=issuer_names({e.metadata.issuer for e in entries if e.metadata.issuer}, acronyms),
        file_names=postings((stem, n) for n, entry in enumerate(entries) for stem in file_names(entry.path)),
        abbreviations=postings((word, n) for n, entry in enumerate(entries) for word in abbreviations(entry)),
        names=(*(entry.metadata.title for entry in entries), *terms),
    )


def title_words(entry: Entry, acronym_words: Mapping[str, Words]) -> Words:
    """The content words of a title, acronyms expanded."""
    return expand_acronyms(content_words(normalised_words(entry.metadata.title)), acronym_words)


def document_names(entry: Entry, acronym_words: Mapping[str, Words]) -> set[Words]:
    """All names of a document: its title and names in it, its short title, and its further names."""
    names = title_names(entry.metadata.title, acronym_words)
    return names.union(*(title_names(name, acronym_words) for name in further_names(entry)))


def further_names(entry: Entry) -> Iterator[str]:
    """The short title and the aliases of a document."""
    if entry.metadata.short_title:
        yield entry.metadata.short_title
    yield from entry.metadata.aliases


def title_names(title: str, acronym_words: Mapping[str, Words]) -> set[Words]:
    """Names of a document in its title: the whole, the part before a subtitle, names in brackets.

    >>> sorted(title_names("Regulation on models (Models Act): a draft", {}))
    [('model', 'act'), ('regulation', 'model', 'model', 'act', 'draft')]
    """
    main, *subtitles = SUBTITLE.split(title)
    pieces = [title, *(VERSION.sub("", name) for name in IN_BRACKETS.findall(title))]
    if subtitles and not IN_BRACKETS.search(main):
        pieces += [main]
    names = {expand_acronyms(content_words(normalised_words(piece)), acronym_words) for piece in pieces}
    return {name for name in names if len(name) > 1 and any(word.isalpha() for word in name)}


def symbol_numbers(
    entries: Sequence[Entry], acronyms: Mapping[str, Words], acronym_words: Mapping[str, Words], texts: Sequence[str]
) -> Iterator[tuple[tuple[Words, Words], int]]:
    """Series and number of each document's symbol; for laws also the numbers that others use for them."""
    for position, entry in enumerate(entries):
        if entry.metadata.symbol and (found := split_symbol(entry.metadata.symbol)):
            yield found, position
    laws = [position for position, entry in enumerate(entries) if entry.metadata.kind == "law"]
    for short, long_forms in acronyms.items():
        if " " in short and (found := split_symbol(short)):
            name = " ".join(expand_acronyms(content_words(normalised_words(long_forms[0])), acronym_words))
            yield from ((found, position) for position in laws if name in texts[position])


def split_symbol(symbol: str) -> tuple[Words, Words] | None:
    """A symbol split into the words of its series and its final number; None if it does not end with one.

    >>> [split_symbol(symbol) for symbol in ("A/RES/78/265", "Executive Order 14110", "Act")]
    [(('a', 'res'), ('78', '265')), (('executive', 'order'), ('14110',)), None]
    """
    parts = WORDS_AND_NUMBERS.findall(re.sub(r" final$|:\d{4}$", "", symbol).casefold())
    figures = len(parts) - next((n for n, part in enumerate(reversed(parts)) if not part.isdigit()), len(parts))
    return (tuple(parts[:figures]), tuple(parts[figures:])) if 0 < figures < len(parts) else None


def descriptive_words(entry: Entry, acronym_words: Mapping[str, Words]) -> set[str]:
    """The words and dates that may describe a document."""
    known = entry.metadata
    stem = normalised_words(re.sub(r"[_.]", " ", PurePosixPath(entry.path).stem))
    words = {
        *title_words(entry, acronym_words),
        *(word for name in further_names(entry) for word in content_words(normalised_words(name))),
        *expand_acronyms(content_words(stem), acronym_words),
        *content_words(normalised_words(known.issuer or "")),
    }
    words |= {normalise_word(word) for word in issuer_acronyms(known.issuer or "")}
    words |= {word for word in WORDS_AND_NUMBERS.findall((known.symbol or "").casefold()) if word.isalpha()}
    if known.issuer in ordering_bodies() and known.kind == "law":
        words |= {"executive", "order"}
    return {*(word for word in words if not word.isdigit()), *year_and_month(known.date)}


def year_and_month(date: str | None) -> set[str]:
    """The year and the month of an ISO date.

    >>> sorted(year_and_month("2024-03-21"))
    ['2024', '2024-03']
    """
    return {date[:length] for length in (4, 7) if len(date) >= length} if date else set()


def issuer_acronyms(issuer: str) -> Iterator[str]:
    """The well-known acronym of a body, if any: `EU`, `UNGA`."""
    if known := acronyms_of_bodies().get(issuer.casefold()):
        yield known


def issuer_names(issuers: Iterable[str], acronyms: Mapping[str, Words]) -> Mapping[str, Words]:
    """Issuers by name: in full, without `UN`, by acronym, and by a first or last word that no other issuer shares.

    >>> sorted(issuer_names(["UN General Assembly", "Observatory for Lakes"], {}))
    ['assembly', 'general assembly', 'lake', 'observatory', 'observatory for lake', 'un general assembly', 'unga']
    """
    short = {
        normalised_words(long): normalise_word(letters)
        for letters, long_forms in acronyms.items()
        for long in long_forms
    }
    pairs: list[tuple[str, str]] = []
    for issuer in sorted(issuers):
        words = normalised_words(issuer)
        plain = words[words[:1] in {("un",), ("the",), ("us",)} :]
        pairs += [(" ".join(name), issuer) for name in (words, plain)]
        pairs += [
            (normalise_word(letters), issuer)
            for letters in (*issuer_acronyms(issuer), *filter(None, [short.get(words)]))
        ]
        pairs += [(word, issuer) for word in {plain[0], plain[-1]} - COMMON_WORDS] if plain else []
    return {name: bodies for name, bodies in group_by_key(pairs).items() if " " in name or len(bodies) == 1}


def surnames(author: str) -> Iterator[Words]:
    """The surname of an author, without particles such as `von`.

    >>> list(surnames("Nora von Ingersleben-Seip"))
    [('ingersleben', 'seip')]
    """
    *_, last = author.split() or [""]
    if len(last) > 1:
        yield normalised_words(last)


def file_names(path: str) -> Iterator[str]:
    """Names of a file: its path, its name, and its stem unless that is a plain word or number.

    >>> list(file_names("un/78-265.pdf")), list(file_names("plan.md"))
    (['un/78-265.pdf', '78-265.pdf', '78-265'], ['plan.md'])
    """
    name = PurePosixPath(path)
    stem = [] if name.stem.isalnum() else [name.stem]
    yield from dict.fromkeys(text.casefold() for text in (path, name.name, *stem))


def abbreviations(entry: Entry) -> Iterator[str]:
    """Names of a document that are one word of letters, such as `BUrlG`: symbol, further names, stem of its file.

    The acronym of a body, such as `nist.pdf` has it, names the body.
    """
    stem = PurePosixPath(entry.path).stem
    for name in (entry.metadata.symbol or "", *further_names(entry), stem):
        word = name.casefold()
        if name.isalpha() and len(name) >= SHORTEST_ABBREVIATION and word not in body_acronyms():
            yield word


@cache
def body_acronyms() -> frozenset[str]:
    """The acronyms of well-known bodies."""
    return frozenset(word.casefold() for word in acronyms_of_bodies().values())


def postings(pairs: Iterable[tuple[Key, int]]) -> Postings[Key]:
    """Positions by key."""
    found: dict[Key, set[int]] = defaultdict(set)
    for key, position in pairs:
        found[key].add(position)
    return {key: frozenset(positions) for key, positions in found.items()}


Value = TypeVar("Value")


def group_by_key(pairs: Iterable[tuple[Key, Value]]) -> Mapping[Key, tuple[Value, ...]]:
    """Values by key, in order, without repetition."""
    found: dict[Key, dict[Value, None]] = defaultdict(dict)
    for key, value in pairs:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}


def group_by_first_word(pairs: Iterable[tuple[Words, Value]]) -> Mapping[str, tuple[tuple[Words, Value], ...]]:
    """Phrases and their values by the first word of the phrase."""
    return group_by_key((words[0], (words, value)) for words, value in pairs if words)
