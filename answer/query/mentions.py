"""The documents that a question names: by symbol, title, author, file name or description, and how surely each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pincite.answer.query.aliases import Aliases
from pincite.answer.query.descriptions import described
from pincite.answer.query.tokens import Token, Words, fold, tokens, told_in_full
from pincite.answer.query.transliteration import in_latin
from pincite.ingest.data.document_types import nouns
from pincite.ingest.metadata.dates import MONTHS

FIGURES = re.compile(r"\((?:19|20)\d\d\) ?\d+|(?<![\d.,])(?<!\d[/-])\d+(?:[/.-]\d+)*(?![\d/])(?![.,]\d)")
ATTACHED = re.compile(r"(?:[^\W\d_]+[/-])+$")  # `A/RES/` in front of a number
SPACED = re.compile(r"(?:(?:\b[A-Z][\w./]*|\([A-Z]+\)|\bresolution|\bregulation|\border|\bNo\.?) ?)+$")
PLACES = frozenset(
    "paragraph para article art section sec recital point annex page footnote table principle chapter part item"
    " стаття статті пункт розділ сторінка".split()
)
SERIES_WORDS = {
    "res": {"resolution", "unga", "res", "резолюція", "резолюції", "резолюцію"},
    "regulation": {"regulation", "eu", "регламент", "регламенту"},
    "directive": {"directive", "eu"},
    "order": {"order", "eo", "e.o"},
    "cets": {"ets", "treaty", "series"},
    "rec": {"recommendation", "rec"},
}
RIVALS = frozenset(nouns("numbered_acts"))
CONFIDENT = 0.5  # from here on a document counts as named
SURE_FIGURES = 4  # of a number that is nobody else's
FEW = 3  # documents of an author that may all be meant
NEAR = 3  # words before a number that say what it is
LONG_NAME = 4  # words
SHORT_RUN = 3  # words of a title that stand together
FOLLOWING = " (following: "  # in front of an earlier question: see pincite.answer.query.conversation.follow_ups


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that a question names: how surely (0 to 1), by what, and in which words of it (offsets)."""

    path: str
    confidence: float
    by: str
    start: int
    end: int


def mentioned_documents(text: str, names: Aliases) -> tuple[Mention, ...]:
    """The documents named, the surest first, each once.

    What a follow-up names itself goes before what the question that it follows names.
    """
    words = tokens(text)
    found = [
        *by_file(text, names),
        *by_symbol(text, names),
        *by_title(words, names),
        *by_author(text, words, names),
        *(
            Mention(names.entries[n].path, sure, "description", *span)
            for n, sure, span in described(words, text, names)
        ),
    ]
    best: dict[str, Mention] = {}
    for one in sorted(overruled(text, found), key=lambda one: -one.confidence):
        best.setdefault(one.path, one)
    return tuple(best.values())


def overruled(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """What is named, that of an earlier question halved where the follow-up names another document."""
    turn = text.find(FOLLOWING)
    own = turn >= 0 and any(one.end <= turn and one.confidence >= CONFIDENT for one in found)
    for one in found:
        yield replace(one, confidence=one.confidence / 2) if own and one.start > turn else one


def by_file(text: str, names: Aliases) -> Iterator[Mention]:
    """By file name."""
    for match in re.finditer(r"[^\s,;?!\"“”«»()]{4,}", text):
        for position in names.files.get(match[0].rstrip(".:'’").casefold(), ()):
            yield Mention(names.entries[position].path, 1.0, "file name", *match.span())


def by_symbol(text: str, names: Aliases) -> Iterator[Mention]:
    """By official symbol, however it is written."""
    for match in FIGURES.finditer(text):
        before = text[: match.start()]
        figures = tuple(re.findall(r"\d+", match[0]))
        for position, series in names.numbers.get(figures, ()):
            if confidence := fits_series(before, series, figures):
                lead = ATTACHED.search(before) or SPACED.search(before)
                start = lead.start() if lead else match.start()
                yield Mention(names.entries[position].path, confidence, "symbol", start, match.end())


def fits_series(before: str, series: Words, figures: Words) -> float:
    """How surely a number is that of a series by what stands before it.

    >>> fits_series("see A/RES/", ("a", "res"), ("78", "265")), fits_series("see S/RES/", ("a", "res"), ("78", "265"))
    (1.0, 0.0)
    >>> fits_series("paragraph ", ("cets",), ("225",)), fits_series("in ", ("a", "res"), ("78", "265"))
    (0.0, 0.9)
    """
    attached = ATTACHED.search(before)
    if attached:
        stated = tuple(re.findall(r"[^\W\d_]+|\d+", attached[0].casefold()))
        return 1.0 if stated == series else 0.0
    words = [token.word for token in tokens(before[-60:])][-NEAR - 1 :]
    near = [word for word in words if word != "no"][-NEAR:]
    if near[-1:] and near[-1] in PLACES:
        return 0.0
    expected = {fold(word) for part in series for word in (part, *SERIES_WORDS.get(part, ()))}
    if near and near[-1] in expected:
        rival = len(near) > 1 and "council" in near and "a" in series and "security" in words
        return 0.0 if rival else 0.95
    contradicted = bool(near) and near[-1] in RIVALS
    is_sure = sum(map(len, figures)) > SURE_FIGURES or (len(figures) > 1 and sum(map(len, figures)) >= SURE_FIGURES)
    is_year = len(figures) == 1
    return 0.9 if is_sure and not contradicted and not (is_year and len(figures[0]) <= SURE_FIGURES) else 0.0


def by_title(words: Sequence[Token], names: Aliases) -> Iterator[Mention]:
    """By a title or a name in it, and by a part of a title written as a name."""
    told = told_in_full(words, names.spelled)
    plain = [piece for piece, _ in told]
    for place, piece in enumerate(plain):
        for name, position in names.titles.get(piece, ()):
            if tuple(plain[place : place + len(name)]) == name and is_own(name, names):
                span = told[place][1].start, told[place + len(name) - 1][1].end
                confidence = 0.95 if len(name) >= LONG_NAME else 0.85
                yield Mention(names.entries[position].path, confidence, "title", *span)
    yield from by_part_of_title(told, names)


def is_own(name: Words, names: Aliases) -> bool:
    """Whether a name's words are not those of many titles: these name nothing."""
    shared = set.intersection(*({*names.words.get(word, ())} for word in name))
    return len(shared) <= max(3, len(names.entries) // 100)


def by_part_of_title(told: Sequence[tuple[str, Token]], names: Aliases) -> Iterator[Mention]:
    """By three words or more that stand together in one title only, the first and the last with a capital."""
    place = 0
    while place < len(told):
        if not told[place][1].raw[0].isupper():
            place += 1
            continue
        end, holders = longest_run(told, place, names)
        run = told[place:end]
        capital = bool(run) and run[-1][1].raw[0].isupper()
        if capital and len({token.start for _, token in run}) >= SHORT_RUN and one_text(holders, names):
            for position in holders:
                confidence = min(0.9, round(len(run) / len(names.title_texts[position].split()), 2))
                span = run[0][1].start, run[-1][1].end
                yield Mention(names.entries[position].path, confidence, "words of its title", *span)
        place = max(end, place + 1)


def longest_run(told: Sequence[tuple[str, Token]], place: int, names: Aliases) -> tuple[int, frozenset[int]]:
    """Where the run of words that stand together in a title ends, and in whose titles it stands."""
    end, holders = place, frozenset[int]()
    while end < len(told):
        posted = names.words.get(told[end][0], frozenset())
        text = " ".join(piece for piece, _ in told[place : end + 1])
        among = posted if end == place else holders & posted
        among = frozenset(n for n in among if f" {text} " in f" {names.title_texts[n]} ") if end > place else among
        if not among:
            break
        end, holders = end + 1, among
    return end, holders


def one_text(positions: frozenset[int], names: Aliases) -> bool:
    """Whether documents are one, or the same text twice."""
    entries = [names.entries[n] for n in positions]
    return all(other.path in entries[0].twins for other in entries[1:])


def by_author(text: str, words: Sequence[Token], names: Aliases) -> Iterator[Mention]:
    """By the surname of an author; of several named together, what they wrote together."""
    for group in together(text, words, list(surnames_in(words, names))):
        common = frozenset.intersection(*(holders for _, _, holders in group))
        start, end = words[group[0][0]].start, words[group[-1][0] + group[-1][1] - 1].end
        mentions = (
            [(start, end, common)]
            if common
            else [(words[place].start, words[place + length - 1].end, holders) for place, length, holders in group]
        )
        for first, last, holders in mentions:
            confidence = 0.9 if one_text(holders, names) else 0.6 if len(holders) <= FEW else 0.4
            yield from (Mention(names.entries[n].path, confidence, "author", first, last) for n in sorted(holders))


SurnameMention = tuple[int, int, frozenset[int]]  # place and length in words of a surname, documents of who bears it


def together(text: str, words: Sequence[Token], mentions: Sequence[SurnameMention]) -> list[list[SurnameMention]]:
    """Surnames in groups of those that stand together: `Li and Zeng`."""
    groups: list[list[SurnameMention]] = []
    for mention in mentions:
        before = groups[-1][-1] if groups else None
        between = text[words[before[0] + before[1] - 1].end : words[mention[0]].start] if before else ""
        if before and re.fullmatch(r",? (?:and|та|й|і|и) (?:(?:[\w.-]+ ){0,2})|, |\s?& ?", between):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def surnames_in(words: Sequence[Token], names: Aliases) -> Iterator[SurnameMention]:
    """Place, length in words and documents of every surname of an author, written with a capital."""
    for place, token in enumerate(words):
        if not token.raw[0].isupper() or token.word in MONTHS or len(token.word) < SHORT_RUN:
            continue
        for length in (2, 1):
            key = tuple(other.word for other in words[place : place + length])
            holders = names.authors.get(key) or (inflected(token, names) if length == 1 else None)
            if holders and len(key) == length:
                yield place, length, holders
                break


def inflected(token: Token, names: Aliases) -> frozenset[int]:
    """The documents of an author whose name stands in Cyrillic letters, in another case or in Latin letters there."""
    if token.raw.isascii() or not "\u0400" <= token.word[0] <= "\u04ff":
        return frozenset()
    written = {token.word, in_latin(token.word, "uk"), in_latin(token.word, "ru")}
    return frozenset(
        n
        for (last, *first), holders in names.authors.items()
        if not first and any(same_but_ending(last, word) for word in written)
        for n in holders
    )


def same_but_ending(one: str, other: str) -> bool:
    """Whether two words differ in their last letters at most, as cases of a name do.

    >>> same_but_ending("матвієнко", "матвієнка"), same_but_ending("коломоєць", "коломойський")
    (True, False)
    """
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= max(4, len(one) - 2, len(other) - 3)
